# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Content about a person, told from the mere mention of a subject: a base for the categories that are said rather than numbered."""

from collections.abc import Iterator
from typing import ClassVar

import regex

from bot.scan.recognise.interface import Page, Span, around, leading, trailing

PERSON = regex.compile(
    r"\b(?:she|he|her|his|him|hers|i|i'm|i've|my|me|victim|complainant|patient|pt|client|defendant|suspect|witness|deceased|detainee|daughter|son|mother|father|mum|dad|"
    r"wife|husband|partner|brother|sister|mr|mrs|ms|miss|yr|y/o|year[- ]old|aged|dob|born|surname|nhs|convictions?|convicted|disposal|presented|reports?|attended|convicted)\b"
    r"|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?= (?:has|had|is|was|suffers))",
    regex.I,
)
"""Shows that someone in particular is spoken of."""

_STATUTE_AFTER = regex.compile(
    r"^[^.;\n]{0,25}\b(?:Act|Regulations|Rules|Bill|Order|Convention|Guidelines?|Policy|legislation)\b(?: ?(?:19|20)\d\d)?"
)
_STATUTE_BEFORE = regex.compile(
    r"(?:\b(?:contrary to|under|pursuant to|within the meaning of|(?:ss?\.?|section) ?\d[\w().]{0,8})[^.;\n]{0,20}|guidance on |policy on |training on |law (?:of|on) )$",
    regex.I,
)
_PAPER_AFTER = regex.compile(
    r"[ ](?:reports?|notes?|records?|papers?|services?|team|units?|cent(?:re|er)s?|trials?|cases?|charges?|crisis|support|policy|training|evidence|experts?|asks?|needs?|wants?)\b",
    regex.I,
)
_SOMEONES = regex.compile(r"\b(?:his|her|my|their|your|\p{Lu}\p{Ll}+'s)[ ](?:\w+[ ])?$")
_CITATION_AFTER = regex.compile(r"^[^\n]{0,60}\[\d{4}\] (?:EW|UK|AC|QB|WLR)")


class Topic(Page):
    """Recognise content of one category when it is said of a person."""

    strong: ClassVar["regex.Pattern[str]"]
    """Says it of a person by itself."""
    weak: ClassVar["regex.Pattern[str]"]
    """Says it only when a person stands near."""
    confidence: ClassVar[float] = 0.7

    def __init_subclass__(cls) -> None:
        """Let a line break stand wherever a pattern has a space."""
        super().__init_subclass__()
        cls.strong, cls.weak = (
            regex.compile(pattern.pattern.replace("[ ]", " ").replace(" ", r"\s"), pattern.flags)
            for pattern in (cls.strong, cls.weak)
        )

    def find(self, text: str) -> Iterator[Span]:
        """Strong phrases, and weak ones near a person; neither inside the name of a statute."""
        for match in self.strong.finditer(text):
            if not in_statute(text, match.start(), match.end()):
                yield self.span(match, 0.85)
        for match in self.weak.finditer(text):
            if _PAPER_AFTER.match(text, match.end()) and not _SOMEONES.search(leading(text, match.start(), 30)):
                continue  # "a psychiatric report", "the rape team": a paper or an office, and nobody's health
            if PERSON.search(around(text, match.start(), match.end(), 150, 80)) and not in_statute(
                text, match.start(), match.end()
            ):
                yield self.span(match, self.confidence)


def in_statute(text: str, start: int, end: int) -> bool:
    """Whether the words belong to the name of a law, a policy or a reported case."""
    after = trailing(text, end, 80)
    return bool(
        _STATUTE_AFTER.search(after)
        or _STATUTE_BEFORE.search(leading(text, start, 60))
        or _CITATION_AFTER.search(after)
    )
