"""What a person sends to the assistant, whichever platform carried it."""

from dataclasses import dataclass, field

from bot.domain.people import Person
from knowledge import Facts


@dataclass(frozen=True)
class Attachment:
    """A file as it arrived; the content never shows in a repr or a log."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Turn:
    """An earlier line of the same conversation."""

    role: str
    """"user" or "assistant"."""
    text: str = field(repr=False)


@dataclass(frozen=True)
class Remembered:
    """What a thread keeps from one message to the next: facts in terms of the vocabulary, never text."""

    facts: Facts = field(default_factory=Facts)
    asking: str = ""
    """The fact that was asked for last ("recipient"); a bare answer fills it."""
    options: tuple[str, ...] = ()
    """The terms offered with that question, in the order shown."""
    asked_in_a_row: int = 0
    """Clarifying questions since the last answer; after two the strictest of what remains is the answer."""
    found: tuple[str, ...] = ()
    """Materials found in the attachments of the thread."""


@dataclass(frozen=True)
class Message:
    """One message: a question, attachments, or both."""

    text: str = field(repr=False, default="")
    attachments: tuple[Attachment, ...] = ()
    history: tuple[Turn, ...] = ()
    """Oldest first."""
    answers: tuple[tuple[str, str], ...] = ()
    """Facts chosen with buttons, as (fact, term): ("recipient", "defence"); they outrank the text."""
    case: str | None = None
    """The case URN the user says this belongs to."""
    remembered: Remembered | None = None
    """What the thread keeps; given by platforms that hold no history."""
    thread: str = field(repr=False, default="")
    """The platform's own key of the conversation; with it the flow recalls and keeps what is `remembered`."""
    sender: Person | None = None
    """None where the platform cannot tell who writes."""
    missing: tuple[tuple[str, str], ...] = field(repr=False, default=())
    """(name, why) of files that belong to the message and could not be had: not checked, and said so."""
