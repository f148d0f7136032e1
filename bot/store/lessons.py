"""Lessons and good catches in the database."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Engine, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.nearmiss import Lesson, LessonState, ScrubbedText
from bot.store.checks import require_scrubbed
from bot.store.failures import plain_errors
from bot.store.report_rows import lesson_of, lesson_row
from bot.store.tables import near_misses
from bot.store.tables.reports import good_catches, lessons


class SqlLessons:
    """Lessons, newest first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, lesson: Lesson) -> None:
        """Keep a new one; raises StoreError."""
        require_scrubbed(lesson.learned)
        require_scrubbed(lesson.changed)
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(insert(lessons), lesson_row(lesson))

    def find(self, id: str) -> Lesson | None:  # noqa: A002 - the field's name
        """The lesson with this id; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            row = connection.execute(select(lessons).where(lessons.c.id == id)).one_or_none()
            return None if row is None else lesson_of(row)

    def reword(self, id: str, learned: ScrubbedText, changed: ScrubbedText) -> bool:  # noqa: A002
        """Change the words of a draft; False when it is none any more. Raises StoreError."""
        words = {"learned": require_scrubbed(learned).text, "learned_removed": learned.removed}
        words |= {"changed": require_scrubbed(changed).text, "changed_removed": changed.removed}
        with plain_errors(), self._engine.begin() as connection:
            return connection.execute(update(lessons).where(*_draft(id)).values(words)).rowcount == 1

    def discard(self, id: str) -> bool:  # noqa: A002
        """Delete a draft, and its mark on reports; False when it is none any more. Raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            if connection.execute(delete(lessons).where(*_draft(id))).rowcount != 1:
                return False
            connection.execute(update(near_misses).where(near_misses.c.lesson == id).values(lesson=""))
            return True

    def approve(self, id: str, day: date) -> bool:  # noqa: A002
        """Approve a draft; False when somebody was quicker. Raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            draft = update(lessons).where(*_draft(id))
            return connection.execute(draft.values(state=str(LessonState.APPROVED), approved=day)).rowcount == 1

    def recurred(self, id: str) -> int:  # noqa: A002
        """Count one more report of its pattern, and give the number; raises StoreError."""
        more = update(lessons).where(lessons.c.id == id).values(recurred=lessons.c.recurred + 1)
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(more)
            return int(connection.execute(select(lessons.c.recurred).where(lessons.c.id == id)).scalar_one())

    def list(self, state: LessonState | None = None) -> Sequence[Lesson]:
        """Newest first; raises StoreError."""
        query = select(lessons).order_by(func.coalesce(lessons.c.approved, lessons.c.made).desc(), lessons.c.id)
        if state is not None:
            query = query.where(lessons.c.state == str(state))
        with plain_errors(), self._engine.connect() as connection:
            return tuple(lesson_of(row) for row in connection.execute(query.limit(1000)))


def _draft(id: str) -> tuple[ColumnElement[bool], ...]:  # noqa: A002
    return lessons.c.id == id, lessons.c.state == str(LessonState.DRAFT)


class SqlGoodCatches:
    """Counts of good catches, a row a day and category."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count_one(self, day: date, categories: Sequence[str]) -> None:
        """One more good catch; raises StoreError."""
        make = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        with plain_errors(), self._engine.begin() as connection:
            for category in sorted(set(categories)):
                row = make(good_catches).values(day=day, category=category, count=1)
                more = row.on_conflict_do_update(
                    index_elements=["day", "category"], set_={"count": good_catches.c.count + 1}
                )
                connection.execute(more)

    def between(self, first: date, last: date) -> Mapping[str, int]:
        """Counts by category, both days included; raises StoreError."""
        counted = (good_catches.c.category, func.sum(good_catches.c.count))
        query = select(*counted).where(good_catches.c.day.between(first, last)).group_by(good_catches.c.category)
        with plain_errors(), self._engine.connect() as connection:
            return {category: int(number) for category, number in connection.execute(query)}
