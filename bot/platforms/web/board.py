"""The board of the information team: lists, single reports and registers, as the parts of the product offer them."""

import mimetypes
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import quote

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.domain.board import Download
from bot.platforms.web.acts import Acts, DoesActs, failure_of
from bot.platforms.web.board_view import Section, front_view, in_order, page_view, section
from bot.platforms.web.checks import Failure
from bot.platforms.web.conversation import Conversation
from bot.platforms.web.flash import flash_view
from bot.platforms.web.guard import forwarded
from bot.platforms.web.pages import Pages
from bot.platforms.web.surfaces import BOARD

BEHIND_A_PROXY = (
    "The board is off here. It has no sign-in yet, so it answers only on the machine that it runs on, and this request "
    "came through a proxy. Open it at the address that the server names when it starts, for example "
    "http://127.0.0.1:8080/board.\n"
)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?charset=[\w-]+)?")


class NotForwarded:
    """Refuses a request that a proxy passed on: then the board would be open to whoever reaches the proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] == "http" and _on_board(scope["path"]) and forwarded(scope):
            await PlainTextResponse(BEHIND_A_PROXY, status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Board:
    """The handlers of the board."""

    def __init__(self, desk: DoesActs, pages: Pages, now: Callable[[], datetime]) -> None:
        self._desk = desk
        self._pages = pages
        self._now = now

    def routes(self) -> list[Route]:
        """Where the pages, the forms and the downloads are."""
        acts = Acts(self._desk, self._pages, BOARD, self._now, self)
        return [
            *acts.routes(),
            Route("/board", self.board_front),
            Route("/board/", self.board_front),
            Route("/board/download/{address:path}", self.board_download),
            Route("/board/{address:path}", self.board_page),
        ]

    async def board_front(self, request: Request) -> Response:
        """What needs attention, from each page."""
        key, conversation = self._pages.conversation(request)
        sections = await anyio.to_thread.run_sync(self._sections)
        return self._front(key, conversation, sections)

    async def board_page(self, request: Request) -> Response:
        """One page of the board."""
        key, conversation = self._pages.conversation(request)
        address = request.path_params["address"]
        query = dict(request.query_params)
        try:
            page = await anyio.to_thread.run_sync(partial(self._desk.page, address, query))
        except Exception as problem:  # the person gets an answer whatever went wrong
            return self.refused(key, conversation, failure_of(problem))
        source = address + (f"?{request.url.query}" if request.url.query else "")
        view = page_view(page, partial(self._pages.card, conversation, surface=BOARD, source=source))
        buttons = self._pages.buttons(conversation, page.buttons, BOARD, source)
        return self._page(
            "board_page.html", key, conversation, source, page=view, buttons=buttons, asked=query.get("q", "")
        )

    async def board_download(self, request: Request) -> Response:
        """One file of the board, to save."""
        key, conversation = self._pages.conversation(request)
        work = partial(self._desk.download, request.path_params["address"], dict(request.query_params))
        try:
            made = await anyio.to_thread.run_sync(work)
        except Exception as problem:  # the person gets an answer whatever went wrong
            return self.refused(key, conversation, failure_of(problem))
        return _attachment(made)

    def refused(self, key: str, conversation: Conversation, failure: Failure) -> Response:
        """Say on a page of the board that something could not be done."""
        return self._page("board_error.html", key, conversation, "", status=failure.status, error=failure.text)

    def around(self, source: str) -> Mapping[str, object]:
        """The menu, with the page of that address marked."""
        here = re.split(r"[/?]", source, maxsplit=1)[0]
        return {"nav": in_order(self._desk.pages), "here": here, "outcome": None, "reply": None}

    def _sections(self) -> list[Section]:
        """The first table of each page; a page that cannot be made now says so and hides no other."""
        sections = []
        for name, _ in in_order(self._desk.pages):
            try:
                sections.append(section(name, self._desk.page(name, {})))
            except Exception as problem:
                sections.append(section(name, None, failure_of(problem).text))
        return sections

    def _front(self, key: str, conversation: Conversation, sections: list[Section]) -> Response:
        return self._page("board_front.html", key, conversation, "", front=front_view(sections))

    def _page(
        self, template: str, key: str, conversation: Conversation, source: str, *, status: int = 200, **values: object
    ) -> Response:
        flash = flash_view(self._pages, conversation, BOARD, source, self._now())
        return self._pages.page(template, key, status=status, **{**self.around(source), **flash, **values})


def _on_board(path: str) -> bool:
    return path == "/board" or path.startswith("/board/")


def _attachment(made: Download) -> Response:
    """A file that the browser saves and never shows."""
    known = made.media_type if _MEDIA_TYPE.fullmatch(made.media_type) else None
    media_type = known or mimetypes.guess_type(made.name)[0] or "application/octet-stream"
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"}
    return Response(made.content, media_type=media_type, headers=headers)
