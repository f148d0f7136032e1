"""Defects planted in documents of every format are each found, and named with document and section."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge import Defect, Vocabulary, find_defects
from tests.guidance_files import messy
from tests.guidance_files.guide import (
    CONTROL,
    Guide,
    Part,
    as_html,
    as_markdown,
    as_odt,
    as_pdf,
    as_rtf,
    as_text,
    as_word,
)

WORDS = Vocabulary.load()
TODAY = date(2026, 11, 22)
OK = ("case number", "court", "any", "ok", "")


def guide(title: str, *parts: Part, **control: str) -> Guide:
    said = {**dict(CONTROL), **{label.replace("_", " "): words for label, words in control.items()}}
    return Guide(title, parts, tuple((label, words) for label, words in said.items() if words))


def ruled(
    heading: str, *rows: tuple[str, ...], questions: tuple[str, ...] = (), paragraphs: tuple[str, ...] = ()
) -> Part:
    return Part(heading, paragraphs or ("What to do.",), rows, questions)


def without(label: str, whole: Guide) -> Guide:
    return replace(whole, control=tuple(one for one in whole.control if one[0] != label))


FRONT = "---\ntitle: {title}\nowner: Security team\nreviewed: 2026-10-01\n{more}---\n# {title}\n\nProse.\n"
PLANTED: dict[str, bytes] = {
    "unknown.docx": as_word(
        guide("Unknown words", ruled("Wombats", ("witnes statment of a wombat", "court", "any", "ok", "")))
    ),
    "channel.pdf": as_pdf(
        guide("Unknown ways", ruled("Pigeons", ("case summary", "court", "carrier pigeon", "ok", "")))
    ),
    "answer.odt": as_odt(guide("Unclear answers", ruled("Perhaps", ("case number", "police", "any", "perhaps", "")))),
    "a.docx": as_word(guide("Discs A", ruled("Discs", ("interview video", "court", "courier", "ok", "")))),
    "b.pdf": as_pdf(
        guide("Discs B", ruled("The same discs", ("interview video", "court", "courier", "don't send", "")))
    ),
    "overlap-a.html": as_html(
        guide("Photos A", ruled("Photos", ("injury photograph", "police or court", "post", "ok", "")))
    ),
    "overlap-b.rtf": as_rtf(
        guide("Photos B", ruled("Photos by post", ("injury photograph", "court or media", "post", "never", "")))
    ),
    "never-used.md": as_markdown(guide("Calls A", ruled("Calls", ("call recording", "probation", "any", "ok", "")))),
    "covers.txt": as_text(
        guide(
            "Calls B",
            ruled("Calls and summaries", ("call recording or case summary", "probation", "any", "don't send", "")),
        )
    ),
    "twice.docx": as_word(guide("Twice", ruled("Said twice", OK, ("the case number", "court", "all", "yes", "none")))),
    "no-owner.pdf": as_pdf(without("Owner", guide("Nobody's"))),
    "no-review.docx": as_word(without("Review date", without("Next review", guide("Never read again")))),
    "overdue.odt": as_odt(guide("Overdue", Next_review="1 March 2026", Review_date="1 March 2025")),
    "future.html": as_html(guide("Early", Review_date="1 October 2031", Next_review="")),
    "order.docx": as_word(guide("Order", Last_reviewed="2026-10-01", Next_review="30/09/2026", Review_date="")),
    "long.docx": as_word(guide("Long", Part("No end", ("words and more words " * 90,)))),
    "bare.rtf": as_rtf(
        guide("Bare", ruled("Bare safeguards", ("case summary", "police", "hand", "only with safeguards", "")))
    ),
    "nobody.pdf": as_pdf(guide("Nobody to ask", ruled("Who", ("case summary", "mp", "any", "ask first", "")))),
    "gone.md": FRONT.format(title="Gone", more="superseded_by: nowhere.md\n").encode(),
    "round-a.md": FRONT.format(title="Round A", more="superseded_by: round-b.md\n").encode(),
    "round-b.md": FRONT.format(title="Round B", more="superseded_by: round-a.md\n").encode(),
    "same-a.txt": as_text(guide("Same name", ruled("One", ("case summary", "expert", "any", "don't send", "")))),
    "same-b.html": as_html(guide("Same name", Part("Another", ("Lorries leave at nine and carry nothing else.",)))),
    "dead.odt": as_odt(guide("Dead", ruled("Dead question", OK, questions=("where does it go (row 9)",)))),
    "rowless.docx": as_word(guide("Rowless", Part("Rowless question", ("Prose.",), (), ("may i send it",)))),
    "empty.docx": as_word(guide("Empty", Part("Nothing here"), Part("Something", ("Prose.",)))),
    "front.md": b"---\ntitle: Front: broken\nowner: Security team\nreviewed: 2026-10-01\n---\n# Front\n\nProse.\n",
    "open.md": b"---\ntitle: Open\nowner: Security team\nreviewed: 2026-10-01\n\n# Open\n\nProse.\n",
    "misspelt.md": FRONT.format(title="Misspelt", more="superceded_by: x.md\n").encode(),
    "no-date.md": FRONT.format(title="No date", more="review_due: soon\n").encode(),
    "nearly.html": as_html(
        guide("Nearly", Part("Three columns", ("Prose.",), (("MG5", "court", "post"),), (), ("Sending", "To", "By")))
    ),
    "lineless.pdf": messy.pdf_with_table_without_lines(
        [("injury photograph", "defence", "any", "don't send", "")], [("MG5", "court", "any", "ok", "")], apart=12
    ),
    "blank-cell.docx": as_word(guide("Blank", ruled("Blank first cell", OK, ("", "police", "post", "ok", "")))),
    "locked.pdf": messy.locked_pdf(),
    "cut.docx": as_word(Guide())[:3000],
}
FOUND = [
    ("unknown.docx", "Wombats", "unknown_words", "Nearest known words"),
    ("channel.pdf", "Pigeons", "unknown_words", "carrier pigeon"),
    ("answer.odt", "Perhaps", "unknown_answer", "“perhaps” is not in the vocabulary"),
    ("b.pdf|a.docx", "discs", "contradiction", "contradicts"),
    ("overlap-a.html", "Photos", "contradiction", "on injury photograph to court"),
    ("never-used.md", "Calls", "unreachable", "is never used"),
    ("twice.docx", "Said twice", "duplicate_row", "says the same"),
    ("no-owner.pdf", "", "no_owner", "has no owner"),
    ("no-review.docx", "", "no_review_date", "has no review date"),
    ("overdue.odt", "", "review_overdue", "2026-03-01"),
    ("future.html", "", "reviewed_in_future", "still to come"),
    ("order.docx", "", "review_order", "before its last"),
    ("long.docx", "No end", "too_long", "too long to quote"),
    ("bare.rtf", "Bare safeguards", "no_conditions", "needs its safeguards"),
    ("nobody.pdf", "Who", "asks_nobody", "names nobody"),
    ("gone.md", "", "superseded_by_nothing", "nowhere.md"),
    ("round-a.md", "", "superseded_in_circle", "leads back"),
    ("same-b.html", "", "same_title", "same-a.txt"),
    ("dead.odt", "Dead question", "dead_example", "no row 9"),
    ("rowless.docx", "Rowless question", "question_without_row", "names no row"),
    ("empty.docx", "Nothing here", "empty_section", "nothing stands below"),
    ("front.md", "", "front_matter", "not valid YAML"),
    ("open.md", "", "front_matter", "has no end"),
    ("misspelt.md", "", "front_matter", "did you mean `superseded_by`"),
    ("no-date.md", "", "front_matter", "is not a date"),
    ("nearly.html", "Three columns", "nearly_a_rule_table", "no column Answer"),
    ("lineless.pdf", "", "rules_not_read", "give it borders"),
    ("blank-cell.docx", "Blank first cell", "empty_first_cell", "is empty"),
    ("locked.pdf", "", "not_read", "password"),
    ("cut.docx", "", "not_read", "damaged"),
]


@pytest.fixture(scope="module")
def defects(tmp_path_factory: pytest.TempPathFactory) -> tuple[Defect, ...]:
    folder = tmp_path_factory.mktemp("guidance")
    for name, content in PLANTED.items():
        (folder / name).write_bytes(content)
    return find_defects(folder, WORDS, TODAY)


@pytest.mark.parametrize("document, section, kind, said", FOUND)
def test_each_planted_defect_is_found_and_located(
    defects: tuple[Defect, ...], document: str, section: str, kind: str, said: str
) -> None:
    here = [defect for defect in defects if defect.document in document.split("|") and defect.kind == kind]
    assert any(said in defect.problem and section.lower() in defect.section.lower() for defect in here), [
        (defect.document, defect.section, defect.kind, defect.problem)
        for defect in defects
        if defect.document in document
    ]


def test_at_least_twenty_kinds_are_planted() -> None:
    assert len({kind for _, _, kind, _ in FOUND}) >= 20


def test_nothing_else_is_said_to_be_wrong_with_the_documents(defects: tuple[Defect, ...]) -> None:
    expected = {(name, kind) for names, _, kind, _ in FOUND for name in names.split("|")}
    expected |= {
        ("round-b.md", "superseded_in_circle"),
        ("lineless.pdf", "no_owner"),
        ("lineless.pdf", "no_review_date"),
    }
    expected |= {("open.md", "no_owner"), ("open.md", "no_review_date"), ("order.docx", "review_overdue")}
    extra = [
        (one.document, one.kind, one.problem)
        for one in defects
        if one.document and not one.note and (one.document, one.kind) not in expected
    ]
    assert extra == []


def test_a_sound_document_of_any_format_has_no_defect(tmp_path: Path) -> None:
    for number, (name, write) in enumerate(
        {
            "a.docx": as_word,
            "b.pdf": as_pdf,
            "c.odt": as_odt,
            "d.rtf": as_rtf,
            "e.html": as_html,
            "f.txt": as_text,
        }.items()
    ):
        whole = guide(f"Guide {number}", ruled(f"Part {number}", OK, questions=("ref to the court ok? (row 1)",)))
        (tmp_path / name).write_bytes(write(whole))
    found = find_defects(tmp_path, WORDS, TODAY)
    assert [one for one in found if one.kind not in ("silent_on_finding",) and not one.note] == []
