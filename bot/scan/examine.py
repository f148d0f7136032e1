"""The story of one check: open the file, read it with its pictures and the files inside it, recognise, report."""

import hashlib
import math
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.domain.finding import Hazard, HazardKind, Inspection, Unread, UnreadReason
from bot.domain.message import Attachment
from bot.scan.compare import wrong_prints
from bot.scan.contents import Contents, collect
from bot.scan.extract.interface import Table, Text, Watch, in_silence
from bot.scan.first_look import FirstLook
from bot.scan.recognise.interface import Recognised


class Recognises(Protocol):
    """Finds personal data in the parts of one file."""

    def recognise(self, parts: Sequence[Text | Table]) -> Recognised:
        """Findings, case references, kinds of document and hazards of the text itself."""


def examine(
    attachment: Attachment,
    recogniser: Recognises,
    progress: Callable[[int, int, str], None] = in_silence,
    deadline: float = math.inf,
) -> Inspection:
    """Look into one file; what cannot be read becomes an Unread, so a bad file never raises."""
    started = time.monotonic()
    first = FirstLook(recogniser.recognise, progress)
    contents = collect(attachment, Watch(first.tell, deadline, first.see))
    progress(1, 1, "Looking for personal data")
    recognised = recogniser.recognise(contents.parts)
    return Inspection(
        name=attachment.name,
        media_type=contents.media_type,
        size=len(attachment.content),
        sha256=hashlib.sha256(attachment.content).hexdigest(),
        inspected=_inspected(contents),
        findings=recognised.findings,
        hazards=contents.hazards + recognised.hazards + _of_another(recognised),
        unread=contents.unread,
        case_refs=recognised.case_refs,
        linked_refs=recognised.linked_refs,
        materials=recognised.materials,
        identities=recognised.identities,
        rows=_rows(contents),
        seconds=round(time.monotonic() - started, 3),
    )


def not_examined(attachment: Attachment, reason: UnreadReason, detail: str, seconds: float = 0.0) -> Inspection:
    """The report on a file of which nothing could be read."""
    return Inspection(
        name=attachment.name,
        media_type="application/octet-stream",
        size=len(attachment.content),
        sha256=hashlib.sha256(attachment.content).hexdigest(),
        inspected="none",
        unread=(Unread("file", reason, detail),),
        seconds=round(seconds, 3),
    )


def _of_another(recognised: Recognised) -> tuple[Hazard, ...]:
    """Convictions of somebody else than the defendant the same file names; two people in one print say it already."""
    if any(hazard.kind is HazardKind.MIXED_SUBJECTS for hazard in recognised.hazards):
        return ()
    return tuple(wrong_prints(recognised.identities))


def _rows(contents: Contents) -> int:
    tables = [part for part in contents.parts if isinstance(part, Table)]
    return max((sum(any(cell.text.strip() for cell in row) for row in table.rows) for table in tables), default=0)


def _inspected(contents: Contents) -> str:
    if not contents.unread:
        return "full"
    return "partial" if contents.parts else "none"
