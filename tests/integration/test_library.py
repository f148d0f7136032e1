"""The guidance library on disk: built once, rebuilt just when something changed, searched by meaning and by words."""

import multiprocessing
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge import GuidanceError, Library
from knowledge.keep import only_one

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
Steps = list[tuple[int, int, str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    folder = tmp_path / "guidance"
    folder.mkdir()
    (folder / "discs.md").write_text(DISCS, encoding="utf-8")
    (folder / "lists.md").write_text(LISTS, encoding="utf-8")
    return folder


def counting(steps: Steps) -> Callable[[int, int, str], None]:
    return lambda done, total, what: steps.append((done, total, what))


def indexes(data: Path) -> list[str]:
    return [path.name for path in (data / "index").iterdir() if (path / "keyword").is_dir()]


def on_disk(data: Path, words: str) -> list[Path]:
    """The files below the data folder that hold these words."""
    return [path for path in data.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_the_second_start_builds_nothing(guidance: Path, tmp_path: Path) -> None:
    first: Steps = []
    second: Steps = []
    Library.open(tmp_path / "data", guidance, progress=counting(first))
    Library.open(tmp_path / "data", guidance, progress=counting(second))
    assert first
    assert second == []


def test_a_changed_page_is_the_only_one_read_and_embeds_only_what_is_new(guidance: Path, tmp_path: Path) -> None:
    Library.open(tmp_path / "data", guidance)
    (guidance / "lists.md").write_text(LISTS + "\n## More\n\nAsk the lawyer about names.\n", encoding="utf-8")
    steps: Steps = []
    library = Library.open(tmp_path / "data", guidance, progress=counting(steps))
    # One file; of it the new passage and its one sentence, which is told with its heading.
    assert steps == [(2, 2, "reading the guidance: files"), (2, 2, "reading the guidance: sentences")]
    assert any("Ask the lawyer" in passage.text for passage in library.passages)
    anew = Library.open(tmp_path / "anew", guidance)
    for part in ("passages", "sentences", "examples", "first"):
        made, fresh = (np.load(tmp_path / data / "index" / anew.stamp / f"{part}.npy") for data in ("data", "anew"))
        assert np.allclose(made, fresh, atol=1e-6)


def test_a_deleted_page_is_gone_from_every_search(guidance: Path, tmp_path: Path) -> None:
    Library.open(tmp_path / "data", guidance)
    (guidance / "discs.md").unlink()
    library = Library.open(tmp_path / "data", guidance)
    assert set(library.documents) == {"lists.md"}
    assert {hit.passage.document for hit in library.search("tamper-evident bag for a disc")} == {"lists.md"}
    assert indexes(tmp_path / "data") == [library.stamp]


def test_the_words_of_a_deleted_page_are_nowhere_on_the_disk(guidance: Path, tmp_path: Path) -> None:
    (guidance / "secret.md").write_text("# Plan\n\nThe zanzibar protocol is kept by two people.\n", encoding="utf-8")
    Library.open(tmp_path / "data", guidance)
    assert on_disk(tmp_path / "data", "zanzibar")
    (guidance / "secret.md").unlink()
    Library.open(tmp_path / "data", guidance)
    assert on_disk(tmp_path / "data", "zanzibar") == []


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
    assert Library.open(tmp_path / "data", guidance).leaning("when is payday").relevance == pytest.approx(1.0)


def test_a_folder_without_guidance_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(GuidanceError, match="no guidance"):
        Library.open(tmp_path / "data", tmp_path / "empty")


STOPPED = """
import os, sys
from pathlib import Path
from knowledge import Library
data, guidance, kind, number = sys.argv[1:]
def stop(done, total, what):
    print(what.split()[-1], done, total, flush=True)
    if what.endswith(kind) and done >= total / 2:
        os.kill(os.getpid(), int(number))
Library.open(Path(data), Path(guidance), progress=stop)
"""


@pytest.mark.parametrize("stop, kind", [(signal.SIGINT, "files"), (signal.SIGKILL, "sentences")])
def test_a_build_that_is_stopped_loses_nothing_and_goes_on_with_what_is_missing(
    guidance: Path, tmp_path: Path, stop: signal.Signals, kind: str
) -> None:
    for number in range(20):
        text = "".join(f"Room {number} keeps box {box} behind the {number * box}th door.\n\n" for box in range(20))
        (guidance / f"rooms-{number}.md").write_text(f"# Rooms {number}\n\n{text}", encoding="utf-8")
    arguments = [str(tmp_path / "data"), str(guidance), kind, str(int(stop))]
    ended = subprocess.run([sys.executable, "-c", STOPPED, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == -stop
    assert indexes(tmp_path / "data") == []
    told, done, total = ended.stdout.splitlines()[-1].split()
    assert (told, int(done) < int(total)) == (kind, True)
    rest: Steps = []
    library = Library.open(tmp_path / "data", guidance, progress=counting(rest))
    again = [(at, of) for at, of, what in rest if what.endswith(kind)]
    # Files tell which of all they are; sentences how many of those that were missing.
    assert again[0] == (int(done) + 1, int(total)) if kind == "files" else again[0][1] == int(total) - int(done)
    assert kind == "files" or not any(what.endswith("files") for _, _, what in rest)
    assert len(library.documents) == 22


def test_an_index_that_cannot_be_written_leaves_the_earlier_one_in_use(
    guidance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Library.open(tmp_path / "data", guidance)
    (guidance / "lists.md").write_text(LISTS + "\nAsk the lawyer about names.\n", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("knowledge.index.np.save", full)
    library = Library.open(tmp_path / "data", guidance)
    assert library.stamp == before.stamp
    assert "the disk is full" in library.problem
    assert library.search("MG9")[0].passage.document == "lists.md"


def test_a_first_index_that_cannot_be_written_is_an_error_that_says_why(
    guidance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("knowledge.index.np.save", full)
    with pytest.raises(GuidanceError, match="the disk is full"):
        Library.open(tmp_path / "data", guidance)


def test_a_damaged_store_of_vectors_is_made_anew(guidance: Path, tmp_path: Path) -> None:
    Library.open(tmp_path / "data", guidance)
    for path in (tmp_path / "data" / "index" / "vectors").rglob("*"):
        if path.is_file():
            path.write_bytes(b"not a database")
    (guidance / "lists.md").write_text(LISTS + "\nAsk the lawyer about names.\n", encoding="utf-8")
    library = Library.open(tmp_path / "data", guidance)
    assert any("Ask the lawyer" in passage.text for passage in library.passages)


def _open(data: Path, guidance: Path, stamps: "multiprocessing.Queue[str]") -> None:
    stamps.put(Library.open(data, guidance).stamp)


def test_two_processes_that_index_at_once_make_one_whole_index(guidance: Path, tmp_path: Path) -> None:
    processes = multiprocessing.get_context("spawn")
    stamps: multiprocessing.Queue[str] = processes.Queue()
    both = [processes.Process(target=_open, args=(tmp_path / "data", guidance, stamps)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(timeout=120)
    assert [process.exitcode for process in both] == [0, 0]
    assert indexes(tmp_path / "data") == [stamps.get()]


def test_a_second_build_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    told, done = threading.Event(), threading.Event()

    def second() -> None:
        with only_one(tmp_path, told.set):
            done.set()

    thread = threading.Thread(target=second)
    with only_one(tmp_path, lambda: None):
        thread.start()
        assert told.wait(20)
        assert not done.is_set()
    thread.join(timeout=20)
    assert done.is_set()


def test_an_older_edition_is_listed_but_neither_searched_nor_ruled_by(guidance: Path, tmp_path: Path) -> None:
    (guidance / "archive").mkdir()
    old = LISTS.replace("2026-10-01", "2019-10-01").replace("don't send", "ok")
    (guidance / "archive" / "lists.md").write_text(old, encoding="utf-8")
    library = Library.open(tmp_path / "data", guidance)
    assert library.documents["archive/lists.md"].superseded_by == "lists.md"
    assert {rule.document for rule in library.rules} == {"discs.md", "lists.md"}
    assert {example.document for example in library.examples} == {"discs.md", "lists.md"}
    assert "archive/lists.md" not in {hit.passage.document for hit in library.search("home addresses on the MG9", 20)}


def test_rows_of_an_older_edition_rule_until_its_successor_has_rows(guidance: Path, tmp_path: Path) -> None:
    (guidance / "archive").mkdir()
    shutil.move(guidance / "lists.md", guidance / "archive" / "lists.md")
    new = (
        HEAD.format(title="Witness lists")
        + "The MG9 holds home addresses, so the defence gets a list of names instead.\n"
    )
    (guidance / "lists.md").write_text(new, encoding="utf-8")
    library = Library.open(tmp_path / "data", guidance)
    assert {rule.document for rule in library.rules} == {"discs.md", "archive/lists.md"}
    assert library.documents["archive/lists.md"].superseded_by == "lists.md"


def test_the_section_of_a_passage_is_its_context(guidance: Path, tmp_path: Path) -> None:
    (guidance / "lists.md").write_text(LISTS + "\nAsk the lawyer about names.\n", encoding="utf-8")
    library = Library.open(tmp_path / "data", guidance)
    found = library.search("ask the lawyer about names")[0].passage
    assert [one.text.split()[0] for one in library.neighbours(found)] == ["The", "Ask"]


def test_two_pages_that_name_each_other_as_successor_are_both_searched(guidance: Path, tmp_path: Path) -> None:
    for name, other in (("discs", "lists"), ("lists", "discs")):
        text = (guidance / f"{name}.md").read_text(encoding="utf-8")
        text = text.replace("owner:", f"superseded_by: {other}.md\nowner:", 1)
        (guidance / f"{name}.md").write_text(text, encoding="utf-8")
    library = Library.open(tmp_path / "data", guidance)
    assert {rule.document for rule in library.rules} == {"discs.md", "lists.md"}
    assert {passage.document for passage in library.passages} == {"discs.md", "lists.md"}
