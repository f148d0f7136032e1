"""Every question gets exactly one answer, whenever a process is killed, and over two processes at once."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.emulators.teams import Teams
from tests.emulators.teams_people import People, words_of
from tests.ports import free_port

PEOPLE = 8


@pytest.fixture
def teams() -> Iterator[Teams]:
    made = Teams().start()
    for number in range(PEOPLE):
        made.add_person(f"person{number}")
    yield made
    made.stop()


@contextmanager
def serving(teams: Teams, database: str, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """A process that serves; killed at the end if it still runs."""
    command = [sys.executable, "-m", "tests.teams_process", database, teams.metadata_url, str(port)]
    process = subprocess.Popen(command)
    try:
        ends = time.monotonic() + 60
        while time.monotonic() < ends and process.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait(20)


def answers(teams: Teams) -> list[int]:
    """How many answers stand in each chat."""
    found = [teams.of(f"a:person{number}") for number in range(PEOPLE)]
    return [sum("Don't send it" in words_of(one) for one in chat) for chat in found]


def wait_for(teams: Teams, wanted: list[int]) -> None:
    ends = time.monotonic() + 40
    while time.monotonic() < ends and answers(teams) != wanted:
        time.sleep(0.1)
    time.sleep(0.5)


@pytest.mark.slow
@pytest.mark.parametrize("seen", [1, 6, 12])
def test_a_process_killed_in_the_middle_leaves_exactly_one_answer_each(teams: Teams, tmp_path: Path, seen: int) -> None:
    database, port = f"sqlite:///{tmp_path / 'teams.db'}", free_port()
    people = People(teams, f"http://127.0.0.1:{port}/api/messages")
    with serving(teams, database, port) as process:
        for number in range(PEOPLE):
            people.write(f"29:person{number}", "Can I email the crime report?")
        while len(teams.history) < seen:
            time.sleep(0.002)
        process.kill()
        process.wait(20)
    assert answers(teams) != [1] * PEOPLE
    with serving(teams, database, port):
        wait_for(teams, [1] * PEOPLE)
    people.close()
    assert answers(teams) == [1] * PEOPLE
    assert teams.refused == []


@pytest.mark.slow
def test_two_processes_answer_each_message_once_whichever_of_them_teams_reaches(teams: Teams, tmp_path: Path) -> None:
    database, ports = f"sqlite:///{tmp_path / 'teams.db'}", (free_port(), free_port())
    with serving(teams, database, ports[0]), serving(teams, database, ports[1]):
        first, second = (People(teams, f"http://127.0.0.1:{port}/api/messages") for port in ports)
        for number in range(PEOPLE):
            message = first.write(f"29:person{number}", "Can I email the crime report?")
            assert second.post(message).status_code == 200
        wait_for(teams, [1] * PEOPLE)
        first.close()
        second.close()
    assert answers(teams) == [1] * PEOPLE
    assert all(len(teams.of(f"a:person{number}")) == 1 for number in range(PEOPLE))
