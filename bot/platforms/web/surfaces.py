"""The parts of the site in which buttons can be pressed, and who presses them there."""

from dataclasses import dataclass
from urllib.parse import quote

from bot.domain.people import Person
from bot.platforms.web.conversation import Conversation

TEAM = Person("web", "board", team=True)
"""Whoever can open the board: it is served on this machine alone and has no sign-in."""


@dataclass(frozen=True)
class Surface:
    """One part of the site."""

    name: str
    acts: str
    """Address that takes what its buttons and forms post."""
    base: str
    """Template of its pages."""

    def by(self, conversation: Conversation) -> Person | None:
        """Who presses; nobody known where people come with a receipt code, so that nothing can join the two."""
        return {"chat": conversation.person, "board": TEAM}.get(self.name)

    def audience(self, conversation: Conversation) -> str:
        """Who may press what is shown: this browser; on the board whoever has the page."""
        return "board" if self.name == "board" else f"{self.name} {conversation.id}"

    def home(self, source: str) -> str:
        """Address of the page on which a button stood."""
        if self.name == "board":
            return f"/board/{quote(source, safe=ADDRESS)}"
        return "/receipt" if self.name == "receipt" else "/"


ADDRESS = "/?=&%+-_.~"
"""What an address within the site keeps as it is."""
CHAT = Surface("chat", "/act", "base.html")
RECEIPT = Surface("receipt", "/receipt/act", "base.html")
BOARD = Surface("board", "/board/act", "board_base.html")
