"""Every outside plug point on one page; `bot/wiring.py` chooses what stands behind each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.copy import Copy, CopyKind
from bot.domain.finding import Inspection
from bot.domain.gap import Gap
from bot.domain.message import Attachment
from bot.domain.nearmiss import NearMiss, ScrubbedText
from bot.domain.verdict import Verdict


class Progress(Protocol):
    """Is told how a check gets on; safe to call from any thread."""

    def __call__(self, done: int, total: int, what: str) -> None:
        """`done` of `total` parts; `what` is a phrase for people ("page 12 of 40")."""


class Examiner(Protocol):
    """Looks into one file, or copies it; never raises for a bad file, but says in the result what was not read."""

    def examine(self, attachment: Attachment, progress: Progress | None = None) -> Inspection:
        """Inspect one attachment."""

    def copy(
        self,
        attachment: Attachment,
        kind: CopyKind,
        progress: Progress | None = None,
        allowed: frozenset[str] = frozenset(),
    ) -> Copy:
        """Make a copy of one attachment, in which values with a digest in `allowed` are left alone."""


class NearMissStore(Protocol):
    """Keeps near-miss reports."""

    def add(self, report: NearMiss) -> None:
        """Store one report; raises StoreError."""

    def latest(self, limit: int) -> Sequence[NearMiss]:
        """The newest reports first; raises StoreError."""

    def by_receipt(self, receipt: str) -> NearMiss | None:
        """The report with this receipt, if there is one; raises StoreError."""

    def count(self) -> int:
        """How many reports there are; raises StoreError."""


class GapLog(Protocol):
    """Keeps the questions that the guidance did not settle, without who asked."""

    def add(self, question: ScrubbedText, verdict: Verdict, at: datetime) -> None:
        """Keep one question and the day; raises StoreError."""

    def latest(self, limit: int) -> Sequence[Gap]:
        """The newest gaps first; raises StoreError."""


class AllowList(Protocol):
    """Values the site has said are not personal data, kept as keyed digests only."""

    def add(self, digest: str, category: str) -> None:
        """Remember one digest; adding it again changes nothing."""

    def digests(self) -> frozenset[str]:
        """All remembered digests."""
