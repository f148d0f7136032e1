"""Dates as people write them in documents: day first, months in words, a month without a day."""

import re
from calendar import monthrange
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"\b(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})\b")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(\d{{4}}|\d{{2}})\b", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"\b{_MONTH}[\s-]+(\d{{4}})\b", re.IGNORECASE)
_MONTH_NUMBER = re.compile(r"^\s*(\d{1,2})/(\d{4})\s*$")


def read_date(said: object, *, last_day: bool = False) -> date | None:
    """The first date in the words; of a month without a day its first or last day; None when there is none."""
    if isinstance(said, datetime):
        return said.date()
    if isinstance(said, date):
        return said
    text = str(said or "")
    if match := _ISO.search(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMBERS.search(text):
        return _date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_MONTH.search(text):
        return _date(_year(match[3]), _MONTHS[match[2].lower()], int(match[1]))
    if match := _MONTH_DAY.search(text):
        return _date(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
    if match := _MONTH_ONLY.search(text):
        return _month(int(match[2]), _MONTHS[match[1].lower()], last_day)
    if match := _MONTH_NUMBER.search(text):
        return _month(int(match[2]), int(match[1]), last_day)
    return None


def _year(said: str) -> int:
    return int(said) + (2000 if len(said) == 2 else 0)


def _month(year: int, month: int, last_day: bool) -> date | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    return _date(year, month, monthrange(year, month)[1] if last_day else 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
