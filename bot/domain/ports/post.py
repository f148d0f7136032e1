"""Plug points of what runs later or elsewhere: what is to be delivered, what is due, what was accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.card import Card
from bot.domain.component import Alarm
from bot.domain.people import Place
from bot.errors import SendcheckError


class DeliveryError(SendcheckError):
    """A card could not be delivered."""

    def __init__(self, problem: str, *, permanent: bool, retry_after: float | None = None) -> None:
        super().__init__(problem)
        self.permanent = permanent
        self.retry_after = retry_after
        """Seconds to wait before trying again, when the platform said so."""


class Courier(Protocol):
    """Delivers cards on one platform."""

    platform: str

    def deliver(self, card: Card, place: str, key: str) -> None:
        """Post the card at that place; `key` is the same when it is tried again. Raises DeliveryError."""


@dataclass(frozen=True)
class Parcel:
    """A card on its way."""

    key: str
    card: Card
    place: Place
    tries: int = 0


class Outbox(Protocol):
    """Cards to be delivered, kept until they are."""

    def send(self, card: Card, to: Iterable[Place], key: str, not_before: datetime | None = None) -> None:
        """Queue a card for each place, once for ever by key and place; raises StoreError."""

    def claim(self, now: datetime, most: int, lease_seconds: int = 60) -> Sequence[Parcel]:
        """Take parcels that are due, in order for each place; no other process gets them before the lease ends."""

    def delivered(self, parcel: Parcel) -> None:
        """It arrived: its content is deleted and its key stays, so that it is never sent again."""

    def failed(self, parcel: Parcel, now: datetime, error: DeliveryError) -> None:
        """It did not: it is tried again later with growing waits, or given up when `error` is permanent."""


class Alarms(Protocol):
    """Moments at which something must happen, kept over restarts; each goes off once, whichever process is first."""

    def set(self, key: str, kind: str, about: str, due: datetime) -> None:
        """Set an alarm; an alarm of that key that went off or was cancelled stays so, one not yet due is moved."""

    def cancel(self, about: str, kind: str | None = None) -> None:
        """Call off what is still to come about something."""

    def claim(self, now: datetime, most: int, lease_seconds: int = 60) -> Sequence[Alarm]:
        """Take alarms that are due."""

    def done(self, alarm: Alarm) -> None:
        """Its handler has run."""

    def coming(self, about: str) -> Sequence[Alarm]:
        """What is still to come about something, soonest first."""


@dataclass(frozen=True)
class Accepted:
    """An event of a chat platform that was acknowledged and is not answered yet."""

    id: str
    payload: bytes = field(repr=False)
    note: str = field(repr=False, default="")
    """What the platform has noted on the way, such as the id of the message that will hold the answer."""
    again: bool = False
    """True when an earlier try, here or in another process, may have got part of the way."""


class Inbox(Protocol):
    """Events acknowledged to a platform, sealed under the site key and deleted once answered."""

    def accept(self, platform: str, id: str, payload: bytes, now: datetime) -> bool:  # noqa: A002 - the platform's word
        """Keep an event before it is acknowledged; False when it was accepted before. Raises StoreError."""

    def claim(self, platform: str, now: datetime, most: int, lease_seconds: int = 120) -> Sequence[Accepted]:
        """Take events that nobody works on: after a restart, or when another process died."""

    def hold(self, platform: str, id: str, now: datetime, lease_seconds: int = 120) -> bool:  # noqa: A002
        """Claim one event just accepted, or prolong the lease on it; False when another process has it."""

    def note(self, platform: str, id: str, note: str) -> None:  # noqa: A002
        """Keep the platform's own note with the event."""

    def done(self, platform: str, id: str) -> None:  # noqa: A002
        """Answered: the payload and the note are deleted, the id stays until it is purged."""

    def waiting(self, platform: str) -> int:
        """How many are accepted and not answered."""
