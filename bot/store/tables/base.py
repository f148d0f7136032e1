"""The first tables, and what all tables share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Index, Integer, MetaData, String, Table, Text, false, text
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

MEASURED = ("kind", "already_sent", "channel", "stopped", "waited", "answered", "due", "material", "recipient")
"""Columns that are counted over a time."""

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
    Column("confidential", Boolean, nullable=False, server_default=false()),
    Column("hazard", Boolean, nullable=False, server_default=false()),
    Column("material", String(60), nullable=False, server_default=text("''")),
    Column("recipient", String(60), nullable=False, server_default=text("''")),
    Column("channel", String(60), nullable=False, server_default=text("''")),
    Column("said", String(20), nullable=False, server_default=text("''")),
    Column("stage", String(20), nullable=False, server_default=text("''")),
    Column("stopped", String(20), nullable=False, server_default=text("''")),
    Column("factors", String(300), nullable=False, server_default=text("''")),
    Column("waited", Integer, nullable=True),
    Column("code_digest", String(64), nullable=False, server_default=text("''")),
    Column("status", String(20), nullable=False, server_default="new"),
    Column("due", Date, nullable=True),
    Column("theme", String(16), nullable=False, server_default=text("''")),
    Column("decision", String(20), nullable=False, server_default=text("''")),
    Column("answered", Date, nullable=True),
    Column("lesson", String(32), nullable=False, server_default=text("''")),
    Column("announced", Boolean, nullable=False, server_default=false()),
    Index("ix_near_misses_status", "status", "due"),
    Index("ix_near_misses_kind", "kind", "reported_at"),
    Index("ix_near_misses_theme", "theme"),
    # Holds all that is measured, so that measures need not read the reports themselves.
    Index("ix_near_misses_measured", "reported_at", *MEASURED),
    Index("ix_near_misses_announced", "announced", "reported_at"),
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
