"""Whoever waits for a long index sees how far it is and how long it takes."""

from collections.abc import Iterator

from bot.cli.show import IndexProgress


def ticking(*moments: float) -> IndexProgress:
    clock: Iterator[float] = iter(moments)
    return IndexProgress(lambda: next(clock))


def test_the_time_left_follows_from_the_pace_so_far() -> None:
    shown = ticking(0.0, 10.0, 20.0)
    assert shown.line(256, 10_240, "sentences") == "sentences: 256 of 10,240"
    assert shown.line(512, 10_240, "sentences") == "sentences: 512 of 10,240, about 6 min left"
    assert shown.line(10_112, 10_240, "sentences") == "sentences: 10,112 of 10,240"


def test_a_second_run_starts_its_own_clock() -> None:
    shown = ticking(0.0, 100.0, 500.0, 510.0)
    shown.line(1, 2, "files")
    assert shown.line(2, 2, "files") == "files: 2 of 2"
    shown.line(1, 5, "files")
    assert shown.line(2, 5, "files") == "files: 2 of 5, about 30 s left"


def test_waiting_for_another_process_is_said_without_numbers() -> None:
    assert ticking().line(0, 1, "waiting for another process") == "waiting for another process"
