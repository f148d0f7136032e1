"""Reports, their talk, and who may be told: one short query a method."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.domain.nearmiss import NearMiss, Note, Report, Reporter, Status
from bot.domain.people import Person, Place
from bot.domain.ports.reports import Pattern, Wanted
from bot.errors import StoreError
from bot.store.blur import blur
from bot.store.checks import require_scrubbed, require_storable
from bot.store.failures import REFUSED, plain_errors
from bot.store.report_rows import note_of, note_row, report_of, row_of
from bot.store.sql import SqlNearMissStore
from bot.store.tables import near_misses
from bot.store.tables.reports import report_notes, report_people, report_vectors

_T = near_misses.c
_COUNTED = frozenset(
    {"kind", "already_sent", "hazard", "material", "recipient", "channel", "stage", "stopped", "waited", "anonymous"}
)
_MEASURED = ("kind", "already_sent", "channel", "stopped")
_OPEN = [str(Status.NEW), str(Status.ACKNOWLEDGED), str(Status.ASKED)]
_RECEIPT = re.compile(r"(?i)nm-\w{4}-\w{4}")


class Seals(Protocol):
    """Seals and opens; `bot.store.sealed.Sealer` is one."""

    def seal(self, content: bytes) -> bytes:
        """Nobody without the site key can read what comes back."""

    def open(self, token: bytes) -> bytes:
        """What was sealed."""


class SqlReports(SqlNearMissStore):
    """Reports in the database."""

    def __init__(self, engine: Engine, sealer: Seals) -> None:
        super().__init__(engine)
        self._sealer = sealer

    def file(self, report: NearMiss, reporter: Reporter | None, due: date | None) -> None:
        """Keep a new report, and sealed apart from it who may be told; raises StoreError."""
        require_storable(report)
        if report.anonymous and reporter is not None:
            raise ValueError("An anonymous report keeps no reporter.")
        with plain_errors(), self._engine.begin() as connection:
            # What is anonymous is announced, and gets its due day, with those of its whole day (`settle`).
            row = {**row_of(report), "due": None if report.anonymous else due, "announced": not report.anonymous}
            connection.execute(insert(near_misses), row)
            if reporter is not None:
                sealed = self._sealer.seal(_reporter_json(reporter))
                connection.execute(insert(report_people), {"receipt": report.receipt, "sealed": sealed})
        if report.anonymous:
            blur(self._engine)

    def find(self, receipt: str) -> Report | None:
        """The report with this receipt; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            row = connection.execute(select(near_misses).where(_T.receipt == receipt)).one_or_none()
            return None if row is None else report_of(row)

    def list(self, wanted: Wanted) -> Sequence[Report]:
        """Newest day first; raises StoreError."""
        query = _where(select(near_misses), wanted, sqlite=self._engine.dialect.name == "sqlite")
        # Words are looked for row by row: for SQLite that is quickest in the order of the table, not of the index.
        newest = self._newest(by_index=not wanted.words)
        query = query.order_by(newest.desc(), _T.receipt).limit(max(wanted.limit, 0))
        with plain_errors(), self._engine.connect() as connection:
            return tuple(report_of(row) for row in connection.execute(query))

    def mark(self, receipt: str, *, unless: Collection[Status] = (), **changes: object) -> bool:
        """Change columns of one report; False when it is not there or is in a state of `unless`. Raises StoreError."""
        query = update(near_misses).where(_T.receipt == receipt)
        if unless:
            query = query.where(_T.status.not_in([str(status) for status in unless]))
        with plain_errors(), self._engine.begin() as connection:
            return connection.execute(query.values(**changes)).rowcount == 1

    def note(self, receipt: str, note: Note) -> int:
        """Add a line to its talk, and give its number; raises StoreError."""
        require_scrubbed(note.text)
        last = select(func.coalesce(func.max(report_notes.c.turn), 0)).where(report_notes.c.receipt == receipt)
        for _ in range(20):
            try:
                with self._engine.connect().execution_options(immediate=True) as connection, connection.begin():
                    turn = connection.execute(last).scalar_one() + 1
                    connection.execute(insert(report_notes), note_row(receipt, turn, note))
                blur(self._engine)
                return int(turn)
            except IntegrityError:  # somebody wrote that line first: take the next
                continue
            except OperationalError as error:
                with plain_errors():
                    raise error
        raise StoreError(REFUSED)

    def notes(self, receipt: str) -> Sequence[Note]:
        """Its talk and history in order; raises StoreError."""
        query = select(report_notes).where(report_notes.c.receipt == receipt).order_by(report_notes.c.turn)
        with plain_errors(), self._engine.connect() as connection:
            return tuple(note_of(row) for row in connection.execute(query))

    def reporter(self, receipt: str) -> Reporter | None:
        """Who may be told; None when nobody can be. Raises StoreError."""
        query = select(report_people.c.sealed).where(report_people.c.receipt == receipt)
        with plain_errors(), self._engine.connect() as connection:
            sealed = connection.execute(query).scalar_one_or_none()
        return None if sealed is None else _reporter_of(self._sealer.open(sealed))

    def forget_reporter(self, receipt: str) -> None:
        """Delete who may be told; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(delete(report_people).where(report_people.c.receipt == receipt))
            connection.execute(update(near_misses).where(_T.receipt == receipt).values(reporter=None))

    def learn(self, receipt: str, vector: bytes) -> None:
        """Keep the vector of a report's scrubbed text; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(delete(report_vectors).where(report_vectors.c.receipt == receipt))
            connection.execute(insert(report_vectors), {"receipt": receipt, "vector": vector})

    def vectors(self, most: int) -> Sequence[tuple[str, bytes]]:
        """Receipt and vector of open reports, newest first; raises StoreError."""
        query = (
            select(_T.receipt, report_vectors.c.vector)
            .join(report_vectors, report_vectors.c.receipt == _T.receipt)
            .where(_T.status.in_(_OPEN))
            .order_by(self._newest(by_index=False).desc(), _T.receipt)
            .limit(most)
        )
        with plain_errors(), self._engine.connect() as connection:
            return tuple((row.receipt, row.vector) for row in connection.execute(query))

    def unsettled(self, before: date) -> tuple[Sequence[Report], Sequence[tuple[str, Note]]]:
        """What the team was not told of from earlier days: reports, and lines of the talk; raises StoreError."""
        notes = report_notes.c
        late = select(near_misses).where(_T.announced.is_(False), _T.reported_at < _midnight(before))
        untold = select(report_notes).where(notes.told.is_(False), notes.day < before)
        with plain_errors(), self._engine.connect() as connection:
            reports = connection.execute(late.order_by(_T.receipt)).all()
            said = connection.execute(untold.order_by(notes.receipt, notes.turn)).all()
        return tuple(report_of(row) for row in reports), tuple((row.receipt, note_of(row)) for row in said)

    def settle(self, before: date) -> None:
        """Say that the team has been told of `unsettled`, and mix it so that no order is left; raises StoreError.

        PostgreSQL shows in which order rows were written (ctid, xmin); rows written again in one go, in the order of
        their random keys, no longer say at what time of the day each came.
        """
        notes = report_notes.c
        late = select(near_misses).where(_T.announced.is_(False), _T.reported_at < _midnight(before))
        untold = select(report_notes).where(notes.told.is_(False), notes.day < before)
        with plain_errors(), self._engine.connect().execution_options(immediate=True) as connection, connection.begin():
            rows = connection.execute(late.order_by(_T.receipt).with_for_update()).all()
            said = connection.execute(untold.order_by(notes.receipt, notes.turn).with_for_update()).all()
            if rows:
                connection.execute(delete(near_misses).where(_T.receipt.in_([row.receipt for row in rows])))
                connection.execute(insert(near_misses), [{**row._mapping, "announced": True} for row in rows])
            if said:
                keys = [(row.receipt, row.turn) for row in said]
                connection.execute(delete(report_notes).where(tuple_(notes.receipt, notes.turn).in_(keys)))
                connection.execute(insert(report_notes), [{**row._mapping, "told": True} for row in said])

    def count_by(self, column: str, start: datetime, end: datetime) -> Mapping[str, int]:
        """How many reports of a time by the value of a column; raises StoreError."""
        if column not in _COUNTED:
            raise ValueError(f"Reports are not counted by {column}.")
        query = (
            select(_T[column], func.count()).where(_T.reported_at >= start, _T.reported_at < end).group_by(_T[column])
        )
        with plain_errors(), self._engine.connect() as connection:
            return {"" if value is None else str(value): number for value, number in connection.execute(query)}

    def patterns(self, start: datetime, end: datetime, most: int) -> Sequence[Pattern]:
        """What was reported most; raises StoreError."""
        alike = (_T.kind, _T.material, _T.recipient, _T.channel)
        query = (
            select(*alike, func.count())
            .where(_T.reported_at >= start, _T.reported_at < end)
            .group_by(*alike)
            .order_by(func.count().desc(), *alike)
            .limit(most)
        )
        with plain_errors(), self._engine.connect() as connection:
            return tuple(Pattern(*row) for row in connection.execute(query))

    def tally(self, start: datetime, end: datetime, today: date) -> Mapping[str, Mapping[str, int]]:
        """Reports of a time, counted by each thing that is measured; raises StoreError."""
        answered = case(
            (_T.answered <= _T.due, "in time"),
            (or_(_T.answered.is_not(None), _T.due < today), "late"),
            else_="not yet due",
        )
        by: dict[str, ColumnElement[Any]] = {name: _T[name] for name in _MEASURED}
        by |= {"waited": cast(_T.waited, String), "answered": answered}
        within = (_T.reported_at >= start, _T.reported_at < end)
        parts = [
            select(literal(name), value.label("value"), func.count()).where(*within).group_by("value")
            for name, value in by.items()
        ]
        counts: dict[str, dict[str, int]] = {name: {} for name in by}
        with plain_errors(), self._engine.connect() as connection:
            for name, value, number in connection.execute(union_all(*parts)):
                counts[name][value or ""] = number
        return counts

    def purge(self, before: datetime) -> int:
        """Delete decided reports filed before, with all that belongs to them; raises StoreError."""
        old = select(_T.receipt).where(_T.reported_at < before, _T.status == str(Status.DECIDED))
        with plain_errors(), self._engine.begin() as connection:
            gone = connection.execute(old).scalars().all()
            for start in range(0, len(gone), 500):
                some = gone[start : start + 500]
                for table in (report_people, report_notes, report_vectors, near_misses):
                    connection.execute(delete(table).where(table.c.receipt.in_(some)))
            return len(gone)

    def _newest(self, *, by_index: bool) -> ColumnElement[Any]:
        """What to sort by; a sign in front keeps SQLite from walking the index of moments to save the sorting."""
        if by_index or self._engine.dialect.name != "sqlite":
            return _T.reported_at
        return literal_column("+near_misses.reported_at")


