# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""NHS numbers: ten digits, the last a check by 11 (facts.md 4.2).

One random ten-digit number in eleven passes the check, so a label or the layout must agree: next to "NHS" a number is reported even when
the check fails (a misread digit); bare, only in the 3-3-4 layout, valid and in an issued or test range.
"""

from collections.abc import Iterator

import regex
from stdnum.gb import nhs

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, LOW, Page, Span, around, leading

_NUMBER = regex.compile(r"(?<![\d./+-]|\d )(\d{3})([ \n-]?)(\d{3})([ \n-]?)(\d{4})(?![\d]|[./-]\d)")
_LABEL = regex.compile(r"\bNHS\b|health service n|\bCHI\b(?! ?ld)", regex.I)
_CARE = regex.compile(
    r"\b(hosp|patient|pt\b|ward|wristband|mrn|dob|d\.o\.b|born|gp\b|a&e|medical|clinic|admitted)", regex.I
)
_OTHER = regex.compile(
    r"(tel|phone|mobile|fax|call|account|a/c|invoice|order|product|part|item|stock|sku|ean|serial|policy|po|utr|barcode|batch|imei|urn)"
    r"[\w .:#()-]{0,14}$",
    regex.I,
)


class NhsNumber(Page):
    """Recognise NHS numbers."""

    category = Category.NHS_NUMBER

    def find(self, text: str) -> Iterator[Span]:
        """Labelled numbers, and bare ones that pass every test."""
        for match in _NUMBER.finditer(text):
            digits = "".join(match.group(1, 3, 5))
            if len(set(digits)) == 1:
                continue  # every repeated digit passes the check
            labelled = _LABEL.search(around(text, match.start(), match.end(), 30, 12)) is not None
            if not labelled and _OTHER.search(leading(text, match.start(), 30)):
                continue
            confidence = self._confidence(text, match, nhs.is_valid(digits) and _issued(digits), labelled)
            if confidence:
                yield self.span(match, confidence)

    def _confidence(self, text: str, match: "regex.Match[str]", valid: bool, labelled: bool) -> float:
        if labelled:
            return HIGH if valid else 0.7
        caring = _CARE.search(around(text, match.start(), match.end(), 120, 60)) is not None
        grouped = bool(match.group(2)) and match.group(2) == match.group(4)
        if valid and caring:
            return 0.85 if grouped else 0.6
        if caring and grouped:
            return LOW
        return 0.55 if valid and grouped else 0.0


def _issued(digits: str) -> bool:
    """Ranges of England, Northern Ireland and Scotland, and the 999 range kept for tests."""
    first = int(digits[:3])
    return (
        300 <= first <= 499
        or 600 <= first <= 799
        or first == 999
        or (10 <= int(digits[:2]) * 10 <= 310 and int(digits[2:4]) <= 12)
    )
