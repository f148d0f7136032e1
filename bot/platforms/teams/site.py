"""What the Teams part of one site is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.domain.ports.assistant import ActDesk, Helper
from bot.domain.ports.post import DeliveryError
from bot.platforms.chat.team import Team
from bot.platforms.teams.client import Connectors
from bot.platforms.teams.files import Files
from bot.platforms.teams.gate import Gate
from bot.platforms.teams.incoming import Chat
from bot.platforms.teams.references import References


@dataclass(frozen=True)
class Site:
    """The assistant, the desk, and what the operator set."""

    helper: Helper = field(repr=False)
    desk: ActDesk = field(repr=False)
    connectors: Connectors = field(repr=False)
    files: Files = field(repr=False)
    references: References = field(repr=False)
    gate: Gate = field(repr=False)
    team: Team = field(default_factory=Team)
    """The information team and its lead: who presses a button where they are told of things acts for them."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    count: Callable[[str], None] = field(default=lambda what: None, repr=False)
    """Is told what was refused or ignored, for the metrics."""

    def chat_with(self, near: Chat, user: str) -> Chat:
        """The chat with one person alone, as seen from a conversation they are in; raises DeliveryError."""
        if near.personal and near.id:
            return near
        known = self.references.with_person(user)
        if known is not None:
            return known
        if not near.service:
            raise DeliveryError("Nobody in Teams has talked with this app yet.", permanent=False)
        chat = self.connectors.open_chat(near.service, near.tenant, user)
        self.references.remember(chat, user)
        return chat
