"""What the Slack part of one site is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.ports.assistant import ActDesk, Helper
from bot.platforms.chat.team import Team
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
    team: Team = field(default_factory=Team)
    """The information team and its lead: who presses a button where they are told of things acts for them."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    gate: Gate = field(default_factory=Gate, repr=False)
    count: Callable[[str], None] = field(default=lambda what: None, repr=False)
    """Is told what was refused or ignored, for the metrics."""
