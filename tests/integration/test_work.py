"""`sendcheck serve`, `work`, `purge` and `doctor` with cards to deliver: real processes, a real mail server."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine

from bot.domain.card import Card, CardKind
from bot.domain.people import Place
from bot.store import migrate, open_engine
from bot.store.post import SqlOutbox
from bot.wiring import site_key
from tests.conftest import NewData

ROOT = Path(__file__).parents[2]
MAILBOX = Place("mail", "lead@example.org")
NOBODY = Place("teams", "19:nobody@thread.tacv2")


class Mailbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.got.append((envelope.content or b"").decode("utf-8", "replace"))  # type: ignore[union-attr]
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture(scope="module")
def home(new_data: NewData) -> Path:
    """One data folder for all commands."""
    return new_data()


@pytest.fixture
def outbox(home: Path) -> Iterator[SqlOutbox]:
    engine: Engine = open_engine(f"sqlite:///{home / 'sendcheck.db'}")
    migrate(engine)
    yield SqlOutbox(engine, site_key(home))
    engine.dispose()


def sendcheck(home: Path, *command: str, **settings: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "DATA_DIR": str(home), "PORT": "0", "PYTHONPATH": str(ROOT), **settings}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *command],
        cwd=home,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def arrived(mailbox: Mailbox, number: int) -> bool:
    for _ in range(600):
        if len(mailbox.got) >= number:
            return True
        time.sleep(0.05)
    return False


def lines_until(process: "subprocess.Popen[str]", word: str) -> str:
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if word in line:
            return said
    pytest.fail(f"it ended before it said {word}")


def test_a_worker_by_itself_delivers_and_ends_when_told(
    home: Path, smtp: str, mailbox: Mailbox, outbox: SqlOutbox
) -> None:
    outbox.send(Card(CardKind.REMINDER, "Is the parcel there?"), [MAILBOX], "reminder-1")
    with sendcheck(home, "work", SENDCHECK_SMTP_URL=smtp) as process:
        assert "Cards go out by mail" in lines_until(process, "Working")
        assert arrived(mailbox, 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert "Is the parcel there?" in mailbox.got[0]
    assert outbox.waiting() == {}


def test_a_server_delivers_too_and_says_what_waits_for_a_platform_that_is_off(
    home: Path, smtp: str, mailbox: Mailbox, outbox: SqlOutbox
) -> None:
    outbox.send(Card(CardKind.REMINDER, "Is the parcel there?"), [MAILBOX, NOBODY], "reminder-2")
    with sendcheck(home, "serve", SENDCHECK_SMTP_URL=smtp) as process:
        said = lines_until(process, "cards ")
        assert arrived(mailbox, 1)
        address = re.search(r"http://\S+", said)
        assert address is not None
        ready = json.loads(fetched(f"{address[0]}/readyz"))
        metrics = fetched(f"{address[0]}/metrics")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert re.search(r"worker +inside", said)
    assert re.search(r"mail +on", said)
    assert ready["parts"]["cards"] == "1 card waits for Teams, which is off"
    assert 'sendcheck_cards_waiting{platform="teams"} 1.0' in metrics
    assert 'sendcheck_alarms_set{kind="post.purge"}' in metrics


def test_a_server_whose_worker_is_off_leaves_cards_to_others(
    home: Path, smtp: str, mailbox: Mailbox, outbox: SqlOutbox
) -> None:
    outbox.send(Card(CardKind.REMINDER, "Is the parcel there?"), [MAILBOX], "reminder-3")
    with sendcheck(home, "serve", SENDCHECK_SMTP_URL=smtp, SENDCHECK_WORKER="off") as process:
        said = lines_until(process, "worker ")
        time.sleep(2.0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert re.search(r"worker +off", said)
    assert mailbox.got == []
    assert outbox.waiting()["mail"] == 1


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return str(answer.read().decode())


def test_the_doctor_names_cards_that_nobody_delivers(home: Path, outbox: SqlOutbox) -> None:
    outbox.send(Card(CardKind.REMINDER, "Is the parcel there?"), [NOBODY], "reminder-4")
    with sendcheck(home, "doctor") as process:
        said, _ = process.communicate(timeout=200)
    assert process.returncode == 1
    assert re.search(r"^cards: NOT FINE: \d cards? waits? for Teams, which is off", said, re.M)
    assert "Is the parcel there?" not in said


def test_a_purge_that_is_only_tried_says_what_would_go_and_deletes_nothing(new_data: NewData) -> None:
    home = new_data()
    engine = open_engine(f"sqlite:///{home / 'sendcheck.db'}")
    migrate(engine)
    old = SqlOutbox(engine, site_key(home), today=lambda: date(2020, 1, 1))
    old.send(Card(CardKind.REMINDER, "Sent years ago"), [Place("mail", "nobody@example.org")], "old")
    for parcel in old.claim(datetime.now(UTC), 9):
        old.delivered(parcel)
    with sendcheck(home, "purge", "--dry-run") as process:
        said, complaint = process.communicate(timeout=200)
    assert process.returncode == 0
    assert "digests of what was sent and answered: 1 would be deleted" in said
    assert "Nothing was deleted." in complaint
    assert old.purge(datetime.now(UTC)) == 1
    engine.dispose()


@pytest.mark.parametrize("command", ["serve", "work"])
def test_a_wrong_mail_server_stops_the_start_and_shows_no_password(home: Path, command: str) -> None:
    with sendcheck(home, command, SENDCHECK_SMTP_URL="smtp://u:hunter2@mail.example.org") as process:
        said, complaint = process.communicate(timeout=200)
    assert process.returncode == 3
    assert complaint.strip().splitlines()[-1].count("SENDCHECK_SMTP_URL") == 1
    assert "hunter2" not in said + complaint
