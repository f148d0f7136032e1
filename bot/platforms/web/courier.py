"""Delivers cards to conversations of the web chat, which live in the memory of the process that serves them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.card import Card
from bot.domain.ports.post import DeliveryError
from bot.platforms.web.conversation import Conversations

ELSEWHERE_SECONDS = 5.0
BACK_SOON = timedelta(minutes=2)
"""After a start, in which open pages ask again and are known again."""


class WebCourier:
    """The courier of the platform "web"."""

    platform = "web"

    def __init__(self, conversations: Conversations | None, now: Callable[[], datetime]) -> None:
        """`conversations` is None in a process that serves no web chat."""
        self._conversations = conversations
        self._now = now
        self._started = now()

    def deliver(self, card: Card, place: str, key: str) -> None:
        """Put the card into the conversation, where its page shows it within seconds; raises DeliveryError."""
        if self._conversations is None:
            raise DeliveryError(
                "Only the process that serves the web chat can deliver to it.",
                permanent=False,
                retry_after=ELSEWHERE_SECONDS,
            )
        conversation = self._conversations.at(place)
        if conversation is None and self._now() - self._started < BACK_SOON:
            raise DeliveryError("No page asks for it yet.", permanent=False, retry_after=ELSEWHERE_SECONDS)
        if conversation is None:
            raise DeliveryError("That conversation of the web chat is no longer open.", permanent=True)
        conversation.deliver(card, self._now(), key)
