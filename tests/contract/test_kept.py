"""What platforms keep comes back whole and lies sealed, in both databases."""

import pytest
from sqlalchemy import Engine, select

from bot.store import migrate
from bot.store.kept import SqlKept
from bot.store.sealed import Sealer
from bot.store.tables.kept import kept as table
from tests.databases import database_address, engine, postgres_address, postgres_server, sqlite_address  # noqa: F401


@pytest.fixture
def store(engine: Engine) -> SqlKept:  # noqa: F811
    migrate(engine)
    return SqlKept(engine, Sealer(b"k" * 32))


def test_a_value_comes_back_whole_and_a_newer_one_takes_its_place(store: SqlKept) -> None:
    store.put("slack", "T1", b"xoxb-one")
    store.put("slack", "T1", b"xoxb-two")
    assert store.get("slack", "T1") == b"xoxb-two"


def test_a_value_lies_sealed_in_the_database(store: SqlKept, engine: Engine) -> None:  # noqa: F811
    store.put("slack", "T1", b"xoxb-secret")
    with engine.connect() as connection:
        assert b"xoxb-secret" not in bytes(connection.execute(select(table.c.value)).scalar_one())


def test_kinds_are_apart_and_a_dropped_value_is_gone(store: SqlKept) -> None:
    store.put("slack", "T1", b"one")
    store.put("teams", "T1", b"two")
    store.drop("slack", "T1")
    assert store.get("slack", "T1") is None
    assert store.keys("teams") == ("T1",)
