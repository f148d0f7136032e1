"""The outbox and the alarms in the database: each parcel and alarm once, whichever process is first.

A claim takes a lease; what a process that died had claimed is free again when the lease ends. PostgreSQL skips rows
that another process is claiming at the moment; on SQLite one process claims at a time.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import SystemRandom
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Table, delete, func, insert, or_, select, text, update

from bot.domain.card import Card
from bot.domain.card_json import card_json, card_of
from bot.domain.component import Alarm
from bot.domain.people import Place
from bot.domain.ports.post import DeliveryError, Parcel
from bot.errors import StoreError
from bot.store.failures import plain_errors
from bot.store.post_keys import PostKeys, wait_before, writing
from bot.store.sealed import Sealer
from bot.store.tables.post import alarms, parcels, post_keys

KEEP_KEYS = timedelta(days=400)
"""How long it is remembered that something was sent or went off: longer than a year, for what comes once a year."""

MOST_TRIES = 150
"""Tries before a card is given up: over four days, as RFC 5321 4.5.4.1 asks of mail."""

LATE = timedelta(minutes=15)
"""An alarm that was due so long ago is stuck: its handler fails, or no worker runs."""

chance = SystemRandom().random


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


class SqlOutbox:
    """Cards on their way; content and place are sealed, and deleted with the row on delivery."""

    def __init__(
        self,
        engine: Engine,
        site_key: bytes,
        today: Callable[[], date] = today,
        chance: Callable[[], float] = chance,
    ) -> None:
        self._engine = engine
        self._keys = PostKeys(site_key, "parcel", today)
        self._sealer = Sealer(site_key)
        self._chance = chance

    def send(self, card: Card, to: Iterable[Place], key: str, not_before: datetime | None = None) -> None:
        """Queue a card for each place, once for ever by key and place; raises StoreError."""
        made = card_json(card)
        # The same order in every process, so that two never wait for one another.
        places = sorted({self._keys.mark("place", one.platform, one.id): one for one in to}.items())
        with writing(self._engine) as connection:
            for place_mark, place in places:
                if connection.dialect.name == "postgresql":
                    number = int(place_mark[:15], 16)
                    connection.execute(text("SELECT pg_advisory_xact_lock(:place)"), {"place": number})
                mark = self._mark(key, place)
                if self._keys.take(connection, mark):
                    content = {"key": key, "card": made, "platform": place.platform, "place": place.id}
                    row = {
                        "mark": mark,
                        "platform": place.platform,
                        "place": place_mark,
                        "turn": self._next_turn(connection, place_mark),
                        "due": not_before,
                        "tries": 0,
                        "content": self._sealer.seal(json.dumps(content).encode()),
                    }
                    connection.execute(insert(parcels), row)

    def claim(
        self, now: datetime, most: int, lease_seconds: int = 60, platforms: Collection[str] | None = None
    ) -> Sequence[Parcel]:
        """Take parcels that are due, the first of each place; of these platforms only, if they are named.

        A place's next parcel can be claimed when the one before it is delivered or given up, so that none overtakes.
        """
        ready = [_due(parcels, now), _free(parcels, now), ~_after_another(now)]
        if platforms is not None:
            ready.append(parcels.c.platform.in_(platforms))
        rows = _claim(self._engine, parcels, ready, parcels.c.tries, now, most, lease_seconds)
        opened = [self._open(row) for row in rows]
        return tuple(parcel for parcel in opened if parcel)

    def delivered(self, parcel: Parcel) -> None:
        """It arrived: its row is deleted, and a digest of its key stays."""
        self._end(self._mark(parcel.key, parcel.place))

    def failed(self, parcel: Parcel, now: datetime, error: DeliveryError) -> None:
        """It did not: it is tried again later with growing waits, or given up when `error` is permanent."""
        mark = self._mark(parcel.key, parcel.place)
        if error.permanent or parcel.tries + 1 >= MOST_TRIES:
            self._end(mark, given_up=parcel.place.platform)
            return
        later = now + wait_before(parcel.tries, self._chance(), error.retry_after)
        # Only while it is still this try: a process that lost its lease must not disturb the one that has it.
        this_try = (parcels.c.mark == mark) & (parcels.c.tries == parcel.tries + 1)
        with writing(self._engine) as connection:
            connection.execute(update(parcels).where(this_try).values(free_at=later))

    def waiting(self) -> Mapping[str, int]:
        """How many parcels wait, by platform; raises StoreError."""
        return _counted(self._engine, parcels.c.platform)

    def given_up(self, since: date) -> Mapping[str, int]:
        """How many could not be delivered since a day, by platform; raises StoreError."""
        where = (post_keys.c.sort == "parcel", post_keys.c.settled_on >= since)
        return _counted(self._engine, post_keys.c.given_up, *where)

    def purge(self, now: datetime) -> int:
        """Forget what was settled long ago; gives how many digests went."""
        with writing(self._engine) as connection:
            return self._keys.purge(connection, (now - KEEP_KEYS).date())

    def _mark(self, key: str, place: Place) -> str:
        return self._keys.mark(key, place.platform, place.id)

    def _next_turn(self, connection: Connection, place: str) -> int:
        last = connection.execute(select(func.max(parcels.c.turn)).where(parcels.c.place == place)).scalar()
        return (last or 0) + 1

    def _open(self, row: Row[Any]) -> Parcel | None:
        try:
            made = json.loads(self._sealer.open(row.content))
        except StoreError:
            # Sealed under another site key: it can never be read, and must not hold up what comes after it.
            self._end(row.mark, given_up=row.platform)
            return None
        return Parcel(made["key"], card_of(made["card"]), Place(made["platform"], made["place"]), row.tries)

    def _end(self, mark: str, given_up: str | None = None) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(parcels).where(parcels.c.mark == mark))
            self._keys.settle(connection, mark, given_up)


class SqlAlarms:
    """Moments at which something must happen; the row goes when it has happened or was called off."""

    def __init__(
        self,
        engine: Engine,
        site_key: bytes,
        today: Callable[[], date] = today,
        chance: Callable[[], float] = chance,
    ) -> None:
        self._engine = engine
        self._keys = PostKeys(site_key, "alarm", today)
        self._chance = chance

    def set(self, key: str, kind: str, about: str, due: datetime) -> None:
        """Set an alarm; an alarm of that key that went off or was cancelled stays so, one not yet due is moved."""
        mark = self._keys.mark(key)
        values = {"kind": kind, "about": about, "due": due}
        with writing(self._engine) as connection:
            if self._keys.take(connection, mark):
                connection.execute(insert(alarms), {"mark": mark, "key": key, "tries": 0, **values})
            else:
                untouched = (alarms.c.mark == mark) & (alarms.c.tries == 0)
                connection.execute(update(alarms).where(untouched).values(values))

    def cancel(self, about: str, kind: str | None = None) -> None:
        """Call off what is still to come about something."""
        chosen = alarms.c.about == about
        if kind is not None:
            chosen &= alarms.c.kind == kind
        with writing(self._engine) as connection:
            for mark in connection.execute(delete(alarms).where(chosen).returning(alarms.c.mark)).scalars().all():
                self._keys.settle(connection, mark)

    def claim(self, now: datetime, most: int, lease_seconds: int = 60) -> Sequence[Alarm]:
        """Take alarms that are due, the longest due first."""
        ready = [_due(alarms, now), _free(alarms, now)]
        rows = _claim(self._engine, alarms, ready, alarms.c.due, now, most, lease_seconds)
        return tuple(_alarm(row) for row in rows)

    def done(self, alarm: Alarm) -> None:
        """Its handler has run: the row is deleted, and a digest of its key stays."""
        mark = self._keys.mark(alarm.key)
        with writing(self._engine) as connection:
            connection.execute(delete(alarms).where(alarms.c.mark == mark))
            self._keys.settle(connection, mark)

    def failed(self, alarm: Alarm, now: datetime) -> None:
        """Its handler failed: it goes off again later, with growing waits and without end."""
        this = alarms.c.mark == self._keys.mark(alarm.key)
        with writing(self._engine) as connection:
            tries = connection.execute(select(alarms.c.tries).where(this)).scalar()
            later = now + wait_before((tries or 1) - 1, self._chance())
            connection.execute(update(alarms).where(this).values(free_at=later))

    def coming(self, about: str) -> Sequence[Alarm]:
        """What is still to come about something, soonest first."""
        chosen = select(alarms).where(alarms.c.about == about).order_by(alarms.c.due, alarms.c.mark)
        with plain_errors(), self._engine.connect() as connection:
            return tuple(_alarm(row) for row in connection.execute(chosen))

    def waiting(self) -> Mapping[str, int]:
        """How many alarms are set, by kind; raises StoreError."""
        return _counted(self._engine, alarms.c.kind)

    def stuck(self, now: datetime) -> Mapping[str, int]:
        """How many should have gone off long ago, by kind; raises StoreError."""
        return _counted(self._engine, alarms.c.kind, alarms.c.due < now - LATE)

    def purge(self, now: datetime) -> int:
        """Forget what was settled long ago; gives how many digests went."""
        with writing(self._engine) as connection:
            return self._keys.purge(connection, (now - KEEP_KEYS).date())


def _due(table: Table, now: datetime) -> ColumnElement[bool]:
    return or_(table.c.due.is_(None), table.c.due <= now)


def _free(table: Table, now: datetime) -> ColumnElement[bool]:
    return or_(table.c.free_at.is_(None), table.c.free_at <= now)


def _after_another(now: datetime) -> ColumnElement[bool]:
    """Whether an earlier parcel for the same place is due, in hand or waiting for a retry."""
    earlier = parcels.alias("earlier")
    due = or_(earlier.c.tries > 0, earlier.c.due.is_(None), earlier.c.due <= now)
    before = (earlier.c.place == parcels.c.place) & (earlier.c.turn < parcels.c.turn)
    return select(earlier.c.mark).where(before, due).exists()


def _claim(
    engine: Engine,
    table: Table,
    ready: Sequence[ColumnElement[bool]],
    first: ColumnElement[Any],
    now: datetime,
    most: int,
    lease_seconds: int,
) -> Sequence[Row[Any]]:
    """Rows that are ready, leased; they show the tries before this one."""
    chosen = select(table).where(*ready).order_by(first, table.c.mark).limit(most)
    with plain_errors(), engine.connect() as connection:
        # Most looks find nothing, and then nobody needs to wait for the write lock.
        if connection.execute(chosen.limit(1)).first() is None:
            return ()
    with writing(engine) as connection:
        rows = connection.execute(chosen.with_for_update(skip_locked=True)).all()
        taken = table.c.mark.in_([row.mark for row in rows])
        lease = {"free_at": now + timedelta(seconds=lease_seconds), "tries": table.c.tries + 1}
        connection.execute(update(table).where(taken).values(lease))
        return rows


def _counted(engine: Engine, by: ColumnElement[Any], *where: ColumnElement[bool]) -> Mapping[str, int]:
    counted = select(by, func.count()).where(by.is_not(None), *where).group_by(by).order_by(by)
    with plain_errors(), engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(counted)}


def _alarm(row: Row[Any]) -> Alarm:
    return Alarm(row.key, row.kind, row.about, row.due)
