"""What is kept of an answer after it was given: its facts and what it relied on, never its question."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.domain.verdict import Verdict
from knowledge import Facts


@dataclass(frozen=True)
class Relied:
    """One quote that an answer rested on."""

    document: str
    section: str
    """Heading path below the title, as in the citation."""
    sha256: str
    """Of the quote; the words themselves are in the guidance."""
    row: str = ""
    """Digest of what a quoted row rules on (material, recipient, channel, protections); empty for prose."""
    answer: str = ""
    """What the row answered."""


@dataclass(frozen=True)
class AnswerRecord:
    """One answer as it is remembered: no text, and no person but a sealed place to write to."""

    id: str
    verdict: Verdict
    """What the person was told."""
    basis: Verdict
    """What the facts and the quoted rows alone came to; the same is computed again when the guidance changes."""
    facts: Facts
    relied: tuple[Relied, ...]
    day: date
    stamp: str
    """Which state of the guidance it was held against last."""
    place: Place | None = field(repr=False, default=None)
    """Where the person who asked can be told of a change; None where nobody can, or where they do not want it."""
    told: int = 0
    """How many changes have been told."""
    files: bool = False
    """True when files were checked with the question; they are gone, so only the quoted rows can be held against."""

    @property
    def document(self) -> str:
        """The document that the answer rests on first; empty when it rests on none."""
        return self.relied[0].document if self.relied else ""


class Reason(StrEnum):
    """Why an answer was not helpful."""

    WRONG = "wrong"
    UNCLEAR = "unclear"
    OUT_OF_DATE = "out_of_date"
    NOT_ASKED = "not_asked"
    TOO_LONG = "too_long"
    OTHER = "other"


REASON_WORDS = {
    Reason.WRONG: "It is wrong",
    Reason.UNCLEAR: "It is unclear",
    Reason.OUT_OF_DATE: "It is out of date",
    Reason.NOT_ASKED: "Not what I asked",
    Reason.TOO_LONG: "Too long",
    Reason.OTHER: "Something else",
}


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of an answer; who it was is not kept."""

    answer: str
    """Id of the answer; a later opinion about it replaces the earlier one."""
    helpful: bool
    document: str
    """The document the answer rested on first; empty when it rested on none."""
    section: str
    verdict: Verdict
    day: date
    reason: Reason | None = None
    text: ScrubbedText | None = None


class State(StrEnum):
    """How far a question to a person has got."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class HumanQuestion:
    """A question put to a person, scrubbed."""

    receipt: str
    """HQ-XXXX-XXXX: what the asker reads the answer by; says nothing about them."""
    question: ScrubbedText
    facts: Facts
    verdict: Verdict | None
    """What the guidance alone had said, where the question began with an answer."""
    document: str
    owner: str
    """The role that is to answer: the owner of the document, or the information team."""
    asked_at: datetime
    due: datetime
    state: State = State.OPEN
    place: Place | None = field(repr=False, default=None)
    """Where the answer is sent; None where the asker reads it by the receipt."""
    answer: ScrubbedText | None = None
    answered_at: datetime | None = None
    answered_by: str = field(repr=False, default="")
    """The platform's id of whoever answered, kept until the question is closed."""
    offered: bool = False
    """True when the answer is offered to the guidance."""


@dataclass(frozen=True)
class Misread:
    """A question that was misread, with the facts as its author put them right; offered to the guidance."""

    id: str
    question: ScrubbedText
    read: Facts
    right: Facts
    day: date
