"""Reads rule tables: a table whose header has the columns Sending, To, By, Answer and Only if states one rule a row."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.markdown import Section, SectionTable, sections, split_front_matter
from knowledge.model import Document, Example, Rule
from knowledge.vocabulary import Vocabulary

# How authors head the columns; the first word is the one the starter pack uses.
_COLUMNS = {
    "sending": ("sending", "what", "material", "information", "document", "what you are sending", "send"),
    "to": ("to", "recipient", "who", "to whom", "who to", "sent to", "receiver"),
    "by": ("by", "how", "channel", "method", "route", "by what", "sent by"),
    "answer": ("answer", "verdict", "can i send it", "decision", "allowed", "ruling"),
    "only_if": ("only if", "conditions", "safeguards", "provided that", "if", "what to do", "condition"),
}
_ANY = frozenset(
    {"", "any", "all", "anyone", "anything", "any way", "everyone", "everything", "-", "–", "—", "*", "n/a"}
)
_ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("not_covered", ("not covered", "outside this guidance", "out of scope")),
    (
        "stop",
        (
            "don't send",
            "do not send",
            "dont send",
            "don't",
            "do not",
            "never",
            "no",
            "stop",
            "not allowed",
            "prohibited",
        ),
    ),
    ("ask", ("ask first", "ask", "check with", "refer to", "decision of")),
    (
        "safeguards",
        ("only with", "with safeguards", "safeguards", "only if", "yes if", "conditional", "yes, if", "with care"),
    ),
    ("ok", ("ok", "fine", "yes", "allowed", "can be sent", "send")),
)
_ROW_MARK = re.compile(r"\s*\((?:row|rule)\s+(\d+)\)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Unknown:
    """A cell that says something the vocabulary does not know."""

    document: str
    section: tuple[str, ...]
    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Reading:
    """What one document's tables and lists say."""

    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    unknown: tuple[Unknown, ...]
    """Cells that are not understood; their rows are not used as rules."""


def read(document: Document, vocabulary: Vocabulary) -> Reading:
    """Read all rule tables and "People ask:" lists of a document."""
    rules: list[Rule] = []
    examples: list[Example] = []
    unknown: list[Unknown] = []
    _, body = split_front_matter(document.text)
    for section in sections(body, document.title):
        here: dict[int, str] = {}
        for number, row in enumerate(_rule_rows(section), start=1):
            rule, problems = _rule(document, section, len(rules) + 1, number, row, vocabulary)
            unknown += problems
            if rule is not None:
                rules.append(rule)
                here[number] = rule.id
        examples += [_example(document, section, question, here) for question in section.questions]
    return Reading(tuple(rules), tuple(examples), tuple(unknown))


def _rule_rows(section: Section) -> Iterator[tuple[dict[str, str], str]]:
    """The rows of the section's rule tables as column name to cell, with the literal row."""
    for table in section.tables:
        columns = _columns(table)
        if columns is None:
            continue
        for row in table.rows:
            cells = {name: row.cells[index] if index < len(row.cells) else "" for name, index in columns.items()}
            yield cells, row.quote


def _columns(table: SectionTable) -> dict[str, int] | None:
    """Where each rule column stands, or None for a table that states no rules."""
    found: dict[str, int] = {}
    for index, heading in enumerate(table.header):
        plain = heading.strip().strip("?*:").lower()
        for name, words in _COLUMNS.items():
            if plain in words:
                found.setdefault(name, index)
    return found if {"sending", "answer"} <= set(found) else None


def _rule(
    document: Document,
    section: Section,
    serial: int,
    number: int,
    row: tuple[dict[str, str], str],
    vocabulary: Vocabulary,
) -> tuple[Rule | None, list[Unknown]]:
    cells, quote = row
    problems: list[Unknown] = []
    terms: dict[str, list[str]] = {"material": [], "recipient": [], "channel": [], "protection": []}
    lacking: list[str] = []
    for column, fact in (("sending", "material"), ("to", "recipient"), ("by", "channel")):
        cell = cells.get(column, "")
        if _plain(cell) in _ANY:
            continue
        for part in _alternatives(cell):
            mentions = vocabulary.find(part)
            wanted = [m.term for m in mentions if m.fact == fact]
            if not wanted and not any(m.fact == "protection" for m in mentions):
                problems.append(Unknown(document.id, section.path, number, column, part))
            terms[fact] += wanted
            lacking += [m.term for m in mentions if m.fact == "protection" and m.lacking]
            terms["protection"] += [m.term for m in mentions if m.fact == "protection" and not m.lacking]
    answer = _answer(cells["answer"])
    if answer is None:
        problems.append(Unknown(document.id, section.path, number, "answer", cells["answer"]))
    if problems or answer is None:
        return None, problems
    rule = Rule(
        id=f"{document.id}#row-{serial}",
        document=document.id,
        section=section.path,
        answer=answer,
        quote=quote,
        materials=vocabulary.narrowest(terms["material"])
        if len(terms["material"]) == 1
        else tuple(dict.fromkeys(terms["material"])),
        recipients=tuple(dict.fromkeys(terms["recipient"])),
        channels=tuple(dict.fromkeys(terms["channel"])),
        protections=frozenset(terms["protection"]),
        lacking=frozenset(lacking),
        conditions=tuple(part.strip() for part in cells.get("only_if", "").split(";") if part.strip()),
        ask_whom=_whom(cells["answer"]),
    )
    return rule, []


def _alternatives(cell: str) -> Iterable[str]:
    return [part.strip() for part in re.split(r",|;|/|\bor\b|\band\b", cell) if part.strip()]


def _plain(cell: str) -> str:
    return cell.strip().strip("*_`").lower()


def _answer(cell: str) -> str | None:
    plain = _plain(cell).replace("’", "'")
    return next(
        (answer for answer, words in _ANSWERS for word in words if re.match(rf"{re.escape(word)}\b", plain)), None
    )


def _whom(cell: str) -> str:
    """The role after the colon: "ask first: press office"."""
    _, _, whom = cell.partition(":")
    return whom.strip()


def _example(document: Document, section: Section, question: str, rows: dict[int, str]) -> Example:
    match = _ROW_MARK.search(question)
    named = rows.get(int(match.group(1))) if match else (next(iter(rows.values())) if len(rows) == 1 else None)
    return Example(_ROW_MARK.sub("", question), document.id, section.path, named)
