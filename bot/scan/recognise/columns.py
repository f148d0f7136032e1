"""Tables typed into plain text: a line of headings, then lines with as many cells, each what its heading says."""

from collections.abc import Iterator
from dataclasses import replace

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import SEPARATOR, Span
from bot.scan.recognise.reading import in_column, settled
from bot.scan.recognise.tables import by_heading

_CELLS = (
    regex.compile(r"[^,\n]*(?:,|$)"),
    regex.compile(r"[^;\n]*(?:;|$)"),
    regex.compile(r"[^|\n]*(?:\||$)"),
    regex.compile(r"(?:(?!\t|[ ]{2})[^\n])*(?:\t+|[ ]{2,}|$)"),
)
_LINE = regex.compile(rf"[^\n{SEPARATOR}]+")
_MOST_CELLS = 40
_LIKELY = regex.compile(
    r"(?im)^[^\d\n]*\b(?:name|surname|dob|birth|tel|phone|telephone|mobile|email|e-mail|address|postcode|account|nhs|victim|witness|payee)\b"
)


def by_column(text: str) -> Iterator[Span]:
    """What stands under known headings in any table within a text."""
    if not _LIKELY.search(text):
        return
    lines = [(line.start(), line.group()) for line in _LINE.finditer(text)]
    at = 0
    while at < len(lines) - 1:
        table = _table_at(lines[at][1]) if _LIKELY.search(lines[at][1]) else None
        at += 1
        if table:
            pattern, columns = table
            while at < len(lines) and len(cells := _cells(pattern, lines[at][1])) == len(columns):
                yield from _in_row(lines[at][0], cells, columns)
                at += 1


def _table_at(heading: str) -> "tuple[regex.Pattern[str], list[tuple[bool, Category | None]]] | None":
    """How a line of headings is divided, and what each column holds; None when it is no such line."""
    if len(heading) > 300 or any(char.isdigit() for char in heading):
        return None
    for pattern in _CELLS:
        headings = [cell for _, cell in _cells(pattern, heading)]
        columns = [by_heading(cell) if 0 < len(cell) <= 40 else (False, None) for cell in headings]
        known = sum(category is not None for _, category in columns)
        if len(headings) >= 2 and known >= 2 and 2 * known >= len(headings):
            return pattern, columns
    return None


def _in_row(start: int, cells: list[tuple[int, str]], columns: list[tuple[bool, Category | None]]) -> Iterator[Span]:
    for (offset, cell), (known, category) in zip(cells, columns, strict=True):
        if category is not None and settled((known, category), cell):
            for span in in_column(cell, category, certain=True):
                yield replace(span, start=start + offset + span.start, end=start + offset + span.end)


def _cells(pattern: "regex.Pattern[str]", line: str) -> list[tuple[int, str]]:
    """(offset, text) of each cell, spaces and quotes around it left out."""
    found: list[tuple[int, str]] = []
    for match in pattern.finditer(line):
        if match.group() or not found or line[match.start() - 1 : match.start()] in ",;|":
            cell = match.group().rstrip(",;|\t ").rstrip('"').lstrip(' "')
            found.append((match.start() + match.group().find(cell), cell))
        if len(found) > _MOST_CELLS:
            return []
    while found and not found[-1][1]:
        found.pop()
    return found
