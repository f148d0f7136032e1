# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Great Britain driver numbers: sixteen characters that hold surname, birth date, sex and initials (facts.md 4.5)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, Page, Span, leading

_NUMBER = regex.compile(
    r"(?<![\w])(?=[A-Z])[A-Z]{1,5}9{0,4}(?<=[A-Z9]{5})[ -]?\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[ -]?"
    r"(?:[A-Z][A-Z9]|99)[2-9A-HJ-NPR-X][ -]?[A-Z]{2}(?: ?\d\d)?(?!\w)"
)
_LABELLED = regex.compile(
    r"(?i:driv\w+ (?:licen[cs]e|number|no)[\w .:#]{0,20}?)(?<!\w)([A-Z9]{5}[ -]?\d{6}[ -]?[A-Z9]{2}\w[A-Z]{2}|\d{8})(?!\w)"
)


class DrivingLicence(Page):
    """Recognise driver numbers."""

    category = Category.DRIVING_LICENCE

    def find(self, text: str) -> Iterator[Span]:
        """The structure is like nothing else; Northern Ireland's eight digits need a label."""
        for match in _NUMBER.finditer(text):
            sure = regex.search(r"(?i)licen[cs]e|driver|dvla", leading(text, match.start(), 40))
            yield self.span(match, HIGH if sure else 0.9)
        for match in _LABELLED.finditer(text):
            yield self.span(match, 0.7, 1)
