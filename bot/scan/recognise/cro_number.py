"""CRO numbers: serial, year and letter, or the file form SF (facts.md 4.10)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.checks import check_letter
from bot.scan.recognise.interface import HIGH, LOW, MEDIUM, Page, Span, leading

_STANDARD = regex.compile(r"(?<![\w/-])(\d{1,6}) ?/ ?(\d\d) ?([A-Z])(?![\w/])")
_FILE = regex.compile(r"(?<![\w/-])SF ?(\d\d) ?/ ?(\d{1,6}) ?([A-Z])(?![\w/])")
_LABEL = regex.compile(r"\bC\.?R\.?O\b|criminal records office", regex.I)


class CroNumber(Page):
    """Recognise CRO numbers."""

    category = Category.CRO_NUMBER

    def find(self, text: str) -> Iterator[Span]:
        """Right letter or a label; a short serial without a label looks like a fraction and is left alone."""
        for match in _FILE.finditer(text):
            year, serial, letter = match.groups()
            right = check_letter(year + serial) == letter
            if right or _LABEL.search(leading(text, match.start(), 30)):
                yield self.span(match, HIGH if right else MEDIUM)
        for match in _STANDARD.finditer(text):
            serial, year, letter = match.groups()
            labelled = _LABEL.search(leading(text, match.start(), 30)) is not None
            right = check_letter(year + serial.zfill(6)) == letter
            if labelled:
                yield self.span(match, HIGH if right else MEDIUM)
            elif right and len(serial) >= 4:
                yield self.span(match, MEDIUM if len(serial) >= 5 else LOW)
