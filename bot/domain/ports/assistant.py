"""The assistant as chat platforms see it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.domain.card import Card, Form
from bot.domain.component import Outcome, Press
from bot.domain.copy import Copy, CopyKind
from bot.domain.finding import FileReport
from bot.domain.message import Attachment, Message
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Person
from bot.domain.ports import Progress
from bot.domain.reply import Reply

Ready = Callable[[FileReport], None]
"""Is told of each file of several as soon as it has been checked, before they are compared with one another."""


class Helper(Protocol):
    """Answers, checks and copies."""

    def respond(self, message: Message, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """The reply to a message."""

    def copy(self, attachment: Attachment, kind: CopyKind, progress: Progress | None = None) -> Copy:
        """A marked, redacted or cleaned copy."""

    def preview(self, text: str) -> ScrubbedText:
        """The text without personal data; raises ReportError."""

    def not_personal_data(self, digest: str, category: str) -> None:
        """Remember that a value is no personal data at this site."""


class ActDesk(Protocol):
    """Does what buttons and forms ask for."""

    def form(self, act: str, about: str, by: Person | None, now: datetime) -> Form:
        """The form that comes before an act; raises ActError."""

    def press(self, press: Press) -> Outcome:
        """Do what a button or a form asks for; raises ActError."""

    def home(self, person: Person, now: datetime) -> tuple[Card, ...]:
        """What a person sees on a page of their own."""
