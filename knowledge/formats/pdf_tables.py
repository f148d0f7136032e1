"""Ruled tables of a PDF page, and tables that go on over the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.formats.interface import PAGE, one_line
from knowledge.formats.pdf_lines import Placed, Word
from knowledge.formats.pdf_lines import lines_of as lines
from knowledge.formats.tables import Cell, join_lines, pipe_table

_MOST_EDGES = 4_000
_BULLET = re.compile(r"^\s*(?:[•▪◦●‣·]|[-–]\s|\(?[a-z0-9]{1,2}[.)]\s)")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Table:
    """A table on a page."""

    box: Box
    edges: tuple[float, ...]
    """Where its columns begin: a table that goes on over the page has the same."""
    rows: tuple[tuple[Cell, ...], ...]


def find_tables(page: Any) -> list[Any]:
    """Pdfplumber's ruled tables with at least two rows and columns; none on a page drawn full of lines."""
    ruled = len(page.lines) + len(page.rects) + len(page.curves)
    if not 2 <= ruled <= _MOST_EDGES:
        return []
    return [table for table in page.find_tables() if len(table.rows) > 1 and len(_columns(table)) > 1]


def inside(word: Word, box: Box) -> bool:
    """True when the word's middle lies in the box."""
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= (word.top + word.bottom) / 2 <= box[3]


def placed(table: Any, words: Sequence[Word], after: int) -> tuple[Placed, tuple[tuple[Cell, ...], ...]]:
    """Where the table stands and its grid, merged cells filled in."""
    columns = _columns(table)
    said: dict[Box, str] = {}
    grid: list[tuple[Cell, ...]] = []
    seen: set[Box] = set()
    for row in table.rows:
        middle = (row.bbox[1] + row.bbox[3]) / 2
        cells: list[Cell] = []
        last: Box | None = None
        above = set(seen)
        for x in columns:
            box = _covering(table.cells, x + 1.0, middle)
            if box is None:
                cells.append(Cell(""))
                last = None
                continue
            if box not in said:
                said[box] = _cell_text([word for word in words if inside(word, box)])
            cells.append(Cell(said[box], across=box == last, down=box in above))
            seen.add(box)
            last = box
        grid.append(tuple(cells))
    return Placed(after, (), tuple(round(x) for x in columns)), tuple(grid)


def _columns(table: Any) -> list[float]:
    """Where columns begin; edges closer than a letter's width are one."""
    made: list[float] = []
    for x in sorted({cell[0] for cell in table.cells}):
        if not made or x - made[-1] > 4:
            made.append(x)
    return made


def _covering(cells: Sequence[Box], x: float, y: float) -> Box | None:
    return next((cell for cell in cells if cell[0] - 3 <= x <= cell[2] - 1 and cell[1] <= y <= cell[3]), None)


def _cell_text(words: Sequence[Word]) -> str:
    """The cell's words; lines that begin with a bullet are separate things, any others are one that was wrapped."""
    things: list[str] = []
    for line in lines(words):
        if things and not _BULLET.match(line.text):
            # "self-" at the end of a narrow cell's line belongs to what follows.
            things[-1] = things[-1] + line.text if things[-1].endswith("-") else f"{things[-1]} {line.text}"
        else:
            things.append(line.text)
    return join_lines(things) if any(_BULLET.match(thing) for thing in things) else one_line(" ".join(things))


class TableRun:
    """A table as it grows over pages."""

    def __init__(self, edges: tuple[float, ...], rows: Sequence[Sequence[Cell]]) -> None:
        self.edges = edges
        self.rows: list[Sequence[Cell]] = list(rows)

    def goes_on(self, edges: tuple[float, ...], rows: Sequence[Sequence[Cell]]) -> bool:
        """Take in the next page's table when it is the same one carried on; False when it is another."""
        same = len(edges) == len(self.edges) and (
            _said(rows[0]) == _said(self.rows[0])
            or all(abs(one - other) <= 3 for one, other in zip(edges, self.edges, strict=True))
        )
        if not same:
            return False
        if _said(rows[0]) == _said(self.rows[0]):
            # A head of two rows is repeated whole.
            two = any(cell.across for cell in rows[0]) and [*map(_said, rows[1:2])] == [*map(_said, self.rows[1:2])]
            rows = rows[2 if two else 1 :]
        if not rows:
            return True
        first = list(rows[0])
        if len(self.rows) > 1 and _is_rest(first):
            # The last row was cut in two by the page.
            self.rows[-1] = [
                Cell(one_line(f"{above.text} {below.text}"), above.across, above.down)
                for above, below in zip(self.rows[-1], first, strict=True)
            ]
            rows = rows[1:]
        if rows:
            turned = [Cell(PAGE + rows[0][0].text, rows[0][0].across, rows[0][0].down), *rows[0][1:]]
            self.rows += [turned, *rows[1:]]
        return True

    def text(self) -> str:
        """The table as Markdown."""
        return pipe_table(self.rows)


def _is_rest(row: Sequence[Cell]) -> bool:
    """The rest of a row whose first cells ended on the page before."""
    words = [cell.text for cell in row if cell.text]
    return not row[0].text and 0 < len(words) <= 2 and ((len(row) > 3 and not row[3].text) or words[0][0].islower())


def _said(row: Sequence[Cell]) -> list[str]:
    return [one_line(cell.text).lower() for cell in row]
