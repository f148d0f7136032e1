"""The page for people who come with a receipt code: they read what came of it, add to it, or confirm a parcel."""

from collections.abc import Callable, Mapping
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.card import Button, Style
from bot.platforms.web.acts import Acts, DoesActs
from bot.platforms.web.checks import Failure
from bot.platforms.web.conversation import Conversation
from bot.platforms.web.flash import flash_view
from bot.platforms.web.pages import Pages
from bot.platforms.web.surfaces import RECEIPT

WITH_A_CODE = (
    ("report.read", "Read what came of a report", "See what the information team answered to your near-miss report."),
    (
        "report.talk",
        "Write to the team about a report",
        "Add something, or answer what the team asked.",
    ),
    ("answer.read", "Read the answer to a question", "See what a colleague answered to a question you passed on."),
    ("dispatch.received", "Confirm that a parcel arrived", "Use the code that came with the parcel."),
)
"""The acts that need nothing but a code: (act, words, what it is for)."""


class ReceiptPage:
    """The handlers of the page."""

    def __init__(self, desk: DoesActs, pages: Pages, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._pages = pages
        self._now = now

    def routes(self) -> list[Route]:
        """Where the page and its forms are."""
        acts = Acts(self._desk, self._pages, RECEIPT, self._now, self)
        return [Route("/receipt", self.receipt), *acts.routes()]

    async def receipt(self, request: Request) -> Response:
        """What can be done with a code, and what came of the last press."""
        key, conversation = self._pages.conversation(request)
        return self._page(key, conversation)

    def refused(self, key: str, conversation: Conversation, failure: Failure) -> Response:
        """Say on the page that something could not be done."""
        return self._page(key, conversation, error=failure.text, status=failure.status)

    def around(self, source: str) -> Mapping[str, object]:
        """Nothing: the page is of the plain kind."""
        return {}

    def _page(self, key: str, conversation: Conversation, *, error: str = "", status: int = 200) -> Response:
        offered = [
            (self._pages.button(conversation, Button(act, words, "", Style.PLAIN, True), RECEIPT, ""), purpose)
            for act, words, purpose in WITH_A_CODE
            if self._desk.offers(act)
        ]
        flash = flash_view(self._pages, conversation, RECEIPT, "", self._now())
        return self._pages.page("receipt.html", key, status=status, offered=offered, error=error, **flash)
