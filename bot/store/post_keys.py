"""What the post office remembers of what is done: keyed digests and the day, so that nothing happens twice."""

import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.failures import plain_errors
from bot.store.tables.post import post_keys

PURPOSE = b"sendcheck post keys v1"

FIRST_WAIT = 5.0
"""Seconds before something that failed is tried again; doubled each time, up to an hour."""
LONGEST_WAIT = 3600.0
LONGEST_ASKED = 86400.0
"""Most seconds that a platform may ask us to wait."""


class PostKeys:
    """The digests of one sort: parcels, alarms or events."""

    def __init__(self, site_key: bytes, sort: str, today: Callable[[], date]) -> None:
        self._key = hmac.digest(site_key, PURPOSE, "sha256")
        self._sort = sort
        self._today = today

    def mark(self, *parts: str) -> str:
        """A digest that tells nothing without the site key."""
        return hmac.new(self._key, json.dumps([self._sort, *parts]).encode(), sha256).hexdigest()

    def take(self, connection: Connection, mark: str) -> bool:
        """Whether this is the first time; a second process waits here until the first has committed."""
        make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        unless_there = make(post_keys).on_conflict_do_nothing(index_elements=["mark"]).returning(post_keys.c.mark)
        return connection.execute(unless_there, {"mark": mark, "sort": self._sort}).first() is not None

    def settle(self, connection: Connection, mark: str, given_up: str | None = None) -> None:
        """It is done, or given up on that platform: from this day on the digest ages."""
        values = {"settled_on": self._today(), "given_up": given_up}
        connection.execute(update(post_keys).where(post_keys.c.mark == mark).values(values))

    def purge(self, connection: Connection, before: date) -> int:
        """Delete digests of this sort that were settled before a day; gives how many."""
        old = (post_keys.c.sort == self._sort) & (post_keys.c.settled_on < before)
        return connection.execute(delete(post_keys).where(old)).rowcount


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that has the write lock from its start on SQLite; raises StoreError."""
    with plain_errors(), engine.connect() as connection:
        connection = connection.execution_options(immediate=True)
        with connection.begin():
            yield connection


def wait_before(tries: int, chance: float, asked: float | None = None) -> timedelta:
    """How long to wait after so many tries; `chance` in 0..1 spreads those that failed together."""
    grown = min(FIRST_WAIT * 2.0 ** min(tries, 30), LONGEST_WAIT) * (0.5 + chance / 2)
    # What the platform asked for is the least; spread too, so that not all come back in the same second.
    wished = 0.0 if asked is None else min(max(asked, 0.0), LONGEST_ASKED) * (1 + chance / 10)
    return timedelta(seconds=max(grown, wished))
