"""What the product shows besides a reply, before any platform renders it: cards with buttons, and forms."""

from dataclasses import dataclass, field
from enum import StrEnum


class Style(StrEnum):
    """How much a button stands out."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """Something a person can do with one press; the platform hands `act` and `about` back to the desk."""

    act: str
    """Name of the act, such as "report.new" (the full list: DESIGN and docs/how-it-works.md)."""
    words: str
    """At most 40 characters, so that every platform can show it."""
    about: str = ""
    """Id of what it concerns: an answer, a report, an incident, a dispatch. Random ids only, never content."""
    style: Style = Style.PLAIN
    opens_form: bool = False
    """True when the platform fetches the form of this act and shows it first."""


class CardKind(StrEnum):
    """What a card is for; platforms may choose an icon and a colour by it."""

    NOTE = "note"
    REPORT = "report"
    QUESTION = "question"
    ANSWER = "answer"
    CHANGED = "changed"
    LESSON = "lesson"
    BREACH = "breach"
    DISPATCH = "dispatch"
    DIGEST = "digest"
    REMINDER = "reminder"


@dataclass(frozen=True)
class Picture:
    """A chart that goes with a card."""

    png: bytes = field(repr=False)
    alt: str
    """What it shows, in a sentence with its numbers, for those who cannot see it."""


@dataclass(frozen=True)
class Card:
    """A short message of the product's own: plain text, no markup, no personal data."""

    kind: CardKind
    title: str
    lines: tuple[str, ...] = field(repr=False, default=())
    """Paragraphs."""
    details: tuple[tuple[str, str], ...] = field(repr=False, default=())
    """(label, value) pairs, in the order to show."""
    steps: tuple[str, ...] = ()
    """A checklist, in the order to do."""
    buttons: tuple[Button, ...] = ()
    about: str = ""
    """Id of what it concerns; a later card about the same thing may replace this one."""
    picture: Picture | None = None
    private: bool = False
    """Shown once, where it was asked for, and never posted or kept: it would tie somebody to something."""


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    MOMENT = "moment"
    """A local date and time, as YYYY-MM-DDTHH:MM."""


@dataclass(frozen=True)
class Field:
    """One question of a form."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    required: bool = False
    options: tuple[tuple[str, str], ...] = field(repr=False, default=())
    """(value, words to show) for CHOICE and CHOICES; at most 100."""
    value: tuple[str, ...] = field(repr=False, default=())
    """What it is filled in with; "yes" or "no" for YES_NO."""
    hint: str = ""
    longest: int = 3000
    """Most characters of a LINE or TEXT."""


@dataclass(frozen=True)
class Form:
    """A few questions, shown as a dialog, a modal or a page; sent, its values go to the desk under `act`."""

    act: str
    title: str
    """At most 24 characters (Slack's limit for a dialog)."""
    fields: tuple[Field, ...]
    about: str = ""
    intro: tuple[str, ...] = field(repr=False, default=())
    submit: str = "Send"
    """At most 24 characters."""
