"""A worker in a process of its own that notes what it does: -m tests.post_office DATABASE FOLDER LEASE [hang]."""

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.card import Card, CardKind
from bot.domain.component import Alarm, Component
from bot.domain.people import Place
from bot.jobs.worker import Duties, Worker
from bot.store import open_engine
from bot.store.post import SqlAlarms, SqlOutbox

KEY = bytes(range(32))
PLATFORMS = ("slack", "mail")


class WritingCourier:
    """Writes a line for each card, in one append, so that several processes can share the file."""

    def __init__(self, platform: str, folder: Path, hang: bool) -> None:
        self.platform = platform
        self._folder = folder
        self._hang = hang

    def deliver(self, card: Card, place: str, key: str) -> None:
        if self._hang:
            note(self._folder / "hanging", key)
            threading.Event().wait()
        note(self._folder / "delivered", f"{self.platform} {place} {key}")


def note(path: Path, line: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def main(address: str, folder: Path, lease: int, hang: bool) -> None:
    engine = open_engine(address)
    outbox, alarms = SqlOutbox(engine, KEY), SqlAlarms(engine, KEY)

    def ring(alarm: Alarm, _: datetime) -> None:
        note(folder / "rung", alarm.key)
        outbox.send(Card(CardKind.REMINDER, alarm.key), [Place("mail", "lead@example.org")], f"card of {alarm.key}")

    couriers = {platform: WritingCourier(platform, folder, hang) for platform in PLATFORMS}
    worker = Worker(
        Duties(alarms, outbox, couriers, (Component(alarms={"ring": ring}),)),
        every=0.05,
        lease_seconds=lease,
        now=lambda: datetime.now(UTC),
    )
    worker.start()
    sys.stdin.read()  # the test closes it
    worker.stop()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), "hang" in sys.argv[4:])
