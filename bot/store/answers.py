"""What answers rested on, what people thought of them, and what threads remember, on SQLAlchemy Core."""

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, Row, Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.answers import AnswerRecord, Feedback, Reason, Relied
from bot.domain.gap import Gap
from bot.domain.message import Remembered
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.domain.verdict import Verdict
from bot.store.checks import require_scrubbed
from bot.store.failures import plain_errors
from bot.store.sealed import Sealer
from bot.store.tables.answers import answers, feedback, gaps_done, threads
from bot.store.tables.base import gaps
from knowledge import Facts

FACTS = TypeAdapter(Facts)
_REMEMBERED = TypeAdapter(Remembered)
_RELIED = TypeAdapter(tuple[Relied, ...])
_MOST_IDS = 500
"""Ids in one statement; SQLite takes no more than a few thousand."""


def facts_row(facts: Facts) -> dict[str, list[str]]:
    """Facts as they are stored, with sets in an order that says nothing."""
    kept = {name: sorted(v) if isinstance(v, frozenset) else list(v) for name, v in vars(facts).items()}
    return {name: value for name, value in kept.items() if value}


def seal_place(sealer: Sealer, place: Place | None) -> str | None:
    """A place as it is stored."""
    if place is None:
        return None
    return sealer.seal(json.dumps([place.platform, place.id]).encode()).decode()


def open_place(sealer: Sealer, token: str | None) -> Place | None:
    """A stored place; raises StoreError when the site key was replaced."""
    return Place(*json.loads(sealer.open(token.encode()))) if token else None


