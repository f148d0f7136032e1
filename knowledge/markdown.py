"""Markdown as guidance uses it: front matter, headings, paragraphs, tables and "People ask:" lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_MADE_HEADING = re.compile(r"^(\*\*|__)(?!\s)([^*_\n]{3,100}[^*_\n.;:,!\s])\1$")
"""A paragraph that is nothing but bold words: a heading made by hand."""
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_PEOPLE_ASK = re.compile(r"^\W*people ask\b", re.IGNORECASE)


@dataclass(frozen=True)
class TableRow:
    """A row of a table."""

    cells: tuple[str, ...]
    quote: str
    """The row as it stands in the text, without the outer bars."""


@dataclass(frozen=True)
class SectionTable:
    """A table under a heading."""

    header: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass
class Section:
    """Everything between one heading and the next."""

    path: tuple[str, ...]
    """Headings from the title down."""
    paragraphs: list[str] = field(default_factory=list)
    """Literal substrings of the text."""
    tables: list[SectionTable] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


def split_front_matter(text: str) -> tuple[str, str]:
    """The YAML block at the top (empty when there is none) and the rest."""
    match = _FRONT_MATTER.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


def sections(body: str, title: str) -> Iterator[Section]:
    """The sections of a Markdown body in order; text before the first heading belongs to `title`."""
    lines = body.splitlines(keepends=True)
    tokens = _PARSER.parse(body)
    path: list[tuple[int, str]] = []
    section = Section((title,))
    asking = False
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _closing(tokens, at)
        made = _made_heading(tokens, at)
        if token.type == "heading_open" and _PEOPLE_ASK.match(tokens[at + 1].content):
            asking = True
        elif token.type == "heading_open" or made:
            if section.paragraphs or section.tables or section.questions:
                yield section
            words = made or tokens[at + 1].content.strip()
            level = _made_level(made, path) if made else int(token.tag[1])
            path = [step for step in path if step[0] < level] + [(level, words)]
            section, asking = Section(_path(title, path)), False
        elif token.type == "table_open":
            section.tables.append(_table(tokens[at:end], lines))
        elif token.type in ("bullet_list_open", "ordered_list_open") and asking:
            section.questions += _items(tokens[at:end])
        elif token.map is not None and token.level == 0:
            literal = "".join(lines[token.map[0] : token.map[1]]).strip()
            asking = bool(_PEOPLE_ASK.match(literal)) and len(literal) < 80
            if literal and not asking:
                section.paragraphs.append(literal)
        at = end + 1
    if section.paragraphs or section.tables or section.questions:
        yield section


def _made_heading(tokens: list[Token], at: int) -> str:
    """The words of a paragraph that stands for a heading; "" for any other block."""
    if tokens[at].type != "paragraph_open" or tokens[at].level != 0:
        return ""
    match = _MADE_HEADING.match(tokens[at + 1].content.strip())
    return match.group(2) if match and not _PEOPLE_ASK.match(match.group(2)) else ""


def _made_level(words: str, path: list[tuple[int, str]]) -> int:
    """One below the last real heading (levels up to 6), or as deep as its number goes."""
    real = max((level for level, _ in path if level <= 6), default=1)
    number = _NUMBER.match(words)
    return 6 + real + (number.group(1).count(".") if number else 0)


def headings(body: str) -> Iterator[tuple[str, int, bool]]:
    """Every heading with its level, and whether anything stands below it before the next of its level or higher."""
    tokens = _PARSER.parse(body)
    opened = [index for index, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    for index in opened:
        level = int(tokens[index].tag[1])
        after = index + 3
        follows = tokens[after] if after < len(tokens) else None
        empty = follows is None or (follows.type == "heading_open" and int(follows.tag[1]) <= level)
        yield tokens[index + 1].content.strip(), level, not empty


def _path(title: str, path: list[tuple[int, str]]) -> tuple[str, ...]:
    headings = tuple(text for _, text in path)
    # The first heading usually repeats the title.
    return headings if headings and headings[0] == title else (title, *headings)


def _closing(tokens: list[Token], at: int) -> int:
    """Index of the token that closes the block opened at `at`; `at` itself for a block without content."""
    if tokens[at].nesting != 1:
        return at
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _items(tokens: list[Token]) -> list[str]:
    return [token.content.strip() for token in tokens if token.type == "inline" and token.content.strip()]


def _table(tokens: list[Token], lines: list[str]) -> SectionTable:
    rows: list[TableRow] = []
    cells: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            cells, place = [], token.map
        elif token.type == "inline":
            cells.append(token.content.strip())
        elif token.type == "tr_close" and place is not None:
            rows.append(TableRow(tuple(cells), lines[place[0]].strip().strip("|").strip()))
    return SectionTable(rows[0].cells if rows else (), tuple(rows[1:]))
