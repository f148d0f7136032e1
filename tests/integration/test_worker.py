"""The worker: what it does with what is due, with what fails, and with a database that is away."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.card import Card, CardKind
from bot.domain.component import Alarm, Checked, Component
from bot.domain.people import Place
from bot.domain.ports.post import DeliveryError
from bot.errors import StoreError
from bot.jobs.purge import DAILY, Purged, daily, purge_all
from bot.jobs.queues import Queues, checked, waiting_for_nobody
from bot.jobs.worker import Duties, Worker
from bot.store import migrate, open_engine
from bot.store.post import SqlAlarms, SqlOutbox

NOW = datetime(2026, 3, 4, 9, 41, tzinfo=UTC)
KEY = bytes(range(32))
CARD = Card(CardKind.REPORT, "About Tomasz")


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Courier:
    """Keeps what it delivers, unless it has an error to raise first."""

    def __init__(self, platform: str, errors: Sequence[Exception] = ()) -> None:
        self.platform = platform
        self.errors = list(errors)
        self.got: list[tuple[str, str]] = []

    def deliver(self, card: Card, place: str, key: str) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.got.append((place, key))


class Office:
    def __init__(self, folder: Path) -> None:
        self.engine = open_engine(f"sqlite:///{folder / 'sendcheck.db'}")
        migrate(self.engine)
        self.outbox = SqlOutbox(self.engine, KEY, lambda: NOW.date())
        self.alarms = SqlAlarms(self.engine, KEY, lambda: NOW.date())
        self.clock = Clock()

    def worker(self, *couriers: Courier, components: Sequence[Component] = ()) -> Worker:
        duties = Duties(self.alarms, self.outbox, {one.platform: one for one in couriers}, components)
        return Worker(duties, every=0.01, now=self.clock)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.engine.dispose()


def wait_for(done: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(2000):
        if done():
            return
        tick.wait(0.01)
    pytest.fail("it did not happen")


def test_a_card_is_delivered_once(office: Office) -> None:
    slack = Courier("slack")
    office.outbox.send(CARD, [Place("slack", "C1")], "k1")
    worker = office.worker(slack)
    assert (worker.deliver("slack"), worker.deliver("slack")) == (True, False)
    assert slack.got == [("C1", "k1")]


@pytest.mark.parametrize("error", [DeliveryError("busy", permanent=False), RuntimeError("Tomasz")])
def test_a_card_that_fails_is_tried_again_later(office: Office, error: Exception) -> None:
    slack = Courier("slack", [error])
    office.outbox.send(CARD, [Place("slack", "C1")], "k1")
    worker = office.worker(slack)
    with capture_logs() as logs:
        worker.deliver("slack")
    office.clock.now += timedelta(minutes=1)
    worker.deliver("slack")
    assert slack.got == [("C1", "k1")]
    assert [line["error"] for line in logs] == [type(error).__name__]
    assert not [word for word in ("Tomasz", "C1", "k1") if word in json.dumps(logs)]


def test_a_card_that_is_refused_for_good_is_not_tried_again(office: Office) -> None:
    slack = Courier("slack", [DeliveryError("gone", permanent=True)])
    office.outbox.send(CARD, [Place("slack", "C1")], "k1")
    worker = office.worker(slack)
    worker.deliver("slack")
    office.clock.now += timedelta(days=1)
    assert worker.deliver("slack") is False


def test_an_alarm_runs_its_handler_and_is_done(office: Office) -> None:
    rung: list[tuple[str, datetime]] = []
    bell = Component(alarms={"ring": lambda alarm, now: rung.append((alarm.about, now))})
    office.alarms.set("a1", "ring", "b1", NOW)
    worker = office.worker(components=[bell])
    assert (worker.set_off(), worker.set_off()) == (True, False)
    assert rung == [("b1", NOW)]


def test_a_handler_that_fails_is_run_again_and_stops_no_other(office: Office) -> None:
    rung: list[str] = []

    def ring(alarm: Alarm, _: datetime) -> None:
        rung.append(alarm.key)
        if rung == ["a1"]:
            raise ValueError("Tomasz")

    office.alarms.set("a1", "ring", "", NOW - timedelta(hours=1))
    office.alarms.set("a2", "ring", "", NOW)
    office.alarms.set("a3", "nobody knows it", "", NOW)
    worker = office.worker(components=[Component(alarms={"ring": ring})])
    with capture_logs() as logs:
        for _ in range(4):
            worker.set_off()
    assert rung == ["a1", "a2"]
    assert sorted(line["error"] for line in logs) == ["KeyError", "ValueError"]
    assert "Tomasz" not in json.dumps(logs)
    office.clock.now += timedelta(minutes=1)
    worker.set_off()
    assert rung == ["a1", "a2", "a1"]
    assert office.alarms.waiting() == {"nobody knows it": 1}


def test_a_handler_sets_its_alarm_again(office: Office) -> None:
    days: list[date] = []

    def weekly(_: Alarm, now: datetime) -> None:
        days.append(now.date())
        following = now + timedelta(days=7)
        office.alarms.set(f"digest:{following.date()}", "digest", "", following)

    office.alarms.set("digest:first", "digest", "", NOW)
    worker = office.worker(components=[Component(alarms={"digest": weekly})])
    for _ in range(21):
        worker.set_off()
        office.clock.now += timedelta(days=1)
    assert days == [date(2026, 3, 4), date(2026, 3, 11), date(2026, 3, 18)]


def test_a_component_whose_start_fails_is_started_at_the_next_look(office: Office) -> None:
    tried: list[str] = []

    def refuses_once(_: datetime) -> None:
        tried.append("one")
        if tried.count("one") == 1:
            raise StoreError("away")

    worker = office.worker(components=[Component(start=refuses_once), Component(start=lambda _: tried.append("two"))])
    for _ in range(3):
        worker.set_off()
    assert tried == ["one", "two", "one"]


def test_a_worker_goes_on_when_the_database_comes_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.worker.AFTER_TROUBLE_SECONDS", 0.01)

    class Away(SqlOutbox):
        looks = 0

        def claim(self, *args: Any, **kwargs: Any) -> Any:
            Away.looks += 1
            if Away.looks < 4:
                raise StoreError("away") if Away.looks < 3 else RuntimeError("odd")
            return super().claim(*args, **kwargs)

    slack = Courier("slack")
    office.outbox.send(CARD, [Place("slack", "C1")], "k1")
    away = Away(office.engine, KEY)
    worker = Worker(Duties(office.alarms, away, {"slack": slack}), every=0.01, now=office.clock)
    with capture_logs():
        worker.start()
        wait_for(lambda: slack.got == [("C1", "k1")])
        worker.stop()
    assert Away.looks >= 4
    assert slack.got == [("C1", "k1")]


def test_a_platform_that_hangs_delays_no_other_and_no_alarm(office: Office) -> None:
    released, rung = threading.Event(), threading.Event()

    class Hanging(Courier):
        def deliver(self, card: Card, place: str, key: str) -> None:
            released.wait()
            super().deliver(card, place, key)

    slow, quick = Hanging("mail"), Courier("slack")
    office.outbox.send(CARD, [Place("mail", "a@example.org"), Place("slack", "C1")], "k1")
    office.alarms.set("a1", "ring", "", NOW)
    worker = office.worker(slow, quick, components=[Component(alarms={"ring": lambda *_: rung.set()})])
    worker.start()
    wait_for(lambda: quick.got == [("C1", "k1")] and rung.is_set())
    assert slow.got == []
    released.set()
    worker.stop()
    assert slow.got == [("a@example.org", "k1")]  # what was in hand was finished
    assert office.outbox.waiting() == {}


def test_purging_happens_once_a_day_and_again_when_it_fails(office: Office) -> None:
    purged: list[date] = []

    def purge(now: datetime) -> int:
        if len(purged) == 1 and now.hour < 12:
            raise StoreError("away")
        purged.append(now.date())
        return 2

    both = {"reports": purge, "keys": lambda _: 1}
    worker = office.worker(components=[daily(office.alarms, both)])
    with capture_logs() as logs:
        for _ in range(4 * 24):
            worker.set_off()
            worker.set_off()
            office.clock.now += timedelta(hours=1)
    assert purged == [date(2026, 3, day) for day in (4, 5, 6, 7, 8)]
    assert {line["event"] for line in logs} == {"purged", "purge_failed", "alarm_failed"}
    assert office.alarms.waiting() == {DAILY: 1}


def test_one_area_that_cannot_be_purged_stops_no_other() -> None:
    def refuses(_: datetime) -> int:
        raise StoreError("Tomasz")

    with capture_logs() as logs:
        done = purge_all({"reports": refuses, "keys": lambda _: 3}, NOW)
    assert done == (Purged("reports", failed="StoreError"), Purged("keys", 3))
    assert "Tomasz" not in json.dumps(logs)


def test_cards_for_a_platform_that_is_off_are_named() -> None:
    queues = Queues(parcels={"slack": 3, "mail": 1, "teams": 1})
    assert waiting_for_nobody(queues, {"mail"}) == (
        "3 cards wait for Slack, which is off",
        "1 card waits for Teams, which is off",
    )


def test_the_doctor_says_what_waits_and_what_is_stuck() -> None:
    queues = Queues({"mail": 2}, {"slack": 1}, {"digest": 1, "breach.reminder": 4}, {"digest": 1}, {"slack": 5})
    lines = checked(queues, {"mail"})
    assert [(one.what, one.fine) for one in lines] == [
        ("cards", False),
        ("alarms", False),
        ("cards waiting", True),
        ("alarms set", True),
        ("messages not answered yet", True),
    ]
    assert "1 card could not be delivered by Slack" in lines[0].said
    assert lines[1].said.startswith("overdue: digest 1.")
    assert [one.said for one in lines[2:]] == ["2 mail", "5", "5 Slack"]
    assert all(one.fine for one in checked(Queues(), ()))
    assert checked(Queues(), ())[0] == Checked("cards waiting", True, "0")
