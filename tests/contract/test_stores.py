"""What every store promises, run on the one in memory, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine

from bot.domain.nearmiss import AlreadySent, NearMiss, NearMissKind, ScrubbedText
from bot.domain.ports import AllowList, GapLog, NearMissStore
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from bot.store import (
    MemoryAllowList,
    MemoryGapLog,
    MemoryNearMissStore,
    SqlAllowList,
    SqlGapLog,
    SqlNearMissStore,
    migrate,
    open_engine,
)
from tests.databases import postgres_address, postgres_server, sqlite_address  # noqa: F401

NOON = datetime(2026, 3, 4, 12, 30, 5, 123456, tzinfo=UTC)
TODAY = date(2026, 3, 4)


@dataclass
class Stores:
    near_misses: NearMissStore
    allow_list: AllowList
    gaps: GapLog


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    if request.param == "memory":
        yield Stores(MemoryNearMissStore(), MemoryAllowList(lambda: TODAY), MemoryGapLog())
        return
    address = request.getfixturevalue("sqlite_address" if request.param == "sqlite" else "postgres_address")
    engine: Engine = open_engine(address)
    migrate(engine)
    yield Stores(SqlNearMissStore(engine), SqlAllowList(engine, lambda: TODAY), SqlGapLog(engine))
    engine.dispose()


def report(receipt: str = "NM-7F3K-92QD", **changes: object) -> NearMiss:
    made = NearMiss(
        receipt=receipt,
        kind=NearMissKind.WRONG_RECIPIENT,
        text=ScrubbedText("I nearly sent [name]’s statement to the wrong solicitor ☹", removed=1),
        already_sent=AlreadySent.FALSE,
        anonymous=False,
        reported_at=NOON,
        reporter="U0123",
        finding_categories=("person_name", "phone"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_stored_report_comes_back_whole(stores: Stores) -> None:
    stores.near_misses.add(report())
    assert stores.near_misses.latest(10) == (report(),)
    assert stores.near_misses.by_receipt("NM-7F3K-92QD") == report()
    assert stores.near_misses.count() == 1


def test_an_unknown_receipt_is_nothing(stores: Stores) -> None:
    assert stores.near_misses.by_receipt("NM-2222-2222") is None
    assert stores.near_misses.latest(5) == ()
    assert stores.near_misses.count() == 0


def test_the_newest_report_comes_first_and_the_limit_holds(stores: Stores) -> None:
    for day in (2, 9, 5):
        stores.near_misses.add(report(f"NM-AAAA-AAA{day}", reported_at=NOON + timedelta(days=day)))
    assert [found.receipt for found in stores.near_misses.latest(2)] == ["NM-AAAA-AAA9", "NM-AAAA-AAA5"]
    assert stores.near_misses.latest(0) == ()


def test_a_moment_in_another_zone_is_the_same_moment_when_read(stores: Stores) -> None:
    stores.near_misses.add(report(reported_at=NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))))
    assert stores.near_misses.latest(1)[0].reported_at == NOON


def test_a_moment_without_a_zone_is_refused(stores: Stores) -> None:
    with pytest.raises(TypeError):
        stores.near_misses.add(report(reported_at=NOON.replace(tzinfo=None)))


def test_a_receipt_that_is_taken_is_refused_without_quoting_the_report(stores: Stores) -> None:
    stores.near_misses.add(report())
    with pytest.raises(StoreError) as caught:
        stores.near_misses.add(report(reporter="U9999"))
    assert "U9999" not in str(caught.value)
    assert "NM-7F3K" not in str(caught.value)
    assert stores.near_misses.count() == 1


def test_raw_text_cannot_be_stored(stores: Stores) -> None:
    with pytest.raises(TypeError, match="scrubbed"):
        stores.near_misses.add(report(text="Nadia Okafor rang from 07700 900123"))
    with pytest.raises(TypeError, match="scrubbed"):
        stores.gaps.add("may I send Nadia Okafor's file", Verdict.ASK, NOON)  # type: ignore[arg-type]
    assert stores.near_misses.count() == 0
    assert stores.gaps.latest(5) == ()


@pytest.mark.parametrize(
    "changes", [{"reporter": "U0123", "reported_at": datetime(2026, 3, 4, tzinfo=UTC)}, {"reporter": None}]
)
def test_an_anonymous_report_with_a_reporter_or_a_time_is_refused(stores: Stores, changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="anonymous"):
        stores.near_misses.add(replace(report(), anonymous=True, **changes))  # type: ignore[arg-type]
    assert stores.near_misses.count() == 0


def test_a_digest_added_twice_is_remembered_once(stores: Stores) -> None:
    stores.allow_list.add("ab12", "phone")
    stores.allow_list.add("ab12", "phone")
    stores.allow_list.add("cd34", "email")
    assert stores.allow_list.digests() == frozenset({"ab12", "cd34"})


def test_a_gap_is_kept_with_its_day_only(stores: Stores) -> None:
    stores.gaps.add(ScrubbedText("can I send [name]’s file", 1), Verdict.NOT_COVERED, NOON)
    stores.gaps.add(ScrubbedText("may the gym see it", 0), Verdict.ASK, NOON + timedelta(days=1))
    newest, older = stores.gaps.latest(5)
    assert (newest.question.text, newest.verdict, newest.day) == ("may the gym see it", Verdict.ASK, date(2026, 3, 5))
    assert (older.question.removed, older.verdict, older.day) == (1, Verdict.NOT_COVERED, TODAY)
    assert len(stores.gaps.latest(1)) == 1
