"""Takes away what the database's own files tell of the order in which things were written."""

from contextlib import closing

from sqlalchemy import Engine

from bot.store.failures import plain_errors


def blur(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, whose frames stand in the order in which they were written."""
    if engine.dialect.name == "sqlite":
        with plain_errors(), closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
