"""Tells an author of guidance what will be misread."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from knowledge.defect import Defect
from knowledge.editions import find_editions
from knowledge.lint_page import page_defects
from knowledge.lint_rows import row_defects, rows_together
from knowledge.model import Document
from knowledge.readers import load
from knowledge.rules import read
from knowledge.vocabulary import Vocabulary


def find_defects(folder: Path, vocabulary: Vocabulary, today: date) -> tuple[Defect, ...]:
    """All defects of a guidance folder; raises GuidanceError when it holds no document."""
    found = load(folder, vocabulary)
    defects = [Defect(path, "", f"not read: {why}", "not_read") for path, why in found.skipped]
    successor = {one.older: one.current for one in find_editions(found.documents) if one.sure}
    documents = [replace(one, superseded_by=successor.get(one.id, one.superseded_by)) for one in found.documents]
    for document in documents:
        defects += page_defects(document, today)
    readings = [(document.id, read(document, vocabulary)) for document in documents]
    defects += row_defects(readings, vocabulary)
    defects += _editions(found.documents, documents)
    in_force = {document.id for document in documents if document.superseded_by is None}
    rules = [rule for name, reading in readings if name in in_force for rule in reading.rules]
    defects += rows_together(rules, vocabulary)
    return tuple(defects)


def _editions(stated: Sequence[Document], documents: Sequence[Document]) -> Iterator[Defect]:
    """Editions that name nobody or one another, and documents of which nobody can say which is in force."""
    by_id = {document.id: document for document in documents}
    for document in documents:
        successor = document.superseded_by
        if successor is not None and successor not in by_id:
            yield Defect(document.id, "", f"superseded_by: “{successor}” is no document here", "superseded_by_nothing")
        elif successor is not None and _in_circle(document, by_id):
            problem = f"superseded_by: “{successor}” leads back here: no edition is in force"
            yield Defect(document.id, "", problem, "superseded_in_circle")
    said = {document.id for document in stated if document.superseded_by or document.supersedes}
    for edition in find_editions(stated):
        if not edition.sure and _title(by_id[edition.older]) != _title(by_id[edition.current]):
            problem = f"may be an edition of {edition.current} ({edition.reason}): say which with `superseded_by:`"
            yield Defect(edition.older, "", problem, "perhaps_superseded")
        elif edition.sure and not {edition.older, edition.current} & said:
            problem = f"is taken for an older edition of {edition.current}, and not quoted: {edition.reason}"
            yield Defect(edition.older, "", problem, "taken_as_superseded", note=True)
    titles: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.superseded_by is None:
            titles[_title(document)].append(document.id)
    for first, *others in titles.values():
        for other in others:
            problem = f"has the same title as {first}, and both are in force: mark one `superseded_by:` or rename it"
            yield Defect(other, "", problem, "same_title")


def _title(document: Document) -> str:
    return " ".join(document.title.lower().split())


def _in_circle(document: Document, by_id: dict[str, Document]) -> bool:
    seen = {document.id}
    at: Document | None = document
    while at is not None and at.superseded_by is not None:
        at = by_id.get(at.superseded_by)
        if at is not None and at.id == document.id:
            return True
        if at is None or at.id in seen:
            return False
        seen.add(at.id)
    return False


__all__ = ["Defect", "find_defects"]
