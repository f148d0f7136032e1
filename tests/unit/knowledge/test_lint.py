"""An author is told what will be misread."""

from datetime import date
from pathlib import Path

import pytest

from knowledge import GuidanceError, Vocabulary, find_defects, starter_pack

WORDS = Vocabulary.load()
TODAY = date(2026, 11, 22)
HEAD = "---\ntitle: T\nowner: Security team\nreviewed: 2026-10-01\n---\n# T\n\n"
TABLE = "| Sending | To | By | Answer | Only if |\n| --- | --- | --- | --- | --- |\n"


def problems(folder: Path) -> list[str]:
    """The defects, without those of a folder that rules on no findings at all."""
    found = find_defects(folder, WORDS, TODAY)
    return [defect.problem for defect in found if "no row rules on" not in defect.problem]


@pytest.mark.parametrize(
    "text, said",
    [
        ("# T\n\nProse.\n", "has no owner"),
        ("---\nowner: X\n---\n# T\n", "has no review date"),
        (HEAD.replace("reviewed:", "review_due: 2026-01-01\nreviewed:") + "Prose.\n", "review was due on 2026-01-01"),
        (HEAD + TABLE + "| wombat | defence | any | ok | |\n", "“wombat” is not in the vocabulary"),
        (HEAD + TABLE + "| MG5 | defence | any | perhaps | |\n", "“perhaps” is not in the vocabulary"),
        (HEAD + "Prose.\n\nPeople ask:\n\n- may i send it\n", "names no row"),
        (
            HEAD + TABLE + "| MG5 | court | any | ok | |\n| MG5 | court | any | don't send | |\n",
            "contradicts",
        ),
    ],
)
def test_each_defect_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    assert any(said in problem for problem in problems(tmp_path))


def test_a_sound_page_has_no_defect(tmp_path: Path) -> None:
    page = HEAD + TABLE + "| MG5 | court | any | ok | |\n\nPeople ask:\n\n- mg5 to court (row 1)\n"
    (tmp_path / "page.md").write_text(page, encoding="utf-8")
    assert problems(tmp_path) == []


def test_a_file_that_is_not_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(HEAD + "Prose.", encoding="utf-8")
    (tmp_path / "old.docx").write_bytes(b"PK")
    assert any(defect.document == "old.docx" for defect in find_defects(tmp_path, WORDS, TODAY))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GuidanceError, match="no guidance"):
        find_defects(tmp_path, WORDS, TODAY)


def test_the_starter_pack_has_none() -> None:
    assert find_defects(starter_pack(), WORDS, TODAY) == ()
