"""`python -m bench chat`: acknowledging chat messages, fifty conversations at once, while files are scanned."""

import math
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import chat_teams
from tests.emulators.slack import BOT_TOKEN, SECRET, Slack
from tests.emulators.slack_people import People
from tests.files.make_files import all_files

CONVERSATIONS, MESSAGES, QUICK_MESSAGES = 50, 4, 2
SCANS = 6
"""How many of the conversations begin with a file."""
SCANNED = "mg11_reverse_pub.pdf"
QUESTIONS = (
    "Can I email a witness statement to the defence?",
    "And to the court?",
    "May social services have the medical notes of a victim?",
    "I am sending three interview discs by courier. What must I do?",
)
START_SECONDS, ANSWER_SECONDS = 600, 600
TARGET_MS = 500


@dataclass(frozen=True)
class Figures:
    """What one platform did."""

    platform: str
    acknowledged: tuple[float, ...]
    """Seconds, one for each message."""
    sent: int
    answered_once: int
    answered_more: int
    seconds: float
    """Until the last answer."""


def main(*, quick: bool) -> None:
    """Measure each platform and print."""
    messages = QUICK_MESSAGES if quick else MESSAGES
    # Fifty senders in one process must not wait for one another longer than for the server.
    sys.setswitchinterval(0.0005)
    before = os.getloadavg()[0]
    found = [slack(messages), teams(messages)]
    Console().print(table(found, before))


def slack(messages: int) -> Figures:
    """Fifty people write to the app in Slack at once, some with files; Slack is the emulator, the rest is real."""
    workspace = Slack().start()
    users = [workspace.add_user(f"U{number:04d}", f"user{number}") for number in range(CONVERSATIONS)]
    content = next(one.content for one in all_files() if one.file == SCANNED)
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{workspace.url}/api/",
    }
    try:
        with served(settings) as address:
            return _slack(workspace, f"{address}/slack/events", users, content, messages)
    finally:
        workspace.stop()


def teams(messages: int) -> Figures:
    """The same in Teams."""
    content = next(one.content for one in all_files() if one.file == SCANNED)
    with chat_teams.tenant(CONVERSATIONS, served) as (tenant, address):
        acknowledged, answers, seconds = chat_teams.talk(
            tenant, address, CONVERSATIONS, messages, QUESTIONS, (SCANNED, content), SCANS
        )
    once = sum(min(one, messages) for one in answers)
    more = sum(max(0, one - messages) for one in answers)
    return Figures("Teams", acknowledged, CONVERSATIONS * messages, once, more, seconds)


def _slack(workspace: Slack, address: str, users: Sequence[str], content: bytes, messages: int) -> Figures:
    people = [People(workspace, address) for _ in users]
    people[0].dm(users[0], "Can I email a witness statement to the defence?")
    _until(lambda: len(workspace.of(workspace.dm_of(users[0]))) >= 1)
    for one in people:
        one.seconds.clear()
    sent: Counter[tuple[str, str]] = Counter()
    files = {user: workspace.add_file(SCANNED, content, user) for user in users[:SCANS]}

    def talk(user: str, person: People) -> None:
        for number in range(messages):
            with_file = (files[user],) if number == 0 and user in files else ()
            message = person.dm(user, QUESTIONS[number % len(QUESTIONS)], with_file)
            sent[(workspace.dm_of(user), message["ts"])] += 1

    began = time.perf_counter()
    talking = [threading.Thread(target=talk, args=pair) for pair in zip(users, people, strict=True)]
    for one in talking:
        one.start()
    for one in talking:
        one.join()
    _until(lambda: all(_answers(workspace, *one) for one in sent))
    taken = time.perf_counter() - began
    # Time for an answer that should not come.
    time.sleep(3)
    counted = [_answers(workspace, *one) for one in sent]
    seconds = tuple(second for one in people for second in one.seconds)
    for one in people:
        one.close()
    return Figures("Slack", seconds, len(sent), sum(n == 1 for n in counted), sum(n > 1 for n in counted), taken)


def _answers(workspace: Slack, channel: str, thread: str) -> int:
    """How many answers a message has: an answer of several postings is one."""
    keys = [one["metadata"]["event_payload"]["key"] for one in workspace.of(channel, thread) if one.get("metadata")]
    return max(Counter(keys).values(), default=0) * len({key.rpartition("/")[0] for key in keys})


def table(found: Sequence[Figures], load: float) -> Table:
    """The figures beside what is asked for."""
    title = (
        f"{CONVERSATIONS} conversations at once, {SCANS} with a file; load before {load:.1f} on {os.cpu_count()} cores"
    )
    shown = Table(
        "platform", "messages", "ack half", "ack 99 of 100", "asked for", "answered once", "all after", title=title
    )
    for one in found:
        shown.add_row(
            one.platform,
            str(one.sent),
            f"{at(one.acknowledged, 50):.0f} ms",
            f"{at(one.acknowledged, 99):.0f} ms",
            f"under {TARGET_MS} ms",
            f"{one.answered_once} (twice: {one.answered_more})",
            f"{one.seconds:.1f} s",
        )
    return shown


def at(seconds: Sequence[float], percent: int) -> float:
    """A percentile in milliseconds, by the nearest rank."""
    ordered = sorted(seconds)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)] * 1000


@contextmanager
def served(settings: dict[str, str]) -> Iterator[str]:
    """The address of a real server with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "standard-error.txt"
        environment = {**os.environ, **settings, "DATA_DIR": str(Path(folder) / "data"), "PORT": "0"}
        with written.open("wb") as stream:
            command = [sys.executable, "-m", "bot", "serve"]
            server = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
        try:
            yield _address(written, server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


def _address(written: Path, server: "subprocess.Popen[bytes]") -> str:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        found = re.search(r"listens on (http://\S+)", written.read_text(encoding="utf-8"))
        if found:
            return found[1].rstrip("/")
        time.sleep(0.5)
    raise SystemExit("bench chat: the server did not start")


def _until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < ends:
        if true():
            return
        time.sleep(0.05)
    raise SystemExit("bench chat: not every message was answered in ten minutes")
