"""What is left of a report for somebody who has the database, the logs and all the bot's own messages."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

import json
import logging
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from bench.scrub_set import reports
from bot.desk import Desk
from bot.domain.card import Card, Form
from bot.domain.component import Answered
from bot.domain.message import Message
from bot.domain.people import Person, Place
from bot.nearmiss.component import component
from bot.nearmiss.scrub import Scrubber
from bot.scan.recognise.engine import Recogniser
from tests.databases import postgres_address, postgres_server, sqlite_address  # noqa: F401
from tests.integration.test_near_miss_reports import scan_reply
from tests.near_miss_world import TEAM, TEAM_PLACE, World, of, world

DAY = datetime(2026, 11, 17, tzinfo=UTC)
PEOPLE = [Person("slack", f"U0STAFF{n:02}", Place("slack", f"D0STAFF{n:02}")) for n in range(8)]
STORY = "Nearly sent the letter to the wrong solicitor, caught it in time"


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


@pytest.fixture
def here(sqlite_address: str) -> Iterator[World]:
    made = world(sqlite_address, now=DAY)
    yield made
    made.engine.dispose()


def test_no_raw_value_of_many_reports_reaches_database_logs_cards_or_exports(
    sqlite_address: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    here = world(sqlite_address, scrubber=Scrubber(Recogniser.load(b"test key").spans), now=DAY)
    made = reports("tuning")[::9]
    assert here.part.start is not None
    here.part.start(DAY)
    for number, one in enumerate(made):
        way = ("named", "confidential", "anonymous")[number % 3]
        receipt = of(here.report(one.text, way, None if way == "anonymous" else PEOPLE[0], DAY, name="Anna"), "Report")
        here.agree("report.ask_back", receipt, TEAM, DAY, text=one.text[:1900])
        here.agree("report.lesson", receipt, TEAM, DAY, learned=one.text[:900], changed="It is blank now.")
    here.ring(DAY + timedelta(days=1, hours=9, minutes=1))
    seen = [
        bytes_of(tmp_path),
        caplog.text.encode(),
        "".join(str(card.lines) + str(card.details) for card in here.outbox.sent.values()).encode(),
        str(here.desk.page("reports", {}).tables).encode(),
        here.desk.download("measures/2026-11.csv", {}).content,
    ]
    here.engine.dispose()
    values = [value.text for one in made for value in one.values if len(value.text) >= 6]
    assert len(values) > 50
    left = [sum(value.lower().encode() in place.lower() for value in values) for place in seen]
    assert left == [0, 0, 0, 0, 0]
    everything = json.dumps([one.text for one in made], ensure_ascii=False).lower().encode()
    assert sum(value.lower().encode() in everything for value in values) > 50  # the search itself finds what is there


def a_day_of_reports(here: World) -> dict[str, tuple[Person, datetime]]:
    """Whose each anonymous report is, and when it came: among named reports and checks of the same people."""
    chance = random.Random(7)
    assert here.part.start is not None
    here.part.start(DAY)
    truth = {}
    for number in range(24):
        person, now = PEOPLE[number % 8], DAY + timedelta(hours=9, minutes=13 * number + 2)
        reply = replace(scan_reply(), id=f"reply{number}")
        assert here.part.after is not None
        here.part.after(Answered(Message("q", thread=f"t{number}", sender=person), reply, now))
        if number % 2:
            here.report(STORY, "confidential", person, now)
            continue
        about = reply.id if chance.random() < 0.5 else ""
        form = here.press("report.new", about, person, now, text=STORY, way="anonymous")
        assert isinstance(form, Form)
        filled = {field.name: field.value for field in form.fields if field.value}
        card = here.press("report.send", form.about, person, now, **filled)
        assert isinstance(card, Card)
        assert card.private
        here.press("report.talk", "", person, now, code=of(card, "Your code"), text="And again today")
        truth[of(card, "Report")] = (person, now)
    return truth


def test_nobody_can_tie_an_anonymous_report_to_its_author_or_to_a_time(
    here: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    truth = a_day_of_reports(here)
    # The bot's own messages of that day: about anonymous reports there is none.
    told = " ".join(card.about + str(card.details) + str(card.lines) for card in here.outbox.sent.values())
    assert not any(receipt in told for receipt in truth)
    assert not any(alarm.about in truth for alarm in here.alarms.waiting.values())
    here.ring(DAY + timedelta(days=1, hours=9, minutes=1))
    order = [card.about for card in here.outbox.to(TEAM_PLACE) if card.about in truth and "wrote" not in card.title]
    assert order == sorted(truth)  # together on the next morning, in the order of random keys
    with here.engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM near_misses WHERE anonymous")).mappings().all()
        people = connection.execute(text("SELECT receipt FROM report_people")).scalars().all()
        hidden = [
            connection.execute(text("SELECT wr FROM pragma_table_list(:t)"), {"t": name}).scalar()
            for name in inspect(here.engine).get_table_names()
            if name.startswith(("near_misses", "report", "lessons", "good"))
        ]
    assert not set(people) & set(truth)
    assert set(hidden) == {1}  # no hidden row numbers
    # Nothing but their keys differs from one to the next, so that nothing can be matched with anything.
    alike = {json.dumps({k: str(v) for k, v in row.items() if k not in {"receipt", "code_digest"}}) for row in rows}
    assert len(alike) == 1
    kept = bytes_of(tmp_path) + caplog.text.encode()
    for person, now in truth.values():
        assert person.id.encode() not in kept
        assert f"{now:%Y-%m-%d %H:%M}".encode() not in kept
    here.engine.dispose()


def test_the_codes_are_not_in_the_database_and_the_write_ahead_log_keeps_no_order(here: World, tmp_path: Path) -> None:
    card = here.report(STORY, "anonymous", None, DAY)
    secret = of(card, "Your code").removeprefix(of(card, "Report"))
    assert secret.encode() not in bytes_of(tmp_path)
    logs = [file for file in tmp_path.iterdir() if file.name.endswith("-wal")]
    assert logs
    assert all(file.stat().st_size == 0 for file in logs)


def test_postgresql_keeps_no_order_of_a_day_once_it_is_settled(postgres_address: str) -> None:
    here = world(postgres_address, now=DAY)
    truth = a_day_of_reports(here)
    here.ring(DAY + timedelta(days=1, hours=9, minutes=1))
    query = "SELECT receipt, xmin::text AS written, ctid::text AS place FROM near_misses WHERE anonymous ORDER BY ctid"
    notes = "SELECT receipt, xmin::text AS written FROM report_notes ORDER BY ctid"
    rows, said = both(here.engine, query), both(here.engine, notes)
    here.engine.dispose()
    assert len({row["written"] for row in rows}) == 1
    assert [row["receipt"] for row in rows] == sorted(truth)
    assert len({row["written"] for row in said}) == 1
    assert [row["receipt"] for row in said] == sorted(truth)


def both(engine: Engine, query: str) -> list[dict[str, str]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(query)).mappings()]


def test_a_board_that_is_looked_at_all_day_shows_no_anonymous_report_and_no_higher_count_before_tomorrow(
    here: World,
) -> None:
    for hour in range(6):
        here.report(STORY, "confidential", PEOPLE[0], DAY - timedelta(hours=30 + hour))
    looked = replace(here.needs, clock=lambda: DAY + timedelta(hours=12))
    board = Desk([component(looked)])
    counts = board.page("measures", {}), board.page("measures/2026-11", {})
    receipt = of(here.report(STORY, "anonymous", None, DAY + timedelta(hours=11)), "Report")
    here.report(STORY, "confidential", PEOPLE[1], DAY + timedelta(hours=11))
    assert (board.page("measures", {}), board.page("measures/2026-11", {})) == counts
    for query in ({}, {"q": receipt}):
        assert receipt not in str(board.page("reports", query).tables[0].rows)
    tomorrow = Desk([component(replace(here.needs, clock=lambda: DAY + timedelta(days=1, hours=8)))])
    assert receipt in str(tomorrow.page("reports", {}).tables[0].rows)
