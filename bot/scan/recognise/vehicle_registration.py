# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Vehicle registrations: the current format alone, older ones beside a word about vehicles (facts.md 4.7)."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, around, leading

_CURRENT = regex.compile(
    r"(?<![\w/-])[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[1-4]\d|5[1-9]|[6-9]\d)[ -]?[A-HJ-PR-Z]{3}(?![\w/-])", regex.I
)
_OLDER = regex.compile(
    r"(?<![\w/-])(?:[A-Z]{2}\d\d ?[A-Z]{3}|[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y][A-HJ-PR-Z]{2}|[A-HJ-PR-Y]{3} ?\d{1,3}[A-HJ-NPR-TV-Y]|[A-Z]{2,3} ?\d{1,4}|\d{1,4} ?[A-Z]{2,3})(?![\w/-])"
)
_CUE = regex.compile(
    r"\b(v\.?r\.?m|vrn|v\.?r\.?m\.?|index|reg(istration|istered)?|number ?plate|plate|vehicle|veh|car|van|lorry|motorcycle|motorbike|taxi|keeper|dvla|"
    r"ford|vauxhall|bmw|audi|toyota|honda|nissan|peugeot|renault|fiat|kia|hyundai|mercedes|volkswagen|vw|golf|corsa|fiesta|focus|astra|clio|skoda|seat|transit)\b",
    regex.I,
)
_STRONG = regex.compile(
    r"\b(v\.?r\.?m|vrn|index|reg(istration)?( mark| number| no)?|number ?plate|plate)\b(?:[ .:#()-]|\bis\b|\bwas\b){0,12}$",
    regex.I,
)
_PRODUCT = regex.compile(r"(product|part|stock|item|sku|code|exhibit|order|room)[\w .:#()-]{0,14}$", regex.I)


class VehicleRegistration(Page):
    """Recognise vehicle registrations."""

    category = Category.VEHICLE_REGISTRATION

    def find(self, text: str) -> Iterator[Span]:
        """Capitals, or lower case beside a vehicle; anything loose must follow its label."""
        for match in _CURRENT.finditer(text):
            before = leading(text, match.start(), 30)
            cued = _CUE.search(around(text, match.start(), match.end(), 60, 25)) is not None
            if (_PRODUCT.search(before) and not _STRONG.search(before)) or not (cued or match.group().isupper()):
                continue
            yield self.span(match, HIGH if cued else MEDIUM)
        for match in _OLDER.finditer(text):
            if _STRONG.search(leading(text, match.start(), 30)):
                yield self.span(match, 0.8)
