"""The 72-hour clock and the questions after a parcel, with the real stores, several workers at once, and restarts."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.databases import database_address, postgres_address, postgres_server, sqlite_address  # noqa: F401

NOW = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)  # a Friday

COMMON = """
import json, sys
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo
from bot.desk import Desk
from bot.dispatch.component import component as dispatching
from bot.dispatch.record import Tracking
from bot.domain.component import Extras, Press
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.incident.component import component as breaches
from bot.incident.record import Incidents
from bot.jobs.worker import Duties, Worker
from bot.office_hours import OfficeHours
from bot.store import migrate, open_engine
from bot.store.dispatches import SqlDispatches
from bot.store.incidents import SqlRegister
from bot.store.meanwhile import SqlMeanwhile
from bot.store.post import SqlAlarms, SqlOutbox
from bot.store.sealed import Sealer

KEY = b"k" * 32
address, folder, moment = sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
engine = open_engine(address)
migrate(engine)


class Needs:
    register = SqlRegister(engine, KEY, folder / "register.heads")
    dispatches = SqlDispatches(engine, Sealer(KEY))
    outbox = SqlOutbox(engine, KEY)
    alarms = SqlAlarms(engine, KEY)
    meanwhile = SqlMeanwhile(engine, KEY)
    office = OfficeHours(ZoneInfo("Europe/London"), "ENG", time(9), time(17))
    site_key, lead, contact, keep_months = KEY, (Place("mail", "lead@example.org"),), "the lead", 72

    @property
    def scrub(self):
        return lambda text: ScrubbedText(text)


needs = Needs()
Needs.incidents = Incidents(needs)
parts = (breaches(needs.incidents, lambda _: Extras()), dispatching(Tracking(needs)))
"""

BEGIN = (
    COMMON
    + """
needs.incidents.open(moment, {}, {})
values = {"what": "three discs", "destination": "Brighton", "channel": "courier", "encrypted": "yes", "bag": "TE1234",
          "agreed": "yes", "expected_at": "2026-03-06T16:45", "watch": "both"}
Desk(parts).press(Press("dispatch.new", "", moment, {name: (value,) for name, value in values.items()}))
"""
)

WORK = (
    COMMON
    + """
worker = Worker(Duties(needs.alarms, needs.outbox, {}, parts), now=lambda: moment)
for part in parts:
    part.start(moment)
while worker.set_off():
    pass
"""
)

COUNT = (
    COMMON
    + """
titles = []
while parcels := needs.outbox.claim(moment, 100):
    for parcel in parcels:
        titles.append(parcel.card.title.split(" ", 2)[2])
        needs.outbox.delivered(parcel)
print(json.dumps(titles))
print(needs.register.audit().problem)
"""
)


def run(script: str, address: str, folder: Path, moment: datetime, processes: int = 1) -> list[str]:
    given = [sys.executable, "-c", script, address, str(folder), moment.isoformat()]
    started = [
        subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    ended = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0] * processes, ended
    return ended[0][0].splitlines()


def test_each_reminder_goes_out_once_whatever_runs_and_is_started_again(database_address: str, tmp_path: Path) -> None:
    run(BEGIN, database_address, tmp_path, NOW)
    monday = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    moments = [NOW + timedelta(minutes=20), NOW + timedelta(hours=25), monday, NOW + timedelta(hours=73)]
    for moment in moments:
        run(WORK, database_address, tmp_path, moment, processes=3)
    sent, problem = run(COUNT, database_address, tmp_path, moments[-1] + timedelta(days=1))
    titles = sorted(json.loads(sent))
    assert titles == sorted(
        [
            "the 72 hours are running",
            "47 hours left, nothing decided",  # Saturday
            "7 hours left, nothing decided",  # Monday 09:00: the 48-hour reminder has nothing to add to the 60-hour one
            "the 72 hours have passed",  # nor the 70-hour one to this
            "is not confirmed",  # Friday 16:50
            "is not confirmed",  # Monday 09:00
            "is not confirmed",  # Monday 17:30, after the worker was away
        ]
    )
    assert problem == ""
