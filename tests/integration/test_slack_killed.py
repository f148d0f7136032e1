"""A process killed in the middle loses nothing, and answers nothing twice."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.turns import LEASE_SECONDS
from tests.emulators.slack import Slack
from tests.emulators.slack_people import People
from tests.emulators.slack_site import ASHA, people, wait_for, words

Started = tuple[People, "subprocess.Popen[str]"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def slack() -> Iterator[Slack]:
    started = Slack().start()
    people(started)
    yield started
    started.stop()
    assert started.refused == []


@contextmanager
def process(
    slack: Slack, database: str, seconds: float, ahead: float
) -> Iterator[tuple[People, "subprocess.Popen[str]"]]:
    command = [sys.executable, "-m", "tests.emulators.slack_process", slack.url, database, str(seconds), str(ahead)]
    begun = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert begun.stdout is not None
    senders = People(slack, begun.stdout.readline().strip())
    yield senders, begun
    senders.close()
    begun.kill()
    begun.wait(30)
    begun.stdout.close()


def test_killed_in_the_middle_of_a_check_the_next_process_answers_exactly_once(slack: Slack, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sendcheck.db'}"
    dm = slack.dm_of(ASHA)
    file = slack.add_file("statement.pdf", b"%PDF")
    with process(slack, database, 60, 0) as (asha, begun):
        checked = asha.dm(ASHA, "May I send it?", (file,))
        wait_for(lambda: slack.statuses)
        waiting = asha.dm(ASHA, "A piece of cake?", thread=checked["ts"])
        begun.kill()
        begun.wait(30)
        assert slack.of(dm) == []
    # Its hold on what it had in hand runs out.
    with process(slack, database, 0.1, LEASE_SECONDS + 20):
        wait_for(lambda: len(slack.of(dm)) == 2, seconds=60)
        said = [words([one]) for one in slack.of(dm, checked["ts"])]
    assert ["statement.pdf" in said[0], "isn’t about sending" in said[1]] == [True, True]
    assert waiting["thread_ts"] == checked["ts"]


def test_killed_between_two_messages_of_one_answer_the_rest_follows(slack: Slack, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'sendcheck.db'}"
    dm = slack.dm_of(ASHA)
    files = tuple(slack.add_file(f"{name}.pdf", b"%PDF") for name in ("one", "two"))
    with process(slack, database, 60, 0) as (asha, begun):
        message = asha.dm(ASHA, "", files)
        # The reports on both files are out before the check waits; the reply itself is not.
        wait_for(lambda: len(slack.of(dm)) == 2)
        begun.kill()
        begun.wait(30)
    with process(slack, database, 0.1, LEASE_SECONDS + 20):
        wait_for(lambda: len(slack.of(dm)) == 3, seconds=60)
        whole = words(slack.of(dm, message["ts"]))
    assert (whole.count("*one.pdf*"), whole.count("*two.pdf*")) == (1, 1)
