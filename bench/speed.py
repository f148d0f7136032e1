"""How long typical files take, and how much memory the checking process needs."""

import io
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psutil
from openpyxl import Workbook
from rich.table import Table

from bot.domain.finding import Inspection
from bot.domain.message import Attachment
from tests.files.drawing import encoded, photographed, sheet
from tests.files.paper import image_pdf, pdf
from tests.files.statements import front, reverse
from tests.files.world import CASES

Examine = Callable[[Attachment], Inspection]
Watched = Callable[[Attachment, Callable[[int, int, str], None]], Inspection]


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


PAGE_STEPS = (10, 20, 40, 80)
CELL_STEPS = (25_000, 50_000, 100_000, 200_000)
_LETTERS = 3_000
"""Of one page of the long PDF: 100 pages have 300,000."""


def _long_pages(count: int) -> bytes:
    """Pages as full as a typist makes them."""
    pages = []
    for number in range(count):
        case = CASES[number % len(CASES)]
        people = (case.victim, case.witness, case.caller)
        lines = [f"{one.name} of {one.home}, {one.postcode}, telephone {one.phone}." for one in people]
        story = case.story.split(". ")
        while sum(map(len, lines)) < _LETTERS:
            lines += [f"{number + 1}.{len(lines)} {sentence}." for sentence in story]
        pages.append(lines)
    return pdf(pages)


def _scan_pages(count: int) -> bytes:
    """Typed pages as a scanner sends them, without a text layer."""
    pictures = []
    for number in range(count):
        case = CASES[number % len(CASES)]
        people = (case.victim, case.witness, case.caller)
        lines = [line for one in people for line in (one.name, one.home, one.postcode, one.phone, "")]
        lines += [case.story[at : at + 60] for at in range(0, len(case.story), 60)]
        pictures.append(encoded(sheet(1240, 1754, "white", [f"PAGE {number + 1}", *lines], size=30), "JPEG"))
    return image_pdf(pictures)


@dataclass(frozen=True)
class Step:
    """One point of a curve."""

    what: str
    size: int
    seconds: float
    first: float
    """Seconds until something was said about how far the check has got."""
    finding: float
    """Seconds until the first finding was shown; the whole time where it came with the report."""

    @property
    def each(self) -> float:
        """Milliseconds a page, or a thousand cells."""
        return 1000 * self.seconds / (self.size / 1000 if self.what == "cells" else self.size)


def curves(examine: Watched) -> list[Step]:
    """How cost grows with the pages of a PDF and the cells of a workbook: each step is twice the last."""
    kinds = (
        ("pages", PAGE_STEPS, "long.pdf", _long_pages),
        ("cells", CELL_STEPS, "large.xlsx", lambda cells: _large_workbook(cells // 10)),
    )
    steps = [
        _step(examine, what, size, Attachment(name, make(size))) for what, sizes, name, make in kinds for size in sizes
    ]
    return [*steps, _step(examine, "scanned pages", 20, Attachment("scan.pdf", _scan_pages(20)))]


def _step(examine: Watched, what: str, size: int, attachment: Attachment) -> Step:
    told: list[tuple[float, str]] = []
    began = time.perf_counter()
    examine(attachment, lambda done, total, said: told.append((time.perf_counter() - began, said)))
    seconds = time.perf_counter() - began
    finding = next((at for at, said in told if "found so far" in said), seconds)
    return Step(what, size, seconds, told[0][0], finding)


def curve_table(steps: Sequence[Step]) -> Table:
    """The curve as a table; cost is linear when the last column stays the same."""
    columns = ("What", "How many", "Seconds", "First word after", "First finding after", "Milliseconds each")
    table = Table(*columns, title="Cost by size")
    for step in steps:
        what = "cells (each: a thousand)" if step.what == "cells" else step.what
        times = (f"{step.seconds:.2f}", f"{step.first:.2f} s", f"{step.finding:.2f} s", f"{step.each:.0f}")
        table.add_row(what, f"{step.size:,}", *times)
    return table


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
            ("100-page text PDF, 300,000 characters", "hundred.pdf", _long_pages(100), 12.0),
            ("20-page scan", "scan.pdf", _scan_pages(20), 30.0),
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
