"""What is wrong with a document by itself: who answers for it, when it was reviewed, how it is laid out."""

import re
from collections.abc import Iterator
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from knowledge.dates import read_date
from knowledge.defect import Defect, where
from knowledge.formats.interface import NOT_USED
from knowledge.load import front_matter
from knowledge.markdown import headings, sections, split_front_matter
from knowledge.model import Document
from knowledge.split import LONGEST

_KEYS = (
    *(
        "title",
        "owner",
        "contact",
        "reviewed",
        "review_due",
        "version",
        "url",
        "sources",
        "superseded_by",
        "supersedes",
    ),
    *("status", "approved_by"),
)
_LONGEST_PARAGRAPH = 2 * LONGEST
_LONGEST_SECTION = 6_000
_OPEN_FRONT_MATTER = re.compile(r"\A---\s*\n(?:[A-Za-z_]+:.*\n)+")
_OTHER_WORDS = {"next_review": "review_due", "review_date": "reviewed", "last_reviewed": "reviewed", "author": "owner"}
_ITEM = re.compile(r"[-*+]\s|\d+[.)]\s")
_BROKEN = "its front matter"


def page_defects(document: Document, today: date) -> Iterator[Defect]:
    """Everything that is wrong with one document but its rows."""
    if document.superseded_by is None:
        yield from _answerable(document, today)
    if document.format in ("Markdown", "text"):
        yield from _front_matter(document)
    for note in document.notes:
        if not note.startswith(_BROKEN):
            unused = NOT_USED in note
            yield Defect(document.id, "", note, "rules_not_read" if unused else "how_it_was_read", note=not unused)
    yield from _layout(document)


def _answerable(document: Document, today: date) -> Iterator[Defect]:
    plain = document.format in ("Markdown", "text")
    if not document.owner:
        how = "add `owner:` with a role to its front matter" if plain else "add a line “Owner: ROLE” to its first page"
        yield Defect(document.id, "", f"has no owner: {how}", "no_owner")
    if document.reviewed is None:
        how = "add `reviewed: YYYY-MM-DD` to its front matter" if plain else "add a line “Last reviewed: DATE” to it"
        yield Defect(document.id, "", f"has no review date: {how}", "no_review_date")
    elif document.reviewed > today:
        problem = (
            f"was reviewed on {document.reviewed.isoformat()}, which is still to come: "
            "if that is the next review, call it so"
        )
        yield Defect(document.id, "", problem, "reviewed_in_future")
    if document.review_due is None:
        return
    due = document.review_due.isoformat()
    if document.review_due < today:
        yield Defect(document.id, "", f"its review was due on {due}", "review_overdue")
    if document.reviewed is not None and document.review_due < document.reviewed:
        problem = f"its next review ({due}) is before its last ({document.reviewed.isoformat()}): one is wrong"
        yield Defect(document.id, "", problem, "review_order")


def _front_matter(document: Document) -> Iterator[Defect]:
    head, body = split_front_matter(document.text)
    if not head and _OPEN_FRONT_MATTER.match(body):
        problem = "its front matter has no end: write --- on a line of its own below it"
        yield Defect(document.id, "", problem, "front_matter")
    fields, broken = front_matter(head)
    if broken:
        yield Defect(document.id, "", broken, "front_matter")
    for key in fields:
        meant = _OTHER_WORDS.get(key.replace("-", "_").replace(" ", "_")) or _misspelt(key)
        if key not in _KEYS and meant and meant not in fields:
            yield Defect(
                document.id, "", f"front matter: `{key}` is not known, did you mean `{meant}`?", "front_matter"
            )
    for key in ("reviewed", "review_due"):
        if fields.get(key) and read_date(fields[key]) is None:
            problem = f"front matter: `{key}: {str(fields[key])[:40]}` is not a date: write YYYY-MM-DD"
            yield Defect(document.id, "", problem, "front_matter")


def _misspelt(key: str) -> str:
    return next((one for one in sorted(_KEYS) if 0 < DamerauLevenshtein.distance(key, one) <= 1 + (len(one) > 6)), "")


def _layout(document: Document) -> Iterator[Defect]:
    body = split_front_matter(document.text)[1] if document.format in ("Markdown", "text") else document.text
    for heading, _, filled in headings(body):
        # A title may be followed by headings of its own size.
        if not filled and heading.strip(" #*") != document.title:
            yield Defect(
                document.id, heading, "nothing stands below this heading: write it or take it out", "empty_section"
            )
    for section in sections(body, document.title):
        longest = max(map(_quotable, section.paragraphs), default=0)
        if longest > _LONGEST_PARAGRAPH or sum(map(len, section.paragraphs)) > _LONGEST_SECTION:
            problem = (
                f"is too long to quote ({sum(map(len, section.paragraphs)):,} characters): "
                f"part it with headings, and keep paragraphs below {LONGEST} characters"
            )
            yield Defect(document.id, where(section.path), problem, "too_long")


def _quotable(paragraph: str) -> int:
    """How long a piece is that can only be quoted whole: a paragraph, or one item of a list."""
    return max(map(len, paragraph.splitlines())) if _ITEM.match(paragraph) else len(paragraph)
