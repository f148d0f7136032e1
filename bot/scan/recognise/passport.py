"""Passport numbers beside the word, and machine-readable lines (facts.md 4.6)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, Page, Span, leading

_NUMBER = regex.compile(r"(?<![\w/-])(?:\d{9}|\d{3} \d{3} \d{3}|[A-Z]{1,2}\d{6,8}|\d{6}[A-Z])(?![\w/-])")
_LABEL = regex.compile(r"passport[^\n]{0,40}$|\bP/?P (no|number)[ .:]*$", regex.I)
_MACHINE = regex.compile(r"\bP[<A-Z][A-Z]{3}[A-Z<]{20,39}\s*[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{0,16}")


class Passport(Page):
    """Recognise passport numbers."""

    category = Category.PASSPORT

    def find(self, text: str) -> Iterator[Span]:
        """Nine digits, letter and six, six and letter: only after "passport" on the same line."""
        for match in _MACHINE.finditer(text):
            yield self.span(match, HIGH)
        for match in _NUMBER.finditer(text):
            if _LABEL.search(leading(text, match.start(), 55)):
                yield self.span(match, 0.9)
