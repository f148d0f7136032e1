"""Reports between typing and sending: in memory, for minutes, under a random id; never on disk."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.nearmiss import AlreadySent, Circumstances, NearMissKind, Way
from bot.domain.people import Person
from bot.nearmiss.scrub import Stretch

KEPT = timedelta(minutes=20)
MOST = 500


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
    made: datetime = field(default_factory=lambda: datetime.min)


class Drafts:
    """The drafts of this process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Draft] = OrderedDict()
        self._lock = Lock()

    def keep(self, draft: Draft, now: datetime) -> str:
        """Keep one, forget what is too old, and give its id."""
        id = secrets.token_urlsafe(12)  # noqa: A001 - the field's name
        with self._lock:
            self._forget_old(now)
            while len(self._kept) >= MOST:
                self._kept.popitem(last=False)
            self._kept[id] = replace(draft, made=now)
        return id

    def get(self, id: str, now: datetime) -> Draft | None:  # noqa: A002
        """The draft; None when it is gone."""
        with self._lock:
            self._forget_old(now)
            return self._kept.get(id)

    def drop(self, id: str) -> None:  # noqa: A002
        """It was sent."""
        with self._lock:
            self._kept.pop(id, None)

    def _forget_old(self, now: datetime) -> None:
        for id in [id for id, draft in self._kept.items() if now - draft.made > KEPT]:  # noqa: A001
            del self._kept[id]
