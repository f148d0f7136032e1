"""Reads rule tables: a table whose header has the columns Sending, To, By, Answer and Only if states one rule a row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.columns import ANY, DITTO, alternatives, answer, columns, conditions, plain, whom
from knowledge.markdown import Section, SectionTable, sections, split_front_matter
from knowledge.model import Document, Example, Rule
from knowledge.vocabulary import Vocabulary

_ROW_MARK = re.compile(r"\s*\((?:row|rule)s?\s+(\d+)\)\s*$", re.IGNORECASE)
_FACTS = (("sending", "material"), ("to", "recipient"), ("by", "channel"))
_SPELT_HEADER = re.compile(
    r"^(?:sending|what|material)\b.{0,40}\b(?:to|recipient|who)\b.{0,40}\b(?:answer|verdict|can i|decision|allowed)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Unknown:
    """A cell that says something the vocabulary does not know."""

    document: str
    section: tuple[str, ...]
    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Nearly:
    """A table that has some of a rule table's columns, and is not read as one."""

    document: str
    section: tuple[str, ...]
    header: tuple[str, ...]
    missing: tuple[str, ...]
    """The columns it lacks; empty where the columns are there and the table is not a real table."""


@dataclass(frozen=True)
class Dead:
    """A question that names a row which is not there."""

    document: str
    section: tuple[str, ...]
    question: str
    row: int
    rows: int
    """How many rows there are."""


@dataclass(frozen=True)
class Reading:
    """What one document's tables and lists say."""

    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    unknown: tuple[Unknown, ...]
    """Cells that are not understood; their rows are not used as rules."""
    nearly: tuple[Nearly, ...] = ()
    dead: tuple[Dead, ...] = ()


def read(document: Document, vocabulary: Vocabulary) -> Reading:
    """Read all rule tables and "People ask:" lists of a document."""
    rules: list[Rule] = []
    examples: list[Example] = []
    unknown: list[Unknown] = []
    nearly: list[Nearly] = []
    dead: list[Dead] = []
    _, body = split_front_matter(document.text)
    for section in sections(body, document.title):
        here: dict[int, str] = {}
        rows = list(_rule_rows(section))
        for number, row in enumerate(rows, start=1):
            rule, problems = _rule(document, section, len(rules) + 1, number, row, vocabulary)
            unknown += problems
            if rule is not None:
                rules.append(rule)
                here[number] = rule.id
        nearly += _nearly(document, section)
        for question in section.questions:
            examples.append(_example(document, section, question, here))
            named = _ROW_MARK.search(question)
            if named and not 1 <= int(named.group(1)) <= len(rows):
                dead.append(Dead(document.id, section.path, question, int(named.group(1)), len(rows)))
    return Reading(tuple(rules), tuple(examples), tuple(unknown), tuple(nearly), tuple(dead))


def _rule_rows(section: Section) -> Iterator[tuple[dict[str, str], str]]:
    """The rows of the section's rule tables as column name to cell, with the literal row."""
    for table in section.tables:
        places = _rule_columns(table)
        if places is None:
            continue
        above: dict[str, str] = {}
        for row in table.rows:
            if row.cells == table.header:
                continue  # the header again, where the table goes on over a page
            cells = {name: row.cells[index] if index < len(row.cells) else "" for name, index in places.items()}
            cells = {name: above.get(name, "") if plain(cell) in DITTO else cell for name, cell in cells.items()}
            above = cells
            yield cells, row.quote


def _rule_columns(table: SectionTable) -> dict[str, int] | None:
    """Where each rule column stands, or None for a table that states no rules."""
    found = columns(table.header)
    if not {"sending", "answer"} <= set(found):
        return None
    if len(found) == 2:
        # Two columns alone are many a table's: here the answers have to be answers.
        index = found["answer"]
        said = [answer(row.cells[index]) for row in table.rows if index < len(row.cells)]
        return found if 2 * sum(one is not None for one in said) > len(said) else None
    return found


def _nearly(document: Document, section: Section) -> Iterator[Nearly]:
    for table in section.tables:
        found = columns(table.header)
        if len(found) >= 3 and _rule_columns(table) is None:
            missing = tuple(name for name in ("sending", "to", "by", "answer", "only_if") if name not in found)
            yield Nearly(document.id, section.path, table.header, missing)
    for paragraph in section.paragraphs:
        first = paragraph.splitlines()[0].strip().strip("|")
        cells = tuple(cell.strip() for cell in re.split(r"\||\t|\s{2,}", first))
        spelt = len(first) < 80 and first[-1:] not in ".:;?" and _SPELT_HEADER.match(first)
        if len(columns(cells)) >= 3 or (spelt and len(first.split()) <= 12):
            yield Nearly(document.id, section.path, cells, ())


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
    for name, fact in _FACTS:
        cell = cells.get(name, "")
        if plain(cell) in ANY:
            continue
        for part in alternatives(cell):
            mentions = vocabulary.find(part)
            wanted = [m.term for m in mentions if m.fact == fact]
            if not wanted and not any(m.fact == "protection" for m in mentions):
                problems.append(Unknown(document.id, section.path, number, name, part))
            terms[fact] += wanted
            lacking += [m.term for m in mentions if m.fact == "protection" and m.lacking]
            terms["protection"] += [m.term for m in mentions if m.fact == "protection" and not m.lacking]
    said = answer(cells["answer"])
    needed = conditions(cells.get("only_if", ""))
    if said is None:
        problems.append(Unknown(document.id, section.path, number, "answer", cells["answer"]))
    if said in ("ok", "safeguards") and not cells["sending"].strip():
        # An empty first cell mostly means "as above": read as "any" it would allow everything.
        problems.append(Unknown(document.id, section.path, number, "sending", ""))
    if problems or said is None:
        return None, problems
    return Rule(
        id=f"{document.id}#row-{serial}",
        document=document.id,
        section=section.path,
        # A yes that hangs on something is no plain yes.
        answer="safeguards" if said == "ok" and needed else said,
        quote=quote,
        materials=vocabulary.narrowest(terms["material"])
        if len(terms["material"]) == 1
        else tuple(dict.fromkeys(terms["material"])),
        recipients=tuple(dict.fromkeys(terms["recipient"])),
        channels=tuple(dict.fromkeys(terms["channel"])),
        protections=frozenset(terms["protection"]),
        lacking=frozenset(lacking),
        conditions=needed,
        ask_whom=whom(cells["answer"]),
    ), []


def _example(document: Document, section: Section, question: str, rows: dict[int, str]) -> Example:
    match = _ROW_MARK.search(question)
    named = rows.get(int(match.group(1))) if match else (next(iter(rows.values())) if len(rows) == 1 else None)
    return Example(_ROW_MARK.sub("", question), document.id, section.path, named)
