# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""What every recogniser takes and gives: clean text in, spans out."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import regex
from presidio_analyzer import EntityRecognizer, RecognizerResult

from bot.domain.finding import Category, Finding, Hazard, Identity

HIGH = 0.95
"""A check digit or a label agrees."""
MEDIUM = 0.75
"""The strict format matches."""
LOW = 0.5
"""A loose format beside a cue."""

TOPICS = frozenset({Category.HEALTH, Category.SEXUAL_OFFENCE, Category.SPECIAL_CATEGORY, Category.CRIMINAL_RECORD})
"""Categories that are something said about a person rather than a value."""

SEPARATOR = "\x1e"
"""Stands between table cells that are read in one go; context never reaches across it."""


@dataclass(frozen=True)
class Span:
    """Personal data in a text, by position; holds no value."""

    start: int
    end: int
    category: Category
    confidence: float

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Recognised:
    """What the recognisers found in one file."""

    findings: tuple[Finding, ...] = ()
    case_refs: tuple[str, ...] = ()
    """Case URNs, normalised to eleven characters."""
    materials: tuple[str, ...] = ()
    """What kind of document it looks like, in words of the vocabulary, surest first."""
    hazards: tuple[Hazard, ...] = ()
    linked_refs: tuple[str, ...] = ()
    """Those of the references that the file calls linked cases."""
    identities: tuple[Identity, ...] = ()
    """The people of the file, as they are compared with other files."""


class Page(EntityRecognizer):
    """A recogniser that fits a page: a category, patterns, cues, and a check.

    Presidio's PatternRecognizer is not the base: it skips a pattern that times out without a word, makes a valid check digit
    certain, and ignores case everywhere.
    """

    category: ClassVar[Category]

    def __init__(self) -> None:
        super().__init__(supported_entities=[self.category.value], name=type(self).__name__, supported_language="en")

    def load(self) -> None:
        """Presidio's hook; nothing to load."""

    @abstractmethod
    def find(self, text: str) -> Iterator[Span]:
        """Spans in normalised text."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: object = None) -> list[RecognizerResult]:
        """Presidio's face of `find`."""
        return [
            RecognizerResult(span.category.value, span.start, span.end, span.confidence) for span in self.find(text)
        ]

    def span(self, match: "regex.Match[str]", confidence: float, group: int | str = 0) -> Span:
        """The span of a match of this recogniser's category."""
        return Span(match.start(group), match.end(group), self.category, confidence)


def around(text: str, start: int, end: int, before: int = 40, after: int = 20) -> str:
    """The context of a match, not reaching into another table cell."""
    return f"{leading(text, start, before)} {trailing(text, end, after)}"


def leading(text: str, start: int, length: int = 40) -> str:
    """What stands before a match, not reaching into another table cell."""
    return text[max(0, start - length) : start].rpartition(SEPARATOR)[2]


def trailing(text: str, end: int, length: int = 20) -> str:
    """What stands after a match, not reaching into another table cell."""
    return text[end : end + length].partition(SEPARATOR)[0]
