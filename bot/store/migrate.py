"""Brings the database to the tables of this version; safe when several processes start at once."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from bot.errors import StoreError
from bot.store.failures import plain_errors

HEAD = "0008"
"""The newest migration; a test compares it with the folder. Known here so that a start need not load Alembic."""

SCRIPTS = Path(__file__).parent / "migrations"

LOCK = 0x5E4DC4EC
"""Number of the PostgreSQL advisory lock that one migrating process holds."""


def migrate(engine: Engine) -> bool:
    """Bring the tables up to date; True when anything was done. Raises StoreError."""
    if is_current(engine):
        return False
    with plain_errors(), engine.connect() as connection:
        # On SQLite the write lock is taken before the first look, so a second process waits here.
        connection = connection.execution_options(immediate=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            if _revision(connection) == HEAD:
                return False
            _upgrade(connection)
            return True


def is_current(engine: Engine) -> bool:
    """Whether the tables are those of this version; raises StoreError when the database cannot be reached."""
    with plain_errors(), engine.connect() as connection:
        return _revision(connection) == HEAD


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    # Loaded here because Alembic takes longer to load than most starts need.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            "The database was made by a newer version of sendcheck. Install that version, or use another database."
        ) from error
