"""Physical media and paper on their way: the tables."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from bot.store.tables.base import UtcDateTime, metadata

dispatches = Table(
    "dispatches",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("state", String(10), nullable=False, index=True),
    Column("channel", String(20), nullable=False),
    Column("what", Text, nullable=False),
    Column("destination", Text, nullable=False),
    Column("bag", String(40), nullable=False),
    Column("encrypted", String(10), nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("expected_at", UtcDateTime, nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("watch", String(10), nullable=False),
    Column("attended", Boolean, nullable=False),
    Column("sent_at", UtcDateTime, nullable=True),
    Column("settled_at", UtcDateTime, nullable=True, index=True),
    Column("delays", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("incident", String(12), nullable=False),
    # Where the sender can be told: sealed, and emptied when it is settled.
    Column("sender", Text, nullable=True),
    sqlite_with_rowid=False,
)
