# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""National Insurance numbers: two letters, six digits, A to D (facts.md 4.1)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading

_NUMBER = regex.compile(
    r"(?<![\w/-])(?!BG|GB|KN|NK|NT|TN|ZZ)([ABCEGHJ-PRSTW-Z])([ABCEGHJ-NPRSTW-Z])([ \n-]?)\d\d\3\d\d\3\d\d[ \n-]?[A-D](?![\w-])",
    regex.I,
)
_LABEL = regex.compile(r"\b(N\.?I\.?( ?no| ?num|:|\b)|nino|national insurance)", regex.I)
_PRODUCT = regex.compile(r"(product|part|stock|item|sku|code|booking|flight|model|order)[\w .:#()-]{0,14}$", regex.I)


class NiNumber(Page):
    """Recognise National Insurance numbers."""

    category = Category.NI_NUMBER

    def find(self, text: str) -> Iterator[Span]:
        """The strict format in capitals, or in lower case beside a label."""
        for match in _NUMBER.finditer(text):
            before = leading(text, match.start())
            if _LABEL.search(before):
                yield self.span(match, HIGH)
            elif match.group().isupper() and not _PRODUCT.search(before):
                yield self.span(match, MEDIUM)
