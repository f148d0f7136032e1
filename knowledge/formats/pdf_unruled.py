"""Tables of rules that are set in columns without lines: read where every row is certain, named where one is not.

Such a table is found by its head: words far apart of which each heads a column of rules. Its rows are certain when

- the page is white between all its columns from top to bottom, so that no word can belong to either of two;
- rows stand further apart than the lines of one cell (or of the document's text), so that no wrapped cell is a row;
- every row says what is sent and has an answer that is one;
- nothing that looks like a row follows, on this page or at the top of the next.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from knowledge.columns import answer, columns
from knowledge.formats.interface import NOT_USED, one_line
from knowledge.formats.pdf_lines import Word, rows_of
from knowledge.formats.pdf_tables import Table
from knowledge.formats.tables import Cell

_WIDE = 0.7
"""Of the letters' size: a wider gap than any between two words parts two cells."""
_SAME_ROW, _NEXT_ROW = 0.15, 0.4
"""Of the letters' size: how much more than the space between lines may stand within a row, and must between rows."""
_FEWEST_GAPS = 4
_ENDS = re.compile(r"^\W*people ask\b", re.IGNORECASE)
Row = Sequence[Word]


def read_unruled(pages: Sequence[Row]) -> tuple[dict[int, list[Table]], list[str]]:
    """The certain tables by their page, from 0, and what the owner should know of them and of the others."""
    heading = [number for number, words in enumerate(pages) if any(map(_heads, rows_of(words)))]
    spacing = _line_spacing(pages) if heading else None
    found: dict[int, list[Table]] = {}
    notes: list[str] = []
    for number in heading:
        tables, uncertain = _on_page(pages[number], spacing, pages[number + 1] if number + 1 < len(pages) else ())
        found[number] = tables
        for table in tables:
            rows = len(table.rows) - 1
            notes.append(
                f"page {number + 1}: a table without lines was read as {rows} row{'s' * (rows != 1)}: compare them"
            )
        if uncertain:
            notes.append(
                f"page {number + 1}: a table of rules has no lines that part its rows, so {NOT_USED}: give it borders"
            )
    return found, notes


def _line_spacing(pages: Sequence[Sequence[Word]]) -> float | None:
    """The usual space between two lines of the document's text, as a share of its size; None for too little text."""
    gaps = [
        (below[0].top - above[0].bottom) / below[0].size
        for words in pages
        for above, below in pairwise(rows_of(words))
        if len(_cells(above)) == len(_cells(below)) == 1 and abs(above[0].size - below[0].size) < 0.6 and below[0].size
    ]
    near = [gap for gap in gaps if 0 <= gap <= 1.5]
    return median(near) if len(near) >= _FEWEST_GAPS else None


def _on_page(words: Row, spacing: float | None, next_page: Row) -> tuple[list[Table], int]:
    """The page's tables without lines whose rows are certain, and how many there are whose rows are not."""
    rows = rows_of(words)
    found: list[Table] = []
    uncertain = at = 0
    while at < len(rows):
        if not heads_rules([_text(cell) for cell in _cells(rows[at])]):
            at += 1
            continue
        end = _end(rows, at)
        after = rows[end : end + 3] or rows_of(next_page)[:1]
        looks_on = any(len(_cells(row)) > 2 and not _heads(row) for row in after)
        table = None if looks_on else _table(rows[at], rows[at + 1 : end], spacing)
        if table is None:
            uncertain += 1
        else:
            found.append(table)
        at = end
    return found, uncertain


def heads_rules(cells: Sequence[str]) -> bool:
    """True for the head of a table of rules and nothing else."""
    named = columns(cells)
    return len(named) == len(cells) >= 3 and {"sending", "answer"} <= set(named)


def _heads(row: Row) -> bool:
    return heads_rules([_text(cell) for cell in _cells(row)])


def _cells(row: Row) -> list[list[Word]]:
    """The words of a row parted at wide gaps."""
    cells = [[row[0]]]
    for left, right in pairwise(row):
        if right.x0 - left.x1 > _WIDE * max(left.size, right.size):
            cells.append([])
        cells[-1].append(right)
    return cells


