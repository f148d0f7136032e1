# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""UK postcodes: which letters may stand where (facts.md 4.3)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.address import of_an_organisation
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading

POSTCODE = r"(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[ABEHMNPRVWXY])[ \n]?\d[ABD-HJLNP-UW-Z]{2})"
_CODE = regex.compile(rf"(?<![\w/-]){POSTCODE}(?![\w/-])")
_LOWER = regex.compile(rf"(?<![\w/-]){POSTCODE}(?![\w/-])", regex.I)
_EXHIBIT = regex.compile(
    r"(exhibit\w*|ref|item|label|seal|product|part|stock|sku|code|model|unit|room|floor|marked)[ .:#]*(as )?$", regex.I
)
_CUE = regex.compile(r"post ?code|address|lives?\b|living|resid|home", regex.I)


class Postcode(Page):
    """Recognise postcodes of people; a court's or solicitor's own is not a finding."""

    category = Category.POSTCODE

    def find(self, text: str) -> Iterator[Span]:
        """Strict format in capitals, or in lower case beside a word about living somewhere."""
        for match in _LOWER.finditer(text):
            before = leading(text, match.start(), 60)
            cued = _CUE.search(before) is not None
            if (
                match.group()[:2] in {"ZZ", "zz"}
                or (_EXHIBIT.search(before[-24:]) and not cued)
                or ("\n" in match.group() and not cued)
            ):
                continue
            if not match.group().isupper() and not (cued or regex.search(r"[a-z] ?,? $", before.lower())):
                continue
            spaced = " " in match.group() or cued
            if of_an_organisation(text, match.start()):
                continue
            yield self.span(match, HIGH if spaced and _CODE.fullmatch(match.group().upper()) else MEDIUM)
