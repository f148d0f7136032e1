"""The near-miss pages: at most three questions, a look at what will be kept, and a receipt."""

from typing import Any, Protocol

import anyio.to_thread
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.nearmiss import AlreadySent, NearMiss, NearMissKind, ScrubbedText
from bot.errors import SendcheckError
from bot.platforms.web import files, incoming, outgoing, words
from bot.platforms.web.checks import OUR_FAULT
from bot.platforms.web.conversation import Conversation
from bot.platforms.web.incoming import FormError, NearMissForm
from bot.platforms.web.pages import Pages, wants_fragment

log = structlog.get_logger(__name__)

# A report is a few sentences; nobody attaches files to it.
_MAX_BYTES = 64 * 1024


class TakesReports(Protocol):
    """The part of the assistant that takes near misses."""

    def preview(self, text: str) -> ScrubbedText:
        """The text as it would be stored."""

    def report(
        self, text: str, kind: NearMissKind | None, anonymous: bool, finding_categories: tuple[str, ...]
    ) -> NearMiss:
        """Store one near miss."""


class NearMissPages:
    """The handlers of the near-miss form."""

    def __init__(self, assistant: TakesReports, pages: Pages) -> None:
        self._assistant = assistant
        self._pages = pages

    def routes(self) -> list[Route]:
        """Where the pages are."""
        return [
            Route("/near-miss", self.ask),
            Route("/near-miss/preview", self.preview, methods=["POST"]),
            Route("/near-miss/edit", self.edit, methods=["POST"]),
            Route("/near-miss/send", self.send, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """The empty form, with the kind filled in where the check already points to one."""
        key, conversation = self._pages.conversation(request)
        about = request.query_params.get("about", "")
        exchange = conversation.find(about)
        kind = outgoing.likely_kind(exchange.reply) if exchange else None
        form = NearMissForm(kind=kind, about=about if exchange else "")
        return self._page(request, key, "form", form, conversation)

    async def edit(self, request: Request) -> Response:
        """The form again, as it was filled in."""
        key, conversation = self._pages.conversation(request)
        form, error = await self._read(request)
        return self._page(request, key, "form", form, conversation, error=error)

    async def preview(self, request: Request) -> Response:
        """What would be kept, with personal data taken out, before anything is."""
        key, conversation = self._pages.conversation(request)
        form, error = await self._read(request)
        if error:
            return self._page(request, key, "form", form, conversation, error=error, status=422)
        try:
            scrubbed = await anyio.to_thread.run_sync(self._assistant.preview, form.text)
        except Exception as problem:  # the person keeps their text whatever went wrong
            return self._broken(request, key, form, conversation, problem)
        return self._page(request, key, "preview", form, conversation, scrubbed=scrubbed)

    async def send(self, request: Request) -> Response:
        """Store the report and give the receipt."""
        key, conversation = self._pages.conversation(request)
        form, error = await self._read(request)
        if error:
            return self._page(request, key, "form", form, conversation, error=error, status=422)
        found = _found(conversation, form)
        try:
            report = await anyio.to_thread.run_sync(self._assistant.report, form.text, form.kind, form.anonymous, found)
        except Exception as problem:  # the person keeps their text whatever went wrong
            return self._broken(request, key, form, conversation, problem)
        return self._page(
            request, key, "receipt", form, conversation, report=report, went=report.already_sent is AlreadySent.TRUE
        )

    async def _read(self, request: Request) -> tuple[NearMissForm, str]:
        """The form, and what is wrong with it."""
        form = NearMissForm()
        try:
            async with files.read_form(request, _MAX_BYTES) as fields:
                form = incoming.near_miss(fields)
                incoming.require_story(form)
        except FormError as error:
            return form, str(error)
        return form, ""

    def _broken(
        self, request: Request, key: str, form: NearMissForm, conversation: Conversation, problem: Exception
    ) -> Response:
        log.error("near_miss_failed", error=type(problem).__name__)
        known = isinstance(problem, SendcheckError)
        error = f"{problem if known else OUR_FAULT} Nothing was sent yet; your words are still here."
        return self._page(request, key, "form", form, conversation, error=error, status=503)

    def _page(
        self,
        request: Request,
        key: str,
        step: str,
        form: NearMissForm,
        conversation: Conversation,
        *,
        status: int = 200,
        **values: Any,
    ) -> Response:
        """One step, as a page of its own or as the inside of the dialog."""
        found = [label for category, label in words.CATEGORIES.items() if category.value in _found(conversation, form)]
        template = f"near_miss_{step}.html"
        base = "bare.html" if wants_fragment(request) else "base.html"
        shown = {"error": "", **values}
        return self._pages.page(template, key, status=status, base=base, form=form, found=found, **shown)


def _found(conversation: Conversation, form: NearMissForm) -> tuple[str, ...]:
    """The categories found by the check that the report started from."""
    exchange = conversation.find(form.about)
    return outgoing.found_categories(exchange.reply) if exchange else ()
