# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Case references: PTI-URN, PNC court case reference and Crown Court case number (facts.md 4.12)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.checks import check_letter
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading

_URN = regex.compile(r"(?<![\w/-])(\d\d)(?: ?/ ?| )?([0-9A-Z]{2})(?: ?/ ?| )?(\d{5})(?: ?/ ?| )?(\d\d)(?![\w/-]|[.]\d)")
_LOOSE_URN = regex.compile(r"(?i:\bU\.?R\.?N\b[.:# no-]{0,8})(\d\d(?:[ /-]?[0-9A-Z]){9})(?![\w/])")
_COURT = regex.compile(r"(?<![\w/])(\d\d)/(\d{4})/(\d{1,6})([A-Z])(?![\w/])")
_CROWN = regex.compile(r"(?<![\w/])[BASTU](?:199\d|20\d\d)\d{4}(?![\w/])")
_CRIME = regex.compile(
    r"(?i:\b(?:crime|occurrence|niche|incident|OEL|investigation|log)[ ]?(?:ref(?:erence)?|rep(?:ort)?|no|number|num)?(?:[ ]?(?:no|number))?\b[.:# ]{1,3})((?=[\w/-]*\d{3})[A-Z0-9]{1,8}(?:[/-][A-Z0-9]{1,8}){1,3}|\d{6,12})(?![\w/-])"
)
_LABEL = regex.compile(r"\bU\.?R\.?N\b|\bcase\b|\bour ref|\byour ref|\bref\b|court", regex.I)


class CaseUrn(Page):
    """Recognise case references."""

    category = Category.CASE_URN

    def find(self, text: str) -> Iterator[Span]:
        """URNs with a letter in the unit or with slashes stand alone; eleven bare digits and crime references need one."""
        for match in _LOOSE_URN.finditer(text):
            yield self.span(match, HIGH, 1)
        for match in _URN.finditer(text):
            labelled = _LABEL.search(leading(text, match.start(), 30)) is not None
            written = match.group()
            if not labelled and (
                (match.group(2).isdigit() and written.count("/") < 3) or (" " in written and "/" not in written)
            ):
                continue
            yield self.span(match, HIGH if labelled else MEDIUM)
        for match in _CRIME.finditer(text):
            yield self.span(match, 0.8, 1)
        for match in _COURT.finditer(text):
            if check_letter(match.group(1) + match.group(2) + match.group(3).zfill(6)) == match.group(4):
                yield self.span(match, HIGH)
        for match in _CROWN.finditer(text):
            yield self.span(match, HIGH if _LABEL.search(leading(text, match.start(), 30)) else MEDIUM)


def normal_urn(value: str) -> str | None:
    """The eleven characters of a URN without slashes and spaces; None for any other reference."""
    plain = "".join(char for char in value.upper() if char.isalnum())
    return plain if regex.fullmatch(r"\d\d[0-9A-Z]{2}\d{7}", plain) else None
