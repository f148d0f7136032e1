"""A running server takes new guidance into use whole and at once, and keeps the old one when that fails."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from knowledge import Library, Shelf

PAGE = "# {title}\n\nOwner: Security team\n\n{text}\n"
Told = list[tuple[set[str], set[str]]]


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    folder = tmp_path / "guidance"
    folder.mkdir()
    text = PAGE.format(title="Discs", text="A disc goes in a numbered tamper-evident bag.")
    (folder / "discs.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def shelf(guidance: Path, tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(Library.open(tmp_path / "data", guidance), tmp_path / "data")
    yield shelf
    shelf.close()


def add_page(guidance: Path) -> None:
    text = PAGE.format(title="Letters", text="A letter goes in a plain envelope without a window.")
    (guidance / "letters.md").write_text(text, encoding="utf-8")


def test_nothing_happens_while_nothing_changes(shelf: Shelf) -> None:
    before = shelf.library
    assert not shelf.refresh()
    assert not shelf.refresh()
    assert shelf.library is before


def test_a_new_page_is_found_without_a_restart_and_the_change_is_told(shelf: Shelf, guidance: Path) -> None:
    told: Told = []
    shelf.on_change(lambda before, now: told.append((set(before.documents), set(now.documents))))
    before = shelf.library
    add_page(guidance)
    assert shelf.refresh()
    assert told == [({"discs.md"}, {"discs.md", "letters.md"})]
    assert shelf.library.search("plain envelope")[0].passage.document == "letters.md"
    # A question that began before the change is still answered from the old one.
    assert before.search("plain envelope")[0].passage.document == "discs.md"


def test_unchanged_words_stay_the_same_object(shelf: Shelf, guidance: Path) -> None:
    words = shelf.library.vocabulary
    add_page(guidance)
    assert shelf.refresh()
    assert shelf.library.vocabulary is words


def test_a_file_that_was_only_touched_changes_nothing(shelf: Shelf, guidance: Path) -> None:
    shelf.refresh()
    (guidance / "discs.md").touch()
    assert not shelf.refresh()


def test_an_index_that_another_process_made_is_taken_into_use(shelf: Shelf, guidance: Path, tmp_path: Path) -> None:
    add_page(guidance)
    Library.open(tmp_path / "data", guidance)
    assert shelf.refresh()
    assert "letters.md" in shelf.library.documents


def test_guidance_that_went_away_leaves_the_old_in_use_and_says_why(shelf: Shelf, guidance: Path) -> None:
    shutil.move(guidance, guidance.with_name("elsewhere"))
    assert not shelf.refresh()
    assert "is not a folder" in shelf.problem
    assert shelf.library.search("numbered bag")[0].passage.document == "discs.md"
    shutil.move(guidance.with_name("elsewhere"), guidance)
    assert not shelf.refresh()
    assert shelf.problem == ""


def test_a_build_that_fails_leaves_the_old_in_use_and_says_why(shelf: Shelf, guidance: Path, tmp_path: Path) -> None:
    # A file stands where the readings are kept: the building process cannot write.
    for path in (tmp_path / "data" / "index").glob("readings.db*"):
        path.unlink()
    (tmp_path / "data" / "index" / "readings.db").mkdir()
    add_page(guidance)
    assert not shelf.refresh()
    assert "could not be brought up to date" in shelf.problem
    assert set(shelf.library.documents) == {"discs.md"}
    (tmp_path / "data" / "index" / "readings.db").rmdir()
    assert shelf.refresh()
    assert shelf.problem == ""


def test_a_build_that_is_killed_leaves_the_old_in_use_and_the_next_look_goes_on(shelf: Shelf, guidance: Path) -> None:
    def kill() -> None:
        found: list[psutil.Process] = []
        while not found:
            found = [child for child in psutil.Process().children() if "knowledge.build" in child.cmdline()]
        found[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    add_page(guidance)
    assert not shelf.refresh()
    killer.join()
    assert "ended from outside" in shelf.problem
    assert shelf.library.search("numbered bag")[0].passage.document == "discs.md"
    assert shelf.refresh()
    assert set(shelf.library.documents) == {"discs.md", "letters.md"}


def test_the_watch_sees_a_change_by_itself(shelf: Shelf, guidance: Path) -> None:
    seen = threading.Event()
    shelf.on_change(lambda before, now: seen.set())
    shelf.watch(seconds=0.1)
    add_page(guidance)
    assert seen.wait(60)
    assert "letters.md" in shelf.library.documents
