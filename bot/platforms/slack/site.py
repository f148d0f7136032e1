"""What the Slack part of one site is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.ports.assistant import ActDesk, Helper
from bot.platforms.slack.client import Clients
from bot.platforms.slack.gate import Gate


@dataclass(frozen=True)
class Site:
    """The assistant, the desk, and what the operator set."""

    helper: Helper = field(repr=False)
    desk: ActDesk = field(repr=False)
    clients: Clients = field(repr=False)
    most_bytes: int
    """Largest file that is checked."""
    team_channels: frozenset[str] = frozenset()
    """Channels of the information team: who presses a button there acts for it."""
    leads: frozenset[str] = frozenset()
    """Channels and people of SENDCHECK_LEAD: alerted of breaches, they decide on them where they are told."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    gate: Gate = field(default_factory=Gate, repr=False)
    count: Callable[[str], None] = field(default=lambda what: None, repr=False)
    """Is told what was refused or ignored, for the metrics."""

    def for_the_team(self, channel: str, user: str) -> bool:
        """Whether somebody acts for the information team: in its channel, or as the lead."""
        return channel in self.team_channels | self.leads or user in self.leads
