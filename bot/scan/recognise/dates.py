# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Dates as people in Britain write them, and whether someone could have been born on one."""

from datetime import date

import regex

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
DATE = (
    r"(?:(?<!\d)(?:0?[1-9]|[12]\d|3[01])\s?[/.-]\s?(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?: day)?(?: of)?[ .\n-]{{0,2}}{_MONTH}(?: ?/ ?{_MONTH})?\.?,?[ .\n-]{{0,2}}(?:(?:19|20)\d\d|'?\d\d)(?!\d)"
    rf"|\b{_MONTH} (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d))"
)
"""Day first; two-digit years allowed; "14 February 1994", "February 14th, 1994" and ISO order too. Ignore case when compiling."""

_WORD = regex.compile(r"[a-z]+|\d+")


def parse(value: str, today: date) -> date | None:
    """The day meant; a two-digit year lies in the past. None for a day that does not exist."""
    words = _WORD.findall(value.lower())
    numbers = [int(word) for word in words if word.isdigit()]
    month = next((_MONTHS.index(word[:3]) + 1 for word in words if word[:3] in _MONTHS), 0)
    if month and len(numbers) >= 2:
        day, year = numbers[0], numbers[1]
    elif len(numbers) == 3:
        (year, month, day) = numbers if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    else:
        return None
    if year < 100:
        year += 2000 if 2000 + year <= today.year else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age(born: date, today: date) -> int:
    """Whole years lived."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
