"""What waits between two presses: every process finds it, nobody else can read it, and it goes."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from bot.store import migrate
from bot.store.meanwhile import BLOCK, SqlMeanwhile
from bot.store.tables.meanwhile import meanwhile as table
from tests.databases import database_address, engine, postgres_address, postgres_server, sqlite_address  # noqa: F401

KEY = b"k" * 32
NOW = datetime(2026, 11, 16, 10, 5, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Slip:
    words: tuple[str, ...]
    at: datetime | None = None


SLIP = Slip(("Bronwen Pryce", "07700 900451"), NOW)


@pytest.fixture(autouse=True)
def tables(engine: Engine) -> None:
    migrate(engine)


def test_another_process_finds_it_until_its_time_is_over(engine: Engine) -> None:
    SqlMeanwhile(engine, KEY).put("draft", "a", SLIP, NOW, HOUR)
    other = SqlMeanwhile(engine, KEY)
    assert other.get("draft", "a", Slip, NOW + HOUR) == SLIP
    assert other.get("draft", "a", Slip, NOW + 2 * HOUR) is None
    assert other.get("word", "a", Slip, NOW) is None
    assert other.get("draft", "b", Slip, NOW) is None


def test_the_newest_value_stands_until_it_is_dropped(engine: Engine) -> None:
    here = SqlMeanwhile(engine, KEY)
    here.put("draft", "a", SLIP, NOW, HOUR)
    here.put("draft", "a", Slip(("later",)), NOW, HOUR)
    assert here.get("draft", "a", Slip, NOW) == Slip(("later",))
    here.drop("draft", "a")
    assert here.get("draft", "a", Slip, NOW) is None


def test_something_is_said_for_the_first_time_once_over_all_processes(engine: Engine) -> None:
    said = [SqlMeanwhile(engine, KEY).first("caught", "a", NOW, HOUR) for _ in range(3)]
    assert said == [True, False, False]
    assert SqlMeanwhile(engine, KEY).first("caught", "a", NOW + 2 * HOUR, HOUR)


def test_a_row_tells_neither_what_it_is_nor_when_it_came_nor_how_long_it_is(engine: Engine) -> None:
    here = SqlMeanwhile(engine, KEY)
    for number, minutes in enumerate((1, 17, 40)):
        value = Slip(("x" * 100 * number,), NOW)
        here.put("draft", f"secret{number}", value, NOW + timedelta(minutes=minutes), HOUR)
    with engine.connect() as connection:
        rows = connection.execute(select(table)).all()
    assert {row.until for row in rows} == {datetime(2026, 11, 16, 12, tzinfo=UTC)}
    assert len({len(row.content) for row in rows}) == 1
    assert len(rows[0].content) > BLOCK
    assert not any(raw in str(rows) for raw in ("secret", "xxx"))


def test_under_another_site_key_nothing_is_there(engine: Engine) -> None:
    SqlMeanwhile(engine, KEY).put("draft", "a", SLIP, NOW, HOUR)
    assert SqlMeanwhile(engine, b"z" * 32).get("draft", "a", Slip, NOW) is None


def test_what_is_over_is_deleted_by_whoever_keeps_something_next_and_by_a_purge(engine: Engine) -> None:
    here = SqlMeanwhile(engine, KEY)
    here.put("draft", "a", SLIP, NOW, HOUR)
    here.put("draft", "b", SLIP, NOW + 3 * HOUR, HOUR)
    with engine.connect() as connection:
        assert len(connection.execute(select(table)).all()) == 1
    assert (here.purge(NOW + 9 * HOUR), here.purge(NOW + 9 * HOUR)) == (1, 0)
