"""Damaged files through the sandbox: a short run of what `python -m bench fuzz` does ten thousand times."""

from collections.abc import Iterator

import pytest

from bench.fuzz import MEMORY_MB, SECONDS, SITE_KEY, Result, faults_in, fuzz, seeds_not_found
from bench.fuzz_seeds import LINES, readable_lines, seeds
from bench.mutate import Mutant, mutant
from bot.domain.finding import Hazard, HazardKind, Inspection
from bot.scan.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    ready = Sandbox(SITE_KEY, 64 << 20, SECONDS, MEMORY_MB, workers=1)
    yield ready
    ready.close()


def test_whole_files_of_every_kind_yield_what_is_planted_in_them(sandbox: Sandbox) -> None:
    assert seeds_not_found(sandbox) == []


@pytest.mark.slow
def test_damaged_files_are_never_called_clean_and_never_harm_the_check() -> None:
    result = Result()
    fuzz(1_000_000, 150, result, workers=1)
    assert result.outcomes.total() == 150
    assert result.faults == []


def test_the_same_number_damages_a_file_in_the_same_way() -> None:
    assert mutant(7).content == mutant(7).content
    assert len({mutant(number).content for number in range(40)}) > 35


def test_planted_lines_are_seen_in_packed_files_by_the_standard_library_alone() -> None:
    seen = {seed.kind: len(readable_lines(seed.content)) for seed in seeds()}
    for kind in ("txt", "eml", "docx", "xlsx", "pptx", "odt", "doc", "xls", "ppt", "msg", "pdf", "zip"):
        assert seen[kind] == len(LINES), kind


def test_a_report_that_calls_a_file_clean_while_values_stand_in_it_is_a_breach() -> None:
    text = next(seed for seed in seeds() if seed.kind == "txt")
    one = Mutant(0, text, "nothing", text.content)
    assert faults_in(one, Inspection("a", "text/plain", 1, "", "full"), 0.1) == [
        "called clean though values still stand in it"
    ]
    assert faults_in(one, Inspection("a", "text/plain", 1, "", "partial"), 0.1) == []


def test_a_report_with_the_words_of_an_exception_is_a_breach() -> None:
    text = next(seed for seed in seeds() if seed.kind == "txt")
    hazard = Hazard(HazardKind.METADATA, "file", "ValueError: bad byte")
    inspection = Inspection("a", "text/plain", 1, "", "none", hazards=(hazard,))
    assert faults_in(Mutant(0, text, "nothing", b""), inspection, 0.1) == ["the words of an exception in the report"]
