"""The web chat: a page that works as a plain form, and better with the script beside it."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

import anyio.to_thread
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.desk import Desk
from bot.domain.finding import Category
from bot.errors import SendcheckError
from bot.platforms.web import files, incoming, words
from bot.platforms.web.acts import Acts, DoesActs
from bot.platforms.web.board import Board, NotForwarded
from bot.platforms.web.checks import OUR_FAULT, Check, Checks, Failure, Responds
from bot.platforms.web.conversation import Conversation, Conversations
from bot.platforms.web.copies import CopyPages, MakesCopies
from bot.platforms.web.guard import OnlySameOrigin, OnlyThisHost, SecurityHeaders, sorry
from bot.platforms.web.pages import COOKIE, Pages, wants_fragment
from bot.platforms.web.receipt import ReceiptPage
from bot.platforms.web.surfaces import CHAT

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
# A question is answered well within this; only a file check goes on, and is then asked after.
ANSWER_AT_ONCE_SECONDS = 0.4
_SMALL_FORM = 64 * 1024
OFF = (
    "The web chat is off. It has no sign-in yet, so it is served only on the machine it runs on. "
    "Start the server on 127.0.0.1 to use it, or ask in Slack or Teams.\n"
)

log = structlog.get_logger(__name__)


class ChatAssistant(Responds, MakesCopies, Protocol):
    """What the web chat needs of the assistant."""

    def not_personal_data(self, digest: str, category: str) -> None:
        """Remember that a value is not personal data."""


def create_app(
    assistant: ChatAssistant,
    *,
    loopback_only: bool,
    max_bytes: int,
    hosts: frozenset[str] = frozenset(),
    desk: DoesActs | None = None,
    conversations: Conversations | None = None,
    secret: bytes | None = None,
    clock: Callable[[], float] = time.monotonic,
    now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
) -> Starlette:
    """The web chat as an app; unless `loopback_only` (this machine alone reaches it) it only explains that it is off.

    `max_bytes` is the most one message may carry, `hosts` are names this server is known by besides the loopback ones,
    `desk` does what buttons and forms ask for, `conversations` are shared with the courier, and `secret` signs what
    comes back from the page (that of the conversations by default).
    """
    if not loopback_only:
        off = Route("/{path:path}", _off, methods=["GET", "POST"])
        return Starlette(routes=[off], middleware=[Middleware(SecurityHeaders)])
    desk = desk or Desk(())
    open_now = Conversations(clock) if conversations is None else conversations
    pages = Pages(open_now, secret or open_now.secret, max_bytes, now, desk.offers)
    chat = _Chat(assistant, pages, Checks(assistant, now))
    routes = [
        Route("/", chat.show),
        Route("/ask", chat.ask, methods=["POST"]),
        Route("/progress/{check_id}", chat.progress),
        Route("/start-again", chat.start_again, methods=["POST"]),
        Route("/not-personal-data", chat.not_personal_data, methods=["POST"]),
        Route("/news", chat.news),
        Route("/picture/{name}", pages.pictures.picture),
        *Acts(desk, pages, CHAT, now, chat).routes(),
        *ReceiptPage(desk, pages, now).routes(),
        *Board(desk, pages, now).routes(),
        *CopyPages(assistant, pages).routes(),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
        Route("/{path:path}", chat.nowhere),
    ]
    names = LOOPBACK_HOSTS | hosts
    guards = [Middleware(SecurityHeaders), Middleware(OnlyThisHost, hosts=names), Middleware(OnlySameOrigin)]
    guards.append(Middleware(NotForwarded))
    return Starlette(routes=routes, middleware=guards, exception_handlers={Exception: sorry})


async def _off(_: Request) -> Response:
    return PlainTextResponse(OFF, status_code=404)


class _Chat:
    """The handlers of the conversation."""

    def __init__(self, assistant: ChatAssistant, pages: Pages, checks: Checks) -> None:
        self._assistant = assistant
        self._pages = pages
        self._checks = checks

    async def show(self, request: Request) -> Response:
        """The page with the conversation so far."""
        key, conversation = self._pages.conversation(request)
        return self._pages.chat(key, conversation)

    async def nowhere(self, request: Request) -> Response:
        """Say that there is no such page, on the page there is."""
        key, conversation = self._pages.conversation(request)
        return self._pages.chat(key, conversation, error="There is no such page here. This is the chat.", status=404)

    async def ask(self, request: Request) -> Response:
        """Take a message, and answer with the reply or, while a file is being checked, with where to ask after it."""
        key, conversation = self._pages.conversation(request)
        text = ""
        try:
            async with files.read_form(request, self._pages.max_bytes) as form:
                typed = form.get("text", "")
                text = typed if isinstance(typed, str) else ""
                message = incoming.message(form, await files.attachments(form), conversation)
        except incoming.FormError as error:
            failure = Failure(str(error), 413 if isinstance(error, files.TooLargeError) else 422)
            return self._failed(request, key, conversation, failure, text)
        check = self._checks.start(message, key, conversation)
        return await self._outcome(request, key, conversation, check, text)

    async def progress(self, request: Request) -> Response:
        """How far a check has got, or its reply."""
        key, conversation = self._pages.conversation(request)
        check = self._checks.find(request.path_params["check_id"], key)
        if check is None:
            gone = Failure("This check is no longer known here. Send it again.", 404)
            return self._failed(request, key, conversation, gone, "")
        return await self._outcome(request, key, conversation, check, "")

    async def start_again(self, request: Request) -> Response:
        """Forget the conversation and begin a new one."""
        key, _ = self._pages.conversation(request)
        self._pages.forget(key)
        answer = RedirectResponse("/", status_code=303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    async def news(self, request: Request) -> Response:
        """The cards that came by themselves since the page was last told of any."""
        conversation = self._pages.known(request)
        after = request.query_params.get("after", "")
        if conversation is None or not after.isdecimal() or len(after) > 9:
            return JSONResponse({"came": 0, "cards": []})
        arrived = conversation.arrived(int(after))
        cards = [self._pages.arrival(conversation, posted) for posted in arrived]
        conversation.seen = conversation.came
        return JSONResponse({"came": conversation.came, "cards": cards})

    def refused(self, key: str, conversation: Conversation, failure: Failure) -> Response:
        """Say on the chat that something could not be done."""
        return self._pages.chat(key, conversation, error=failure.text, status=failure.status)

    def around(self, source: str) -> Mapping[str, object]:
        """Nothing: the pages beside the chat are of the plain kind."""
        return {}

    async def not_personal_data(self, request: Request) -> Response:
        """Remember that a finding is not personal data, and say what was remembered."""
        key, conversation = self._pages.conversation(request)
        try:
            async with files.read_form(request, _SMALL_FORM) as form:
                token = form.get("finding")
        except incoming.FormError as error:
            return self._failed(request, key, conversation, Failure(str(error), 422), "")
        signed = self._pages.tokens.read_finding(token)
        if signed is None:
            stale = Failure("That button is too old to use. Check the file again, then press it.", 422)
            return self._failed(request, key, conversation, stale, "")
        digest, category = signed
        try:
            await anyio.to_thread.run_sync(self._assistant.not_personal_data, digest, category)
        except Exception as problem:  # the person gets an answer and the log gets no content
            log.error("not_personal_data_failed", error=type(problem).__name__)
            words_for_it = str(problem) if isinstance(problem, SendcheckError) else OUR_FAULT
            return self._failed(request, key, conversation, Failure(words_for_it, 503), "")
        said = _remembered(category)
        if wants_fragment(request):
            return self._pages.keep(JSONResponse({"said": said}), key)
        conversation.notice = said
        return self._pages.keep(RedirectResponse("/", status_code=303), key)

    async def _outcome(
        self, request: Request, key: str, conversation: Conversation, check: Check, text: str
    ) -> Response:
        """Wait a moment (without the script: to the end) and answer with what there is by then."""
        assert check.outcome is not None
        if wants_fragment(request):
            await asyncio.wait({check.outcome}, timeout=ANSWER_AT_ONCE_SECONDS)
            if check.under_way:
                state = {"check": check.id, "done": check.done, "total": check.total, "what": check.what}
                return self._pages.keep(JSONResponse(state, status_code=202), key)
        outcome = await asyncio.shield(check.outcome)
        if isinstance(outcome, Failure):
            return self._failed(request, key, conversation, outcome, text)
        if wants_fragment(request):
            return self._pages.keep(JSONResponse(self._pages.exchange(conversation, outcome)), key)
        return self._pages.keep(RedirectResponse(f"/#x-{outcome.id}", status_code=303), key)

    def _failed(self, request: Request, key: str, conversation: Conversation, failure: Failure, text: str) -> Response:
        if wants_fragment(request):
            return self._pages.keep(JSONResponse({"error": failure.text}, status_code=failure.status), key)
        return self._pages.chat(key, conversation, error=failure.text, text=text, status=failure.status)


def _remembered(category: str) -> str:
    known = next((label for name, label in words.CATEGORIES.items() if name is Category(category)), "")
    return (
        f"Remembered: this value isn’t personal data ({known}). Later checks at this site will pass over it. "
        "Only a fingerprint is kept, never the value."
    )
