"""Migrations: equal to the tables, once only, quick when there is nothing to do."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from bot.errors import StoreError
from bot.store import is_current, migrate, open_engine
from bot.store.migrate import HEAD, SCRIPTS
from bot.store.tables import metadata
from tests.databases import (  # noqa: F401
    database_address,
    engine,
    postgres_address,
    postgres_server,
    sqlite_address,
)

MIGRATE = "import sys; from bot.store import migrate, open_engine; print(migrate(open_engine(sys.argv[1])))"


def test_migrations_and_tables_say_the_same(engine: Engine) -> None:
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_known_head_is_the_newest_file_and_the_line_has_no_branches() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_second_migration_does_nothing(engine: Engine) -> None:
    assert not is_current(engine)
    assert migrate(engine) is True
    assert is_current(engine)
    assert migrate(engine) is False


def test_several_processes_that_start_at_once_migrate_once(database_address: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, database_address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    ended = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0, 0], [err for _, err in ended]
    assert sorted(out.strip() for out, _ in ended) == ["False", "False", "False", "True"]


def test_a_failing_migration_leaves_nothing_behind(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE gaps (id INTEGER)"))
    with pytest.raises(StoreError):
        migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE gaps"))
    assert migrate(engine) is True


def test_a_database_of_a_newer_version_is_named_as_such(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        migrate(engine)


def test_migrating_leaves_no_file_beside_the_database(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'deep' / 'er' / 'sendcheck.db'}")
    migrate(engine)
    engine.dispose()
    assert [file.name for file in (tmp_path / "deep" / "er").iterdir()] == ["sendcheck.db"]
