"""Working time: weekdays, bank holidays and office hours, in local time over clock changes.

    is_open(moment)                        whether somebody is at work
    next_open(moment)                      the moment itself, or when the office opens next
    add_working_days(moment, n)            the same clock time, n working days later
    add_working_hours(moment, n)           when n hours of open office have passed
    working_days_between(a, b)             working days after the day of a, up to and with the day of b
    next_weekday_at(moment, weekday, at)   the next Monday (0) … Sunday (6) at a clock time
    first_of_month_at(moment, at)          the next first of a month at a clock time
    add_elapsed_hours(moment, n)           plain hours, for clocks that law sets in hours
    local(moment)                          the moment as the office's clock shows it

Every moment given must carry a time zone. Every moment that comes back is in UTC, so that it can be compared,
subtracted and stored safely: Python compares two moments of one local zone by their wall clocks, wrongly when the
clocks change.

A clock time that a clock change skips is the same distance into the new time (01:30 becomes 02:30 BST); one that comes
twice is the first of the two. The 72 hours of UK GDPR art 33(1) and DPA 2018 s.67(1) are plain elapsed hours: they run
through nights, weekends and holidays, so `add_elapsed_hours` knows no office.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class OfficeHours:
    """When an office works: Monday to Friday between two clock times, bank holidays excepted."""

    zone: ZoneInfo
    region: str
    """ENG, WLS, SCT or NIR: whose bank holidays (Banking and Financial Dealings Act 1971 s.1 and Sch.1)."""
    opens: time
    closes: time

    def local(self, moment: datetime) -> datetime:
        """The moment as the office's clock shows it; for people, not for sums."""
        return _aware(moment).astimezone(self.zone)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day at all."""
        return day.weekday() < SATURDAY and day not in bank_holidays(self.region, day.year)

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open; at the closing time it no longer is."""
        span = self._span(self.local(moment).date())
        return span is not None and span[0] <= moment < span[1]

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when the office is open, else when it opens next."""
        start, _ = next(self._spans(moment))
        return max(start, _aware(moment).astimezone(UTC))

    def add_working_days(self, moment: datetime, n: int) -> datetime:
        """The same clock time n working days later; with 0, the same day or, if that is free, the next working day."""
        _not_negative(n)
        here = self.local(moment)
        day = here.date()
        for _ in range(n):
            day = self._working_day_from(day + DAY)
        return self._at(self._working_day_from(day), here.timetz().replace(tzinfo=None))

    def add_working_hours(self, moment: datetime, n: float) -> datetime:
        """When n hours of open office have passed since the moment; time while it is closed does not count."""
        _not_negative(n)
        left = timedelta(hours=n)
        for start, end in self._spans(moment):
            begin = max(start, _aware(moment).astimezone(UTC))
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise AssertionError("there is always another working day")

    def working_days_between(self, a: datetime, b: datetime) -> int:
        """Working days after the day of a, up to and with the day of b; negative when b comes first."""
        first, last = self.local(a).date(), self.local(b).date()
        if last < first:
            return -self.working_days_between(b, a)
        return sum(self.is_working_day(first + number * DAY) for number in range(1, (last - first).days + 1))

    def next_weekday_at(self, moment: datetime, weekday: int, at: time) -> datetime:
        """The first moment after this one that is that weekday (0 is Monday) at that clock time."""
        day = self.local(moment).date()
        day += timedelta(days=(weekday - day.weekday()) % 7)
        found = self._at(day, at)
        return found if found > moment else self._at(day + 7 * DAY, at)

    def first_of_month_at(self, moment: datetime, at: time) -> datetime:
        """The first moment after this one that is the first of a month at that clock time."""
        first = self.local(moment).date().replace(day=1)
        found = self._at(first, at)
        return found if found > moment else self._at((first + 31 * DAY).replace(day=1), at)

    def _spans(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing of each working day that is not over, without end."""
        day = self.local(moment).date()
        while True:
            span = self._span(day)
            if span is not None and span[1] > moment:
                yield span
            day += DAY

    def _span(self, day: date) -> tuple[datetime, datetime] | None:
        return (self._at(day, self.opens), self._at(day, self.closes)) if self.is_working_day(day) else None

    def _working_day_from(self, day: date) -> date:
        while not self.is_working_day(day):
            day += DAY
        return day

    def _at(self, day: date, at: time) -> datetime:
        # The first of a repeated time and, for a skipped one, the old offset: what PEP 495 says of fold=0.
        return datetime.combine(day, at.replace(fold=0), self.zone).astimezone(UTC)


def add_elapsed_hours(moment: datetime, n: float) -> datetime:
    """Plain hours later, through nights, weekends and clock changes."""
    return _aware(moment).astimezone(UTC) + timedelta(hours=n)


@lru_cache(maxsize=256)
def bank_holidays(region: str, year: int) -> frozenset[date]:
    """The bank holidays of one part of the United Kingdom in one year, days in lieu included."""
    return frozenset(country_holidays("GB", subdiv=region, years=year))


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise TypeError("A moment needs a time zone.")
    return moment


def _not_negative(n: float) -> None:
    if n < 0:
        raise ValueError("Working time is added, not taken away.")
