"""Questions to people, what came of them, and misreadings put right, on SQLAlchemy Core."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, case, delete, insert, select, update

from bot.domain.answers import HumanQuestion, Misread, State
from bot.domain.nearmiss import ScrubbedText
from bot.domain.verdict import Verdict
from bot.store.answers import FACTS, facts_row, open_place, seal_place
from bot.store.checks import require_scrubbed
from bot.store.failures import plain_errors
from bot.store.sealed import Sealer
from bot.store.tables.answers import human_questions as table
from bot.store.tables.answers import misreadings

_NOBODY = {"place": None, "answered_by": None}


class SqlQuestions:
    """Questions to people; whatever leads to a person is sealed, and deleted when the question is closed."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def ask(self, question: HumanQuestion) -> None:
        """Keep one question; raises StoreError."""
        text = require_scrubbed(question.question)
        row = {
            "receipt": question.receipt,
            "scrubbed_question": text.text,
            "removed": text.removed,
            "facts": facts_row(question.facts),
            "verdict": question.verdict and str(question.verdict),
            "document": question.document,
            "owner": question.owner,
            "asked_at": question.asked_at,
            "due": question.due,
            "state": str(State.OPEN),
            "place": seal_place(self._sealer, question.place),
            "answer_removed": 0,
            "offered": False,
        }
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(insert(table), row)

    def find(self, receipt: str) -> HumanQuestion | None:
        """The question with this receipt; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            row = connection.execute(select(table).where(table.c.receipt == receipt)).one_or_none()
        return None if row is None else self._question(row)

    def latest(self, limit: int) -> Sequence[HumanQuestion]:
        """Open questions, longest waiting first, then the others, newest first; raises StoreError."""
        waiting = case((table.c.state == State.OPEN, table.c.asked_at))
        order = (table.c.state != State.OPEN, waiting, table.c.asked_at.desc(), table.c.receipt)
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(select(table).order_by(*order).limit(max(limit, 0))).all()
        return tuple(self._question(row) for row in rows)

    def answer(self, receipt: str, text: ScrubbedText, by: str, now: datetime, *, offered: bool) -> bool:
        """Keep the answer; False when somebody was quicker or it is closed. Raises StoreError."""
        said = require_scrubbed(text)
        values = {
            "scrubbed_answer": said.text,
            "answer_removed": said.removed,
            "answered_at": now,
            "answered_by": self._sealer.seal(by.encode()).decode() if by else None,
            "offered": offered,
            "state": str(State.ANSWERED),
        }
        return self._change(values, table.c.receipt == receipt, table.c.state == State.OPEN)

    def close(self, receipt: str) -> bool:
        """Close it: places and ids of people are deleted. False when it was closed before. Raises StoreError."""
        closed = {"state": str(State.CLOSED), **_NOBODY}
        return self._change(closed, table.c.receipt == receipt, table.c.state != State.CLOSED)

    def misread(self, misread: Misread) -> None:
        """Keep a corrected misreading; raises StoreError."""
        text = require_scrubbed(misread.question)
        row = {
            "id": misread.id,
            "scrubbed_question": text.text,
            "removed": text.removed,
            "read_as": facts_row(misread.read),
            "meant": facts_row(misread.right),
            "day": misread.day,
        }
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(insert(misreadings), row)

    def misreadings(self) -> Sequence[Misread]:
        """All of them, newest first; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            rows = connection.execute(select(misreadings).order_by(misreadings.c.day.desc(), misreadings.c.id)).all()
        return tuple(
            Misread(
                row.id,
                ScrubbedText(row.scrubbed_question, row.removed),
                FACTS.validate_python(row.read_as),
                FACTS.validate_python(row.meant),
                row.day,
            )
            for row in rows
        )

    def settle(self, id: str) -> bool:  # noqa: A002 - the field's name
        """Take a candidate off the list: an offered answer by its receipt, a misreading by its id."""
        if self._change({"offered": False}, table.c.receipt == id, table.c.offered.is_(True)):
            return True
        with plain_errors(), self._engine.begin() as connection:
            return bool(connection.execute(delete(misreadings).where(misreadings.c.id == id)).rowcount)

    def purge(self, answered_before: datetime, asked_before: datetime) -> int:
        """Close what was answered, and delete what was asked, before these moments; raises StoreError."""
        old = (table.c.state == State.ANSWERED, table.c.answered_at < answered_before)
        self._change({"state": str(State.CLOSED), **_NOBODY}, *old)
        with plain_errors(), self._engine.begin() as connection:
            went = connection.execute(
                delete(table).where(table.c.asked_at < asked_before, table.c.state != State.OPEN)
            ).rowcount
            went += connection.execute(delete(misreadings).where(misreadings.c.day < asked_before.date())).rowcount
        return int(went)

    def _change(self, values: dict[str, Any], *where: Any) -> bool:
        with plain_errors(), self._engine.begin() as connection:
            return bool(connection.execute(update(table).where(*where).values(values)).rowcount)

    def _question(self, row: Row[Any]) -> HumanQuestion:
        return HumanQuestion(
            receipt=row.receipt,
            question=ScrubbedText(row.scrubbed_question, row.removed),
            facts=FACTS.validate_python(row.facts),
            verdict=Verdict(row.verdict) if row.verdict else None,
            document=row.document,
            owner=row.owner,
            asked_at=row.asked_at,
            due=row.due,
            state=State(row.state),
            place=open_place(self._sealer, row.place),
            answer=ScrubbedText(row.scrubbed_answer, row.answer_removed) if row.scrubbed_answer else None,
            answered_at=row.answered_at,
            answered_by=self._sealer.open(row.answered_by.encode()).decode() if row.answered_by else "",
            offered=row.offered,
        )
