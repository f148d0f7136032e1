"""What a person sends to the assistant, whichever platform carried it."""

from dataclasses import dataclass, field


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
