"""What came of a press, shown once at the top of the page that the press led back to."""

import secrets
from datetime import datetime

from bot.domain.card import Card
from bot.domain.reply import Reply
from bot.platforms.web.cards import CardView
from bot.platforms.web.conversation import Conversation, Exchange
from bot.platforms.web.outgoing import ExchangeView
from bot.platforms.web.pages import Pages
from bot.platforms.web.surfaces import Surface


def flash_view(
    pages: Pages, conversation: Conversation, surface: Surface, source: str, now: datetime
) -> dict[str, CardView | ExchangeView | None]:
    """The card or the reply to show; it is not shown a second time."""
    came = conversation.flash.pop(surface.name, None)
    if isinstance(came, Card):
        return {"outcome": pages.card(conversation, came, surface, source, card_id="outcome", at=now), "reply": None}
    if isinstance(came, Reply):
        exchange = Exchange(secrets.token_urlsafe(9), "", (), (), came, now)
        return {"outcome": None, "reply": pages.exchange_view(conversation, exchange, surface, source)}
    return {"outcome": None, "reply": None}
