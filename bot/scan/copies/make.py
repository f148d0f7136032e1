"""The story of one copy: which maker suits the file, what it makes, and a plain word when it cannot."""

import math
from collections.abc import Callable

from bot.domain.copy import Copy, CopyKind
from bot.domain.message import Attachment
from bot.scan.copies.clean import clean
from bot.scan.copies.interface import CannotCopyError, Finds, Sheets
from bot.scan.copies.look import Looker
from bot.scan.copies.pdf import PdfSheets
from bot.scan.copies.picture import PictureSheets
from bot.scan.copies.redact import MAKERS
from bot.scan.copies.wire import MAX_COPY
from bot.scan.extract.interface import Watch, in_silence
from bot.scan.extract.kinds import detect

_PICTURES = frozenset({"png", "jpeg", "gif", "webp", "bmp", "tiff", "heic"})
_OFFICE = frozenset({"docx", "xlsx", "pptx"})


def make_copy(
    attachment: Attachment,
    kind: CopyKind,
    finder: Finds,
    allowed: frozenset[str] = frozenset(),
    progress: Callable[[int, int, str], None] = in_silence,
    deadline: float = math.inf,
) -> Copy:
    """Make one copy; a file of which none can be made gets the reason instead, so this never raises for a bad file."""
    looker = Looker(finder, allowed, Watch(progress, deadline))
    try:
        copy = _made(attachment, kind, looker)
    except CannotCopyError as error:
        return Copy(why=str(error))
    return copy if len(copy.content) <= MAX_COPY else Copy(why="The copy would be too large to hand over.")


def _made(attachment: Attachment, kind: CopyKind, looker: Looker) -> Copy:
    found = detect(attachment.name, attachment.content)
    if kind is CopyKind.CLEANED:
        if found.id not in _OFFICE:
            raise CannotCopyError(
                f"Cleaned copies are made of Word, Excel and PowerPoint files (DOCX, XLSX, PPTX); this is {found.say}."
            )
        return clean(attachment, found.id, looker)
    if found.id != "pdf" and found.id not in _PICTURES:
        raise CannotCopyError(f"{kind.value.capitalize()} copies are made of PDFs and pictures; this is {found.say}.")
    open_sheets: Callable[[bytes], Sheets] = PdfSheets if found.id == "pdf" else PictureSheets
    sheets = open_sheets(attachment.content)
    return MAKERS[kind](attachment, sheets, looker)
