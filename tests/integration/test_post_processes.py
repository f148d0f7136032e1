"""Several workers on one database, SQLite and PostgreSQL: everything once and in order, also when one is killed."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from bot.domain.card import Card, CardKind
from bot.domain.people import Place
from bot.store import migrate
from bot.store.post import SqlAlarms, SqlOutbox
from tests.databases import (  # noqa: F401
    database_address,
    engine,
    postgres_address,
    postgres_server,
    sqlite_address,
)
from tests.post_office import KEY

ROOT = Path(__file__).parents[2]
PLACES = [Place("slack", "C1"), Place("slack", "C2"), Place("slack", "C3"), Place("mail", "team@example.org")]


@contextmanager
def worker(address: str, folder: Path, lease: int, *how: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.post_office", address, str(folder), str(lease), *how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def wait_until(done: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def to_place(folder: Path, place: Place) -> list[str]:
    start = f"{place.platform} {place.id} "
    return [line.removeprefix(start) for line in lines(folder / "delivered") if line.startswith(start)]


def test_four_workers_do_everything_once_and_in_order(engine: Engine, database_address: str, tmp_path: Path) -> None:
    migrate(engine)
    outbox, alarms = SqlOutbox(engine, KEY), SqlAlarms(engine, KEY)
    sent = [f"card-{number:02}" for number in range(15)]
    for key in sent:
        outbox.send(Card(CardKind.NOTE, key), PLACES, key)
    for number in range(20):
        alarms.set(f"alarm-{number:02}", "ring", "", datetime.now(UTC) + timedelta(seconds=number % 4))
    four = [worker(database_address, tmp_path, 60) for _ in range(4)]
    with four[0] as first, four[1] as second, four[2] as third, four[3] as fourth:
        wait_until(lambda: not outbox.waiting() and not alarms.waiting())
        for process in (first, second, third, fourth):
            assert process.stdin is not None
            process.stdin.close()
        assert [process.wait(30) for process in (first, second, third, fourth)] == [0] * 4
    assert [to_place(tmp_path, place) for place in PLACES] == [sent] * len(PLACES)
    assert sorted(lines(tmp_path / "rung")) == [f"alarm-{number:02}" for number in range(20)]
    reminded = to_place(tmp_path, Place("mail", "lead@example.org"))
    assert sorted(reminded) == [f"card of alarm-{number:02}" for number in range(20)]


def test_what_a_killed_worker_had_in_hand_goes_on_when_its_lease_ends(
    engine: Engine, database_address: str, tmp_path: Path
) -> None:
    migrate(engine)
    outbox = SqlOutbox(engine, KEY)
    sent = [f"card-{number}" for number in range(4)]
    for key in sent:
        outbox.send(Card(CardKind.NOTE, key), PLACES[:1], key)
    with worker(database_address, tmp_path, 2, "hang") as hanging:
        wait_until(lambda: lines(tmp_path / "hanging") == ["card-0"])
        hanging.kill()
    with worker(database_address, tmp_path, 60), worker(database_address, tmp_path, 60):
        wait_until(lambda: not outbox.waiting())
    assert to_place(tmp_path, PLACES[0]) == sent


def test_two_processes_that_send_the_same_card_send_it_once(
    engine: Engine, database_address: str, tmp_path: Path
) -> None:
    migrate(engine)
    code = (
        "import sys; from tests.post_office import KEY; from bot.store import open_engine;"
        "from bot.store.post import SqlOutbox; from bot.domain.card import Card, CardKind;"
        "from bot.domain.people import Place; box = SqlOutbox(open_engine(sys.argv[1]), KEY);"
        "[box.send(Card(CardKind.NOTE, 'x'), [Place('slack', f'C{p}') for p in range(5)], f'k{n}') for n in range(10)]"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, database_address], cwd=ROOT) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert SqlOutbox(engine, KEY).waiting() == {"slack": 50}
