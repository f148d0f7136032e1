"""What a conversation already knows when somebody reports from it: facts and categories in memory, never content."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.finding import Category, HazardKind
from bot.domain.nearmiss import NearMissKind
from bot.domain.reply import Reply

MOST = 5000
_HAPPENED = frozenset({"near_miss", "sent_in_error", "lost_item", "unconfirmed_delivery", "misdirected_mail"})
"""Terms that say what happened and not to what: a lesson about "a near miss" would concern nothing."""
KEPT = timedelta(hours=12)
"""A working day: whoever reports later fills in what they remember."""


@dataclass(frozen=True)
class Known:
    """What the check and the answer said."""

    kind: NearMissKind | None = None
    categories: tuple[str, ...] = ()
    material: str = ""
    recipient: str = ""
    channel: str = ""
    said: str = ""
    files: bool = False
    """Whether files were checked."""
    thread: str = ""


class Memory:
    """What recent replies knew, by the reply's id."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, Known]] = OrderedDict()
        self._caught: set[str] = set()
        self._lock = Lock()

    def keep(self, id: str, known: Known, now: datetime) -> None:  # noqa: A002 - the field's name
        """Remember one reply, and forget the oldest."""
        with self._lock:
            self._kept[id] = (now, known)
            while self._kept and (len(self._kept) > MOST or now - next(iter(self._kept.values()))[0] > KEPT):
                gone, _ = self._kept.popitem(last=False)
                self._caught.discard(gone)

    def get(self, id: str) -> Known | None:  # noqa: A002
        """What is known of a reply; None when it is forgotten."""
        with self._lock:
            kept = self._kept.get(id)
            return kept[1] if kept else None

    def catch(self, id: str) -> bool:  # noqa: A002
        """Whether this is the first good catch from that reply."""
        with self._lock:
            if id not in self._kept or id in self._caught:
                return False
            self._caught.add(id)
            return True

    def earlier_in(self, thread: str, than: str) -> str:
        """Id of the newest earlier reply of a thread with something found in a file; empty when there is none."""
        with self._lock:
            for id, (_, known) in reversed(self._kept.items()):  # noqa: A001
                if id != than and thread and known.thread == thread and known.files:
                    return id if known.categories or known.kind else ""
        return ""


def known_of(reply: Reply, thread: str = "") -> Known:
    """What a reply knows."""
    findings = [finding for report in reply.files for finding in report.inspection.findings]
    seen = [material for report in reply.files for material in report.inspection.materials]
    return Known(
        kind=likely_kind(reply),
        categories=tuple(sorted({finding.category.value for finding in findings})),
        material=next((one for one in (*reply.facts.materials, *seen) if one not in _HAPPENED), ""),
        recipient=next(iter(reply.facts.recipients), ""),
        channel=next(iter(reply.facts.channels), ""),
        said=str(reply.verdict),
        files=bool(reply.files),
        thread=thread,
    )


def likely_kind(reply: Reply) -> NearMissKind | None:
    """The kind of near miss that the findings point to; None when nothing does."""
    hazards = {hazard.kind for report in reply.files for hazard in report.inspection.hazards}
    findings = [finding for report in reply.files for finding in report.inspection.findings]
    categories = {finding.category for finding in findings}
    hidden = {HazardKind.HIDDEN_TEXT, HazardKind.HIDDEN_SHEET, HazardKind.HIDDEN_CELLS, HazardKind.CACHED_DATA}
    signs = (
        (bool(hazards & {HazardKind.OTHER_CASE, HazardKind.MIXED_SUBJECTS}), NearMissKind.WRONG_CASE_MATERIAL),
        (HazardKind.FAILED_REDACTION in hazards, NearMissKind.FAILED_REDACTION),
        (any(finding.hidden for finding in findings) or bool(hazards & hidden), NearMissKind.HIDDEN_DATA),
        (Category.CRIMINAL_RECORD in categories, NearMissKind.WRONG_CONVICTIONS),
        (bool(categories), NearMissKind.UNREDACTED_PERSONAL_DATA),
    )
    return next((kind for holds, kind in signs if holds), None)
