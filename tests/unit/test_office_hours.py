"""Working time: weekends, bank holidays, clock changes; what holds for every moment is tried on made ones."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office_hours import OfficeHours, add_elapsed_hours, bank_holidays

LONDON = ZoneInfo("Europe/London")
OFFICE = OfficeHours(LONDON, "ENG", time(9), time(17))
NIGHT_OFFICE = OfficeHours(LONDON, "ENG", time(0, 30), time(2, 30))

moments = st.datetimes(datetime(2020, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))
days_ahead = st.integers(0, 40)
clock_times = st.times()
offices = st.sampled_from(
    [
        OFFICE,
        NIGHT_OFFICE,
        OfficeHours(LONDON, "SCT", time(8, 30), time(18)),
        OfficeHours(ZoneInfo("Asia/Tehran"), "NIR", time(0), time(23, 59)),
        OfficeHours(ZoneInfo("Australia/Lord_Howe"), "WLS", time(1, 45), time(2, 15)),
    ]
)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    "moment, is_open",
    [
        ("2026-03-04T09:00", True),
        ("2026-03-04T08:59", False),
        ("2026-03-04T16:59", True),
        ("2026-03-04T17:00", False),
        ("2026-03-07T12:00", False),  # Saturday
        ("2026-04-03T12:00", False),  # Good Friday
        ("2026-04-06T12:00", False),  # Easter Monday
        ("2026-12-28T12:00", False),  # in lieu of Boxing Day, a Saturday
        ("2026-07-01T09:30", True),  # 08:30 UTC
    ],
)
def test_the_office_is_open_on_weekdays_that_are_no_bank_holidays(moment: str, is_open: bool) -> None:
    assert OFFICE.is_open(london(moment)) is is_open


@pytest.mark.parametrize(
    "region, day",
    [("SCT", date(2026, 1, 2)), ("SCT", date(2026, 11, 30)), ("NIR", date(2026, 7, 13)), ("ENG", date(2026, 8, 31))],
)
def test_each_part_of_the_kingdom_has_bank_holidays_of_its_own(region: str, day: date) -> None:
    theirs = {one for one in ("ENG", "SCT", "NIR") if day in bank_holidays(one, day.year)}
    assert theirs == {region} | ({"NIR"} if region == "ENG" else set())


@pytest.mark.parametrize(
    "moment, opens",
    [
        ("2026-03-04T12:34", "2026-03-04T12:34"),
        ("2026-03-04T17:00", "2026-03-05T09:00"),
        ("2026-03-27T17:55", "2026-03-30T09:00"),  # over the weekend in which the clocks go forward
        ("2026-04-02T18:00", "2026-04-07T09:00"),  # Easter
        ("2026-12-24T17:00", "2026-12-29T09:00"),
    ],
)
def test_the_office_opens_next(moment: str, opens: str) -> None:
    assert OFFICE.next_open(london(moment)) == london(opens)


@pytest.mark.parametrize(
    "moment, days, later",
    [
        ("2026-03-04T10:00", 5, "2026-03-11T10:00"),
        ("2026-04-01T10:00", 5, "2026-04-10T10:00"),  # Good Friday and Easter Monday do not count
        ("2026-03-07T10:00", 0, "2026-03-09T10:00"),
        ("2026-03-07T10:00", 1, "2026-03-09T10:00"),
        ("2026-10-23T10:00", 1, "2026-10-26T10:00"),  # the same clock time, 73 hours on
    ],
)
def test_working_days_later_it_is_the_same_clock_time(moment: str, days: int, later: str) -> None:
    assert OFFICE.add_working_days(london(moment), days) == london(later)


@pytest.mark.parametrize(
    "moment, hours, later",
    [
        ("2026-03-04T10:00", 2, "2026-03-04T12:00"),
        ("2026-03-04T16:00", 1, "2026-03-04T17:00"),
        ("2026-03-04T16:00", 2, "2026-03-05T10:00"),
        ("2026-03-06T16:30", 1, "2026-03-09T09:30"),
        ("2026-03-07T03:00", 0, "2026-03-09T09:00"),
        ("2026-04-02T16:00", 9.5, "2026-04-08T09:30"),
    ],
)
def test_working_hours_count_while_the_office_is_open(moment: str, hours: float, later: str) -> None:
    assert OFFICE.add_working_hours(london(moment), hours) == london(later)


def test_next_weekday_is_after_the_moment_and_skips_to_the_next_week() -> None:
    monday = london("2026-03-02T09:00")
    assert OFFICE.next_weekday_at(monday - timedelta(seconds=1), 0, time(9)) == monday
    assert OFFICE.next_weekday_at(monday, 0, time(9)) == london("2026-03-09T09:00")


def test_a_clock_time_that_a_change_skips_is_as_far_into_the_new_time() -> None:
    found = OFFICE.next_weekday_at(london("2026-03-28T12:00"), 6, time(1, 30))
    assert OFFICE.local(found).isoformat() == "2026-03-29T02:30:00+01:00"


def test_a_clock_time_that_comes_twice_is_the_first() -> None:
    found = OFFICE.next_weekday_at(london("2026-10-24T12:00"), 6, time(1, 30))
    assert OFFICE.local(found).isoformat() == "2026-10-25T01:30:00+01:00"
    assert OFFICE.next_weekday_at(found + timedelta(minutes=30), 6, time(1, 30)) > found + timedelta(days=6)


def test_the_first_of_the_month_is_found_over_the_end_of_a_year() -> None:
    first = OFFICE.first_of_month_at(london("2026-12-15T10:00"), time(9))
    assert first == london("2027-01-01T09:00")
    assert OFFICE.first_of_month_at(first, time(9)) == london("2027-02-01T09:00")


def test_elapsed_hours_know_no_office_and_no_clock_change() -> None:
    aware = london("2026-10-23T16:00")
    assert add_elapsed_hours(aware, 72) - aware == timedelta(hours=72)
    assert OFFICE.local(add_elapsed_hours(aware, 72)).time() == time(15)  # the hour that came twice is counted


@pytest.mark.parametrize("call", ["local", "next_open"])
def test_a_moment_without_a_zone_is_refused(call: str) -> None:
    with pytest.raises(TypeError, match="time zone"):
        getattr(OFFICE, call)(datetime(2026, 3, 4))


def test_time_is_not_taken_away() -> None:
    with pytest.raises(ValueError, match="added"):
        OFFICE.add_working_hours(london("2026-03-04T10:00"), -1)
    with pytest.raises(ValueError, match="added"):
        OFFICE.add_working_days(london("2026-03-04T10:00"), -1)


@given(offices, moments)
def test_the_office_is_open_when_it_opens_next(office: OfficeHours, moment: datetime) -> None:
    opens = office.next_open(moment)
    assert opens >= moment
    assert office.is_open(opens)
    assert (opens == moment) is office.is_open(moment)
    assert not office.is_open(moment) or office.next_open(opens) == opens


@given(offices, moments, days_ahead)
def test_as_many_working_days_lie_between_as_were_added(office: OfficeHours, moment: datetime, days: int) -> None:
    later = office.add_working_days(moment, days)
    assert office.is_working_day(office.local(later).date())
    if office.is_working_day(office.local(moment).date()) or days > 0:
        assert office.working_days_between(moment, later) == days
    assert office.working_days_between(later, moment) == -office.working_days_between(moment, later)


@settings(max_examples=60)
@given(offices, moments, st.floats(0, 30), st.floats(0, 30))
def test_working_hours_added_one_after_the_other_are_their_sum(
    office: OfficeHours, moment: datetime, first: float, second: float
) -> None:
    apart = office.add_working_hours(office.add_working_hours(moment, first), second)
    together = office.add_working_hours(moment, first + second)
    # An end at closing time and a start at the next opening are the same point of working time.
    assert abs(office.next_open(apart) - office.next_open(together)) <= timedelta(microseconds=5) or (
        office.next_open(apart - timedelta(microseconds=5)) <= together <= office.next_open(apart)
    )


@given(offices, moments, st.floats(0, 30))
def test_working_hours_end_within_or_at_the_end_of_working_time(
    office: OfficeHours, moment: datetime, hours: float
) -> None:
    later = office.add_working_hours(moment, hours)
    assert later >= moment + timedelta(hours=hours) - timedelta(microseconds=1)
    assert office.is_open(later) or office.is_open(later - timedelta(microseconds=1))


@given(offices, moments, st.integers(0, 6), clock_times)
def test_the_next_weekday_is_within_a_week_and_an_hour(
    office: OfficeHours, moment: datetime, weekday: int, at: time
) -> None:
    found = office.next_weekday_at(moment, weekday, at)
    assert moment < found <= moment + timedelta(days=7, hours=2)
    following = office.next_weekday_at(found, weekday, at)
    assert timedelta(days=6, hours=22) <= following - found <= timedelta(days=7, hours=2)


@given(moments, clock_times)
def test_twelve_firsts_of_a_month_make_a_year(moment: datetime, at: time) -> None:
    found = [OFFICE.first_of_month_at(moment, at)]
    for _ in range(12):
        found.append(OFFICE.first_of_month_at(found[-1], at))
    assert all(OFFICE.local(one).day == 1 for one in found)
    assert all(earlier < later for earlier, later in pairwise(found))
    assert OFFICE.local(found[12]).year == OFFICE.local(found[0]).year + 1
