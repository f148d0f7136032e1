"""Weeks and months of the office, over clock changes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.nearmiss.needs import Needs

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Whole days, from the first to the last."""

    name: str
    first: date
    last: date

    def edges(self, needs: Needs) -> tuple[datetime, datetime]:
        """The moments at which it begins and is over, at the office."""
        return needs.midnight(self.first), needs.midnight(self.last + _DAY)


def week_before(day: date, back: int = 1) -> Period:
    """The week, Monday to Sunday, that many weeks before the one of `day`; 0 is its own."""
    monday = day - timedelta(days=day.weekday()) - back * _WEEK
    year, week, _ = monday.isocalendar()
    return Period(f"{year}-W{week:02d}", monday, monday + 6 * _DAY)


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - _DAY
    return Period(f"{first:%Y-%m}", first, last)


def month_before(day: date) -> Period:
    """The calendar month before the one of a day."""
    return month_of(day.replace(day=1) - _DAY)
