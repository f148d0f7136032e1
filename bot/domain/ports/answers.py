"""Plug points of what happens after an answer: records, feedback, questions to people, gaps."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.answers import AnswerRecord, Feedback, HumanQuestion, Misread
from bot.domain.gap import Gap
from bot.domain.nearmiss import ScrubbedText


class AnswerBook(Protocol):
    """Keeps what answers rested on, for those who are to be told of a change."""

    def add(self, record: AnswerRecord) -> None:
        """Keep one answer; raises StoreError."""

    def find(self, id: str) -> AnswerRecord | None:  # noqa: A002 - the field's name
        """The answer with this id, if it is still kept; raises StoreError."""

    def behind(self, stamp: str) -> Sequence[AnswerRecord]:
        """Answers with a place that were last held against another state of the guidance; raises StoreError."""

    def moved_on(self, stamp: str, changed: Sequence[AnswerRecord]) -> None:
        """Those told of a change are kept as they now are, if nobody was quicker; all are held against `stamp` now."""

    def mute(self, id: str) -> bool:  # noqa: A002
        """Forget where the person of this answer can be written to; False when there is no such answer."""

    def purge(self, before: date) -> int:
        """Delete answers of earlier days; raises StoreError."""


class Opinions(Protocol):
    """Keeps feedback."""

    def give(self, feedback: Feedback) -> None:
        """Keep it in place of an earlier one about the same answer; raises StoreError."""

    def all(self) -> Sequence[Feedback]:
        """Everything kept, newest day first; raises StoreError."""

    def purge(self, before: date) -> int:
        """Delete feedback of earlier days; raises StoreError."""


class Questions(Protocol):
    """Keeps questions to people and what came of them."""

    def ask(self, question: HumanQuestion) -> None:
        """Keep one question; raises StoreError."""

    def find(self, receipt: str) -> HumanQuestion | None:
        """The question with this receipt; raises StoreError."""

    def latest(self, limit: int) -> Sequence[HumanQuestion]:
        """Open questions, longest waiting first, then the others, newest first; raises StoreError."""

    def answer(self, receipt: str, text: ScrubbedText, by: str, now: datetime, *, offered: bool) -> bool:
        """Keep the answer; False when somebody was quicker or it is closed. Raises StoreError."""

    def close(self, receipt: str) -> bool:
        """Close it: places and ids of people are deleted. False when it was closed before. Raises StoreError."""

    def misread(self, misread: Misread) -> None:
        """Keep a corrected misreading; raises StoreError."""

    def misreadings(self) -> Sequence[Misread]:
        """All of them, newest first; raises StoreError."""

    def settle(self, id: str) -> bool:  # noqa: A002
        """Take a candidate off the list: an offered answer by its receipt, a misreading by its id."""

    def purge(self, answered_before: datetime, asked_before: datetime) -> int:
        """Close what was answered, and delete what was asked, before these moments; raises StoreError."""


class GapBook(Protocol):
    """Gaps with their ids, for those who write the guidance."""

    def newest(self, limit: int) -> Sequence[Gap]:
        """The newest gaps first, with those that are done; raises StoreError."""

    def done(self, ids: Collection[str], day: date) -> int:
        """Mark gaps as dealt with; raises StoreError."""

    def purge(self, before: date) -> int:
        """Delete gaps of earlier days; raises StoreError."""