def _text(words: Row) -> str:
    return " ".join(word.text for word in words)


def _end(rows: Sequence[Row], head: int) -> int:
    """The number of the first row that is certainly not the table's any more."""
    second = _cells(rows[head])[1][0].x0
    first: Word | None = None
    for number in range(head + 1, len(rows)):
        row, above = rows[number], rows[number - 1]
        first = first or row[0]
        styled = abs(row[0].size - first.size) > 0.6 or (all(word.bold for word in row) and not first.bold)
        prose = len(_cells(row)) == 1 and row[0].x0 < second - 2 < row[-1].x1
        far = row[0].top - max(word.bottom for word in above) > 2.5 * first.size
        if styled or prose or far or _heads(row) or _ENDS.match(_text(row)):
            return number
    return len(rows)


def _table(head: Row, lines: Sequence[Row], spacing: float | None) -> Table | None:
    """The table; None when any of its rows is not certain."""
    if not lines:
        return None
    words = [word for line in (head, *lines) for word in line]
    blocks = _blocks(words)
    heads = _cells(head)
    if len(blocks) != len(heads) or any(_block(cell[0], blocks) != at for at, cell in enumerate(heads)):
        return None
    groups = _groups(lines, spacing)
    named = columns([_text(cell) for cell in heads])
    grid = [[Cell(_text(cell)) for cell in heads]]
    for group in groups or ():
        parted = [
            [_text([word for word in line if _block(word, blocks) == at]) for at in range(len(heads))] for line in group
        ]
        if not _certain(parted, named):
            return None
        grid.append([Cell(one_line(" ".join(column))) for column in zip(*parted, strict=True)])
    if not groups:
        return None
    box = (blocks[0][0], min(word.top for word in words), blocks[-1][1], max(word.bottom for word in words))
    return Table(box, tuple(round(start) for start, _ in blocks), tuple(map(tuple, grid)))


def _blocks(words: Row) -> list[tuple[float, float]]:
    """What stands above or below one another, as stretches of the page's width with white between them."""
    blocks: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: word.x0):
        if blocks and word.x0 - blocks[-1][1] <= _WIDE * word.size:
            blocks[-1] = (blocks[-1][0], max(blocks[-1][1], word.x1))
        else:
            blocks.append((word.x0, word.x1))
    return blocks


def _block(word: Word, blocks: Sequence[tuple[float, float]]) -> int:
    return next(at for at, (start, end) in enumerate(blocks) if start <= word.x0 <= end)


def _groups(lines: Sequence[Row], spacing: float | None) -> list[list[Row]] | None:
    """The lines of each row together; None when it is not certain where a row begins."""
    size = median(word.size for line in lines for word in line)
    gaps = [min(w.top for w in below) - max(w.bottom for w in above) for above, below in pairwise(lines)]
    if gaps and max(gaps) - min(gaps) >= _NEXT_ROW * size:
        within = min(gaps)
    elif spacing is not None:
        within = spacing * size
    else:
        return None
    groups = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        if gap >= within + _NEXT_ROW * size:
            groups.append([line])
        elif gap <= within + _SAME_ROW * size:
            groups[-1].append(line)
        else:
            return None
    return groups


def _certain(lines: Sequence[Sequence[str]], named: dict[str, int]) -> bool:
    """True when the lines are surely one row, with its first cell and an answer, and no line could be another."""
    whole = [one_line(" ".join(column)) for column in zip(*lines, strict=True)]
    said = answer(whole[named["answer"]])
    answers = [answer(line[named["answer"]]) if line[named["answer"]] else None for line in lines]
    if not whole[named["sending"]] or said is None or any(one not in (None, said) for one in answers):
        return False
    facts = [at for name, at in named.items() if name != "only_if"]
    alone = [line for line, one in zip(lines, answers, strict=True) if one and line[named["sending"]]]
    # Of two lines that could each be a row, the lower is the rest of the upper where it has not all of its cells.
    return all(any(alone[0][at] and not line[at] for at in facts) for line in alone[1:])
