"""A near miss as it is stored: no name, no case, no raw text."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.people import Person


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


class Way(StrEnum):
    """How somebody chose to report."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Stage(StrEnum):
    """Where it was caught."""

    WRITING = "writing"
    CHECKING = "checking"
    SENDING = "sending"
    ARRIVED = "arrived"
    AFTER = "after"


class Stopped(StrEnum):
    """What stopped it."""

    MYSELF = "myself"
    COLLEAGUE = "colleague"
    CHECK = "check"
    SYSTEM = "system"
    RECIPIENT = "recipient"
    CHANCE = "chance"


class Factor(StrEnum):
    """What contributed: the situation, never the person."""

    TIME_PRESSURE = "time_pressure"
    SIMILAR_NAMES = "similar_names"
    ARRIVED_UNREDACTED = "arrived_unredacted"
    TEMPLATE = "template"
    HIDDEN_DATA = "hidden_data"
    AUTOCOMPLETE = "autocomplete"
    INTERRUPTED = "interrupted"
    UNCLEAR_GUIDANCE = "unclear_guidance"
    SYSTEM_FAULT = "system_fault"
    NEW_TASK = "new_task"


class Status(StrEnum):
    """How far the information team has got with a report."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ASKED = "asked"
    DECIDED = "decided"


class Decision(StrEnum):
    """What the team decided."""

    CHANGE = "change"
    SHARE = "share"
    KNOWN = "known"
    NO_CHANGE = "no_change"
    BREACH = "breach"


@dataclass(frozen=True)
class Circumstances:
    """What is known around a near miss, in fixed words only; empty where nobody said."""

    hazard: bool = False
    """A standing hazard ("this template always shows the address"): a condition, not an event (HSE, facts part 5.1)."""
    material: str = ""
    """In terms of the vocabulary, like the next two."""
    recipient: str = ""
    channel: str = ""
    said: str = ""
    """The verdict that the check gave."""
    stage: str = ""
    stopped: str = ""
    factors: tuple[str, ...] = ()
    waited: int | None = None
    """About how many days lay between it and the report."""


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
    confidential: bool = False
    """Only the information team can reach the reporter, and only through the assistant."""
    around: Circumstances = field(default_factory=Circumstances)
    code_digest: str = field(default="", repr=False)
    """Keyed digest of what the reporter's code adds to the receipt; empty for reports that have no code."""
    code: str = field(default="", repr=False, compare=False)
    """The whole code, "NM-7F3K-92QD-8KWP-3M6T": given to the reporter once and never stored."""

    @property
    def way(self) -> Way:
        """How it was reported."""
        return Way.ANONYMOUS if self.anonymous else Way.CONFIDENTIAL if self.confidential else Way.NAMED


@dataclass(frozen=True)
class Reporter:
    """Who reported and may be told; kept sealed, and only until the report is done with."""

    person: Person | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)
    """As they gave it, with a named report only."""


class Step(StrEnum):
    """What happened to a report."""

    SAID = "said"
    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    GROUPED = "grouped"
    DECIDED = "decided"
    LESSON = "lesson"


@dataclass(frozen=True)
class Note:
    """One line of the talk and the history of a report."""

    by: str
    """"reporter" or "team"; never who."""
    step: Step
    text: ScrubbedText
    day: date
    told: bool = True
    """Whether the other side has been told of it."""
    turn: int = 0
    """Its number within the talk, once it is kept."""


@dataclass(frozen=True)
class Report:
    """A report with what has been done about it."""

    filed: NearMiss
    status: Status = Status.NEW
    due: date | None = None
    """The day by which the reporter is to have an answer."""
    theme: str = ""
    """Receipt of the first report of its group; empty when it stands alone."""
    decision: str = ""
    answered: date | None = None
    """The day on which the reporter first heard from the team."""
    lesson: str = ""
    """Id of the lesson drawn from it."""
    announced: bool = False
    """Whether the team has been told of it."""


class LessonState(StrEnum):
    """How far a lesson has got."""

    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True)
class Lesson:
    """What changed because of reports."""

    id: str
    kind: NearMissKind
    learned: ScrubbedText
    changed: ScrubbedText
    made: date
    material: str = ""
    recipient: str = ""
    channel: str = ""
    state: LessonState = LessonState.DRAFT
    approved: date | None = None
    theme: str = ""
    """Receipt of the first report of the group that it was drawn from."""
    recurred: int = 0
    """How many reports of the same pattern came after it was approved."""
