"""Small secrets of platforms: the table."""

from sqlalchemy import Column, LargeBinary, String, Table

from bot.store.tables.base import metadata

kept = Table(
    "kept",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("value", LargeBinary, nullable=False),  # sealed
    sqlite_with_rowid=False,
)
