"""Reports between typing and sending: for an hour, sealed, under a random id, wherever the second press arrives."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.nearmiss import AlreadySent, Circumstances, NearMissKind, Way
from bot.domain.people import Person
from bot.domain.ports.meanwhile import Meanwhile
from bot.nearmiss.scrub import Stretch

KEPT = timedelta(hours=1)
_KIND = "report.draft"


@dataclass(frozen=True)
class Draft:
    """What somebody is about to report."""

    pieces: tuple[Stretch, ...] = field(repr=False)
    """Their words, with what would be taken out."""
    kind: NearMissKind
    way: Way
    sent: AlreadySent
    around: Circumstances
    categories: tuple[str, ...] = ()
    name: str = field(repr=False, default="")
    by: Person | None = field(repr=False, default=None)
    """Nobody where it is anonymous."""


class Drafts:
    """The drafts of all processes."""

    def __init__(self, meanwhile: Meanwhile) -> None:
        self._meanwhile = meanwhile

    def keep(self, draft: Draft, now: datetime) -> str:
        """Keep one, and give its id; raises StoreError."""
        id = secrets.token_urlsafe(12)  # noqa: A001 - the field's name
        self._meanwhile.put(_KIND, id, draft, now, KEPT)
        return id

    def get(self, id: str, now: datetime) -> Draft | None:  # noqa: A002
        """The draft; None when it is gone. Raises StoreError."""
        return self._meanwhile.get(_KIND, id, Draft, now)

    def drop(self, id: str) -> None:  # noqa: A002
        """It was sent; raises StoreError."""
        self._meanwhile.drop(_KIND, id)
