# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Arrest/summons numbers: year, force, unit, system, sequence and a letter over all but the unit (facts.md 4.11)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.checks import check_letter
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading

_NUMBER = regex.compile(
    r"(?<![\w/])(?P<year>\d\d) ?/ ?(?P<force>[0-9A-Z]{2}) ?(?P<unit>[0-9A-Z]{2}) ?/ ?(?P<system>[0-9A-Z]{2}) ?/ ?(?P<serial>\d{1,11}) ?(?P<letter>[A-Z])(?![\w/])"
    r"|(?<![\w/])(?P<year>\d\d)(?P<top>[0-9A-Z]?)(?P<force>[0-9A-Z]{2})(?P<unit>[0-9A-Z]{2})(?P<system>[0-9A-Z]{2})(?P<serial>\d{11})(?P<letter>[A-Z])(?![\w/])"
)
_LABEL = regex.compile(r"\bASN\b|arrest[ /-]*(and )?summons", regex.I)


class Asn(Page):
    """Recognise arrest/summons numbers."""

    category = Category.ASN

    def find(self, text: str) -> Iterator[Span]:
        """The long format is like nothing else; the letter or a label makes it sure."""
        for match in _NUMBER.finditer(text):
            covered = "".join(part for part in (match["force"], match["system"]) if part.isdigit())
            right = check_letter(covered + match["year"] + match["serial"].zfill(11)) == match["letter"]
            sure = right or _LABEL.search(leading(text, match.start(), 40))
            yield self.span(match, HIGH if sure else MEDIUM)