def _where(query: Select[Any], wanted: Wanted, *, sqlite: bool) -> Select[Any]:
    if wanted.status is not None:
        query = query.where(_T.status == str(wanted.status))
    if wanted.kind:
        query = query.where(_T.kind == wanted.kind)
    if wanted.theme:
        query = query.where(or_(_T.theme == wanted.theme, _T.receipt == wanted.theme))
    if wanted.overdue_on is not None:
        query = query.where(_T.status.in_(_OPEN), _T.due < wanted.overdue_on)
    if wanted.hidden_from is not None:
        query = query.where(or_(_T.announced, ~_T.anonymous, _T.reported_at < _midnight(wanted.hidden_from)))
    for word in wanted.words.split()[:5]:
        if _RECEIPT.fullmatch(word):
            query = query.where(_T.receipt == word.upper())
        elif sqlite:  # whose LIKE takes capitals and small letters for the same, and is quicker without a function
            query = query.where(_T.scrubbed_text.contains(word, autoescape=True))
        else:
            # In the plain collation small letters are made three times as fast.
            plain = func.lower(_T.scrubbed_text.collate("C"))
            query = query.where(plain.contains(word.lower(), autoescape=True))
    if wanted.after is not None:
        moment, receipt = wanted.after
        query = query.where(
            or_(_T.reported_at < moment, and_(_T.reported_at == moment, _T.receipt > receipt)), _T.reported_at <= moment
        )
    return query


def _midnight(day: date) -> datetime:
    """The moment that an anonymous report of that day bears."""
    return datetime.combine(day, time(0), UTC)


def _reporter_json(reporter: Reporter) -> bytes:
    person = reporter.person
    place = person.place if person else None
    kept = {
        "name": reporter.name,
        "person": [person.platform, person.id] if person else None,
        "place": [place.platform, place.id] if place else None,
    }
    return json.dumps(kept).encode()


def _reporter_of(content: bytes) -> Reporter:
    kept = json.loads(content)
    place = Place(*kept["place"]) if kept["place"] else None
    person = kept["person"]
    return Reporter(Person(person[0], person[1], place) if person else None, kept["name"])
