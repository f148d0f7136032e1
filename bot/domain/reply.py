"""The platform-neutral answer."""

from dataclasses import dataclass

from bot.domain.card import Button, Card
from bot.domain.citation import Citation
from bot.domain.finding import FileReport
from bot.domain.message import Remembered
from bot.domain.verdict import Verdict
from knowledge import Facts


@dataclass(frozen=True)
class Clarify:
    """One question whose answer would change the verdict."""

    fact: str
    """"material", "recipient", "channel" or "protection"."""
    question: str
    options: tuple[tuple[str, str], ...]
    """(term, words to show), most likely first."""


@dataclass(frozen=True)
class Reply:
    """What the user is told, before any platform renders it."""

    verdict: Verdict
    headline: str
    because: tuple[str, ...]
    conditions: tuple[str, ...]
    citations: tuple[Citation, ...]
    contact: str
    facts: Facts
    understood: str = ""
    """What was understood, in one sentence, so that a misreading is seen."""
    clarify: Clarify | None = None
    files: tuple[FileReport, ...] = ()
    remember: Remembered | None = None
    """What the thread is to keep for the next message."""
    id: str = ""
    """Random id by which feedback, a person's help or a report refers to this answer; empty where nothing is kept."""
    cards: tuple[Card, ...] = ()
    """What other parts add: the breach path, a dispatch to follow, lessons."""
    buttons: tuple[Button, ...] = ()
    """What can be done with this reply, besides answering `clarify`."""
    by_model: bool = False
    """True where a language model put some of the reasons into its own words; platforms may label that."""
    seconds: float = 0.0
