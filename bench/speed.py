"""How long typical files take, and how much memory the checking process needs."""

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil
from openpyxl import Workbook

from bot.domain.finding import Inspection
from bot.domain.message import Attachment
from tests.files.drawing import encoded, photographed, sheet
from tests.files.paper import pdf
from tests.files.statements import front, reverse
from tests.files.world import CASES

Examine = Callable[[Attachment], Inspection]


@dataclass(frozen=True)
class Timing:
    """Seconds for one file, and what the requirement allows."""

    what: str
    seconds: float
    allowed: float


def _statement_pages(count: int) -> bytes:
    pages = []
    for number in range(count):
        case = CASES[number % len(CASES)]
        story = [f"{case.story} {person.name} was there." for person in (case.witness, case.caller)] * 5
        pages.append((front(case, case.witness, story) + (reverse(case.witness) if number % 5 == 0 else []))[:46])
    return pdf(pages)


def _telephone_photo() -> bytes:
    lines = [line for case in CASES for line in (case.victim.name, case.victim.home, case.victim.postcode, "")]
    return encoded(photographed(sheet(3000, 4000, "ivory", lines, size=64), 11), "JPEG", quality=88)


def _large_workbook(rows: int) -> bytes:
    book = Workbook(write_only=True)
    sheet_ = book.create_sheet("Data")
    sheet_.append(
        ["Reference", "Name", "Date of birth", "Postcode", "Telephone", "Outcome", "Count", "Area", "Team", "Note"]
    )
    people = [person for case in CASES for person in (case.victim, case.witness)]
    for row in range(rows):
        one = people[row % len(people)]
        sheet_.append([row, one.name, one.dob, one.postcode, one.phone, "closed", row % 7, "North", "B", "none"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timings(examine: Examine, quick: bool) -> list[Timing]:
    """Warm times of typical files, each checked once after the process is warm."""
    examine(Attachment("warm.pdf", _statement_pages(1)))
    examine(Attachment("warm.jpg", _telephone_photo()))
    files = [
        ("10-page text PDF", "ten.pdf", _statement_pages(10), 2.0),
        ("telephone photograph, 12 megapixels", "photo.jpg", _telephone_photo(), 3.0),
    ]
    if not quick:
        files += [
            ("100-page text PDF", "hundred.pdf", _statement_pages(100), 12.0),
            ("workbook of 200,000 cells", "large.xlsx", _large_workbook(20_000), 15.0),
        ]
    measured = []
    for what, name, content, allowed in files:
        began = time.perf_counter()
        inspection = examine(Attachment(name, content))
        seconds = time.perf_counter() - began
        note = f" (not whole: {inspection.unread[0].reason})" if inspection.unread else ""
        measured.append(Timing(what + note, seconds, allowed))
    return measured


class ChildMemory:
    """Watches the memory of all child processes, of whatever depth, while it is entered."""

    def __init__(self) -> None:
        self.peak = 0
        """Largest resident size of any one child, in bytes."""
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._stop.wait(0.1):
            for child in own.children(recursive=True):
                try:
                    self.peak = max(self.peak, child.memory_info().rss)
                except psutil.NoSuchProcess:
                    continue

    def __enter__(self) -> "ChildMemory":
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watcher.join()
