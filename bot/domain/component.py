"""What a part beyond asking and checking offers to the rest: acts, pages, alarms, additions to replies."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.board import Download, Page
from bot.domain.card import Button, Card, Form
from bot.domain.message import Message
from bot.domain.people import Person
from bot.domain.reply import Reply
from bot.errors import SendcheckError


class ActError(SendcheckError):
    """What was asked for cannot be done as it is; the text says why and what to do."""

    def __init__(self, problem: str, wrong: str = "") -> None:
        super().__init__(problem)
        self.field = wrong
        """Name of the field of the form that is wrong, if one is."""


@dataclass(frozen=True)
class Press:
    """A button that was pressed or a form that was sent."""

    act: str
    about: str
    now: datetime
    """With a time zone."""
    values: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    """Field name to what was filled in; absent or empty when left out."""
    by: Person | None = None
    """None where the platform cannot tell who it is, or must not."""

    def value(self, name: str) -> str:
        """The first value of a field, stripped; empty when it was left out."""
        given = self.values.get(name, ())
        return given[0].strip() if given else ""


Outcome = Card | Form | Reply
"""What follows a press: a card to show, the next form of several, or a new reply."""


@dataclass(frozen=True)
class Act:
    """One thing that can be done."""

    run: Callable[[Press], Outcome]
    """Raises ActError."""
    form: Callable[[Press], Form] | None = None
    """Makes the form that comes first; raises ActError."""
    team: bool = False
    """Only for the information team."""


@dataclass(frozen=True)
class Answered:
    """A message and the reply it gets, as told to those who may add something."""

    message: Message
    reply: Reply
    now: datetime


@dataclass(frozen=True)
class Extras:
    """What is added to a reply."""

    cards: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Alarm:
    """Something that was to happen at a moment that has come."""

    key: str
    """Unique; whatever the handler sends is keyed by it, so that running twice sends once."""
    kind: str
    """Names the handler."""
    about: str
    due: datetime


@dataclass(frozen=True)
class Checked:
    """One line of `sendcheck doctor`."""

    what: str
    fine: bool
    said: str


@dataclass(frozen=True)
class Component:
    """A part of the product; every field may be left out."""

    acts: Mapping[str, Act] = field(default_factory=dict)
    pages: Mapping[str, Callable[[str, Mapping[str, str]], Page]] = field(default_factory=dict)
    """First part of the address below /board/ to the page of (rest of the address, query); raises ActError."""
    downloads: Mapping[str, Callable[[str, Mapping[str, str]], Download]] = field(default_factory=dict)
    """The same below /board/download/."""
    alarms: Mapping[str, Callable[[Alarm, datetime], None]] = field(default_factory=dict)
    """Kind of alarm to its handler, told the alarm and the moment; may run twice for one alarm."""
    after: Callable[[Answered], Extras] | None = None
    """Adds to a reply; must not raise, and must be quick."""
    home: Callable[[Person, datetime], tuple[Card, ...]] | None = None
    """What a person sees of it on a page of their own: receipts, answers from the team, lessons of the month."""
    start: Callable[[datetime], None] | None = None
    """Run when the worker starts: sets its recurring alarms."""
    purge: Callable[[datetime], int] | None = None
    """Deletes what is past its time; gives how many things went."""
    doctor: Callable[[], Iterable[Checked]] | None = None
