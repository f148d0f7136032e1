"""Citations as chats show them: the exact words, a row of a table as its cells, and where they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.citation import Citation

MOST_QUOTED = 4
"""More quotations than this hide what to do; the rest are named."""
_FEWEST_CELLS = 3
_ITEM = re.compile(r"([-*+•]|\d+[.)])\s")


@dataclass(frozen=True)
class Quoted:
    """Quotations from one place."""

    where: str
    lines: tuple[str, ...]


def quoted(citations: Sequence[Citation]) -> tuple[tuple[Quoted, ...], str]:
    """Each place once, with its quotations; and beyond a few, where else to look, empty when there is nothing more."""
    each = tuple(dict.fromkeys(citations))
    found = tuple(
        Quoted(where, tuple(line for one in some for line in _lines(one.quote)))
        for where, some in groupby(each[:MOST_QUOTED], _where)
    )
    shown = {_place(one) for one in each[:MOST_QUOTED]}
    left = [place for place in dict.fromkeys(map(_place, each[MOST_QUOTED:])) if place not in shown]
    return found, f"See also: {'; '.join(left)}" if left else ""


def _place(citation: Citation) -> str:
    return " · ".join(part for part in (citation.title, citation.section) if part)


def _where(citation: Citation) -> str:
    parts = [
        _place(citation),
        f"page {citation.page}" if citation.page else "",
        f"reviewed {citation.reviewed.day} {citation.reviewed:%B %Y}" if citation.reviewed else "",
        "superseded" if citation.superseded else "",
        citation.url or "",
    ]
    return " · ".join(part for part in parts if part)


def _lines(quote: str) -> list[str]:
    """The paragraphs, list items and table rows of a quotation, each in a line; its words stay as they are."""
    shown: list[str] = []
    goes_on = False
    for line in map(str.strip, quote.splitlines()):
        row = _is_row(line)
        if goes_on and line and not row and not _ITEM.match(line):
            shown[-1] += f" {line}"
            continue
        text = _cells(line) if row else line
        shown += [text] if text else []
        goes_on = bool(text) and not row
    return shown


def _is_row(line: str) -> bool:
    return line.count(_bar(line)) >= _FEWEST_CELLS - 1


def _bar(line: str) -> str:
    return "\t" if "\t" in line else "|"


def _cells(line: str) -> str:
    """A row with dots for its bars; nothing for the line below a heading."""
    bar = _bar(line)
    cells = [cell.replace("\0", "|").strip() for cell in line.replace("\\|", "\0").split(bar)]
    if all(set(cell) <= {"-", ":"} for cell in cells):
        return ""
    return " · ".join(cell for cell in cells if cell)
