"""A grid of cells, some merged, as a pipe table that reads the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.formats.interface import PAGE, one_line

SOFT_BREAK = "\ue002"
"""A line break inside a cell: it parts conditions, and only wraps anything else."""
_CONDITIONS = re.compile(r"only if|condition|safeguard|provided|require|before|what to do", re.IGNORECASE)
_CARRIES_ON = re.compile(r"(?:[,;:/(&–—-]|\b(?:or|and|to|by|the|of|a|an|with|for|in|from))$", re.IGNORECASE)
_CARRIED_ON = re.compile(r"^(?:[(,;/&)]|(?:or|and)\b)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•▪◦●‣·*]|[-–—]\s|\(?[a-z0-9]{1,2}[.)]\s)\s*")


@dataclass(frozen=True)
class Cell:
    """A place in the grid; a merged cell fills several."""

    text: str
    across: bool = False
    """Filled from the cell to its left."""
    down: bool = False
    """Filled from the cell above."""


Row = Sequence[Cell]


def join_lines(lines: Sequence[str]) -> str:
    """The separate lines of a cell on one, parted by semicolons where they are separate things."""
    text = ""
    for line in (_BULLET.sub("", one_line(line)) for line in lines):
        if not text or not line:
            text = text or line
        elif _CARRIES_ON.search(text) or _CARRIED_ON.match(line):
            text = f"{text} {line}"
        else:
            text = f"{text.rstrip('.')}; {line}"
    return text


def pipe_table(rows: Sequence[Row]) -> str:
    """The grid as Markdown: captions that span the top as paragraphs, then header and rows; "" for an empty grid."""
    rows = [row for row in rows if any(cell.text.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    rows = [[*row, *[Cell("")] * (width - len(row))] for row in rows]
    captions: list[str] = []
    while len(rows) > 1 and width > 1 and _spans_all(rows[0]):
        captions.append(one_line(rows[0][0].text))
        rows = rows[1:]
    if not rows:
        return "\n\n".join(captions)
    header, body = _header(rows)
    lists = [bool(_CONDITIONS.search(heading)) for heading in header]
    lines = [_line(header), _line(["---"] * width)]
    for row in body:
        if _spans_all(row):
            lines.append(_line([row[0].text, *[""] * (width - 1)]))
        elif not all(cell.down for cell in row):
            lines.append(_line([_opened(cell.text, parted) for cell, parted in zip(row, lists, strict=True)]))
    return "\n\n".join([*captions, "\n".join(lines)])


def _opened(text: str, parted: bool) -> str:
    return join_lines(text.split(SOFT_BREAK)) if parted else text


def _spans_all(row: Row) -> bool:
    return len(row) > 1 and bool(row[0].text.strip()) and all(cell.across for cell in row[1:])


def _header(rows: Sequence[Row]) -> tuple[list[str], Sequence[Row]]:
    """The header's words and the rows below; a header cell over two columns is named by the cells under it."""
    top = rows[0]
    if len(rows) < 2 or not any(cell.across for cell in top):
        return [cell.text for cell in top], rows[1:]
    return [below.text.strip() or above.text for above, below in zip(top, rows[1], strict=True)], rows[2:]


def _line(cells: Sequence[str]) -> str:
    # A page that begins inside the row begins with the row.
    turned = PAGE if any(PAGE in cell for cell in cells) else ""
    plain = [
        one_line(cell.replace(PAGE, "").replace(SOFT_BREAK, " ")).replace("\\|", "|").replace("|", "\\|")
        for cell in cells
    ]
    return turned + "| " + " | ".join(plain) + " |"
