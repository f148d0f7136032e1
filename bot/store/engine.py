"""Opens the database: which one, and how each is set up."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingError, StoreError

BUSY_SECONDS = 15
"""How long one writer waits for another on SQLite."""

CONNECT_SECONDS = 5
"""How long to wait for a PostgreSQL server that does not answer."""


def open_engine(address: str) -> Engine:
    """Make an engine for a SQLite or PostgreSQL address; it connects on first use. Raises SettingError, StoreError."""
    url = _url(address)
    # Errors of SQLAlchemy quote the values of the statement unless told not to.
    if url.get_backend_name() == "postgresql":
        return create_engine(
            url, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS}
        )
    _make_folder(url)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def rehearse(engine: Engine) -> None:
    """From now on nothing that is done with this engine is kept: what would be committed is undone instead."""
    event.listen(engine, "commit", _undo)


def rehearsing(engine: Engine) -> bool:
    """Whether nothing is kept; then nothing outside the database may be written either."""
    return event.contains(engine, "commit", _undo)


def _undo(connection: Connection) -> None:
    connection.connection.rollback()


def _url(address: str) -> URL:
    # Heroku-style platforms still hand out postgres://, which SQLAlchemy no longer takes.
    if address.startswith("postgres://"):
        address = "postgresql://" + address.removeprefix("postgres://")
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # The text of that error holds the address, and the address may hold a password.
        raise SettingError("DATABASE_URL: not a database address") from None
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite")
    raise SettingError("DATABASE_URL: must be a PostgreSQL or SQLite address")


def _make_folder(url: URL) -> None:
    if url.database is None or url.database in {"", ":memory:"}:
        raise SettingError("DATABASE_URL: name a file for SQLite")
    try:
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The folder may be an open one that was there before; SQLite gives its other files the rights of this one.
        if not url.database.startswith("file:") and not Path(url.database).exists():
            Path(url.database).touch(mode=0o600)
    except OSError as error:
        raise StoreError("The database cannot be reached: its folder cannot be made.") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # sqlite3 then leaves transactions to us, so that changes to tables can be rolled back as well.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is purged is overwritten, not only unlinked
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
