"""Filing a report: what is kept, what is not, and what is said when it cannot be taken."""

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.nearmiss import AlreadySent, NearMiss, NearMissKind
from bot.nearmiss.record import LETTERS, MAX_CHARACTERS, ReportError, file_report, new_receipt, preview, to_json
from bot.nearmiss.scrub import Scrubber
from bot.store import MemoryNearMissStore

NOW = datetime(2026, 3, 4, 23, 30, 7, tzinfo=UTC)
SCRUBBER = Scrubber(lambda text: [])
TEXT = "I nearly emailed Bronwen Hughes's MG11 to the wrong solicitor, 07700 900123"


def file(text: str = TEXT, store: MemoryNearMissStore | None = None, **changes: object) -> NearMiss:
    arguments: dict[str, object] = {
        "kind": None,
        "anonymous": False,
        "finding_categories": (),
        "store": store if store is not None else MemoryNearMissStore(),
        "scrubber": SCRUBBER,
        "now": NOW,
        "reporter": "U0123",
    }
    return file_report(text, **(arguments | changes))  # type: ignore[arg-type]


def test_what_is_stored_is_what_the_preview_showed() -> None:
    store = MemoryNearMissStore()
    report = file(store=store)
    assert report.text == preview(TEXT, SCRUBBER)
    assert report.text.text == "I nearly emailed [name]'s MG11 to the wrong solicitor, [number]"
    assert store.by_receipt(report.receipt) == report


def test_a_report_is_read_when_no_kind_is_given() -> None:
    report = file()
    assert (report.kind, report.already_sent) == (NearMissKind.WRONG_RECIPIENT, AlreadySent.FALSE)


def test_the_kind_that_the_reporter_chose_stands() -> None:
    assert file(kind=NearMissKind.LOST_OR_STOLEN).kind is NearMissKind.LOST_OR_STOLEN


def test_an_anonymous_report_keeps_no_reporter_and_only_the_day() -> None:
    report = file(anonymous=True)
    assert report.reporter is None
    assert report.reported_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert "U0123" not in str(asdict(report))


def test_the_day_is_that_of_universal_time_whatever_zone_the_clock_is_in() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=3)))
    assert file(anonymous=True, now=elsewhere).reported_at == datetime(2026, 3, 4, tzinfo=UTC)


def test_a_named_report_keeps_who_and_when() -> None:
    report = file()
    assert (report.reporter, report.reported_at) == ("U0123", NOW)


def test_findings_are_kept_by_category_once_each_and_nothing_else_gets_in_that_way() -> None:
    assert file(finding_categories=("phone", "person_name", "phone")).finding_categories == ("person_name", "phone")
    with pytest.raises(ValueError, match="not a valid Category"):
        file(finding_categories=("not a category",))


def test_receipts_are_easy_to_read_out_and_do_not_repeat() -> None:
    receipts = {new_receipt() for _ in range(2000)}
    assert len(receipts) == 2000
    assert all(re.fullmatch(rf"NM-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", receipt) for receipt in receipts)
    assert not set("01AEIOU") & set(LETTERS)


def test_the_receipt_is_an_argument() -> None:
    assert file(receipt=lambda: "NM-7F3K-92QD").receipt == "NM-7F3K-92QD"


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_an_empty_report_is_answered_with_what_to_do(text: str) -> None:
    with pytest.raises(ReportError, match="in a few words"):
        file(text)


def test_a_report_that_is_too_long_is_refused_with_both_numbers_and_nothing_is_stored() -> None:
    store = MemoryNearMissStore()
    with pytest.raises(ReportError, match=r"10,001 characters; the most is 10,000"):
        file("x" * (MAX_CHARACTERS + 1), store)
    assert store.count() == 0
    assert preview("x " * (MAX_CHARACTERS // 2), SCRUBBER)


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="time zone"):
        file(now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("I emailed the bundle to the wrong firm", True),
        ("I nearly emailed the bundle to the wrong firm", False),
        ("Not sure whether the bundle went to the wrong firm", "unclear"),
    ],
)
def test_the_json_of_a_report_is_that_of_the_contract(text: str, expected: bool | str) -> None:
    report = file(text, receipt=lambda: "NM-7F3K-92QD")
    assert to_json(report) == {
        "id": "NM-7F3K-92QD",
        "receipt": "NM-7F3K-92QD",
        "stored_text": text,
        "already_sent": expected,
        "category": "wrong_recipient",
    }
    assert to_json(report, "row 7")["id"] == "row 7"


def test_a_report_does_not_print_its_text() -> None:
    assert "solicitor" not in repr(file())
