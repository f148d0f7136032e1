# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""How the parts of a file are read: texts paragraph by paragraph, tables column by column, each distinct piece once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import regex

from bot.domain.finding import Category
from bot.language import ordinary_words
from bot.scan.extract.interface import Cell, Table
from bot.scan.recognise.address import names_an_organisation
from bot.scan.recognise.dates import DATE, parse
from bot.scan.recognise.interface import HIGH, SEPARATOR, Span
from bot.scan.recognise.name_lists import name_lists
from bot.scan.recognise.normal import normalise
from bot.scan.recognise.places import NEVER_NAMES, ORGANISATION, TOWNS
from bot.scan.recognise.tables import by_heading, heading_row

_PARAGRAPH = regex.compile(rf"(?:[^\n{SEPARATOR}]+\n?)+")
_SENTENCE = regex.compile(r"(?s).{1,1000}?(?:(?<=\p{Ll}{2}[.!?]|\d[.!?])\s+(?=\p{Lu})|\n(?=[ ]*[\p{Lu}\d*>•-])|\Z)|.+")
_CAPITALISED = regex.compile(r"(?<![\p{L}'])\p{Lu}[\p{L}']+")
_LONGEST = 1200
_CHUNK = 4000
_BETWEEN = " | "
_JOIN = f"\n{SEPARATOR}\n"
_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_DATE = regex.compile(DATE, regex.I)
_PERSONAL = frozenset(
    {
        Category.DATE_OF_BIRTH,
        Category.NHS_NUMBER,
        Category.NI_NUMBER,
        Category.PNC_ID,
        Category.PHONE,
        Category.ADDRESS,
        Category.EMAIL,
        Category.POSTCODE,
    }
)
Finder = Callable[[Sequence[str]], list[list[Span]]]
"""Takes texts, gives the spans in each."""


@dataclass(frozen=True)
class Row:
    """A table row as one line of text, with the cell each span lies in."""

    text: str = field(repr=False)
    spans: tuple[tuple[Span, Cell], ...] = ()


def for_names(text: str) -> list[tuple[int, str]]:
    """(offset, text) of what the language model has to read: runs of sentences that could hold a name, cell by cell.

    The model is nearly all the cost of a check, and a sentence whose only capitals are "The", "He" or a heading holds no name.
    """
    pieces: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        for match in _SENTENCE.finditer(text, *paragraph.span()):
            if not _could_name(match.group()):
                continue
            start, end = match.span()
            if pieces and pieces[-1][1] == start and start > paragraph.start() and end - pieces[-1][0] <= _LONGEST:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((start, end))
    return [(start, text[start:end]) for start, end in pieces]


def _could_name(sentence: str) -> bool:
    for match in _CAPITALISED.finditer(sentence):
        word = match.group()
        plain = word.lower().removesuffix("'s")
        if plain in NEVER_NAMES or plain in TOWNS:
            continue
        if plain not in ordinary_words() or name_lists().is_name(plain) or (match.start() > 3 and not word.isupper()):
            return True
    return False


def read_table(table: Table, find: Finder, today: date) -> list[Row]:
    """The rows that hold something; a known column by its heading, any other by what is in it."""
    plain = {text: normalise(text).text.strip() for text in {cell.text for row in table.rows for cell in row}}
    rows = [[plain[cell.text] for cell in row] for row in table.rows]
    top = heading_row(rows)
    below = _below_headings(rows, top)
    free = dict.fromkeys(
        text
        for index, row in enumerate(rows)
        for column, text in enumerate(row)
        if _could_hold(text) and index != top and not (below and index > (top or 0) and (column, text) in below)
    )
    found = _in_free_cells(list(free), find)
    result = []
    for index, (cells, texts) in enumerate(zip(table.rows, rows, strict=True)):
        spans: list[tuple[Span, Cell]] = []
        start = 0
        known = below if top is not None and index > top else {}
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            inside = known.get((column, text))
            spans += [
                (Span(start + one.start, start + one.end, one.category, one.confidence), cell)
                for one in (found.get(text, ()) if inside is None else inside)
            ]
            start += len(text) + len(_BETWEEN)
        if not spans:
            continue
        line = "".join(f"{text}{_BETWEEN}" for text in texts)
        if top is None and any(span.category is Category.PERSON_NAME for span, _ in spans):
            spans += _bare_births(line, spans, cells, texts, today)
        result.append(Row(line, tuple(spans)))
    return result


