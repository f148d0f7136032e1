"""Nothing that identifies anybody reaches the bytes of the database file or the logs; anonymous means anonymous."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.domain.verdict import Verdict
from bot.nearmiss.record import file_report
from bot.nearmiss.scrub import Scrubber
from bot.store import SqlAllowList, SqlGapLog, SqlNearMissStore, migrate, open_engine

NOW = datetime(2026, 3, 4, 9, 41, 27, 613000, tzinfo=UTC)
# Values that need no recogniser of names: the test is of the store, and of what may never get as far as the store.
VALUES = ["07700 900451", "01AB1234526", "keisha.c@example.org", "QQ123456C", "Zielinski"]
TEXT = (
    "I nearly sent the MG11 of Tomasz Zielinski (07700 900451, keisha.c@example.org, NI QQ123456C, URN 01AB1234526) "
    "to the wrong solicitor"
)


def bytes_of(folder: Path) -> bytes:
    """Every byte of the database and of the files beside it, before they are tidied away on closing and after."""
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def found_in(haystack: bytes, values: list[str]) -> int:
    """How many values are there in any usual encoding; a number, so that a failing test prints no value."""
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return sum(
        any(value.encode(encoding).lower() in haystack.lower() for encoding in encodings)
        or json.dumps(value)[1:-1].encode() in haystack
        for value in values
    )


def test_no_raw_value_reaches_the_database_file_or_the_logs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    engine = open_engine(f"sqlite:///{tmp_path / 'sendcheck.db'}")
    migrate(engine)
    scrubber = Scrubber(lambda _: [])
    report = file_report(TEXT, None, False, ("person_name", "phone"), SqlNearMissStore(engine), scrubber, NOW)
    SqlGapLog(engine).add(scrubber.scrub(TEXT), Verdict.NOT_COVERED, NOW)
    open_bytes = bytes_of(tmp_path)
    engine.dispose()
    assert report.receipt.encode() in open_bytes
    assert found_in(open_bytes + bytes_of(tmp_path), VALUES) == 0
    assert found_in(caplog.text.encode(), VALUES) == 0
    assert found_in(TEXT.encode(), VALUES) == len(VALUES)  # the search itself finds what is there


def test_an_anonymous_report_leaves_no_user_and_no_time_in_the_file(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'sendcheck.db'}")
    migrate(engine)
    store = SqlNearMissStore(engine)
    for number in range(3):
        now = NOW + timedelta(minutes=number)
        file_report(TEXT, None, True, (), store, Scrubber(lambda _: []), now, reporter="U0KEISHA77")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT reporter, reported_at, anonymous FROM near_misses")).all()
    kept = bytes_of(tmp_path)
    engine.dispose()
    assert [tuple(row) for row in rows] == [(None, "2026-03-04 00:00:00.000000", 1)] * 3
    assert b"U0KEISHA77" not in kept
    assert b"09:41" not in kept
    assert b"09:42" not in kept


def test_the_order_of_arrival_is_not_kept(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'sendcheck.db'}")
    migrate(engine)
    store = SqlNearMissStore(engine)
    for receipt in ("NM-MMMM-MMMM", "NM-ZZZZ-ZZZZ", "NM-AAAA-AAAA"):
        file_report("it was stopped", None, True, (), store, Scrubber(lambda _: []), NOW, iter([receipt]).__next__)
    with engine.connect() as connection:
        stored = connection.execute(text("SELECT receipt FROM near_misses")).scalars().all()
        tables = [name for name in inspect(engine).get_table_names() if name != "alembic_version"]
        hidden = [
            connection.execute(text("SELECT wr FROM pragma_table_list(:t)"), {"t": name}).scalar() for name in tables
        ]
    engine.dispose()
    assert stored == ["NM-AAAA-AAAA", "NM-MMMM-MMMM", "NM-ZZZZ-ZZZZ"]
    assert hidden == [1] * len(tables)  # no hidden row numbers in any table


def test_the_allow_list_keeps_digest_category_and_day_and_nothing_else(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'sendcheck.db'}")
    migrate(engine)
    SqlAllowList(engine, NOW.date).add("ab12", "phone")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM allowed_values")).mappings().all()
    engine.dispose()
    assert [dict(row) for row in rows] == [{"digest": "ab12", "category": "phone", "added": "2026-03-04"}]


def test_text_that_was_stored_stays_out_of_errors_when_the_disc_refuses(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'sendcheck.db'}")
    migrate(engine)
    store = SqlNearMissStore(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE near_misses"))
    with pytest.raises(Exception, match="database") as caught:
        file_report(TEXT, None, False, (), store, Scrubber(lambda _: []), NOW, reporter="U0KEISHA77")
    chain = repr(caught.value) + repr(caught.value.__cause__) + str(caught.value.__cause__)
    assert "wrong solicitor" not in chain
    assert "U0KEISHA77" not in chain
