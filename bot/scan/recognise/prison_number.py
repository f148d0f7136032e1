# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Prison numbers, and probation, custody and immigration references that need a cue (facts.md 4.12, 4.13)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading

_PRISON = regex.compile(r"(?<![\w/-])[A-Z]\d{4}[A-Z]{2}(?![\w/-])")
_LABEL = regex.compile(r"prison|nomis|noms|\bHMP\b|inmate|\bYOI\b|remand|in custody at", regex.I)
_CUED = regex.compile(
    r"(?i:\b(?:CRN|delius|probation (?:no|number|ref\w*)|home office ref\w*|\bHO ref\w*|ARC (?:no|number)|\bARC|NRM ref\w*|custody (?:ref\w*|record(?: no| number)?|no|number))"
    r"[.:# ]{1,3}(?:no\.? ?)?)((?=[A-Z0-9/]*\d{3})[A-Z]{0,3}[A-Z0-9]*(?:/[A-Z0-9]+){0,3})\b"
)
_PRODUCT = regex.compile(r"(product|part|stock|item|sku|code|model|order|room)[\w .:#()-]{0,14}$", regex.I)


class PrisonNumber(Page):
    """Recognise prison numbers and the other references of people in the system."""

    category = Category.PRISON_NUMBER

    def find(self, text: str) -> Iterator[Span]:
        """Letter, four digits, two letters; others only after their own label."""
        for match in _PRISON.finditer(text):
            before = leading(text, match.start(), 40)
            if not _PRODUCT.search(before):
                yield self.span(match, HIGH if _LABEL.search(before) else MEDIUM)
        for match in _CUED.finditer(text):
            if len(match.group(1)) >= 5:
                yield self.span(match, MEDIUM, 1)
