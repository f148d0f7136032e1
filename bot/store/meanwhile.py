"""What waits for minutes or hours between two presses, in the database: sealed, and gone after a while.

A row tells nothing of what it is, whose, how long or when: its key is a keyed digest, its content sealed and as long as
many others, its end a full hour. So a draft of an anonymous report leads neither to a person nor to a time.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import StoreError
from bot.store.answers import upsert
from bot.store.blur import blur
from bot.store.failures import plain_errors
from bot.store.sealed import Sealer
from bot.store.tables.meanwhile import meanwhile as table

SWEEP = timedelta(minutes=10)
"""How often a process deletes what is past its time; a purge and the other processes do as well."""

BLOCK = 2048
"""Contents are filled up to a multiple of so many bytes, so that their length does not tell them apart."""

T = TypeVar("T")
_HOUR = timedelta(hours=1)


class SqlMeanwhile:
    """Values by kind and key."""

    def __init__(self, engine: Engine, site_key: bytes) -> None:
        self._engine = engine
        self._site_key = site_key
        self._sealer = Sealer(site_key)
        self._swept: datetime | None = None
        self._lock = Lock()

    def put(self, kind: str, key: str, value: object, now: datetime, keep: timedelta) -> None:
        """Keep a value at least so long, in place of the one kept before; raises StoreError."""
        self._sweep(now)
        with plain_errors(), self._engine.begin() as connection:
            upsert(connection, table, self._row(kind, key, value, now + keep), "mark")

    def get(self, kind: str, key: str, shape: type[T], now: datetime) -> T | None:
        """The value, if it is still kept; raises StoreError."""
        wanted = select(table.c.content).where(table.c.mark == self._mark(kind, key), table.c.until > now)
        with plain_errors(), self._engine.connect() as connection:
            found = connection.execute(wanted).scalar_one_or_none()
        if found is None:
            return None
        try:
            value: T = _shape(shape).validate_json(self._sealer.open(bytes(found)))
        except (StoreError, ValueError):  # sealed under another key, or written by another version: it is gone
            return None
        return value

    def drop(self, kind: str, key: str) -> None:
        """Delete a value; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(delete(table).where(table.c.mark == self._mark(kind, key)))
        blur(self._engine)  # the draft of an anonymous report goes right after the report came

    def first(self, kind: str, key: str, now: datetime, keep: timedelta) -> bool:
        """Whether nobody has said this before, in any process; raises StoreError."""
        row = self._row(kind, key, True, now + keep)
        make = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        once = make(table).values(row).on_conflict_do_nothing(index_elements=["mark"]).returning(table.c.mark)
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(delete(table).where(table.c.mark == row["mark"], table.c.until <= now))
            return connection.execute(once).first() is not None

    def purge(self, now: datetime) -> int:
        """Delete what is past its time; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            return int(connection.execute(delete(table).where(table.c.until <= now)).rowcount)

    def _sweep(self, now: datetime) -> None:
        with self._lock:
            if self._swept is not None and now - self._swept < SWEEP:
                return
            self._swept = now
        self.purge(now)

    def _row(self, kind: str, key: str, value: object, until: datetime) -> dict[str, Any]:
        content = _shape(type(value)).dump_json(value)
        filled = content.ljust(-(-len(content) // BLOCK) * BLOCK)
        return {"mark": self._mark(kind, key), "until": _full_hour(until), "content": self._sealer.seal(filled)}

    def _mark(self, kind: str, key: str) -> str:
        return hmac.new(self._site_key, f"meanwhile\0{kind}\0{key}".encode(), hashlib.sha256).hexdigest()


def _full_hour(moment: datetime) -> datetime:
    """That hour, or the next one."""
    hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour if hour == moment else hour + _HOUR


_shapes: dict[Any, TypeAdapter[Any]] = {}


def _shape(shape: Any) -> TypeAdapter[Any]:
    if shape not in _shapes:
        _shapes[shape] = TypeAdapter(shape)
    return _shapes[shape]
