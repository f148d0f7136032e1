"""What the store of reports promises when several people write at once, on SQLite and on PostgreSQL."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from bot.domain.nearmiss import AlreadySent, NearMiss, NearMissKind, Note, Reporter, ScrubbedText, Status, Step
from bot.domain.people import Person, Place
from bot.store import migrate
from bot.store.lessons import SqlGoodCatches
from bot.store.reports import SqlReports
from bot.store.sealed import Sealer
from tests.databases import database_address, engine, postgres_address, postgres_server, sqlite_address  # noqa: F401

DAY = date(2026, 3, 4)
REPORT = NearMiss(
    "NM-7F3K-92QD",
    NearMissKind.OTHER,
    ScrubbedText("it was stopped"),
    AlreadySent.FALSE,
    anonymous=False,
    reported_at=datetime(2026, 3, 4, 9, tzinfo=UTC),
)
ANNA = Reporter(Person("slack", "U0ANNA77", Place("slack", "D0ANNA77")), "Anna Example")


@pytest.fixture
def store(engine: Engine) -> SqlReports:
    migrate(engine)
    made = SqlReports(engine, Sealer(b"a site key for tests of this store"))
    made.file(REPORT, ANNA, DAY)
    return made


def test_notes_that_are_written_at_once_are_all_kept_each_with_its_own_number(store: SqlReports) -> None:
    def write(number: int) -> int:
        return store.note(REPORT.receipt, Note("team", Step.ASKED, ScrubbedText(f"question {number}"), DAY))

    with ThreadPoolExecutor(4) as pool:
        turns = list(pool.map(write, range(12)))
    assert sorted(turns) == list(range(1, 13))
    assert [note.turn for note in store.notes(REPORT.receipt)] == list(range(1, 13))


def test_of_several_who_decide_at_once_one_is_first(store: SqlReports) -> None:
    def decide(_: int) -> bool:
        return store.mark(REPORT.receipt, unless=(Status.DECIDED,), status="decided", answered=DAY)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(decide, range(8))) == [False] * 7 + [True]


def test_good_catches_counted_at_once_are_all_counted(engine: Engine, store: SqlReports) -> None:
    catches = SqlGoodCatches(engine)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: catches.count_one(DAY, ("all", "other")), range(10)))
    assert catches.between(DAY, DAY) == {"all": 10, "other": 10}


def test_who_reported_comes_back_from_its_seal_until_it_is_forgotten(store: SqlReports) -> None:
    assert store.reporter(REPORT.receipt) == ANNA
    store.forget_reporter(REPORT.receipt)
    assert store.reporter(REPORT.receipt) is None


def test_an_anonymous_report_with_a_reporter_is_refused(store: SqlReports) -> None:
    from dataclasses import replace

    hidden = replace(REPORT, receipt="NM-2222-3333", anonymous=True, reported_at=datetime(2026, 3, 4, tzinfo=UTC))
    with pytest.raises(ValueError, match="anonymous"):
        store.file(hidden, ANNA, DAY)
    assert store.find("NM-2222-3333") is None
