"""Payment cards: an issuer's prefix and length, and Luhn's check."""

from collections.abc import Iterator

import regex
from stdnum import luhn

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, around, leading

_NUMBER = regex.compile(
    r"(?<![\w.-]|\d )(?:\d{4}([ -]?)\d{4}\1\d{4}\1\d{1,7}|3[47]\d\d([ -]?)\d{6}\2\d{5})(?![\w-]|[.]\d)"
)
_ISSUER = regex.compile(
    r"4\d{12}(?:\d{3})?(?:\d{3})?|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|27[2]0\d{12}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|(?:50|5[6-9]|6[37])\d{10,17}"
)
_LABEL = regex.compile(
    r"\bcard|visa|mastercard|amex|american express|maestro|debit|credit|\bPAN\b|expir|cvv|valid (from|to|thru)", regex.I
)
_OTHER = regex.compile(r"(imei|ean|barcode|isbn|serial|product|tracking|iccid)[\w .:#()-]{0,14}$", regex.I)


class PaymentCard(Page):
    """Recognise payment card numbers."""

    category = Category.PAYMENT_CARD

    def find(self, text: str) -> Iterator[Span]:
        """Issuer, length and check digit; a label makes it sure."""
        for match in _NUMBER.finditer(text):
            digits = "".join(char for char in match.group() if char.isdigit())
            if len(set(digits)) < 2 or not _ISSUER.fullmatch(digits) or not luhn.is_valid(digits):
                continue
            labelled = _LABEL.search(around(text, match.start(), match.end(), 60, 30)) is not None
            if labelled or not _OTHER.search(leading(text, match.start(), 30)):
                yield self.span(match, HIGH if labelled else MEDIUM)
