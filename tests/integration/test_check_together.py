"""Files of one message on the command line: compared with one another when asked, each by itself otherwise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NewData

ROOT = Path(__file__).parents[2]
PAPERS = {
    "certificate.txt": "Disclosure certificate\nURN 88HM0417325\nR v Kieran Maddocks\nNothing further to disclose.\n",
    "letter.txt": "Our ref 87EX2210424\nR v Marlon Beckford\nThe trial is listed in May.\n",
}


@pytest.fixture(scope="module")
def data(new_data: NewData) -> Path:
    return new_data()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers of two cases."""
    made = tmp_path_factory.mktemp("papers")
    for name, text in PAPERS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def check(data: Path, folder: Path, *options: str) -> tuple[dict[str, set[str]], int]:
    """The kinds of hazard in each file, and the exit code."""
    environment = {**os.environ, "DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "check", str(folder), "--recipient", "defence", "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["name"]: {hazard["kind"] for hazard in one["hazards"]} for one in reports}, done.returncode


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "certificate", "letter"),
    [
        ((), set(), set()),
        (("--together",), {"other_case"}, {"other_case"}),
        (("--together", "--case", "R v Maddocks"), set(), {"other_case"}),
        (("--case", "88/HM/04173/25"), set(), {"other_case"}),
    ],
)
def test_files_are_compared_with_the_case_named_and_together_with_one_another(
    data: Path, folder: Path, options: tuple[str, ...], certificate: set[str], letter: set[str]
) -> None:
    hazards, code = check(data, folder, *options)
    assert hazards == {"certificate.txt": certificate, "letter.txt": letter}
    assert code == (1 if certificate or letter else 0)
