"""The breach register in the database: append-only, chained, searchable."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, and_, delete, func, insert, select, text, update

from bot.domain.incident import Entry, Event, Happening, Incident, told_by
from bot.domain.ports.incidents import Audit, Head
from bot.errors import StoreError
from bot.store.audit import audited
from bot.store.chain import START, NotedHeads, body_of, chain_key, digest_of, seal
from bot.store.checks import require_scrubbed, require_token
from bot.store.engine import rehearsing
from bot.store.failures import plain_errors
from bot.store.tables.incidents import incidents, register_entries

LOCK = 0x5E4DC4ED
"""Number of the PostgreSQL advisory lock that one appending process holds."""

NOT_NOTED = "The register's head could not be noted in DATA_DIR. The entry itself was stored."


class SqlRegister:
    """Breaches in the database; appending is one after another over all processes."""

    def __init__(self, engine: Engine, site_key: bytes, heads: Path) -> None:
        self._engine = engine
        self._key = chain_key(site_key)
        self._heads = NotedHeads(heads)

    def open(self, event: Event, source: str = "") -> tuple[Incident, bool]:
        """Record a new incident, or give the one that stands if its source has opened one; raises StoreError."""
        with plain_errors(), self._writing() as connection:
            if source:
                there = select(incidents).where(incidents.c.source == source)
                row = connection.execute(there).one_or_none()
                if row is not None:
                    return _incident(row), False
            head, incident = self._append(connection, event, None)
            connection.execute(insert(incidents), {**_row(incident), "source": source or None})
            connection.commit()
        self._note(head)
        return incident, True

    def add(self, event: Event) -> Incident:
        """Record what happened to an incident; raises StoreError, and LookupError when there is none."""
        with plain_errors(), self._writing() as connection:
            row = connection.execute(select(incidents).where(incidents.c.id == event.incident)).one_or_none()
            if row is None:
                raise LookupError(event.incident)
            head, incident = self._append(connection, event, _incident(row))
            connection.execute(update(incidents).where(incidents.c.id == event.incident).values(_row(incident)))
            connection.commit()
        self._note(head)
        return incident

    def get(self, incident: str) -> Incident | None:
        """One incident; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            row = connection.execute(select(incidents).where(incidents.c.id == incident)).one_or_none()
            return None if row is None else _incident(row)

    def history(self, incident: str) -> Sequence[Entry]:
        """Its entries, oldest first; raises StoreError."""
        order = select(register_entries).where(register_entries.c.incident == incident)
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(order.order_by(register_entries.c.number))
            return tuple(_entry(row) for row in rows)

    def search(self, words: str, most: int, skip: int = 0) -> Sequence[Incident]:
        """The newest first whose number or text holds all the words; raises StoreError."""
        holds = [incidents.c.words.contains(word, autoescape=True) for word in words.lower().split()[:8]]
        chosen = select(incidents).where(and_(True, *holds))
        return self._several(chosen.order_by(incidents.c.opened_at.desc(), incidents.c.id).limit(most).offset(skip))

    def clocks(self) -> Sequence[Incident]:
        """Those neither decided nor closed, the most urgent first; raises StoreError."""
        return self._several(
            select(incidents).where(incidents.c.ticking).order_by(incidents.c.aware_at, incidents.c.id)
        )

    def to_notify(self) -> Sequence[Incident]:
        """Those open of which the regulator is to be told, with no word yet that it was; raises StoreError."""
        decided = select(incidents).where(~incidents.c.ticking, incidents.c.closed_at.is_(None))
        found = self._several(decided.order_by(incidents.c.aware_at, incidents.c.id))
        return tuple(one for one in found if one.value("regulator") == "yes" and not one.value("regulator_ref"))

    def head(self) -> Head:
        """The newest entry; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            return _head(connection)

    def audit(self) -> Audit:
        """Check every entry, the lists made from them, and the heads noted outside; raises StoreError."""
        entries = select(register_entries).order_by(register_entries.c.number)
        with plain_errors(), self._engine.connect() as connection:
            listed = {row.id: _listed(row) for row in connection.execute(select(incidents))}
            with connection.execution_options(yield_per=500).execute(entries) as rows:
                return audited((tuple(row) for row in rows), self._key, listed, list(self._heads.noted()))

    def purge(self, closed_before: datetime, now: datetime) -> int:
        """Delete the contents of what was closed before and is on no hold; raises StoreError."""
        over = select(incidents.c.id).where(incidents.c.closed_at < closed_before, ~incidents.c.hold)
        with plain_errors(), self._writing() as connection:
            gone = list(connection.execute(over).scalars())
            head = _head(connection)
            for incident in gone:
                of_it = register_entries.c.incident == incident
                counted = connection.execute(select(func.count()).where(of_it)).scalar_one()
                connection.execute(update(register_entries).where(of_it).values(body=None))
                connection.execute(delete(incidents).where(incidents.c.id == incident))
                head, _ = self._append(
                    connection, Event(incident, now, Happening.PURGED, {"entries": str(counted)}), None
                )
            connection.commit()
        if gone:
            self._note(head)
        return len(gone)

    def _append(self, connection: Connection, event: Event, stands: Incident | None) -> tuple[Head, Incident]:
        """Write one entry after the newest; gives the new head and the incident with it."""
        new = {name: require_token(value) for name, value in event.facts.items()}
        new |= {name: require_scrubbed(words).text for name, words in event.words.items()}
        old = {name: stands.value(name) for name in new if stands and stands.value(name) not in ("", new[name])}
        before = _head(connection)
        number, body = before.number + 1, body_of(new, old, event.by)
        digest = digest_of(self._key, body)
        sealed = seal(self._key, before.hash, number, event.incident, event.at, str(event.what), digest)
        row = {"number": number, "incident": event.incident, "at": event.at, "what": str(event.what)}
        connection.execute(insert(register_entries), {**row, "body": body, "digest": digest, "hash": sealed})
        kept = Entry(number, event.incident, event.at, event.what, sealed, new, old, event.by)
        earlier = [] if stands is None else [Entry(0, stands.id, stands.opened_at, event.what, "", stands.values)]
        return Head(number, sealed), told_by([*earlier, kept])

    def _writing(self) -> Connection:
        """A connection on which nobody else appends until it is closed."""
        connection = self._engine.connect().execution_options(immediate=True)
        if self._engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        return connection

    def _several(self, chosen: Select[Any]) -> Sequence[Incident]:
        with plain_errors(), self._engine.connect() as connection:
            return tuple(_incident(row) for row in connection.execute(chosen))

    def _note(self, head: Head) -> None:
        if rehearsing(self._engine):
            return
        try:
            self._heads.note(head)
        except OSError as error:
            raise StoreError(NOT_NOTED) from error


def _head(connection: Connection) -> Head:
    newest = select(register_entries.c.number, register_entries.c.hash).order_by(register_entries.c.number.desc())
    row = connection.execute(newest.limit(1)).one_or_none()
    return Head(0, START) if row is None else Head(row.number, row.hash)


def _row(incident: Incident) -> dict[str, Any]:
    words = " ".join((incident.id, *(value for name, value in sorted(incident.values.items()) if name != "steps")))
    return {
        "id": incident.id,
        "opened_at": incident.opened_at,
        "aware_at": incident.aware_at,
        "ticking": not incident.decided and incident.closed_at is None,
        "hold": incident.hold,
        "closed_at": incident.closed_at,
        "fields": json.dumps(dict(incident.values), ensure_ascii=False, sort_keys=True),
        "words": words.lower(),
    }


def _listed(row: Row[Any]) -> Mapping[str, str]:
    """What the list shows of an incident; nothing when its columns do not say the same as its fields."""
    incident = _incident(row)
    return incident.values if all(row._mapping[name] == value for name, value in _row(incident).items()) else {}


def _incident(row: Row[Any]) -> Incident:
    return Incident(row.id, row.opened_at, json.loads(row.fields))


def _entry(row: Row[Any]) -> Entry:
    body: dict[str, Any] = json.loads(row.body) if row.body is not None else {"new": {}, "old": {}, "by": ""}
    return Entry(
        row.number,
        row.incident,
        row.at,
        Happening(row.what),
        row.hash,
        body["new"],
        body["old"],
        body["by"],
        purged=row.body is None,
    )
