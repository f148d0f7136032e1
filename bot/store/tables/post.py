"""What is to be delivered, what is due, what was accepted: the tables.

A row is here while it waits and gone when it is done; what stays of it is a keyed digest in `post_keys`, so that
nothing happens twice. Nothing is kept in the order in which it came (see `base`).
"""

from sqlalchemy import Column, Date, Integer, LargeBinary, String, Table, Text

from bot.store.tables.base import UtcDateTime, metadata

post_keys = Table(
    "post_keys",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("sort", String(10), nullable=False),
    Column("settled_on", Date, nullable=True, index=True),
    Column("given_up", String(20), nullable=True),
    sqlite_with_rowid=False,
)

parcels = Table(
    "parcels",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("place", String(64), nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("due", UtcDateTime, nullable=True),
    Column("free_at", UtcDateTime, nullable=True),
    Column("tries", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

alarms = Table(
    "alarms",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("key", Text, nullable=False),
    Column("kind", String(80), nullable=False),
    Column("about", String(200), nullable=False, index=True),
    Column("due", UtcDateTime, nullable=False, index=True),
    Column("free_at", UtcDateTime, nullable=True),
    Column("tries", Integer, nullable=False),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("accepted_at", UtcDateTime, nullable=False),
    Column("free_at", UtcDateTime, nullable=False),
    Column("holder", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=True),
    sqlite_with_rowid=False,
)
