# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""UK telephone numbers, and foreign ones with a plus (facts.md 4.4).

An own strict pattern: libphonenumber calls the drama numbers 07700 900xxx and 01632 960xxx not valid.
"""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.scan.recognise.interface import HIGH, MEDIUM, SEPARATOR, Page, Span, leading
from bot.scan.recognise.places import ORGANISATION

_UK = regex.compile(
    r"(?<![\w/.+-]|\d )(?:(?:\(?\+|00)44\)?[ .-]*(?:\(0\)[ .-]*)?|\(?0(?=[1-37-9]))(?:\d(?:[ .\n-]|\)[ ]?|[ ](?:-[ ]|\()?)?){8,9}\d(?![\w/]|-\d)"
)
_FOREIGN = regex.compile(r"(?<![\w/.+])\+(?!44)[1-9]\d{0,2}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,4}\d{2,4}(?!\w)")
_LABEL = regex.compile(
    r"\b(tel|phone|telephone|mob|mobile|call|called|ring|rang|text|texted|contact|number|cell|fax|whatsapp|home|work|landline)\b[^\n]{0,25}$",
    regex.I,
)
_OFFICE = regex.compile(
    r"switchboard|press (?:office|desk)|media|helpline|hotline|enquir|reception|general office|\bmain (line|number|desk)|\bfax\b|crimestoppers|victim support|\b101\b|non-emergency",
    regex.I,
)
_SERVICE = regex.compile(r"^(?:0044|44|0)?(?:3\d\d|80[08]|84\d|87\d|9\d\d|500)")
_DRAMA_SERVICE = regex.compile(r"^(?:44|0)?(?:3069990|8081570)")
_OTHER = regex.compile(
    r"(account|a/c|invoice|order|product|part|item|sku|ean|serial|policy|batch|imei|isbn|urn|ref|barcode|nhs)[ \w.:#]{0,12}$",
    regex.I,
)


_DECIMAL = regex.compile(r"\d\.\d\d(?!\d)")
_PLAIN_LABEL = regex.compile(
    r"(?i)(?:^|\b(?:tel(?:ephone)?|phone|t)\b(?: no| number)?[.:]?|\d[A-Z]{2}[ ,|.]*|dx \d+ \w+[ ,|.]*)[ ]*$"
)
_SOMEONES = regex.compile(
    r"(?i)\b(?:home|mobile|mob|my|his|her|witness|victim|patient|caller|informant|defendant|client|staff line|safe|ask for|mr|mrs|ms|miss|next of kin|lives?|works?)\b"
)
_SMALL = frozenset(["of", "and", "the", "for", "in", "on", "to", "&"])


class Phone(Page):
    """Recognise telephone numbers."""

    category = Category.PHONE

    def find(self, text: str) -> Iterator[Span]:
        """Mobiles and geographic numbers, save switchboards and helplines; other countries only with a plus."""
        for match in _UK.finditer(text):
            digits = "".join(char for char in match.group() if char.isdigit())
            national = digits.removeprefix("0044").removeprefix("44").lstrip("0")
            if not self._possible(national, match.group()) or of_an_office(text, match.start(), national):
                continue
            before = leading(text, match.start(), 50)
            line = before.rpartition("\n")[2]
            if (
                _OFFICE.search(line)
                or (_SERVICE.match(national) and not _DRAMA_SERVICE.match(national))
                or _OTHER.search(line)
            ):
                continue
            sure = national[0] == "7" or _LABEL.search(before)
            yield self.span(match, HIGH if sure else MEDIUM)
        for match in _FOREIGN.finditer(text):
            if 8 <= sum(char.isdigit() for char in match.group()) <= 15:
                yield self.span(match, MEDIUM)

    def _possible(self, national: str, written: str) -> bool:
        """Ten digits after the zero (nine for some old area codes), and not broken over more than one line."""
        enough = len(national) == 10 or (len(national) == 9 and national[0] == "1" and not national.startswith("1632"))
        decimal = " " in written and _DECIMAL.search(written) is not None
        return enough and len(set(national)) > 2 and written.count("\n") <= 1 and not decimal


def of_an_office(text: str, start: int, national: str) -> bool:
    """Whether a landline stands in a letterhead: after no more than "Tel", under or beside the name of an organisation."""
    if national[0] == "7":
        return False
    lines = text[max(0, start - 240) : start].rpartition(SEPARATOR)[2].split("\n")
    if not _PLAIN_LABEL.search(lines[-1]) or _SOMEONES.search(lines[-1]):
        return False
    return any(
        match.group()[0].isupper()
        for line in lines[-3:]
        if _is_heading(line) and not _SOMEONES.search(line)
        for match in ORGANISATION.finditer(line)
    )


def _is_heading(line: str) -> bool:
    """Whether a line is all names and numbers, as a letterhead is, and no sentence."""
    return all(not word[0].islower() or "@" in word or word in _SMALL for word in line.split())
