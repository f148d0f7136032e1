"""An incident desk on a real SQLite register and outbox, with alarms kept in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from bot.domain.component import Alarm, Press
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Person, Place
from bot.incident.record import Incidents
from bot.office_hours import OfficeHours
from bot.store import migrate, open_engine
from bot.store.incidents import SqlRegister
from tests.post_read import ReadOutbox

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 4, 17, 55, tzinfo=UTC)
LEAD = Place("slack", "C-LEAD")
TEAM = Person("slack", "U-MANAGER", team=True)
STAFF = Person("slack", "U-STAFF", place=Place("slack", "D-STAFF"))


class FakeAlarms:
    """Goes off once by key; one not yet due is moved."""

    def __init__(self) -> None:
        self.waiting: dict[str, Alarm] = {}
        self.over: set[str] = set()

    def set(self, key: str, kind: str, about: str, due: datetime) -> None:
        if key not in self.over:
            self.waiting[key] = Alarm(key, kind, about, due)

    def cancel(self, about: str, kind: str | None = None) -> None:
        for key in [key for key, one in self.waiting.items() if one.about == about and kind in (None, one.kind)]:
            self.over.add(key)
            del self.waiting[key]

    def claim(self, now: datetime, most: int, lease_seconds: int = 60) -> Sequence[Alarm]:
        due = sorted((one for one in self.waiting.values() if one.due <= now), key=lambda one: one.due)
        return due[:most]

    def done(self, alarm: Alarm) -> None:
        self.over.add(alarm.key)
        self.waiting.pop(alarm.key, None)

    def coming(self, about: str) -> Sequence[Alarm]:
        return sorted((one for one in self.waiting.values() if one.about == about), key=lambda one: one.due)


def fake_scrub(text: str) -> ScrubbedText:
    return ScrubbedText(text.replace("Nadia Price", "[name]"), text.count("Nadia Price"))


@dataclass
class FakeNeeds:
    register: SqlRegister
    outbox: ReadOutbox
    alarms: FakeAlarms = field(default_factory=FakeAlarms)
    scrub: Callable[[str], ScrubbedText] = fake_scrub
    office: OfficeHours = field(default_factory=lambda: OfficeHours(LONDON, "ENG", time(9), time(17)))
    site_key: bytes = b"k" * 32
    lead: tuple[Place, ...] = (LEAD,)
    contact: str = "the data protection officer"
    keep_months: int = 72


def incidents_in(folder: Path) -> tuple[Incidents, FakeNeeds]:
    engine = open_engine(f"sqlite:///{folder / 'sendcheck.db'}")
    migrate(engine)
    needs = FakeNeeds(SqlRegister(engine, b"k" * 32, folder / "register.heads"), ReadOutbox(engine, b"k" * 32))
    return Incidents(needs), needs


def pressed(
    act: str,
    about: str = "",
    values: Mapping[str, str | tuple[str, ...]] | None = None,
    now: datetime = NOW,
    by: Person | None = TEAM,
) -> Press:
    given = {name: (value,) if isinstance(value, str) else value for name, value in (values or {}).items()}
    return Press(act, about, now, given, by)


def go_off(alarms: FakeAlarms, handlers: Mapping[str, Callable[[Alarm, datetime], None]], now: datetime) -> None:
    """What a worker does: every alarm that is due, each marked as done."""
    for _ in range(1000):
        due = alarms.claim(now, 10)
        if not due:
            return
        for alarm in due:
            handlers[alarm.kind](alarm, now)
            alarms.done(alarm)


def far_from_everything(texts: Sequence[str]) -> npt.NDArray[Any]:
    """An embedder for which the first text of each call is like nothing else."""
    vectors = np.zeros((len(texts), 2))
    vectors[:, 0 if len(texts) == 1 else 1] = 1.0
    return vectors


def hours(n: float) -> timedelta:
    return timedelta(hours=n)
