"""Something physical on its way: discs, sticks, papers; no names of people, for an office and a role are enough."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.nearmiss import ScrubbedText


class DispatchState(StrEnum):
    """Where it is."""

    PLANNED = "planned"
    SENT = "sent"
    RECEIVED = "received"
    LOST = "lost"
    CANCELLED = "cancelled"
    """It did not go after all."""


OPEN = (DispatchState.PLANNED, DispatchState.SENT)
"""States in which somebody waits for it."""


class Watch(StrEnum):
    """Who is told when it is not confirmed; the lead always is, for what one person alone notices is noticed late."""

    BOTH = "both"
    LEAD = "lead"


@dataclass(frozen=True)
class Dispatch:
    """One dispatch."""

    code: str
    """DP-7F3K-92QD: random; the receiver confirms with it."""
    state: DispatchState
    channel: str
    """"courier", "post", "hand" or "removable_media"."""
    what: ScrubbedText = field(repr=False)
    """Kind and number: "three discs, encrypted"."""
    destination: ScrubbedText = field(repr=False)
    """Office and role."""
    bag: str = field(repr=False)
    """Number of the tamper-evident bag or of the tracked item."""
    encrypted: str
    """"yes", or "paper" where there is nothing to encrypt."""
    agreed: bool
    """Whether the receiver has confirmed to be in that day."""
    expected_at: datetime
    created_at: datetime
    watch: Watch = Watch.BOTH
    attended: bool = False
    """Expected outside office hours, with somebody named who takes it into their hands."""
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    """When it was received, lost or cancelled."""
    delays: int = 0
    note: ScrubbedText = field(repr=False, default=ScrubbedText(""))
    incident: str = ""
    """The breach it became, if it was lost."""

    @property
    def open(self) -> bool:
        """Whether somebody waits for it."""
        return self.state in OPEN

    def overdue(self, now: datetime) -> bool:
        """Whether it should have been confirmed by now."""
        return self.open and self.expected_at <= now
