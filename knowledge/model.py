"""The values of the guidance library: documents, passages, rules, examples and facts."""

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
