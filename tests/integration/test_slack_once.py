"""Whatever Slack sends is answered once: repeated, over processes and restarts, on both databases."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.databases import database_address, postgres_address, postgres_server, sqlite_address  # noqa: F401
from tests.emulators.slack import TEAM, Failure, Slack
from tests.emulators.slack_people import People
from tests.emulators.slack_site import ASHA, Running, World, wait_for


@pytest.fixture
def site(database_address: str) -> Iterator[World]:  # noqa: F811 - the fixture is imported
    made = World(Slack().start(), database_address).start()
    yield made
    made.close()


def test_a_repeated_event_is_answered_once_also_after_a_restart(site: World) -> None:
    site.ask("May I send it?")
    event = {"type": "message", "channel": site.dm(), "channel_type": "im", "user": ASHA, "text": "So?", "ts": "9.9"}
    envelope = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev-again", "event": event}
    site.people.send_again(envelope)
    site.people.send_again(envelope)
    site.settle()
    site.run.stop()
    site.start()
    site.people.send_again(envelope)
    site.settle()
    assert len(site.slack.of(site.dm(), "9.9")) == 1
    assert site.run.counted["repeated"] == 1


def test_two_processes_answer_an_event_once_between_them(site: World) -> None:
    second = Running(site.slack, site.database, site.assistant, site.acts)
    people = People(site.slack, second.url)
    messages = []
    for number in range(6):
        (site.people if number % 2 else people).dm(ASHA, f"May I send {number}?")
        messages.append(site.slack.messages[site.dm()][-1])
    for call in [event for event in site.slack.messages[site.dm()] if event["user"] == ASHA]:
        envelope = {
            "type": "event_callback", "team_id": TEAM, "event_id": f"Ev-{call['ts']}",
            "event": {**call, "channel": site.dm(), "channel_type": "im"},
        }  # fmt: skip
        both = [threading.Thread(target=one.send_again, args=(envelope,)) for one in (site.people, people)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    site.settle()
    second.stop()
    people.close()
    # Each was asked once by itself and once more by a pair of processes.
    assert len(site.slack.of(site.dm())) == 12


def test_what_was_accepted_before_a_stop_is_answered_after_it(site: World) -> None:
    site.slack.fail("chat.postMessage", *[Failure(status=503)] * 12)
    message = site.people.dm(ASHA, "May I send it?")
    wait_for(lambda: len(site.slack.calls) > 2)
    site.run.stop()
    site.slack.failures.clear()
    assert site.slack.of(site.dm()) == []
    later = datetime.now(UTC) + timedelta(minutes=5)
    # By then the process that stopped holds it no longer.
    site.start(now=lambda: later)
    site.settle()
    assert len(site.slack.of(site.dm(), message["ts"])) == 1
