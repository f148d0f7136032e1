"""The whole product as `sendcheck serve` starts it, in Slack: starter guidance, real checks, real store."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import NewData
from tests.emulators.slack import BOT_TOKEN, SECRET, Slack
from tests.emulators.slack_people import People
from tests.emulators.slack_site import ASHA, BEN, OPEN, TEAM_CHANNEL, actions, chosen, filled, people, wait_for, words
from tests.files.make_files import all_files

pytestmark = pytest.mark.slow

START_SECONDS = 400
SECONDS = 90.0
MADE = {made.file: made.content for made in all_files()}
Started = tuple[People, "subprocess.Popen[bytes]"]


@contextmanager
def serving(slack: Slack, data: Path) -> Iterator[Started]:
    """`sendcheck serve` in a process of its own."""
    written = data / f"standard-error-{time.monotonic_ns()}.txt"
    settings = {
        "DATA_DIR": str(data),
        "PORT": "0",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.url}/api/",
        "SENDCHECK_TEAM": f"slack:{TEAM_CHANNEL}",
    }
    with written.open("wb") as stream:
        command = [sys.executable, "-m", "bot", "serve"]
        server = subprocess.Popen(command, env={**os.environ, **settings}, stdout=stream, stderr=stream)
    ends = time.monotonic() + START_SECONDS
    while not (found := re.search(r"listens on (http://\S+)", written.read_text(encoding="utf-8"))):
        assert server.poll() is None, written.read_text(encoding="utf-8")[-2000:]
        assert time.monotonic() < ends, "the server did not start"
        time.sleep(0.2)
    senders = People(slack, f"{found[1].rstrip('/')}/slack/events")
    try:
        yield senders, server
    finally:
        senders.close()
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
        server.wait(60)


@pytest.fixture(scope="module")
def data(new_data: NewData) -> Path:
    """Data that the servers of this module share."""
    return new_data()


@pytest.fixture(scope="module")
def slack() -> Iterator[Slack]:
    """A workspace; a payload that Slack would refuse fails the last test."""
    started = Slack().start()
    people(started)
    yield started
    started.stop()
    assert started.refused == []


@pytest.fixture(scope="module")
def asha(slack: Slack, data: Path) -> Iterator[People]:
    """People who talk to one running server."""
    with serving(slack, data) as (senders, _):
        yield senders


def told(slack: Slack, channel: str, thread: str | None, count: int = 1) -> str:
    """What was posted, once that many messages are there."""
    wait_for(lambda: len(slack.of(channel, thread)) >= count, SECONDS)
    return words(slack.of(channel, thread))


def test_a_question_and_its_follow_up_are_answered_by_the_guidance(slack: Slack, asha: People) -> None:
    dm = slack.dm_of(ASHA)
    asked = asha.dm(ASHA, "Can I email a witness statement to the defence?")
    assert "contact details page removed" in told(slack, dm, asked["ts"])
    asha.dm(ASHA, "and to the court by the case system?", thread=asked["ts"])
    wait_for(lambda: len(slack.of(dm, asked["ts"])) == 2, SECONDS)
    follow_up = words(slack.of(dm, asked["ts"])[1:])
    assert "witness statement" in follow_up
    assert "court" in follow_up


def test_a_statement_with_its_contact_page_is_stopped_without_a_full_value(slack: Slack, asha: People) -> None:
    file = slack.add_file("statement.pdf", MADE["mg11_reverse_pub.pdf"])
    asked = asha.dm(ASHA, "This goes to the defence by secure email", (file,))
    said = told(slack, slack.dm_of(ASHA), asked["ts"])
    assert "Don't send" in said
    assert "*phone number*" in said
    assert not re.search(r"07700 ?900 ?\d{3}", said)


def test_a_report_reaches_the_teams_channel_scrubbed_and_the_reporter_gets_a_receipt(
    slack: Slack, asha: People
) -> None:
    asha.shortcut(ASHA, "report_near_miss")
    wait_for(lambda: any(one["title"]["text"] == "Log a near miss" for one in slack.views.values()), SECONDS)
    first = next(one for one in slack.views.values() if one["title"]["text"] == "Log a near miss")
    text = "I nearly sent Rajinder Halloway's address, 07700 900123, to the other side's solicitor"
    asha.submit(ASHA, first, {"text": filled(text), "way": chosen("confidential")})
    wait_for(lambda: any("This is what will be kept" in words([one]) for one in slack.views.values()), SECONDS)
    second = next(one for one in slack.views.values() if "This is what will be kept" in words([one]))
    asha.submit(ASHA, second, {})
    wait_for(lambda: any("Your report is in" in words([one]) for one in slack.views.values()), SECONDS)
    card = told(slack, TEAM_CHANNEL, None)
    assert "A near miss was reported" in card
    assert "Halloway" not in card
    assert "900123" not in card


def test_what_has_gone_starts_the_clock_in_private_and_alerts_the_team(slack: Slack, asha: People) -> None:
    asked = asha.mention(ASHA, OPEN, "I emailed the unredacted statement to the wrong solicitor")
    wait_for(lambda: "It has already gone" in words(slack.of(slack.dm_of(ASHA))), SECONDS)
    assert "It has already gone" not in words(slack.of(OPEN, asked["ts"]))
    wait_for(lambda: "72 hours" in words(slack.of(TEAM_CHANNEL)), SECONDS)


def test_the_home_tab_is_shown(slack: Slack, asha: People) -> None:
    asha.open_home(BEN)
    wait_for(lambda: BEN in slack.homes, SECONDS)
    assert "open_check" in actions([slack.homes[BEN]])


def test_killed_in_the_middle_of_a_scan_the_next_server_answers_exactly_once(slack: Slack, data: Path) -> None:
    dm = slack.dm_of(BEN)
    file = slack.add_file("scan.pdf", MADE["mg11_reverse_burglary.pdf"], BEN)
    with serving(slack, data) as (ben, server):
        statuses = len(slack.statuses)
        asked = ben.dm(BEN, "This goes to the defence", (file,))
        wait_for(lambda: len(slack.statuses) > statuses, SECONDS)
        server.kill()
        server.wait(30)
        before = len(slack.of(dm, asked["ts"]))
    assert before == 0
    with serving(slack, data) as (ben, _):
        # The lease of the killed process runs out after a minute.
        assert "*scan.pdf*" in told(slack, dm, asked["ts"])
        other = ben.dm(BEN, "Can I email a witness statement to the defence?")
        told(slack, dm, other["ts"])
    assert len(slack.of(dm, asked["ts"])) == 1
