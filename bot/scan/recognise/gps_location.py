# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Positions: latitude and longitude, what3words and map links."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span

_DECIMAL = regex.compile(r"(?<![\w.])[+-]?\d{1,2}\.\d{4,}°? ?[NS]?[,; ]{1,2}[+-]?\d{1,3}\.\d{4,}°? ?[EW]?(?![\w])")
_LABELLED = regex.compile(
    r"(?i)\blat(?:itude)?\b[ :=]*[+-]?\d{1,2}\.\d{3,}[^\n]{0,12}\blon(?:g(?:itude)?)?\b[ :=]*[+-]?\d{1,3}\.\d{3,}"
)
_DEGREES = regex.compile(
    r"\d{1,2} ?[°º] ?\d{1,2} ?['′] ?[\d.]{1,7} ?[\"″]? ?[NS][, ]{1,3}\d{1,3} ?[°º] ?\d{1,2} ?['′] ?[\d.]{1,7} ?[\"″]? ?[EW]"
)
_WORDS = regex.compile(r"(?<![\w/])///[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}\b")


class GpsLocation(Page):
    """Recognise positions."""

    category = Category.GPS_LOCATION

    def find(self, text: str) -> Iterator[Span]:
        """Pairs with four decimals or more, degrees and minutes, three words."""
        for pattern, confidence in ((_LABELLED, HIGH), (_DEGREES, HIGH), (_WORDS, HIGH), (_DECIMAL, MEDIUM)):
            for match in pattern.finditer(text):
                yield self.span(match, confidence)
