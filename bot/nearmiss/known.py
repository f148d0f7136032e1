"""What a conversation already knows when somebody reports from it: facts and categories, sealed, never content."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.finding import Category, HazardKind
from bot.domain.nearmiss import NearMissKind
from bot.domain.ports.meanwhile import Meanwhile
from bot.domain.reply import Reply

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


class Memory:
    """What recent replies knew, by the reply's id; every method raises StoreError."""

    def __init__(self, meanwhile: Meanwhile) -> None:
        self._meanwhile = meanwhile

    def keep(self, id: str, known: Known, now: datetime) -> None:  # noqa: A002 - the field's name
        """Remember one reply."""
        self._meanwhile.put("reply", id, known, now, KEPT)

    def get(self, id: str, now: datetime) -> Known | None:  # noqa: A002
        """What is known of a reply; None when it is forgotten."""
        return self._meanwhile.get("reply", id, Known, now) if id else None

    def catch(self, id: str, now: datetime) -> bool:  # noqa: A002
        """Whether this is the first good catch from that reply."""
        return self.get(id, now) is not None and self._meanwhile.first("reply.caught", id, now, KEPT)

    def checked(self, thread: str, id: str, now: datetime) -> str:  # noqa: A002
        """The reply to the last check of a thread before this one, whose place this one takes; empty for none."""
        if not thread:
            return ""
        earlier = self._meanwhile.get("thread.checked", thread, str, now) or ""
        self._meanwhile.put("thread.checked", thread, id, now, KEPT)
        return earlier


def known_of(reply: Reply) -> Known:
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
