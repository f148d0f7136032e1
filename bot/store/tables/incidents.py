"""Breaches, their clocks, and the register: the tables."""

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from bot.store.tables.base import UtcDateTime, metadata

# The register itself. Nothing here is ever updated, but for one thing: a purge empties `body`, and the tombstone that
# the purge appends says so. `digest` stands for the body in the chain, so the chain stays whole.
register_entries = Table(
    "register_entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("incident", String(12), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("what", String(20), nullable=False),
    Column("body", Text, nullable=True),
    Column("digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    sqlite_with_rowid=False,
)

# What the entries say together, for lists and searches; the audit compares it with them.
incidents = Table(
    "incidents",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("source", String(64), nullable=True, unique=True),
    Column("opened_at", UtcDateTime, nullable=False, index=True),
    Column("aware_at", UtcDateTime, nullable=False),
    Column("ticking", Boolean, nullable=False),
    Column("hold", Boolean, nullable=False),
    Column("closed_at", UtcDateTime, nullable=True, index=True),
    Column("fields", Text, nullable=False),
    Column("words", Text, nullable=False),
    sqlite_with_rowid=False,
)
