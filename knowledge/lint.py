"""Tells an author of guidance what will be misread."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.load import load
from knowledge.model import Document, Rule
from knowledge.rules import Reading, read
from knowledge.vocabulary import Vocabulary


@dataclass(frozen=True)
class Defect:
    """One thing to put right."""

    document: str
    section: str
    problem: str
    """One sentence that says what is wrong and what to do."""


def find_defects(folder: Path, vocabulary: Vocabulary, today: date) -> tuple[Defect, ...]:
    """All defects of a guidance folder; raises GuidanceError when it holds no document."""
    found = load(folder)
    defects = [Defect(path, "", f"not read: {why}") for path, why in found.skipped]
    readings = [(document, read(document, vocabulary)) for document in found.documents]
    for document, reading in readings:
        defects += _document(document, reading, today)
    rules = [rule for _, reading in readings for rule in reading.rules]
    defects += _contradictions(rules)
    defects += _silent_on_findings(rules, vocabulary)
    return tuple(defects)


def _document(document: Document, reading: Reading, today: date) -> Iterator[Defect]:
    if not document.owner:
        yield Defect(document.id, "", "has no owner: add `owner:` with a role to its front matter")
    if document.reviewed is None:
        yield Defect(document.id, "", "has no review date: add `reviewed: YYYY-MM-DD` to its front matter")
    if document.review_due is not None and document.review_due < today:
        yield Defect(document.id, "", f"its review was due on {document.review_due.isoformat()}")
    for unknown in reading.unknown:
        where = f"row {unknown.row}, column {unknown.column}"
        problem = f"{where}: “{unknown.words}” is not in the vocabulary, so the row is not used"
        yield Defect(document.id, " › ".join(unknown.section), problem)
    for example in reading.examples:
        if example.rule is None:
            problem = f"the question “{example.question[:60]}” names no row: end it with (row N)"
            yield Defect(document.id, " › ".join(example.section), problem)


def _silent_on_findings(rules: list[Rule], vocabulary: Vocabulary) -> Iterator[Defect]:
    """What a check of a file may find and no row rules on: such a file can only ever get "ask first"."""
    ruled = {term for rule in rules for term in rule.materials}
    for term in vocabulary.terms.values():
        if term.id.startswith(("found_", "file_")) and term.id not in ruled:
            yield Defect("", "", f"no row rules on “{term.say}”: a file with it is always “ask first”")


def _contradictions(rules: list[Rule]) -> Iterator[Defect]:
    """Rows that say the same facts and answer differently."""
    seen: dict[tuple[object, ...], Rule] = {}
    for rule in rules:
        facts = (
            frozenset(rule.materials),
            frozenset(rule.recipients),
            frozenset(rule.channels),
            rule.protections,
            rule.lacking,
        )
        other = seen.setdefault(facts, rule)
        if other.answer != rule.answer:
            yield Defect(
                rule.document,
                " › ".join(rule.section),
                f"“{rule.quote[:80]}” contradicts “{other.quote[:80]}” in {other.document}: the stricter is used",
            )
