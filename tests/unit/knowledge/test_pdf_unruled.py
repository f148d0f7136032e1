"""Tables of a PDF that are set in columns without lines: read where certain, and never guessed."""

from datetime import date

import pytest
from reportlab.platypus import Paragraph, Table

from knowledge import Vocabulary
from knowledge.lint_page import page_defects
from knowledge.load import read_file
from knowledge.rules import Reading, read
from tests.guidance_files import messy
from tests.guidance_files.guide import HEADER, printed
from tests.guidance_files.messy import NORMAL, PROSE, Lines, pdf_with_table_without_lines

WORDS = Vocabulary.load()
STOP = [("injury photograph", "defence", "any", "don't send", "")]
PRESS = [("case summary", "journalist", "any", "ask first: press", "")]
WRAPPED = [
    ("witness statement", "defence", "secure", "only with", "contact page"),
    ("(MG11)", "", "email", "safeguards", "removed; case"),
    ("", "", "", "", "number checked"),
]
LAST = [("interview video", "court", "case", "only with", "named recipient"), ("", "", "system", "safeguards", "")]
AFTER = ("Ring the team if you are not sure what a photograph shows, and write down", "what they said.")


def reading(content: bytes) -> tuple[Reading, tuple[str, ...]]:
    document = read_file("photos.pdf", content)
    return read(document, WORDS), document.notes


def test_rows_without_lines_that_stand_apart_are_rules_and_the_owner_is_asked_to_compare() -> None:
    found, notes = reading(pdf_with_table_without_lines(STOP, PRESS, after=AFTER))
    assert [(rule.materials, rule.answer) for rule in found.rules] == [
        (("injury_photograph",), "stop"),
        (("case_summary",), "ask"),
    ]
    assert notes == ("page 1: a table without lines was read as 2 rows: compare them",)


def test_wrapped_cells_are_one_row_and_the_text_below_is_none() -> None:
    document = read_file("photos.pdf", pdf_with_table_without_lines(WRAPPED, STOP, LAST, after=AFTER))
    rules = read(document, WORDS).rules
    assert [(rule.materials, rule.answer) for rule in rules] == [
        (("witness_statement",), "safeguards"),
        (("injury_photograph",), "stop"),
        (("interview_video",), "safeguards"),
    ]
    assert rules[0].channels == ("secure_email",)
    assert rules[0].conditions == ("contact page removed", "case number checked")
    assert " ".join(AFTER) in document.text


def test_a_table_that_a_program_made_without_borders_is_read() -> None:
    rows = (HEADER, *(("contact details of a witness", "defence", "any", "don't send", "") for _ in range(3)))
    table = Table([[Paragraph(cell, NORMAL) for cell in row] for row in rows], colWidths=[110, 80, 60, 90, 110])
    found, _ = reading(printed([*(Paragraph(text, NORMAL) for text in (" ".join(PROSE),) * 2), table]))
    assert [rule.answer for rule in found.rules] == ["stop"] * 3


def test_a_table_without_lines_goes_on_over_the_page_where_its_head_is_repeated() -> None:
    found, notes = reading(pdf_with_table_without_lines(STOP, PRESS, [], [HEADER], WRAPPED, LAST))
    assert [rule.answer for rule in found.rules] == ["stop", "ask", "safeguards", "safeguards"]
    assert len(notes) == 2


TIGHT: dict[str, tuple[tuple[Lines, ...], dict[str, float]]] = {
    "rows no further apart than lines": ((STOP, PRESS, STOP), {"apart": 12}),
    "a document with double spacing": ((STOP, PRESS), {"leading": 22, "apart": 24}),
    "rows in groups with a blank line between": (([STOP[0], PRESS[0]], [STOP[0], PRESS[0]]), {}),
    "a cell that runs into the next column": (
        ([("photograph of an injury to the head", "defence", "any", "ok", "")],),
        {},
    ),
    "a row without an answer": ((STOP, [("case summary", "journalist", "any", "", "")]), {}),
    "a row without its first cell": ((STOP, [("", "journalist", "any", "ok", "")]), {}),
    "an answer that is none": ((STOP, [("case summary", "journalist", "any", "see annex", "")]), {}),
    "rows on the next page without the head": ((STOP, PRESS, [], STOP), {}),
    "two rows drawn as one": (([STOP[0], ("case summary", "", "", "ok", "")],), {}),
}


@pytest.mark.parametrize("rows, spaced", TIGHT.values(), ids=TIGHT.keys())
def test_where_a_row_is_not_certain_none_is_a_rule_and_the_owner_is_told(
    rows: tuple[Lines, ...], spaced: dict[str, float]
) -> None:
    found, notes = reading(pdf_with_table_without_lines(*rows, **spaced))  # type: ignore[arg-type]
    assert found.rules == ()
    assert ["none of it is used as rules" in note for note in notes] == [True]


def test_a_document_too_short_to_tell_lines_from_rows_is_not_guessed() -> None:
    found, notes = reading(pdf_with_table_without_lines(STOP, prose=()))
    assert found.rules == ()
    assert "give it borders" in notes[0]


def test_a_sentence_with_the_words_of_a_head_is_no_table() -> None:
    found, notes = reading(pdf_with_table_without_lines(after=("Sending to by answer only if it was asked.",)))
    assert found.rules == ()
    assert len(notes) == 1


def test_a_scanned_table_of_rules_is_a_defect_that_lint_names() -> None:
    content = messy.scanned(pdf_with_table_without_lines(STOP, PRESS, after=AFTER))
    found = list(page_defects(read_file("photos.pdf", content), date(2026, 11, 22)))
    named = [defect for defect in found if defect.kind == "rules_not_read"]
    assert [(defect.problem, defect.note) for defect in named] == [
        ("page 1: a table of rules is scanned, so none of it is used as rules: type it", False)
    ]
