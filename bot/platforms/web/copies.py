"""Copies of a checked file: the browser sends the file again, since it was not kept, and gets the copy to save."""

import json
from typing import Protocol
from urllib.parse import quote

import anyio
import anyio.to_thread
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.domain.copy import Copy, CopyKind
from bot.domain.message import Attachment
from bot.domain.ports import Progress
from bot.errors import SendcheckError
from bot.platforms.web import files, words
from bot.platforms.web.checks import BUSY, OUR_FAULT
from bot.platforms.web.incoming import FormError
from bot.platforms.web.pages import Pages, wants_fragment

AT_ONCE = 2
MOST_WAITING = 8
EXPLAINED = {
    CopyKind.MARKED: "Every finding is boxed and labelled, so that you can review it. It still holds everything: "
    "it is not for sending. For PDFs and pictures.",
    CopyKind.REDACTED: "Every finding is painted over and taken out of the file, and the result is checked again. "
    "Look through it before you send it. For PDFs and pictures.",
    CopyKind.CLEANED: "Hidden parts, comments, tracked changes and properties are taken out. What a reader sees stays, "
    "personal data too. For Word, Excel and PowerPoint files.",
}

log = structlog.get_logger(__name__)


class MakesCopies(Protocol):
    """The part of the assistant that makes copies."""

    def copy(self, attachment: Attachment, kind: CopyKind, progress: Progress | None = None) -> Copy:
        """Make one copy."""


class CopyPages:
    """The handlers of the copy form."""

    def __init__(self, assistant: MakesCopies, pages: Pages) -> None:
        self._assistant = assistant
        self._pages = pages
        self._limiter = anyio.CapacityLimiter(AT_ONCE)

    def routes(self) -> list[Route]:
        """Where the pages are."""
        return [Route("/copy", self.ask), Route("/copy", self.make, methods=["POST"])]

    async def ask(self, request: Request) -> Response:
        """The form that asks for the file again, for a browser without the script or a page loaded anew."""
        key, _ = self._pages.conversation(request)
        return self._form(key, _kind(request.query_params.get("kind")))

    async def make(self, request: Request) -> Response:
        """Make the copy of the file that was sent along, and answer with it."""
        key, _ = self._pages.conversation(request)
        kind = CopyKind.REDACTED
        try:
            async with files.read_form(request, self._pages.max_bytes) as form:
                kind = _kind(form.get("kind"))
                sent = await files.attachments(form)
        except FormError as error:
            status = 413 if isinstance(error, files.TooLargeError) else 422
            return self._failed(request, key, kind, str(error), status)
        if len(sent) != 1:
            return self._failed(request, key, kind, "Choose the one file that you want a copy of.", 422)
        if self._limiter.statistics().tasks_waiting >= MOST_WAITING:
            return self._failed(request, key, kind, BUSY, 503)
        try:
            copy = await anyio.to_thread.run_sync(self._assistant.copy, sent[0], kind, limiter=self._limiter)
        except Exception as problem:  # the person gets an answer and the log gets no content
            log.error("copy_failed", error=type(problem).__name__)
            return self._failed(
                request, key, kind, str(problem) if isinstance(problem, SendcheckError) else OUR_FAULT, 503
            )
        if not copy.content:
            return self._failed(request, key, kind, copy.why, 422)
        return self._pages.keep(_download(copy), key)

    def _failed(self, request: Request, key: str, kind: CopyKind, why: str, status: int) -> Response:
        if wants_fragment(request):
            return self._pages.keep(JSONResponse({"error": why}, status_code=status), key)
        return self._form(key, kind, error=why, status=status)

    def _form(self, key: str, kind: CopyKind, *, error: str = "", status: int = 200) -> Response:
        return self._pages.page(
            "copy_form.html", key, status=status, kind=kind, labels=words.COPIES, explained=EXPLAINED, error=error
        )


def _kind(said: object) -> CopyKind:
    return next((kind for kind in CopyKind if kind == said), CopyKind.REDACTED)


def _download(copy: Copy) -> Response:
    """The copy as a file to save, with what was done to it in a header for the script."""
    about = {"name": copy.name, "removed": copy.removed, "verified": copy.verified, "why": copy.why}
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(copy.name, safe='')}",
        # JSON without letters beyond ASCII is safe in a header.
        "x-copy": json.dumps(about),
    }
    return Response(copy.content, media_type="application/octet-stream", headers=headers)
