# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Dates of birth, told from every other date by a label, an age, or their place behind a name."""

from collections.abc import Iterator
from datetime import date

import regex

from bot.domain.finding import Category
from bot.scan.recognise.dates import DATE, age, parse
from bot.scan.recognise.interface import HIGH, MEDIUM, Page, Span, leading, trailing

_DATE = regex.compile(DATE, regex.I)
_LABEL = regex.compile(
    r"(?:\bd\.?[ ]?[o0]\.?[ ]?b\.?s?|date[ /]*(?:and place )?of birth|birth ?date|birthday|\bborn(?: on| in [\p{L} ]{2,25}(?:on|,))?|\bbirth|\bb\.|\bdate born)(?:[^\p{L}\d\n]{0,8}|[ ]?\([^)\n]{0,12}\)[ :]*|[ ](?:is|was|of|on|as|the)[ :]{1,2}(?:the )?|\n[ ]*)$",
    regex.I,
)
_AND_BEFORE = regex.compile(rf"(?:{DATE})[ ]?(?:,|;|and|&)[ ]?(?:and )?$", regex.I)
_AGE_BEFORE = regex.compile(
    r"\bage[d]?[ :]*\d{1,3}(?: years?)?[ ,(;-]{0,4}$|\d{1,3}(?: years?|yrs?)(?: old)?[ ,(;-]{1,4}$", regex.I
)
_AGE_AFTER = regex.compile(r"^[ )]*[,(;-]?[ (]*(?:aged? ?:?\d{1,3}|\d{1,3} ?(?:years?|yrs?|y/?o)\b)", regex.I)
_BEHIND_NAME = regex.compile(r"\p{Lu}[\p{L}'-]+[ ]\p{Lu}[\p{L}'-]+[ ]?(?:\(|, ?| - |[ ]{1,3}|\n)$")
_CAUTION = regex.compile(
    r"\b(dated?|on|signed|since|from|to|between|until|until|hearing|trial|court|convict\w*|offence|arrest\w*|charg\w*|sentenc\w*|interview\w*|seen|admitted|expir\w*|valid|issued?|reviewed?|received|v)\b[^\p{L}\n]{0,4}$",
    regex.I,
)
_WRISTBAND = regex.compile(r"\bNHS\b|hosp|patient|\bward\b|\bMRN\b|\b(?:male|female)\b", regex.I)


class DateOfBirth(Page):
    """Recognise dates of birth."""

    category = Category.DATE_OF_BIRTH

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def find(self, text: str) -> Iterator[Span]:
        """Each date on which someone could have been born and that something says is a birth."""
        for match in _DATE.finditer(text):
            born = parse(match.group(), self._today)
            if born is None or not 0 <= age(born, self._today) <= 110:
                continue
            confidence = self._confidence(text, match, age(born, self._today))
            if confidence:
                yield self.span(match, confidence)

    def _confidence(self, text: str, match: "regex.Match[str]", years: int) -> float:
        before, after = leading(text, match.start(), 60), trailing(text, match.end(), 24)
        if _AND_BEFORE.search(before):
            before = before[: _AND_BEFORE.search(before).start()]  # "dobs 4.4.2018, 9.12.2020"
        if _LABEL.search(before):
            return HIGH
        if regex.match(r"[ ]?(?:\(?d\.?o\.?b\b|\(born\))", after, regex.I):
            return HIGH
        if _AGE_BEFORE.search(before) or _AGE_AFTER.search(after):
            return 0.85
        if years >= 10 and _BEHIND_NAME.search(before) and not _CAUTION.search(before):
            return MEDIUM if before.rstrip().endswith(("(", ",")) else 0.6
        if (
            years >= 1
            and len(text) < 600
            and text.count("\n") < 14
            and _WRISTBAND.search(text)
            and not _CAUTION.search(before)
        ):
            return 0.6 if years >= 5 else 0.0
        return 0.0
