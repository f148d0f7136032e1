"""A breach as it is recorded: no names, no raw text; every change is an entry of an append-only register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.nearmiss import ScrubbedText

WINDOW = timedelta(hours=72)
"""From awareness to notifying the regulator: UK GDPR art 33(1), DPA 2018 s.67(1). Elapsed hours; weekends count."""


class Happening(StrEnum):
    """What an entry of the register says happened."""

    OPENED = "opened"
    STEP = "step"
    EDITED = "edited"
    AWARENESS = "awareness"
    DECIDED = "decided"
    HELD = "held"
    RELEASED = "released"
    CLOSED = "closed"
    PURGED = "purged"
    """The contents of an incident were deleted when their time was over; this entry stands for them."""


class Risk(StrEnum):
    """How likely harm to people is: decides about the regulator (art 33, s.67) and the people (art 34, s.68)."""

    UNLIKELY = "unlikely"
    LIKELY = "likely"
    HIGH = "high"


@dataclass(frozen=True)
class Event:
    """What is to be recorded about one incident."""

    incident: str
    at: datetime
    what: Happening
    facts: Mapping[str, str] = field(default_factory=dict)
    """Field name to a short token: a kind, a moment, a number, yes or no. Never anything somebody typed freely."""
    words: Mapping[str, ScrubbedText] = field(repr=False, default_factory=dict)
    """Field name to free text, scrubbed."""
    by: str = ""
    """"team" or "staff" with a keyed mark that tells one person from another and nobody who they are."""


@dataclass(frozen=True)
class Entry:
    """One line of the register, chained to the one before it."""

    number: int
    """Place in the whole register, from 1 without a hole."""
    incident: str
    at: datetime
    what: Happening
    hash: str
    new: Mapping[str, str] = field(repr=False, default_factory=dict)
    old: Mapping[str, str] = field(repr=False, default_factory=dict)
    """What the fields held before, for those that were not empty."""
    by: str = ""
    purged: bool = False


@dataclass(frozen=True)
class Incident:
    """One breach as all its entries together tell it."""

    id: str
    """BR-7F3K-92QD: random."""
    opened_at: datetime
    values: Mapping[str, str] = field(repr=False)
    """Field name to what stands there now."""

    def value(self, name: str) -> str:
        """What stands in a field; empty when nothing does."""
        return self.values.get(name, "")

    @property
    def aware_at(self) -> datetime:
        """When the organisation became aware: the clock starts here."""
        return datetime.fromisoformat(self.values["aware_at"])

    @property
    def due(self) -> datetime:
        """When the 72 hours are over."""
        return self.aware_at + WINDOW

    @property
    def decided(self) -> bool:
        """Whether it has been decided if the regulator is told; this stops the reminders."""
        return self.value("regulator") in ("yes", "no")

    @property
    def hold(self) -> bool:
        """Whether a legal hold keeps it from being purged."""
        return self.value("hold") == "yes"

    @property
    def closed_at(self) -> datetime | None:
        """When it was closed, if it is."""
        return datetime.fromisoformat(self.values["closed_at"]) if self.value("closed_at") else None

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the first hour that are done."""
        return tuple(one for one in self.value("steps").split(",") if one)


def told_by(entries: Iterable[Entry]) -> Incident:
    """The incident as its entries tell it, oldest first; at least one entry is needed."""
    values: dict[str, str] = {}
    first: Entry | None = None
    for entry in entries:
        first = first or entry
        values.update(entry.new)
    if first is None:
        raise ValueError("An incident has at least one entry.")
    return Incident(first.incident, first.at, {name: value for name, value in values.items() if value})
