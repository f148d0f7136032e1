"""A message as understood."""

from dataclasses import dataclass, field

from bot.ask.manner import USUAL, Manner
from knowledge import Facts


@dataclass(frozen=True)
class Question:
    """A message as understood."""

    text: str = field(repr=False)
    """What is compared with known questions: the message, or for a follow-up the facts in words."""
    facts: Facts
    sentences: tuple[str, ...] = field(repr=False, default=())
    """The sentences that ask, for a story with the question at the end."""
    follows: bool = False
    """True when facts were carried over from earlier in the conversation."""
    unread: frozenset[str] = frozenset()
    """Facts that may hide in words the vocabulary does not know; a known question may say what they are."""
    counted: frozenset[int] = frozenset()
    """How many rows or people it says there are ("the 150 applicants")."""
    denied: frozenset[str] = frozenset()
    """What the text says is not so, as lemmas: "contract", "match"."""
    guessed: tuple[tuple[str, float], ...] = ()
    """Terms that were not read but taken for likely, with how sure that is (0 to 1); all others were read."""
    said_now: bool = True
    """False when a follow-up says nothing that was understood."""
    asked_before: int = 0
    """Clarifying questions asked in a row before this message."""
    found: tuple[str, ...] = ()
    """Materials found in the files of the conversation before."""
    in_english: bool = True
    manner: Manner = USUAL
    """How it speaks of what it names."""
    unnamed: bool = False
    """True when what goes is only pointed at ("can it go")."""
    beside: bool = False
    """True when something that was not read is named in one breath with what was ("the result and the offence")."""
