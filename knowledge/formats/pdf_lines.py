"""The words of a PDF page as lines in reading order: columns apart, running headers and page numbers gone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from knowledge.formats.interface import visible

_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BAND = 0.11
"""The share of a page's height, at its top and bottom, where headers and footers stand."""
_NARROWEST_GUTTER = 10.0
_FEWEST_ROWS = 6


@dataclass(frozen=True)
class Word:
    """A word as placed on a page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True)
class Line:
    """Words that stand side by side in one column."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    """0 when it was read from a picture."""
    bold: bool
    right: float = 0.0
    """Where the column ends."""


@dataclass(frozen=True)
class Page:
    """One page: its lines in reading order, and its tables by where they stand among them."""

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: "tuple[Placed, ...]" = ()


@dataclass(frozen=True)
class Placed:
    """A table and the number of lines that come before it."""

    after: int
    rows: tuple[tuple[str | None, ...], ...]
    """None where a merged cell goes on from above, with the text filled in by the reader of tables."""
    edges: tuple[float, ...]
    """Where its columns begin: a table that goes on over the page has the same."""


def words_of(found: Iterable[dict[str, object]]) -> list[Word]:
    """Pdfplumber's words without those that stand on their side (watermarks, margins)."""
    made = []
    for one in found:
        # A glyph without a letter is a bullet's, or else the font names none of its letters (see `unnamed`).
        text = re.sub(r"^\(cid:\d+\)$", "•", visible(str(one["text"])))
        if text.strip() and one.get("upright", True):
            x0, x1, top, bottom, size = (float(str(one[name])) for name in ("x0", "x1", "top", "bottom", "size"))
            made.append(Word(text, x0, x1, top, bottom, size, bold=bool(_BOLD.search(str(one["fontname"])))))
    return made


def unnamed(words: Sequence[Word]) -> bool:
    """True when the font says of many glyphs not which letters they are: then only their picture can be read."""
    return sum("(cid:" in word.text for word in words) > 0.2 * len(words)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The words as lines, top to bottom; where the page has two columns, the left one first."""
    gutter = _gutter(words)
    if gutter is None:
        return _ended([_line(row) for row in rows_of(words)])
    made: list[Line] = []
    held: list[Word] = []
    for row in rows_of(words):
        if _crosses(row, gutter):
            made += [*_columns(held, gutter), _line(row)]
            held = []
        else:
            held += row
    return made + _columns(held, gutter)


def _columns(words: Sequence[Word], gutter: float) -> list[Line]:
    left = [_line(row) for row in rows_of([word for word in words if word.x0 < gutter])]
    right = [_line(row) for row in rows_of([word for word in words if word.x0 >= gutter])]
    return _ended(left) + _ended(right)


def _ended(lines: list[Line]) -> list[Line]:
    right = max((line.x1 for line in lines), default=0.0)
    return [replace(line, right=right) for line in lines]


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words that stand at one height together, top to bottom, each row left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        middle = (word.top + word.bottom) / 2
        last = rows[-1][0] if rows else None
        # Raised and lowered marks belong to the line they overlap.
        if (
            last is not None
            and last.top < middle < last.bottom
            and abs(last.bottom - word.bottom) < 0.7 * last.size + 2
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _line(row: Sequence[Word]) -> Line:
    size = Counter({round(word.size, 1): 0 for word in row})
    for word in row:
        size[round(word.size, 1)] += len(word.text)
    return Line(
        " ".join(word.text for word in row),
        row[0].x0,
        max(word.x1 for word in row),
        min(word.top for word in row),
        max(word.bottom for word in row),
        size.most_common(1)[0][0],
        all(word.bold for word in row),
    )


def _gutter(words: Sequence[Word]) -> float | None:
    """The middle of the empty strip between two columns of text, or None on a page of one column."""
    if len(words) < 40:
        return None
    rows = rows_of(words)
    low, high = min(word.x0 for word in words), max(word.x1 for word in words)
    best: tuple[int, float] | None = None
    step = 3.0
    x = low + 0.3 * (high - low)
    while x < low + 0.7 * (high - low):
        strip = (x - _NARROWEST_GUTTER / 2, x + _NARROWEST_GUTTER / 2)
        free = [row for row in rows if not any(word.x0 < strip[1] and word.x1 > strip[0] for word in row)]
        both = [row for row in free if row[0].x1 <= strip[0] and row[-1].x0 >= strip[1]]
        if len(both) >= _FEWEST_ROWS and len(free) >= 0.7 * len(rows) and len(both) >= 0.4 * len(rows):
            filled = _filled(both, x, low, high)
            if filled and (best is None or len(free) > best[0]):
                best = (len(free), x)
        x += step
    return best[1] if best else None


def _filled(rows: Sequence[Sequence[Word]], x: float, low: float, high: float) -> bool:
    """True when both sides hold prose, not labels or page numbers."""
    left = median(max(word.x1 for word in row if word.x1 <= x) - row[0].x0 for row in rows)
    right = median(row[-1].x1 - min(word.x0 for word in row if word.x0 >= x) for row in rows)
    words = median(len(row) for row in rows)
    return left > 0.6 * (x - low) and right > 0.6 * (high - x) and words >= 6


def _crosses(row: Sequence[Word], gutter: float) -> bool:
    return any(word.x0 < gutter < word.x1 for word in row) or any(
        left.x1 < gutter < right.x0 and right.x0 - left.x1 < _NARROWEST_GUTTER * 0.8 for left, right in pairwise(row)
    )


def without_furniture(pages: Sequence[tuple[float, Sequence[Word]]]) -> tuple[list[list[Word]], list[str]]:
    """Each page's words without running headers, footers and page numbers, and what those said on the first pages."""
    bands = [list(_band_rows(height, words)) for height, words in pages]
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, rows in enumerate(bands):
        for row in rows:
            seen[_shape(row)].add(number)
    often = 2 if len(pages) == 2 else 3
    running = {shape for shape, on in seen.items() if len(on) >= often}
    kept: list[list[Word]] = []
    said: list[str] = []
    for number, (_, words) in enumerate(pages):
        gone: set[int] = set()
        for row in bands[number]:
            text = _parted(row)
            if _shape(row) in running or _PAGE_NUMBER.match(text):
                gone |= {id(word) for word in row}
                if number < 3 and text not in said:
                    said.append(text)
        kept.append([word for word in words if id(word) not in gone])
    return kept, said


def _parted(row: Sequence[Word]) -> str:
    """The row's words, with wide spaces between what stands left, in the middle and right."""
    gaps = [right.x0 - left.x1 > 2 * max(left.size, 6.0) for left, right in pairwise(row)]
    return row[0].text + "".join(("   " if wide else " ") + word.text for wide, word in zip(gaps, row[1:], strict=True))


def _band_rows(height: float, words: Sequence[Word]) -> Iterator[list[Word]]:
    top = [word for word in words if word.bottom < height * _BAND]
    bottom = [word for word in words if word.top > height * (1 - _BAND)]
    yield from rows_of(top)
    yield from rows_of(bottom)


def _shape(row: Sequence[Word]) -> tuple[str, int]:
    """What a running line is on every page: its words without numbers, at one height."""
    return re.sub(r"\d+", "#", " ".join(word.text for word in row).lower()), round(row[0].top / 4)
