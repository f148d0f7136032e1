"""The stores on SQLAlchemy Core: one class a port, one short query a method."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import Engine, Insert, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.gap import Gap
from bot.domain.nearmiss import NearMiss, ScrubbedText
from bot.domain.verdict import Verdict
from bot.store.blur import blur
from bot.store.checks import require_scrubbed, require_storable
from bot.store.failures import plain_errors
from bot.store.report_rows import near_miss_of, row_of
from bot.store.tables import allowed_values, gaps, near_misses


class SqlNearMissStore:
    """Near-miss reports in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, report: NearMiss) -> None:
        """Store one report; raises StoreError, and TypeError for text that was not scrubbed."""
        require_storable(report)
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(insert(near_misses), row_of(report))
        if report.anonymous:
            blur(self._engine)

    def latest(self, limit: int) -> Sequence[NearMiss]:
        """The newest reports first; raises StoreError."""
        order = (near_misses.c.reported_at.desc(), near_misses.c.receipt)
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(select(near_misses).order_by(*order).limit(max(limit, 0)))
            return tuple(near_miss_of(row) for row in rows)

    def by_receipt(self, receipt: str) -> NearMiss | None:
        """The report with this receipt, if there is one; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            row = connection.execute(select(near_misses).where(near_misses.c.receipt == receipt)).one_or_none()
            return None if row is None else near_miss_of(row)

    def count(self) -> int:
        """How many reports there are; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(near_misses)).scalar_one()


class SqlAllowList:
    """Keyed digests of values that are not personal data, with their category and the day; nothing else."""

    def __init__(self, engine: Engine, today: Callable[[], date]) -> None:
        self._engine = engine
        self._today = today

    def add(self, digest: str, category: str) -> None:
        """Remember one digest; adding it again changes nothing. Raises StoreError."""
        row = {"digest": digest, "category": category, "added": self._today()}
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(_insert_unless_there(self._engine.dialect.name), row)

    def digests(self) -> frozenset[str]:
        """All remembered digests; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            return frozenset(connection.execute(select(allowed_values.c.digest)).scalars())


class SqlGapLog:
    """Questions that the guidance did not settle."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, question: ScrubbedText, verdict: Verdict, at: datetime) -> None:
        """Keep one question and the day; raises StoreError, and TypeError for text that was not scrubbed."""
        scrubbed = require_scrubbed(question)
        row = {
            "id": uuid4().hex,
            "scrubbed_question": scrubbed.text,
            "removed": scrubbed.removed,
            "verdict": str(verdict),
            "day": at.date(),
        }
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(insert(gaps), row)

    def latest(self, limit: int) -> Sequence[Gap]:
        """The newest gaps first; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(select(gaps).order_by(gaps.c.day.desc(), gaps.c.id).limit(max(limit, 0)))
            return tuple(
                Gap(
                    question=ScrubbedText(row.scrubbed_question, row.removed), verdict=Verdict(row.verdict), day=row.day
                )
                for row in rows
            )


def _insert_unless_there(dialect: str) -> Insert:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(allowed_values).on_conflict_do_nothing(index_elements=["digest"])
