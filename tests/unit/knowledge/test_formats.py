"""A guidance document says the same in whichever format it is written."""

from datetime import date
from pathlib import Path

import pytest

from knowledge import GuidanceError, Vocabulary
from knowledge.load import files, read_file
from knowledge.model import Document
from knowledge.rules import read
from knowledge.split import passages
from tests.guidance_files.guide import ROWS, WRITERS, Guide

WORDS = Vocabulary.load()
PAGES = ("guide.pdf",)


@pytest.fixture(params=list(WRITERS), scope="module")
def document(request: pytest.FixtureRequest) -> Document:
    return read_file(request.param, WRITERS[request.param](Guide()))


def test_each_row_is_a_rule(document: Document) -> None:
    rules = read(document, WORDS).rules
    assert [(rule.answer, rule.materials, rule.recipients) for rule in rules] == [
        ("safeguards", ("witness_statement",), ("defence",)),
        ("stop", ("contact_details",), ("defence",)),
        ("ask", ("case_summary",), ("media",)),
    ]
    assert rules[0].conditions == ("contact page removed", "case number checked")
    assert rules[2].ask_whom == "press office"


def test_nothing_of_it_is_misread(document: Document) -> None:
    reading = read(document, WORDS)
    assert reading.unknown == reading.nearly == reading.dead == ()


def test_questions_name_their_rows(document: Document) -> None:
    named = [example.rule for example in read(document, WORDS).examples]
    assert named == [f"{document.id}#row-{number}" for number in range(1, len(ROWS) + 1)]


def test_the_control_table_gives_owner_version_and_review_dates(document: Document) -> None:
    assert (document.owner, document.version) == ("Head of Disclosure", "3.2")
    assert (document.reviewed, document.review_due) == (date(2026, 10, 1), date(2027, 10, 31))


def test_the_title_and_the_headings_are_the_path_of_every_quote(document: Document) -> None:
    assert document.title.lower() == "serving statements"
    section = read(document, WORDS).rules[0].section
    assert section[0] == document.title
    assert section[-1].endswith("To the defence")


def test_every_quote_stands_literally_in_the_text(document: Document) -> None:
    assert all(rule.quote in document.text for rule in read(document, WORDS).rules)
    texts = [passage.text for passage in passages(document)]
    assert texts
    assert all(text in document.text for text in texts)


def test_menus_and_footers_are_no_guidance(document: Document) -> None:
    assert "Crown copyright" not in document.text
    assert "Home" not in document.text


def test_what_a_file_is_called_does_not_decide_how_it_is_read() -> None:
    named_wrongly = read_file("old.doc", WRITERS["guide.rtf"](Guide()))
    assert named_wrongly.format == "Rich Text"
    assert len(read(named_wrongly, WORDS).rules) == len(ROWS)


def test_a_page_of_endless_depth_is_refused_at_once() -> None:
    with pytest.raises(GuidanceError, match="too deeply"):
        read_file("policy.html", b"<html><body>" + b"<div>" * 100_000 + b"text")


def test_a_link_to_a_file_outside_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text("# Secret\n\nNot guidance.\n", encoding="utf-8")
    folder = tmp_path / "guidance"
    folder.mkdir()
    (folder / "inside.md").write_text("# Inside\n\nGuidance.\n", encoding="utf-8")
    (folder / "link.md").symlink_to(tmp_path / "elsewhere.md")
    assert [name for name, _ in files(folder)] == ["inside.md"]
