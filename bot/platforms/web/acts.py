"""Buttons and forms: each press goes to the desk, and what comes of it goes back to the page it was made on."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

import anyio
import anyio.to_thread
import structlog
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.domain.board import Download, Page
from bot.domain.card import Card, Form
from bot.domain.component import ActError, Outcome, Press
from bot.domain.people import Person
from bot.domain.reply import Reply
from bot.errors import SendcheckError
from bot.platforms.web import fields, files
from bot.platforms.web.cards import announcement
from bot.platforms.web.checks import OUR_FAULT, Failure
from bot.platforms.web.conversation import Conversation, Exchange
from bot.platforms.web.incoming import FormError
from bot.platforms.web.pages import Pages, wants_fragment
from bot.platforms.web.surfaces import CHAT, Surface
from bot.platforms.web.tokens import Shown

AT_ONCE = 8
LARGEST_FORM = 256 * 1024
ALREADY_SENT = "This was sent already, and it was not sent a second time."
STILL_HERE = "Nothing was sent yet; what you wrote is still here."

log = structlog.get_logger(__name__)
T = TypeVar("T")


class DoesActs(Protocol):
    """The desk, as far as the web calls it."""

    @property
    def pages(self) -> tuple[str, ...]:
        """The first parts of the addresses of the board."""

    def offers(self, act: str) -> bool:
        """Whether there is such an act."""

    def form(self, act: str, about: str, by: Person | None, now: datetime) -> Form:
        """The form that comes before an act; raises ActError."""

    def press(self, press: Press) -> Outcome:
        """Do what was asked; raises ActError."""

    def page(self, address: str, query: Mapping[str, str]) -> Page:
        """A page of the board; raises ActError."""

    def download(self, address: str, query: Mapping[str, str]) -> Download:
        """A file of the board; raises ActError."""


class Host(Protocol):
    """The part of the site around the buttons and forms."""

    def refused(self, key: str, conversation: Conversation, failure: Failure) -> Response:
        """A whole page that says that something could not be done."""

    def around(self, source: str) -> Mapping[str, object]:
        """What its pages need besides their content, for a button that stood at that address."""


class Acts:
    """The handlers of buttons and forms in one part of the site."""

    def __init__(self, desk: DoesActs, pages: Pages, surface: Surface, now: Callable[[], datetime], host: Host) -> None:
        self._desk = desk
        self._pages = pages
        self._surface = surface
        self._now = now
        self._host = host
        self._limiter = anyio.CapacityLimiter(AT_ONCE)

    def routes(self) -> list[Route]:
        """Where forms are fetched and presses are sent."""
        return [
            Route(self._surface.acts, self.act_form),
            Route(self._surface.acts, self.act_press, methods=["POST"]),
        ]

    async def act_form(self, request: Request) -> Response:
        """The form that comes before an act, for the dialog or as a page of its own."""
        key, conversation = self._pages.conversation(request)
        try:
            shown = self._read(request.query_params.get("press"), conversation)
            form = await self._form_of(shown, conversation)
        except Exception as problem:  # the person gets an answer whatever went wrong
            return self._failed(request, key, conversation, failure_of(problem))
        return self._show_form(request, key, conversation, form, shown)

    async def act_press(self, request: Request) -> Response:
        """Do what a button or a form asks for."""
        key, conversation = self._pages.conversation(request)
        try:
            async with files.read_form(request, LARGEST_FORM, fields.MOST_FIELDS) as sent:
                if "form" in sent:
                    return await self._send(request, key, conversation, sent)
                shown = self._read(sent.get("press"), conversation)
            press = Press(shown.act, shown.about, self._now(), by=self._surface.by(conversation))
            came = await self._in_thread(partial(self._desk.press, press))
        except Exception as problem:  # the person gets an answer whatever went wrong
            return self._failed(request, key, conversation, failure_of(problem))
        return self._came(request, key, conversation, came, shown)

    async def _send(self, request: Request, key: str, conversation: Conversation, sent: FormData) -> Response:
        """Check what was filled in, and do it; whatever is wrong, the form comes back with the person's words."""
        shown = self._read(sent.get("form"), conversation)
        if shown.form_id in conversation.sent:
            return self._failed(request, key, conversation, Failure(ALREADY_SENT, 409))
        kept = conversation.forms.get(shown.form_id)
        form = kept.form if kept else await self._form_of(shown, conversation)
        typed = fields.typed(form, sent)
        wrong = fields.problems(form, typed)
        if wrong:
            return self._show_form(request, key, conversation, form, shown, typed, wrong, 422)
        conversation.mark_sent(shown.form_id)
        press = Press(form.act, form.about, self._now(), typed, self._surface.by(conversation))
        try:
            came = await self._in_thread(partial(self._desk.press, press))
        except Exception as problem:  # the person keeps their words whatever went wrong
            conversation.sent.pop(shown.form_id, None)
            why = failure_of(problem)
            wrong = {problem.field: why.text} if isinstance(problem, ActError) else {"": f"{why.text} {STILL_HERE}"}
            return self._show_form(request, key, conversation, form, shown, typed, wrong, why.status)
        if isinstance(came, Form):
            # Nothing is done before the last step: the person may go back and send the first one again.
            conversation.sent.pop(shown.form_id, None)
        else:
            conversation.forms.pop(shown.form_id, None)
        return self._came(request, key, conversation, came, shown)

    def _came(self, request: Request, key: str, conversation: Conversation, came: Outcome, shown: Shown) -> Response:
        """Show what came of a press."""
        if isinstance(came, Form):
            next_step = Shown(came.act, came.about, shown.words, shown.source)
            return self._show_form(request, key, conversation, came, next_step)
        if isinstance(came, Card) and came.private:
            return self._once(request, key, conversation, came, shown)
        if self._surface is not CHAT:
            conversation.flash[self._surface.name] = came
            return self._go(request, key, f"{self._surface.home(shown.source)}#outcome")
        if isinstance(came, Reply):
            exchange = Exchange(secrets.token_urlsafe(9), shown.words, (), (), came, self._now())
            conversation.add(exchange)
            if wants_fragment(request):
                return self._json(key, {"exchange": self._pages.exchange(conversation, exchange)})
            return self._go(request, key, f"/#x-{exchange.id}")
        return self._came_card(request, key, conversation, came, shown)

    def _once(self, request: Request, key: str, conversation: Conversation, card: Card, shown: Shown) -> Response:
        """Show a card that must not be kept, in the answer itself and nowhere else."""
        card_id = secrets.token_urlsafe(9)
        view = self._pages.card(conversation, card, self._surface, shown.source, card_id=card_id, at=self._now())
        if wants_fragment(request):
            html = self._pages.fragment("card_alone.html", card=view)
            under = conversation.exchange_of(shown.source)
            body = {"id": card_id, "under": under, "html": html, "announce": announcement(card)}
            return self._json(key, {"card": body})
        around: dict[str, Any] = {**self._host.around(shown.source), "outcome": view}
        home = self._surface.home(shown.source)
        return self._pages.page("once.html", key, base=self._surface.base, card=view, home=home, **around)

    def _came_card(self, request: Request, key: str, conversation: Conversation, card: Card, shown: Shown) -> Response:
        posted, _ = conversation.show(card, self._now(), shown.source)
        if wants_fragment(request):
            return self._json(key, {"card": self._pages.arrival(conversation, posted)})
        return self._go(request, key, f"/#c-{posted.id}")

    def _show_form(
        self,
        request: Request,
        key: str,
        conversation: Conversation,
        form: Form,
        shown: Shown,
        typed: Mapping[str, tuple[str, ...]] | None = None,
        problems: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        view = self._pages.form(conversation, form, self._surface, shown, typed, problems)
        if wants_fragment(request):
            return self._json(key, {"form": self._pages.fragment("form.html", form=view)}, status)
        home = self._surface.home(shown.source)
        around = self._host.around(shown.source)
        base = self._surface.base
        return self._pages.page("form_page.html", key, status=status, base=base, form=view, home=home, **around)

    def _failed(self, request: Request, key: str, conversation: Conversation, why: Failure) -> Response:
        if wants_fragment(request):
            return self._json(key, {"error": why.text}, why.status)
        return self._pages.keep(self._host.refused(key, conversation, why), key)

    def _go(self, request: Request, key: str, address: str) -> Response:
        if wants_fragment(request):
            return self._json(key, {"go": address})
        return self._pages.keep(RedirectResponse(address, status_code=303), key)

    def _json(self, key: str, body: dict[str, object], status: int = 200) -> Response:
        return self._pages.keep(JSONResponse(body, status_code=status), key)

    def _read(self, token: object, conversation: Conversation) -> Shown:
        return self._pages.tokens.read(token, self._surface.audience(conversation))

    async def _form_of(self, shown: Shown, conversation: Conversation) -> Form:
        by = self._surface.by(conversation)
        return await self._in_thread(partial(self._desk.form, shown.act, shown.about, by, self._now()))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)


def failure_of(problem: Exception) -> Failure:
    """What to tell a person of a problem; one that is not ours to show is logged by its type alone."""
    if isinstance(problem, ActError | fields.TooOldError | FormError):
        return Failure(str(problem), 413 if isinstance(problem, files.TooLargeError) else 422)
    log.error("act_failed", error=type(problem).__name__)
    if isinstance(problem, SendcheckError):
        return Failure(str(problem), 500 if problem.permanent else 503)
    return Failure(OUR_FAULT, 500)