class SqlAnswerBook:
    """What answers rested on; places are sealed."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def add(self, record: AnswerRecord) -> None:
        """Keep one answer; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(insert(answers), self._row(record))

    def find(self, id: str) -> AnswerRecord | None:  # noqa: A002 - the field's name
        """The answer with this id, if it is still kept; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            row = connection.execute(select(answers).where(answers.c.id == id)).one_or_none()
        return None if row is None else self._record(row)

    def behind(self, stamp: str) -> Sequence[AnswerRecord]:
        """Answers with a place that were last held against another state of the guidance; raises StoreError."""
        wanted = select(answers).where(answers.c.stamp != stamp, answers.c.place.is_not(None)).order_by(answers.c.id)
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return tuple(self._record(row) for row in rows)

    def moved_on(self, stamp: str, changed: Sequence[AnswerRecord]) -> None:
        """Those told of a change are kept as they now are, if nobody was quicker; all are held against `stamp` now."""
        with plain_errors(), self._engine.begin() as connection:
            for record in changed:
                row = self._row(record)
                new = {name: row[name] for name in ("verdict", "basis", "relied", "told")}
                quickest = (answers.c.id == record.id, answers.c.told < record.told)
                connection.execute(update(answers).where(*quickest).values(new))
            connection.execute(update(answers).where(answers.c.stamp != stamp).values(stamp=stamp))

    def mute(self, id: str) -> bool:  # noqa: A002
        """Forget where the person of this answer can be written to; False when there is no such answer."""
        with plain_errors(), self._engine.begin() as connection:
            return bool(connection.execute(update(answers).where(answers.c.id == id).values(place=None)).rowcount)

    def purge(self, before: date) -> int:
        """Delete answers of earlier days; raises StoreError."""
        return _purge(self._engine, answers, before)

    def _row(self, record: AnswerRecord) -> dict[str, Any]:
        return {
            "id": record.id,
            "verdict": str(record.verdict),
            "basis": str(record.basis),
            "facts": facts_row(record.facts),
            "relied": [asdict(one) for one in record.relied],
            "day": record.day,
            "stamp": record.stamp,
            "place": seal_place(self._sealer, record.place),
            "told": record.told,
            "files": record.files,
        }

    def _record(self, row: Row[Any]) -> AnswerRecord:
        return AnswerRecord(
            id=row.id,
            verdict=Verdict(row.verdict),
            basis=Verdict(row.basis),
            facts=FACTS.validate_python(row.facts),
            relied=_RELIED.validate_python(row.relied),
            day=row.day,
            stamp=row.stamp,
            place=open_place(self._sealer, row.place),
            told=row.told,
            files=row.files,
        )


class SqlOpinions:
    """Feedback, without who gave it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def give(self, given: Feedback) -> None:
        """Keep it in place of an earlier one about the same answer; raises StoreError."""
        text = None if given.text is None else require_scrubbed(given.text)
        row = {
            "answer": given.answer,
            "helpful": given.helpful,
            "document": given.document,
            "section": given.section,
            "verdict": str(given.verdict),
            "day": given.day,
            "reason": given.reason and str(given.reason),
            "scrubbed_text": text and text.text,
            "removed": text.removed if text else 0,
        }
        with plain_errors(), self._engine.begin() as connection:
            upsert(connection, feedback, row, "answer")

    def all(self) -> Sequence[Feedback]:
        """Everything kept, newest day first; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(select(feedback).order_by(feedback.c.day.desc(), feedback.c.answer)).all()
        return tuple(
            Feedback(
                answer=row.answer,
                helpful=row.helpful,
                document=row.document,
                section=row.section,
                verdict=Verdict(row.verdict),
                day=row.day,
                reason=Reason(row.reason) if row.reason else None,
                text=ScrubbedText(row.scrubbed_text, row.removed) if row.scrubbed_text else None,
            )
            for row in rows
        )

    def purge(self, before: date) -> int:
        """Delete feedback of earlier days; raises StoreError."""
        return _purge(self._engine, feedback, before)


class SqlGapBook:
    """Gaps with their ids, for those who write the guidance."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, limit: int) -> Sequence[Gap]:
        """The newest gaps first, with those that are done; raises StoreError."""
        joined = select(gaps, gaps_done.c.gap.is_not(None).label("done")).outerjoin(
            gaps_done, gaps.c.id == gaps_done.c.gap
        )
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(joined.order_by(gaps.c.day.desc(), gaps.c.id).limit(max(limit, 0))).all()
        return tuple(
            Gap(ScrubbedText(row.scrubbed_question, row.removed), Verdict(row.verdict), row.day, row.id, bool(row.done))
            for row in rows
        )

    def done(self, ids: Collection[str], day: date) -> int:
        """Mark gaps as dealt with; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            known = _known(connection, ids)
            for gap in sorted(known):
                upsert(connection, gaps_done, {"gap": gap, "day": day}, "gap")
        return len(known)

    def purge(self, before: date) -> int:
        """Delete gaps of earlier days; raises StoreError."""
        went = _purge(self._engine, gaps, before)
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(delete(gaps_done).where(gaps_done.c.gap.not_in(select(gaps.c.id))))
        return went


class SqlThreads:
    """What threads remember, under a keyed digest: the platform's own key of a conversation is not kept."""

    def __init__(self, engine: Engine, site_key: bytes) -> None:
        self._engine = engine
        self._site_key = site_key

    def recall(self, thread: str) -> Remembered | None:
        """What the thread remembers, if anything; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            kept = connection.execute(
                select(threads.c.remembered).where(threads.c.thread == self._digest(thread))
            ).scalar_one_or_none()
        return None if kept is None else _REMEMBERED.validate_python(kept)

    def keep(self, thread: str, remembered: Remembered, now: datetime) -> None:
        """Keep it in place of what was kept before; raises StoreError."""
        row = {
            "thread": self._digest(thread),
            "remembered": _REMEMBERED.dump_python(remembered, mode="json"),
            "day": now.date(),
        }
        with plain_errors(), self._engine.begin() as connection:
            upsert(connection, threads, row, "thread")

    def purge(self, before: date) -> int:
        """Delete what was last kept on earlier days; raises StoreError."""
        return _purge(self._engine, threads, before)

    def _digest(self, thread: str) -> str:
        return hmac.new(self._site_key, b"thread\0" + thread.encode(), hashlib.sha256).hexdigest()


def upsert(connection: Any, table: Table, row: dict[str, Any], key: str) -> None:
    """Insert a row, or put it in the place of the one with the same key."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(table).values(row)
    rest = {name: statement.excluded[name] for name in row if name != key}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=rest))


def _known(connection: Any, ids: Collection[str]) -> set[str]:
    """Those of the ids that are gaps."""
    wanted = sorted(set(ids))
    found: set[str] = set()
    for start in range(0, len(wanted), _MOST_IDS):
        part = wanted[start : start + _MOST_IDS]
        found.update(connection.execute(select(gaps.c.id).where(gaps.c.id.in_(part))).scalars())
    return found


def _purge(engine: Engine, table: Table, before: date) -> int:
    with plain_errors(), engine.begin() as connection:
        return int(connection.execute(delete(table).where(table.c.day < before)).rowcount)
