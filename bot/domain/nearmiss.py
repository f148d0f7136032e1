"""A near miss as it is stored: no name, no case, no raw text."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class NearMissKind(StrEnum):
    """What nearly happened (DESIGN section 2; the inspectorate's and the regulator's categories)."""

    WRONG_RECIPIENT = "wrong_recipient"
    WRONG_CASE_MATERIAL = "wrong_case_material"
    UNREDACTED_PERSONAL_DATA = "unredacted_personal_data"
    FAILED_REDACTION = "failed_redaction"
    HIDDEN_DATA = "hidden_data"
    WRONG_CONVICTIONS = "wrong_convictions"
    PHYSICAL_MEDIA_OR_PAPER = "physical_media_or_paper"
    LOST_OR_STOLEN = "lost_or_stolen"
    CHANNEL_MISUSE = "channel_misuse"
    MISADDRESSED_LETTER = "misaddressed_letter"
    ACCESS_OR_PERMISSIONS = "access_or_permissions"
    OTHER = "other"


class AlreadySent(StrEnum):
    """Whether it reads as a breach (it went) or as a near miss (it was stopped)."""

    TRUE = "true"
    FALSE = "false"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class ScrubbedText:
    """Free text with personal data taken out; made by `bot.nearmiss.scrub` alone, the only text the store accepts."""

    text: str = field(repr=False)
    removed: int = 0
    """How many values were replaced by a label."""


@dataclass(frozen=True)
class NearMiss:
    """One report."""

    receipt: str
    """What the reporter keeps, e.g. "NM-7F3K-92QD"; not derived from anything about them."""
    kind: NearMissKind
    text: ScrubbedText
    already_sent: AlreadySent
    anonymous: bool
    reported_at: datetime
    """UTC; for an anonymous report only the day is kept (time 00:00)."""
    reporter: str | None = None
    """Platform user id; always None when anonymous."""
    finding_categories: tuple[str, ...] = ()
    """What the check had found, by category, when the report came from a check."""
