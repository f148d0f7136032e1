"""Uploaded files as attachments, held in memory for one check; over-large requests are refused before they are read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.domain.message import Attachment
from bot.platforms.web.incoming import FormError, file_name
from bot.platforms.web.words import size

MOST_FILES = 20
MOST_FIELDS = 20
FORM_OVERHEAD = 1024 * 1024
# Browsers show our answer only once they have sent everything, so up to this much is read and thrown away first.
MOST_DISCARDED = 1024**3


class TooLargeError(FormError):
    """The request is over the limit."""


@asynccontextmanager
async def read_form(request: Request, max_bytes: int, most_fields: int = MOST_FIELDS) -> AsyncIterator[FormData]:
    """A parsed form, closed afterwards, never holding more than the limit; raises TooLargeError or FormError."""
    limit = max_bytes + FORM_OVERHEAD
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        if "expect" not in request.headers and int(declared) <= MOST_DISCARDED:
            async for _ in request.stream():
                pass
        raise TooLargeError(_too_large(int(declared), max_bytes))
    counted = _counted(request, limit, max_bytes)
    try:
        form = await counted.form(max_files=MOST_FILES, max_fields=most_fields, max_part_size=FORM_OVERHEAD)
    except HTTPException as error:
        raise FormError(f"That could not be read. Send at most {MOST_FILES} files at once.") from error
    try:
        yield form
    finally:
        await form.close()


async def attachments(form: FormData) -> list[Attachment]:
    """Every file of the form that has a name."""
    uploads = [upload for upload in form.getlist("files") if isinstance(upload, UploadFile) and upload.filename]
    return [Attachment(file_name(upload.filename or ""), await upload.read()) for upload in uploads]


def _counted(request: Request, limit: int, max_bytes: int) -> Request:
    """The same request, stopped as soon as more than the limit arrives, for clients that declare no length."""
    received = 0

    async def receive() -> dict[str, object]:
        nonlocal received
        event = dict(await request.receive())
        body = event.get("body", b"")
        received += len(body) if isinstance(body, bytes) else 0
        if received > limit:
            raise TooLargeError(_too_large(received, max_bytes))
        return event

    return Request(request.scope, receive)


def _too_large(count: int, max_bytes: int) -> str:
    return (
        f"Too large to check: that is {size(count)} and this chat takes up to {size(max_bytes)} in one go. "
        "Nothing was checked. Send fewer files, or a smaller one."
    )
