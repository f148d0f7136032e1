"""What waits for minutes or hours: the table."""

from sqlalchemy import Column, LargeBinary, String, Table

from bot.store.tables.base import UtcDateTime, metadata

meanwhile = Table(
    "meanwhile",
    metadata,
    Column("mark", String(64), primary_key=True),  # keyed digest
    Column("until", UtcDateTime, nullable=False, index=True),  # a full hour
    Column("content", LargeBinary, nullable=False),  # sealed
    sqlite_with_rowid=False,
)
