"""The golden near-miss reports, full of invented personal data, through the real recognisers."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.nearmiss.record import ReportJson, file_report, to_json
from bot.nearmiss.scrub import Scrubber
from bot.scan.recognise.engine import Recogniser
from bot.store import SqlNearMissStore, migrate, open_engine
from knowledge.embed import embedder

GOLDEN = Path(__file__).parents[1] / "golden" / "nearmiss.jsonl"
NOW = datetime(2026, 3, 4, 9, 41, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    id: str
    text: str = field(repr=False)
    already_sent: bool | str
    category: str
    must_not_contain: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Filed:
    case: Case
    report: ReportJson = field(repr=False)
    database: bytes = field(repr=False)


def cases() -> list[Case]:
    lines = (json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    return [Case(**{**line, "must_not_contain": tuple(line["must_not_contain"])}) for line in lines]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> list[Filed]:
    folder = tmp_path_factory.mktemp("golden")
    engine = open_engine(f"sqlite:///{folder / 'sendcheck.db'}")
    migrate(engine)
    store, scrubber, embed = SqlNearMissStore(engine), Scrubber(Recogniser.load(b"test key").spans), embedder()
    reports = [
        to_json(file_report(case.text, None, True, (), store, scrubber, NOW, embed=embed), case.id) for case in cases()
    ]
    database = b"".join(file.read_bytes() for file in folder.iterdir())
    engine.dispose()
    return [Filed(case, report, database) for case, report in zip(cases(), reports, strict=True)]


def test_there_are_reports_enough_and_each_value_stands_in_its_text() -> None:
    assert len(cases()) >= 60
    assert all(value in case.text for case in cases() for value in case.must_not_contain)
    assert len({case.category for case in cases()}) == 12


def test_values_are_scrubbed_from_what_is_stored_and_from_the_bytes_of_the_database(filed: list[Filed]) -> None:
    values = [(one, value.lower()) for one in filed for value in one.case.must_not_contain]
    leaks = Counter(one.case.id for one, value in values if value in one.report["stored_text"].lower())
    in_bytes = Counter(one.case.id for one, value in values if value.encode() in one.database.lower())
    assert leaks == {}
    assert in_bytes == {}


def test_what_can_be_learned_from_stays(filed: list[Filed]) -> None:
    kept = sum(len(one.report["stored_text"]) for one in filed) / sum(len(one.case.text) for one in filed)
    assert kept >= 0.75


def test_whether_it_went_is_read_right_and_no_breach_is_taken_for_a_near_miss(filed: list[Filed]) -> None:
    wrong = [one.case.id for one in filed if one.report["already_sent"] != one.case.already_sent]
    costly = [one.case.id for one in filed if one.case.already_sent is True and one.report["already_sent"] is False]
    assert costly == []
    assert len(wrong) / len(filed) <= 0.10, wrong


def test_kinds_are_read_right(filed: list[Filed]) -> None:
    wrong = [one.case.id for one in filed if one.report["category"] != one.case.category]
    assert len(wrong) / len(filed) <= 0.10, wrong
