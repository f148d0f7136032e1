"""The plug point of the breach register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.incident import Entry, Event, Incident


@dataclass(frozen=True)
class Head:
    """The newest entry of the register; written down elsewhere, it shows whether entries were cut off."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash[:16]}" if self.number else "empty"


@dataclass(frozen=True)
class Audit:
    """What checking the whole register found."""

    entries: int
    head: Head
    broken: int | None = None
    """Number of the first entry that is not as it was written."""
    incident: str = ""
    """The incident that entry belongs to."""
    problem: str = ""
    """What is wrong, in a sentence; empty when nothing is."""


class Register(Protocol):
    """Breaches, append-only: every change is a new entry, chained to the one before under the site key."""

    def open(self, event: Event, source: str = "") -> tuple[Incident, bool]:
        """Record a new incident; the one that stands when its `source` has opened one before, and False. StoreError."""

    def add(self, event: Event) -> Incident:
        """Record what happened to an incident; raises StoreError, and LookupError when there is no such incident."""

    def get(self, incident: str) -> Incident | None:
        """One incident; raises StoreError."""

    def history(self, incident: str) -> Sequence[Entry]:
        """Its entries, oldest first; raises StoreError."""

    def search(self, words: str, most: int, skip: int = 0) -> Sequence[Incident]:
        """The newest first whose number or text holds all the words; all for none. Raises StoreError."""

    def clocks(self) -> Sequence[Incident]:
        """Those neither decided nor closed, the most urgent first; raises StoreError."""

    def to_notify(self) -> Sequence[Incident]:
        """Those open of which the regulator is to be told, with no word yet that it was; raises StoreError."""

    def head(self) -> Head:
        """The newest entry; raises StoreError."""

    def audit(self) -> Audit:
        """Check every entry against the chain and against the heads noted outside; raises StoreError."""

    def purge(self, closed_before: datetime, now: datetime) -> int:
        """Delete the contents of what was closed before and is on no hold; the chain stays whole. Raises StoreError."""
