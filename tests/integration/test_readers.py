"""Guidance files are read in confined processes: what a hostile or broken one costs is that file."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from knowledge import Vocabulary
from knowledge.gather import gather
from knowledge.keep import Readings
from knowledge.load import files, read_file
from knowledge.readers import TOO_LONG, load, read_files
from tests.guidance_files import messy
from tests.guidance_files.guide import WRITERS, Guide

WORDS = Vocabulary.load()
ENDLESS = messy.pdf_that_never_ends()


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    folder = tmp_path / "guidance"
    folder.mkdir()
    (folder / "endless.pdf").write_bytes(ENDLESS)
    (folder / "good.html").write_bytes(WRITERS["guide.html"](Guide()))
    (folder / "good.md").write_bytes(WRITERS["guide.md"](Guide()))
    return folder


def short_for_the_endless(size: int) -> float:
    return 0.3 if size == len(ENDLESS) else 60


def readers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "knowledge.reader" in child.cmdline()]


def in_time(happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + 30
    while not happened() and time.monotonic() < until:
        time.sleep(0.01)
    return happened()


def test_a_file_that_takes_too_long_is_named_with_what_to_do_and_the_others_are_read(guidance: Path) -> None:
    with closing(read_files(files(guidance), WORDS, allowed=short_for_the_endless)) as reading:
        done = {one.name: one.reading for one in reading}
    assert done["endless.pdf"].problem == TOO_LONG
    assert done["good.html"].document is not None
    assert done["good.md"].document is not None
    assert readers() == []


def test_a_file_that_took_too_long_is_not_tried_again_until_it_changes(guidance: Path, tmp_path: Path) -> None:
    kept = Readings(tmp_path / "readings.db")
    steps: list[tuple[int, int]] = []
    for _ in range(2):
        content = gather(
            guidance,
            WORDS,
            "",
            kept,
            lambda done, total, what: steps.append((done, total)),
            None,
            short_for_the_endless,
        )
        assert content.skipped == (("endless.pdf", TOO_LONG),)
    assert steps == [(1, 3), (2, 3), (3, 3)]
    kept.close()


def test_a_reader_that_dies_costs_its_file_and_only_this_time(guidance: Path, tmp_path: Path) -> None:
    (guidance / "good.html").unlink()
    kept = Readings(tmp_path / "readings.db")

    def killing(done: int, total: int, what: str) -> None:
        if done == 1:
            # It starts in less than a second of work: after that it reads.
            assert in_time(lambda: any(reader.cpu_times().user > 1 for reader in readers()))
            readers()[0].kill()

    content = gather(guidance, WORDS, "", kept, killing)
    assert [document.id for document in content.documents] == ["good.md"]
    assert "save it anew" in content.skipped[0][1]
    again = gather(guidance, WORDS, "", kept, lambda done, total, what: None, None, short_for_the_endless)
    assert again.skipped == (("endless.pdf", TOO_LONG),)
    kept.close()


def test_whoever_stops_waiting_leaves_no_reader_behind(guidance: Path) -> None:
    reading = read_files(files(guidance), WORDS)
    next(reading)
    reading.close()
    assert readers() == []


def test_a_reader_goes_when_the_process_that_started_it_is_killed(guidance: Path) -> None:
    script = (
        "import sys, pathlib\nfrom knowledge import Vocabulary\nfrom knowledge.load import files\n"
        "from knowledge.readers import read_files\n"
        f"for _ in read_files(files(pathlib.Path({str(guidance)!r})), Vocabulary.load()): pass"
    )
    starter = psutil.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[2])
    assert in_time(lambda: len(starter.children()) > 0)
    left = starter.children()
    starter.kill()
    starter.wait()
    assert in_time(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in left))


def test_a_file_that_cannot_be_opened_is_named(guidance: Path) -> None:
    gone = guidance / "gone.pdf"
    with closing(read_files([("gone.pdf", gone)], WORDS)) as reading:
        assert [one.reading.problem for one in reading] == ["it cannot be opened: No such file or directory"]


def test_what_a_reader_reads_is_what_is_read_here(tmp_path: Path) -> None:
    made = {name: writer(Guide()) for name, writer in WRITERS.items()}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "annex.pdf").write_bytes(messy.pdf_with_scanned_annex())
    scanned, *others = load(tmp_path).documents
    assert "contracted courier" in scanned.text
    assert others == [read_file(name, made[name]) for name in sorted(made)]


def test_a_file_whose_name_is_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("# Post\n\nSeal it twice.\n", encoding="utf-8")
    assert [document.id for document in load(tmp_path).documents] == ["caf\\udce9.md"]


def test_a_confined_reader_reaches_no_network_starts_nothing_and_writes_nothing(tmp_path: Path) -> None:
    script = """
import os, socket, subprocess
from knowledge.confined import confine
confine()
for forbidden in (
    socket.socket, lambda: subprocess.Popen(["true"]), lambda: open("left.txt", "w"), os.fork, lambda: os.kill(1, 0)
):
    try:
        forbidden()
        print("done")
    except PermissionError:
        print("refused")
"""
    root = Path(__file__).parents[2]
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env={"PYTHONPATH": str(root)}, capture_output=True, text=True
    ).stdout
    assert said.split() == ["refused"] * 5
    assert list(tmp_path.iterdir()) == []
