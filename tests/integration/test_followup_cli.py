"""The command line shows gaps with drafts, and documents with what people thought of them."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.answers import Feedback, Reason
from bot.domain.nearmiss import ScrubbedText
from bot.domain.verdict import Verdict
from bot.store import SqlGapLog, migrate, open_engine
from bot.store.answers import SqlOpinions
from tests.unit.followup.world import guidance

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
QUESTIONS = ("can the pub landlord have the witness statement", "is it ok to send the pub landlord a witness statement")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("site")
    guidance(here / "guidance")
    engine = open_engine(f"sqlite:///{here / 'data' / 'sendcheck.db'}")
    migrate(engine)
    for question in QUESTIONS:
        SqlGapLog(engine).add(ScrubbedText(question), Verdict.ASK, NOW)
    day = NOW.date()
    SqlOpinions(engine).give(Feedback("a1", False, "statements.md", "", Verdict.ASK, day, Reason.WRONG))
    engine.dispose()
    return here


def run(here: Path, *arguments: str) -> str:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(here / "data"), "GUIDANCE_DIR": str(here / "guidance")}
    command = [sys.executable, "-m", "bot", "guidance", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120).stdout


def test_gaps_are_put_together_and_drafted(here: Path) -> None:
    (line,) = run(here, "gaps", "--json").splitlines()
    gap = json.loads(line)
    assert (gap["asked"], gap["newest"], gap["verdict"], gap["closed"]) == (2, "2026-11-20", "ask", False)
    assert gap["title"] in QUESTIONS
    assert gap["row"].startswith("| a witness statement |")
    assert sorted(gap["people_ask"]) == sorted(QUESTIONS)


def test_drafts_are_markdown_to_copy_from(here: Path) -> None:
    drafts = run(here, "gaps", "--drafts")
    assert "| Sending | To | By | Answer | Only if |" in drafts
    assert f"- {QUESTIONS[0]} (row 1)" in drafts


def test_documents_are_listed_with_what_people_thought(here: Path) -> None:
    rows = [json.loads(line) for line in run(here, "list", "--json").splitlines()]
    assert {row["document"]: (row["helpful"], row["not_helpful"]) for row in rows} == {
        "statements.md": (0, 1),
        "video.md": (0, 0),
    }