def _below_headings(rows: Sequence[Sequence[str]], top: int | None) -> dict[tuple[int, str], list[Span]]:
    """What is in each distinct cell whose heading settles what it holds, by column and text."""
    if top is None:
        return {}
    columns = _columns(list(rows[top]))
    personal = any(category in _PERSONAL for _, category in columns.values())
    inside: dict[tuple[int, str], list[Span]] = {}
    for column, (known, category) in columns.items():
        certain = personal or rows[top][column].strip().lower() not in {"name", "names"}
        for text in {row[column] for row in rows[top + 1 :] if column < len(row)}:
            if settled((known, category), text):
                inside[column, text] = in_column(text, category, certain)
    return inside


def settled(column: tuple[bool, Category | None], text: str) -> bool:
    """Whether the heading says what a cell is: not when the cell plainly is something else ("Contact: 07700 …")."""
    known, category = column
    return known and (
        category is None or _fits(text, category) or not any(char.isdigit() or char == "@" for char in text)
    )


def _could_hold(text: str) -> bool:
    """Whether a cell says enough to be read at all: a row number, an amount or a tick does not."""
    return len(text) > 2 and (len(text) >= 6 or any(char.isalpha() for char in text))


def _bare_births(
    line: str, spans: list[tuple[Span, Cell]], cells: Sequence[Cell], texts: Sequence[str], today: date
) -> list[tuple[Span, Cell]]:
    """In a table without headings, the first whole-cell date beside a name is taken for a birth when it lies long ago."""
    start = 0
    for cell, text in zip(cells, texts, strict=True):
        born = parse(text, today) if _DATE.fullmatch(text) else None
        here = Span(start, start + len(text), Category.DATE_OF_BIRTH, 0.6)
        start += len(text) + len(_BETWEEN)
        if born and born.year < today.year - 10 and not any(here.overlaps(span) for span, _ in spans):
            return [(here, cell)]
    return []


def _columns(headings: list[str]) -> dict[int, tuple[bool, Category | None]]:
    return {
        column: by_heading(heading) for column, heading in enumerate(headings) if heading and by_heading(heading)[0]
    }


def _in_free_cells(cells: list[str], find: Finder) -> dict[str, list[Span]]:
    """Distinct cells read many at a time, with a separator that no context reaches across."""
    chunks: list[list[str]] = [[]]
    length = 0
    for cell in cells:
        if length > _CHUNK:
            chunks.append([])
            length = 0
        chunks[-1].append(cell)
        length += len(cell) + len(_JOIN)
    found: dict[str, list[Span]] = {}
    for chunk, spans in zip(chunks, find([_JOIN.join(chunk) for chunk in chunks]), strict=True):
        start = 0
        for cell in chunk:
            end = start + len(cell)
            found[cell] = [
                Span(one.start - start, one.end - start, one.category, one.confidence)
                for one in spans
                if start <= one.start and one.end <= end
            ]
            start = end + len(_JOIN)
    return found


def in_column(text: str, category: Category | None, certain: bool) -> list[Span]:
    """The value of a cell whose heading says what it is, unless it plainly is something else."""
    if category is None or not _fits(text, category):
        return []
    if (
        category is Category.PERSON_NAME
        and not certain
        and not any(name_lists().is_name(word) for word in text.split())
    ):
        return []
    if category is Category.DATE_OF_BIRTH:
        return [Span(match.start(), match.end(), category, HIGH) for match in _DATE.finditer(text)][:1]
    return [Span(0, len(text), category, HIGH if certain else 0.7)]


def _fits(text: str, category: Category) -> bool:
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    if category is Category.PERSON_NAME:
        words = [word.lower() for word in _WORD.findall(text)]
        return (
            letters >= 2
            and not digits
            and len(text) <= 60
            and any(word not in NEVER_NAMES for word in words)
            and not ORGANISATION.search(text)
        )
    if category is Category.EMAIL:
        return "@" in text
    if category is Category.ADDRESS:
        return letters >= 4 and len(text) >= 6 and not names_an_organisation(text)
    if category is Category.PHONE:
        return digits >= 9 and letters <= 12
    if category is Category.BANK_ACCOUNT:
        return digits >= 6 and len(text) <= 34
    if category in {Category.NHS_NUMBER, Category.NI_NUMBER, Category.CASE_URN, Category.PNC_ID, Category.CRO_NUMBER}:
        return digits >= 4 and len(text) <= 24
    return digits >= 1 and 4 <= len(text) <= 24
