"""Plug points of reports: where they, their talk, lessons and good catches are kept."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.domain.card import Card
from bot.domain.nearmiss import Lesson, LessonState, NearMiss, Note, Report, Reporter, ScrubbedText, Status
from bot.domain.people import Place

OnBreach = Callable[[NearMiss, datetime], Card | None]
"""Told at once of a report that it already went; gives the card of the breach path, if there is one."""


@dataclass(frozen=True)
class Wanted:
    """Which reports of a list are wanted."""

    words: str = field(repr=False, default="")
    """Looked for in the scrubbed text; a receipt finds its report."""
    status: Status | None = None
    kind: str = ""
    theme: str = ""
    overdue_on: date | None = None
    """Only those whose answer was due before this day."""
    hidden_from: date | None = None
    """Leave out what was reported anonymously on this day or later and is not announced yet: a list that is looked at
    again and again would show at what time it came."""
    after: tuple[datetime, str] | None = None
    """Moment and receipt of the last one already shown."""
    limit: int = 50


@dataclass(frozen=True)
class Pattern:
    """Reports that are alike: of a kind, about the same material, recipient and channel."""

    kind: str
    material: str
    recipient: str
    channel: str
    count: int


class Reports(Protocol):
    """Keeps reports and what is done about them."""

    def file(self, report: NearMiss, reporter: Reporter | None, due: date | None) -> None:
        """Keep a new report, and sealed apart from it who may be told; raises StoreError."""

    def find(self, receipt: str) -> Report | None:
        """The report with this receipt; raises StoreError."""

    def list(self, wanted: Wanted) -> Sequence[Report]:
        """Newest day first; raises StoreError."""

    def mark(self, receipt: str, *, unless: Collection[Status] = (), **changes: object) -> bool:
        """Change columns of one report; False when it is not there or is in a state of `unless`. Raises StoreError."""

    def note(self, receipt: str, note: Note) -> int:
        """Add a line to its talk, and give its number; raises StoreError."""

    def notes(self, receipt: str) -> Sequence[Note]:
        """Its talk and history in order; raises StoreError."""

    def reporter(self, receipt: str) -> Reporter | None:
        """Who may be told; None when nobody can be. Raises StoreError."""

    def forget_reporter(self, receipt: str) -> None:
        """Delete who may be told; raises StoreError."""

    def learn(self, receipt: str, vector: bytes) -> None:
        """Keep the vector of a report's scrubbed text; raises StoreError."""

    def vectors(self, most: int) -> Sequence[tuple[str, bytes]]:
        """Receipt and vector of open reports, newest first; raises StoreError."""

    def unsettled(self, before: date) -> tuple[Sequence[Report], Sequence[tuple[str, Note]]]:
        """What the team was not told of from earlier days: reports, and lines of the talk; raises StoreError."""

    def settle(self, before: date) -> None:
        """Say that the team has been told of `unsettled`, and mix it so that no order is left; raises StoreError."""

    def count_by(self, column: str, start: datetime, end: datetime) -> Mapping[str, int]:
        """How many reports of a time by the value of a column; raises StoreError."""

    def patterns(self, start: datetime, end: datetime, most: int) -> Sequence[Pattern]:
        """What was reported most; raises StoreError."""

    def tally(self, start: datetime, end: datetime, today: date) -> Mapping[str, Mapping[str, int]]:
        """Reports of a time, by the name of each thing that is measured and its values; raises StoreError."""

    def purge(self, before: datetime) -> int:
        """Delete decided reports filed before, with all that belongs to them; raises StoreError."""


class Lessons(Protocol):
    """Keeps lessons."""

    def add(self, lesson: Lesson) -> None:
        """Keep a new one; raises StoreError."""

    def find(self, id: str) -> Lesson | None:  # noqa: A002 - the field's name
        """The lesson with this id; raises StoreError."""

    def reword(self, id: str, learned: ScrubbedText, changed: ScrubbedText) -> bool:  # noqa: A002
        """Change the words of a draft; False when it is none any more. Raises StoreError."""

    def discard(self, id: str) -> bool:  # noqa: A002
        """Delete a draft, and its mark on reports; False when it is none any more. Raises StoreError."""

    def approve(self, id: str, day: date) -> bool:  # noqa: A002
        """Approve a draft; False when somebody was quicker. Raises StoreError."""

    def recurred(self, id: str) -> int:  # noqa: A002
        """Count one more report of its pattern, and give the number; raises StoreError."""

    def list(self, state: LessonState | None = None) -> Sequence[Lesson]:
        """Newest first; raises StoreError."""


class GoodCatches(Protocol):
    """Counts good catches, by day and category and nothing else."""

    def count_one(self, day: date, categories: Sequence[str]) -> None:
        """One more good catch; raises StoreError."""

    def between(self, first: date, last: date) -> Mapping[str, int]:
        """Counts by category, both days included; raises StoreError."""


@dataclass(frozen=True)
class Audience:
    """Where cards go."""

    team: tuple[Place, ...] = ()
    staff: tuple[Place, ...] = ()
