"""The values of the guidance library: documents, passages, rules, examples and facts."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Facts:
    """What is to be sent, to whom, how and how protected, in terms of the vocabulary."""

    materials: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    protections: frozenset[str] = frozenset()
    """Claimed by the sender."""
    lacking: frozenset[str] = frozenset()
    """Protections the sender says are not there ("not encrypted")."""


@dataclass(frozen=True)
class Document:
    """One guidance document as loaded."""

    id: str
    """Path inside the guidance folder, with forward slashes."""
    title: str
    text: str
    """The whole text; every quote is a literal substring of it."""
    owner: str = ""
    contact: str = ""
    reviewed: date | None = None
    review_due: date | None = None
    version: str = ""
    url: str | None = None
    sources: tuple[str, ...] = ()
    superseded_by: str | None = None
    sha256: str = ""
    format: str = "Markdown"
    """What kind of file it is, as people call it: "Word", "PDF", "web page"."""
    page_starts: tuple[tuple[int, int], ...] = ()
    """(place in the text, page number), in order; empty where the format has no pages."""
    notes: tuple[str, ...] = ()
    """What its owner should know of how it was read: "page 4 is scanned and read by OCR"."""
    approved_by: str = ""
    supersedes: str = ""
    """What the document says it replaces: a title, a path or a version."""
    status: str = ""
    """As the document says it: "Draft", "Withdrawn"."""

    @property
    def pages(self) -> int:
        """How many pages it has; 0 where the format has none."""
        return len(self.page_starts)

    def page_of(self, quote: str, section: tuple[str, ...] = ()) -> int | None:
        """The page on which a quote begins: the first below its section's heading; None where there are no pages."""
        if not self.page_starts:
            return None
        heading = self.text.find(section[-1]) if section else 0
        at = self.text.find(quote, max(heading, 0))
        at = at if at >= 0 else self.text.find(quote)
        starts = [start for start, _ in self.page_starts]
        return self.page_starts[max(0, bisect_right(starts, at) - 1)][1] if at >= 0 else None


@dataclass(frozen=True)
class Passage:
    """A part of a section small enough to quote."""

    id: str
    """"document#n", unique in the library."""
    document: str
    section: tuple[str, ...]
    """Heading path from the title down."""
    text: str
    """Literal substring of the document."""


@dataclass(frozen=True)
class Rule:
    """One row of a rule table. An empty tuple in a fact column means "any"."""

    id: str
    """"document#row-n", unique in the library."""
    document: str
    section: tuple[str, ...]
    answer: str
    """"ok", "safeguards", "ask", "stop" or "not_covered"."""
    quote: str
    """The row as it stands in the document."""
    materials: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    protections: frozenset[str] = frozenset()
    """The row holds only when these are claimed ("encrypted disc")."""
    lacking: frozenset[str] = frozenset()
    """The row holds only when these are denied ("unencrypted disc")."""
    conditions: tuple[str, ...] = ()
    """The "Only if" cell, split at semicolons."""
    ask_whom: str = ""
    """The role named in the answer cell ("ask the disclosure lead")."""


@dataclass(frozen=True)
class Example:
    """A question as staff type it, from a "People ask:" list."""

    question: str
    document: str
    section: tuple[str, ...]
    rule: str | None
    """Id of the row it names, if it names one."""
