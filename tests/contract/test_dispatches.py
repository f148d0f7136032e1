"""What the store of dispatches promises, on SQLite and on PostgreSQL."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.domain.dispatch import Dispatch, DispatchState
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.store import migrate
from bot.store.dispatches import SqlDispatches
from bot.store.sealed import Sealer
from tests.databases import database_address, engine, postgres_address, postgres_server, sqlite_address  # noqa: F401

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
SENDER = Place("slack", "D-SECRET-PLACE")


@pytest.fixture
def store(engine: Engine) -> SqlDispatches:
    migrate(engine)
    return SqlDispatches(engine, Sealer(b"k" * 32))


def planned(code: str = "DP-7F3K-92QD", **changes: object) -> Dispatch:
    made = Dispatch(
        code=code,
        state=DispatchState.PLANNED,
        channel="courier",
        what=ScrubbedText("three discs"),
        destination=ScrubbedText("Brighton, exhibits clerk"),
        bag="TE123456",
        encrypted="yes",
        agreed=True,
        expected_at=NOW + timedelta(days=1),
        created_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_dispatch_comes_back_whole(store: SqlDispatches) -> None:
    store.add(planned(), SENDER)
    assert store.get("DP-7F3K-92QD") == planned()
    assert store.get("DP-2222-2222") is None
    assert store.sender("DP-7F3K-92QD") == SENDER


def test_raw_text_is_refused(store: SqlDispatches) -> None:
    with pytest.raises(TypeError):
        store.add(planned(what="raw"), None)
    with pytest.raises(TypeError):
        store.add(planned(bag="the bag of a named person"), None)


def test_the_place_of_the_sender_is_sealed_and_goes_when_it_is_settled(store: SqlDispatches, engine: Engine) -> None:
    store.add(planned(), SENDER)
    with engine.connect() as connection:
        assert "SECRET" not in str(connection.execute(text("SELECT * FROM dispatches")).all())
    received = planned(state=DispatchState.RECEIVED, settled_at=NOW)
    assert store.change(received, DispatchState.PLANNED)
    assert store.sender("DP-7F3K-92QD") is None


def test_of_two_who_change_it_at_once_one_is_told(store: SqlDispatches) -> None:
    store.add(planned(), None)
    assert store.change(planned(state=DispatchState.RECEIVED, settled_at=NOW), DispatchState.PLANNED)
    assert not store.change(planned(state=DispatchState.LOST, settled_at=NOW), DispatchState.PLANNED)
    found = store.get("DP-7F3K-92QD")
    assert found is not None
    assert found.state is DispatchState.RECEIVED


def test_open_ones_come_first_the_most_urgent_of_them_first(store: SqlDispatches) -> None:
    store.add(planned("DP-AAAA-AAAA", state=DispatchState.RECEIVED, settled_at=NOW), None)
    store.add(planned("DP-BBBB-BBBB", expected_at=NOW + timedelta(days=3)), None)
    store.add(planned("DP-CCCC-CCCC", expected_at=NOW - timedelta(days=3), state=DispatchState.SENT), None)
    newer = planned("DP-DDDD-DDDD", state=DispatchState.LOST, settled_at=NOW, created_at=NOW + timedelta(days=1))
    store.add(newer, None)
    assert [one.code[3] for one in store.listed(10)] == ["C", "B", "D", "A"]
    assert [one.code[3] for one in store.listed(2, 1)] == ["B", "D"]
    assert [one.code[3] for one in store.awaited()] == ["C", "B"]


def test_a_purge_takes_what_was_settled_before_and_nothing_else(store: SqlDispatches) -> None:
    store.add(planned("DP-AAAA-AAAA", state=DispatchState.RECEIVED, settled_at=NOW), None)
    store.add(planned("DP-BBBB-BBBB"), None)
    assert store.purge(NOW) == 0
    assert store.purge(NOW + timedelta(seconds=1)) == 1
    assert store.get("DP-BBBB-BBBB") is not None


def test_nothing_of_it_is_written_beside_the_database(store: SqlDispatches, tmp_path: Path) -> None:
    store.add(planned(), SENDER)
    assert not any(b"SECRET" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
