"""A whole near-miss component on a real database, with an outbox and alarms that can be looked into."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Engine

from bot.desk import Desk
from bot.domain.card import Card, Form
from bot.domain.component import Alarm, Component, Outcome, Press
from bot.domain.nearmiss import NearMiss
from bot.domain.people import Person, Place
from bot.domain.ports.post import DeliveryError, Parcel
from bot.domain.ports.reports import Audience
from bot.nearmiss.component import Needs, component
from bot.nearmiss.scrub import Scrubber
from bot.office_hours import OfficeHours
from bot.store import migrate, open_engine
from bot.store.lessons import SqlGoodCatches, SqlLessons
from bot.store.meanwhile import SqlMeanwhile
from bot.store.reports import SqlReports
from bot.store.sealed import Sealer

KEY = b"a site key for tests of near misses"
MONDAY = datetime(2026, 11, 16, 10, 5, 7, tzinfo=UTC)
TEAM_PLACE, STAFF_PLACE = Place("slack", "C0TEAM"), Place("slack", "C0STAFF")
TEAM = Person("slack", "U0TEAM", Place("slack", "D0TEAM"), team=True)
ANNA = Person("slack", "U0ANNA77", Place("slack", "D0ANNA77"))


class KeptOutbox:
    """Keeps what was sent, once by key and place."""

    def __init__(self) -> None:
        self.sent: dict[tuple[str, Place], Card] = {}

    def send(self, card: Card, to: Iterable[Place], key: str, not_before: datetime | None = None) -> None:
        for place in to:
            self.sent.setdefault((key, place), card)

    def to(self, place: Place) -> list[Card]:
        return [card for (_, where), card in self.sent.items() if where == place]

    def claim(self, now: datetime, most: int, lease_seconds: int = 60) -> Sequence[Parcel]:
        return ()

    def delivered(self, parcel: Parcel) -> None: ...

    def failed(self, parcel: Parcel, now: datetime, error: DeliveryError) -> None: ...


class KeptAlarms:
    """Alarms in a dictionary; `ring` runs what is due."""

    def __init__(self) -> None:
        self.waiting: dict[str, Alarm] = {}
        self.gone: set[str] = set()

    def set(self, key: str, kind: str, about: str, due: datetime) -> None:
        if key not in self.gone:
            self.waiting[key] = Alarm(key, kind, about, due)

    def cancel(self, about: str, kind: str | None = None) -> None:
        for key in [k for k, a in self.waiting.items() if a.about == about and kind in (None, a.kind)]:
            del self.waiting[key]
            self.gone.add(key)

    def claim(self, now: datetime, most: int, lease_seconds: int = 60) -> Sequence[Alarm]:
        return sorted((a for a in self.waiting.values() if a.due <= now), key=lambda a: a.due)[:most]

    def done(self, alarm: Alarm) -> None:
        self.waiting.pop(alarm.key, None)
        self.gone.add(alarm.key)

    def coming(self, about: str) -> Sequence[Alarm]:
        return sorted((a for a in self.waiting.values() if a.about == about), key=lambda a: a.due)


def bag_of_words(texts: Sequence[str]) -> Any:
    """Unit vectors of hashed words: alike texts share words."""
    rows = np.zeros((len(texts), 384), dtype=np.float32)
    for number, text in enumerate(texts):
        for word in text.lower().split():
            rows[number, sum(map(ord, word)) * 7 % 384] += 1
        rows[number] /= max(float(np.linalg.norm(rows[number])), 1.0)
    return rows


@dataclass
class World:
    engine: Engine
    needs: Needs
    part: Component
    outbox: KeptOutbox
    alarms: KeptAlarms
    breaches: list[NearMiss] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return Desk([self.part])

    def form(self, act: str, about: str = "", by: Person | None = None, now: datetime = MONDAY) -> Form:
        return self.desk.form(act, about, by, now)

    def press(
        self, act: str, about: str = "", by: Person | None = None, now: datetime = MONDAY, **values: object
    ) -> Outcome:
        given = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}  # type: ignore[arg-type]
        return self.desk.press(Press(act, about, now, given, by))

    def agree(
        self, act: str, about: str = "", by: Person | None = None, now: datetime = MONDAY, **values: object
    ) -> Card:
        """The same, and what was taken out of the words is agreed to."""
        came = self.press(act, about, by, now, **values)
        for _ in range(4):
            if isinstance(came, Form):
                came = self.press(came.act, came.about, by, now, **{one.name: one.value for one in came.fields})
        assert isinstance(came, Card), came
        return came

    def ring(self, now: datetime) -> None:
        """Run every alarm that is due, as the worker does."""
        for _ in range(50):
            due = self.alarms.claim(now, 100)
            if not due:
                return
            for alarm in due:
                self.alarms.done(alarm)
                self.part.alarms[alarm.kind](alarm, now)

    def report(
        self, text: str, way: str = "confidential", by: Person | None = ANNA, now: datetime = MONDAY, **more: object
    ) -> Card:
        """Both steps, as a person does them."""
        shown = self.press("report.new", "", by, now, text=text, way=way, **more)
        assert isinstance(shown, Form), shown
        filled = {one.name: one.value for one in shown.fields if one.value}
        done = self.press("report.send", shown.about, by, now, **filled)
        assert isinstance(done, Card)
        return done


def world(
    address: str,
    guidance_dir: Path | None = None,
    scrubber: Scrubber | None = None,
    now: datetime = MONDAY,
    embed: Any = bag_of_words,
) -> World:
    engine = open_engine(address)
    migrate(engine)
    outbox, alarms = KeptOutbox(), KeptAlarms()
    breaches: list[NearMiss] = []
    chosen = scrubber or Scrubber(lambda _: [])
    needs = Needs(
        reports=SqlReports(engine, Sealer(KEY)),
        lessons=SqlLessons(engine),
        catches=SqlGoodCatches(engine),
        outbox=outbox,
        alarms=alarms,
        scrubber=lambda: chosen,
        embed=lambda: embed,
        office=OfficeHours(ZoneInfo("Europe/London"), "ENG", time(9), time(17)),
        audience=Audience((TEAM_PLACE,), (STAFF_PLACE,)),
        site_key=KEY,
        on_breach=lambda report, _: breaches.append(report),
        meanwhile=SqlMeanwhile(engine, KEY),
        guidance_dir=guidance_dir,
        clock=lambda: now,
    )
    made = World(engine, needs, component(needs), outbox, alarms, breaches)
    return made


def of(card: Card, label: str) -> str:
    """One detail of a card."""
    return dict(card.details)[label]


def at(world: World, now: datetime) -> World:
    """The same world, whose board is looked at at another moment."""
    needs = replace(world.needs, clock=lambda: now)
    return World(world.engine, needs, component(needs), world.outbox, world.alarms, world.breaches)
