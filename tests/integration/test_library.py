"""The guidance library on disk: built once, rebuilt just when something changed, searched by meaning and by words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import GuidanceError, Library

HEAD = "---\ntitle: {title}\nowner: Security team\nreviewed: 2026-10-01\n---\n# {title}\n\n"
TABLE = "| Sending | To | By | Answer | Only if |\n| --- | --- | --- | --- | --- |\n"
DISCS = (
    HEAD.format(title="Discs")
    + "A disc goes only when digital transfer is not possible. Put it in a numbered tamper-evident bag.\n\n"
    + TABLE
    + "| encrypted disc with a recorded interview | any | courier | only with safeguards | named receiver |\n"
    + "\nPeople ask:\n\n- can a dvd of an interview go by courier (row 1)\n"
)
LISTS = (
    HEAD.format(title="Witness lists")
    + "The MG9 holds home addresses, so the defence gets a list of names instead.\n\n"
    + TABLE
    + "| MG9 | defence | any | don't send | |\n"
    + "\nPeople ask:\n\n- may i serve the mg9 (row 1)\n"
)
Steps = list[tuple[int, int]]


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    folder = tmp_path / "guidance"
    folder.mkdir()
    (folder / "discs.md").write_text(DISCS, encoding="utf-8")
    (folder / "lists.md").write_text(LISTS, encoding="utf-8")
    return folder


def counting(steps: Steps) -> Callable[[int, int, str], None]:
    return lambda done, total, what: steps.append((done, total))


def test_the_second_start_builds_nothing(guidance: Path, tmp_path: Path) -> None:
    first: Steps = []
    second: Steps = []
    Library.open(tmp_path / "data", guidance, progress=counting(first))
    Library.open(tmp_path / "data", guidance, progress=counting(second))
    assert first
    assert second == []


def test_a_changed_page_embeds_only_what_is_new(guidance: Path, tmp_path: Path) -> None:
    Library.open(tmp_path / "data", guidance)
    (guidance / "lists.md").write_text(LISTS + "\n## More\n\nAsk the lawyer about names.\n", encoding="utf-8")
    steps: Steps = []
    library = Library.open(tmp_path / "data", guidance, progress=counting(steps))
    assert steps == [(1, 1)]
    assert any("Ask the lawyer" in passage.text for passage in library.passages)


def test_a_deleted_page_is_gone_from_every_search(guidance: Path, tmp_path: Path) -> None:
    Library.open(tmp_path / "data", guidance)
    (guidance / "discs.md").unlink()
    library = Library.open(tmp_path / "data", guidance)
    assert set(library.documents) == {"lists.md"}
    assert {hit.passage.document for hit in library.search("tamper-evident bag for a disc")} == {"lists.md"}
    assert [path.name for path in (tmp_path / "data" / "index").iterdir() if path.is_dir()] == [library.stamp]


def test_an_unfinished_index_is_never_served(guidance: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "data", guidance)
    (tmp_path / "data" / "index" / library.stamp / "content.json").unlink()
    again = Library.open(tmp_path / "data", guidance)
    assert again.documents.keys() == library.documents.keys()


def test_a_question_in_other_words_finds_its_known_question_and_its_passage(guidance: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "data", guidance)
    assert library.asked("sending an interview recording on a disk with DX")[0].example.document == "discs.md"
    assert library.search("does the other side get to see where witnesses live")[0].passage.document == "lists.md"


def test_a_form_number_finds_its_page_by_its_letters(guidance: Path, tmp_path: Path) -> None:
    assert Library.open(tmp_path / "data", guidance).search("MG9")[0].passage.document == "lists.md"


def test_every_passage_and_rule_stands_literally_in_its_document(guidance: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "data", guidance)
    assert all(passage.text in library.documents[passage.document].text for passage in library.passages)
    assert all(rule.quote in library.documents[rule.document].text for rule in library.rules)


def test_guidance_that_lists_nothing_as_not_covered_takes_every_question(guidance: Path, tmp_path: Path) -> None:
    assert Library.open(tmp_path / "data", guidance).relevance("when is payday") == pytest.approx(1.0)


def test_a_folder_without_guidance_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(GuidanceError, match="no guidance"):
        Library.open(tmp_path / "data", tmp_path / "empty")
