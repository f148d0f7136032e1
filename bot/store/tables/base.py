"""The first tables, and what all tables share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite has no time zones, so it is stored there without one and read back with it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: it would be read back as another moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("A stored moment needs a time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC, whatever zone the server session is in."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Keyed by random values and without SQLite's hidden row numbers: the order of arrival would tie an anonymous report to
# the exact time of the named report stored next to it.
near_misses = Table(
    "near_misses",
    metadata,
    Column("receipt", String(16), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("scrubbed_text", Text, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("already_sent", String(10), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("reported_at", UtcDateTime, nullable=False, index=True),
    Column("reporter", String(200), nullable=True),
    Column("finding_categories", JSON, nullable=False),
    sqlite_with_rowid=False,
)

allowed_values = Table(
    "allowed_values",
    metadata,
    Column("digest", String(128), primary_key=True),
    Column("category", String(40), nullable=False),
    Column("added", Date, nullable=False),
    sqlite_with_rowid=False,
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("scrubbed_question", Text, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("day", Date, nullable=False, index=True),
    sqlite_with_rowid=False,
)
