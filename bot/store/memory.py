"""The stores kept in memory: for tests and for trying things out; they keep the same promises as the SQL ones."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from threading import Lock

from bot.domain.gap import Gap
from bot.domain.message import Remembered
from bot.domain.nearmiss import NearMiss, ScrubbedText
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from bot.store.checks import require_scrubbed, require_storable
from bot.store.failures import REFUSED


class MemoryNearMissStore:
    """Reports in a dictionary."""

    def __init__(self) -> None:
        self._reports: dict[str, NearMiss] = {}
        self._lock = Lock()

    def add(self, report: NearMiss) -> None:
        """Keep one report; raises StoreError when the receipt is taken."""
        require_storable(report)
        with self._lock:
            if report.receipt in self._reports:
                raise StoreError(REFUSED)
            self._reports[report.receipt] = report

    def latest(self, limit: int) -> Sequence[NearMiss]:
        """The newest reports first."""
        ordered = sorted(self._reports.values(), key=lambda report: report.receipt)
        ordered.sort(key=lambda report: report.reported_at, reverse=True)
        return tuple(ordered[: max(limit, 0)])

    def by_receipt(self, receipt: str) -> NearMiss | None:
        """The report with this receipt, if there is one."""
        return self._reports.get(receipt)

    def count(self) -> int:
        """How many reports there are."""
        return len(self._reports)


class MemoryAllowList:
    """Digests in a dictionary."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._entries: dict[str, tuple[str, date]] = {}

    def add(self, digest: str, category: str) -> None:
        """Remember one digest; adding it again changes nothing."""
        self._entries.setdefault(digest, (category, self._today()))

    def digests(self) -> frozenset[str]:
        """All remembered digests."""
        return frozenset(self._entries)


class MemoryGapLog:
    """Gaps in a list."""

    def __init__(self) -> None:
        self._gaps: list[Gap] = []

    def add(self, question: ScrubbedText, verdict: Verdict, at: datetime) -> None:
        """Keep one question that the guidance did not settle, with the day."""
        self._gaps.append(Gap(question=require_scrubbed(question), verdict=verdict, day=at.date()))

    def latest(self, limit: int) -> Sequence[Gap]:
        """The newest gaps first."""
        return tuple(sorted(self._gaps, key=lambda gap: gap.day, reverse=True)[: max(limit, 0)])


class MemoryThreads:
    """What conversations remember, for the latest ones; a restart forgets them."""

    def __init__(self, most: int = 5000) -> None:
        self._most = most
        self._kept: OrderedDict[str, Remembered] = OrderedDict()
        self._lock = Lock()

    def recall(self, thread: str) -> Remembered | None:
        """What the conversation of this key remembers, if it is still kept."""
        return self._kept.get(thread)

    def keep(self, thread: str, remembered: Remembered, now: datetime) -> None:
        """Remember this; the conversation that was silent longest is forgotten when there are too many."""
        with self._lock:
            self._kept[thread] = remembered
            self._kept.move_to_end(thread)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
