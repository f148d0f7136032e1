"""Delivers cards in Teams: to a channel, a group chat, or somebody in their own chat."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.card import Card
from bot.domain.ports.post import DeliveryError
from bot.platforms.teams.client import Connectors, message
from bot.platforms.teams.incoming import PERSON, PLATFORM, Chat
from bot.platforms.teams.outgoing import card_postings
from bot.platforms.teams.references import SENT, References

NOT_MET = "Teams: this app was never added to that conversation, so it cannot be reached. Add the app there."


class TeamsCourier:
    """The courier of Teams; a place is a conversation, or "person/" and the id of somebody."""

    platform = PLATFORM

    def __init__(self, connectors: Connectors, references: References, now: Callable[[], datetime]) -> None:
        self._connectors = connectors
        self._references = references
        self._now = now

    def deliver(self, card: Card, place: str, key: str) -> None:
        """Post the card; raises DeliveryError. Tried again, it posts nothing that is there already."""
        chat = self._chat(place)
        for number, posting in enumerate(card_postings(card)):
            mark = f"{key}/{place}/{number}"
            if self._references.noted(SENT, mark, self._now()) is None:
                self._connectors.post(chat, message(posting))
                self._references.note(SENT, mark, {}, self._now())

    def _chat(self, place: str) -> Chat:
        if not place.startswith(PERSON):
            found = self._references.chat(place)
            if found is None:
                raise DeliveryError(NOT_MET, permanent=False)
            return found
        user = place.removeprefix(PERSON)
        known = self._references.with_person(user)
        if known is not None:
            return known
        latest = self._references.latest()
        if latest is None:
            raise DeliveryError(NOT_MET, permanent=False)
        chat = self._connectors.open_chat(latest.service, latest.tenant, user)
        self._references.remember(chat, user)
        return chat
