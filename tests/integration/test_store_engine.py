"""Opening databases: spellings, set-up, and what is said when one cannot be reached."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from bot.domain.nearmiss import AlreadySent, NearMiss, NearMissKind, ScrubbedText
from bot.errors import SettingError, StoreError
from bot.store import SqlNearMissStore, migrate, open_engine
from tests.databases import (  # noqa: F401
    database_address,
    engine,
    postgres_address,
    postgres_server,
    sqlite_address,
)


def report(receipt: str) -> NearMiss:
    text = ScrubbedText("stopped before it went", 0)
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    return NearMiss(receipt, NearMissKind.OTHER, text, AlreadySent.FALSE, anonymous=False, reported_at=noon)


@pytest.mark.parametrize(
    "spelling", ["postgres://", "postgresql://", "postgresql+psycopg://", "postgresql+psycopg2://"]
)
def test_every_spelling_of_a_postgresql_address_is_taken(postgres_address: str, spelling: str) -> None:
    engine = open_engine(spelling + postgres_address.split("://", 1)[1])
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    assert engine.driver == "psycopg"
    engine.dispose()


@pytest.mark.parametrize("address", ["mysql://u:hunter2@h/d", "hunter2 and more", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_cannot_be_used_names_the_setting_and_not_its_value(address: str) -> None:
    with pytest.raises(SettingError, match="DATABASE_URL") as caught:
        open_engine(address)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_server_that_is_away_is_said_plainly_without_the_address() -> None:
    engine = open_engine("postgresql://someone:hunter2@127.0.0.1:1/none")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        migrate(engine)
    assert "hunter2" not in str(caught.value)
    assert not caught.value.permanent


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be reached"):
        open_engine(f"sqlite:///{tmp_path / 'file' / 'sendcheck.db'}")


def test_nobody_else_on_the_machine_reads_a_new_database(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    engine = open_engine(f"sqlite:///{tmp_path / 'sendcheck.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tried (x)"))
        files = list(tmp_path.glob("sendcheck.db*"))
        assert len(files) == 3
        assert [file.stat().st_mode & 0o077 for file in files] == [0, 0, 0]
    engine.dispose()


def test_reading_before_migrating_is_a_store_error(engine: Engine) -> None:
    with pytest.raises(StoreError):
        SqlNearMissStore(engine).latest(1)


def test_sqlite_writes_ahead_waits_its_turn_and_keeps_foreign_keys(sqlite_address: str) -> None:
    engine = open_engine(sqlite_address)
    with engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "secure_delete")
        }
    engine.dispose()
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 15000, "secure_delete": 1}


def test_writers_in_several_threads_all_get_through(engine: Engine) -> None:
    migrate(engine)
    store = SqlNearMissStore(engine)

    def write(writer: int) -> None:
        for number in range(20):
            store.add(report(f"NM-{writer}-{number}"))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 80


def test_an_error_of_the_database_shows_no_values(engine: Engine) -> None:
    migrate(engine)
    statement = text("INSERT INTO allowed_values (digest, category, added) VALUES (:digest, :category, NULL)")
    with pytest.raises(IntegrityError) as caught, engine.begin() as connection:
        connection.execute(statement, {"digest": "very-secret", "category": "phone"})
    assert caught.value.hide_parameters


def test_a_refused_write_prints_no_cause_that_could_quote_the_row(engine: Engine) -> None:
    migrate(engine)
    store = SqlNearMissStore(engine)
    store.add(report("NM-7F3K-92QD"))
    with pytest.raises(StoreError) as caught:
        store.add(report("NM-7F3K-92QD"))
    assert caught.value.__suppress_context__
