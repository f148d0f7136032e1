# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Bank accounts: IBANs by their check digits, sort codes and account numbers by their labels (facts.md 4.8)."""

from collections.abc import Iterator

import regex
from stdnum import iban

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, around, leading, trailing

_IBAN = regex.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_SORT = regex.compile(r"(?<![\w/.-])\d\d([ -]?)\d\d\1\d\d(?![\w/-]|[.]\d)")
_ACCOUNT = regex.compile(r"(?<![\w/.-])\d{8}(?![\w/-]|[.]\d)|(?<![\w/.-])\d{4} \d{4}(?![\w/-]| ?\d)")
_SORT_LABEL = regex.compile(r"sort ?code|\bs/?c\b|\bsort\b", regex.I)
_ACCOUNT_LABEL = regex.compile(r"\b(acc(oun)?t|a/c|acct?)\b|\bbank", regex.I)
_REFERENCE = regex.compile(r"(ref(erence)?|order|invoice|phone|tel)[ .:no#]{0,6}$", regex.I)


class BankAccount(Page):
    """Recognise bank accounts."""

    category = Category.BANK_ACCOUNT

    def find(self, text: str) -> Iterator[Span]:
        """IBANs that check, labelled sort codes, and labelled eight-digit account numbers."""
        for match in _IBAN.finditer(text):
            if iban.is_valid(match.group()):
                yield self.span(match, HIGH)
        sorts = [match for match in _SORT.finditer(text) if _SORT_LABEL.search(leading(text, match.start(), 30))]
        for match in sorts:
            yield self.span(match, HIGH)
        ends = [match.end() for match in sorts]
        for match in _ACCOUNT.finditer(text):
            before = leading(text, match.start(), 40)
            beside_sort = any(0 <= match.start() - end <= 40 for end in ends)
            if beside_sort or (_ACCOUNT_LABEL.search(before) and not _REFERENCE.search(before)):
                yield self.span(match, HIGH if beside_sort else MEDIUM)
            elif _pair(text, match):
                yield Span(match.start() - 9, match.end(), self.category, MEDIUM)


def _pair(text: str, match: "regex.Match[str]") -> bool:
    """A sort code directly before ("12-34-56 12345678"), with money talk near: alone it might be a date and a reference."""
    code = regex.search(r"(?<![\w-])\d\d-\d\d-\d\d $", leading(text, match.start(), 12))
    cue = regex.search(
        r"(?i)bank|account|a/c|sort|paid|pay|transfer|£", around(text, match.start(), match.end(), 80, 40)
    )
    return bool(code and cue and trailing(text, match.end(), 1) != "/")
