"""Guidance as organisations really have it: every file is read, or named with the reason."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import GuidanceError, Vocabulary
from knowledge.load import read_file
from knowledge.readers import load
from knowledge.rules import read
from knowledge.split import passages
from tests.guidance_files import messy
from tests.guidance_files.guide import Guide, as_markdown, as_pdf, as_word

WORDS = Vocabulary.load()
HANDBOOK = Path(__file__).resolve().parents[4] / "shared" / "corpora" / "handbook"


def sections_of(text_of: bytes, name: str) -> set[str]:
    return {passage.section[-1] for passage in passages(read_file(name, text_of))}


def test_hand_made_headings_of_a_word_document_are_headings() -> None:
    assert {"1. Purpose", "How discs travel", "2. Lost on the way"} <= sections_of(
        messy.word_with_hand_made_headings(), "discs.docx"
    )


def test_merged_cells_of_a_word_table_hold_for_each_row_they_span() -> None:
    reading = read(read_file("discs.docx", messy.word_with_hand_made_headings()), WORDS)
    assert reading.unknown == ()
    assert [(rule.recipients, rule.channels, rule.answer) for rule in reading.rules] == [
        (("court",), ("courier",), "safeguards"),
        (("defence",), ("post",), "stop"),
    ]
    assert reading.rules[0].materials == reading.rules[1].materials != ()
    assert reading.rules[0].conditions == ("encrypted", "named recipient")


def test_a_word_document_tells_pages_version_and_owner() -> None:
    document = read_file("discs.docx", messy.word_with_hand_made_headings())
    assert document.page_of("Discs are lost on the way") == 1
    assert document.page_of("Ring the courier within the hour.") == 2
    assert (document.version, document.owner) == ("2.1", "Post room manager")


def test_nested_lists_stay_nested() -> None:
    text = read_file("discs.docx", messy.word_with_hand_made_headings()).text
    assert "- Pack it twice\n  - the inner bag is sealed" in text


def test_running_headers_and_page_numbers_are_gone_and_what_they_say_of_the_document_is_kept() -> None:
    document = read_file("policy.pdf", messy.long_pdf())
    assert "Northshire" not in document.text
    assert "Page 2 of" not in document.text
    assert (document.owner, document.version) == ("Head of Information Security", "3.2")
    assert document.title == "Handling policy"


def test_a_word_cut_at_the_end_of_a_line_is_whole_and_a_hyphen_of_its_own_stays() -> None:
    text = read_file("policy.pdf", messy.long_pdf()).text
    assert "A self-represented defendant and the witnesses are written to by name." in text


def test_a_table_over_several_pages_is_one_table() -> None:
    document = read_file("policy.pdf", messy.long_pdf())
    reading = read(document, WORDS)
    assert len(reading.rules) == 27
    assert reading.unknown == ()
    assert document.text.count("| Sending |") == 1
    pages = {document.page_of(rule.quote, rule.section) for rule in reading.rules}
    assert {1, 2} <= pages


def test_a_quote_of_a_pdf_knows_its_page() -> None:
    document = read_file("policy.pdf", messy.long_pdf())
    assert document.page_of("Shredding happens on Fridays.", ("Handling policy", "3. Last page")) == document.pages
    assert document.pages >= 3


def test_a_cell_beside_two_rows_of_a_pdf_holds_for_both() -> None:
    rules = read(read_file("calls.pdf", messy.pdf_with_merged_cells()), WORDS).rules
    assert [(rule.materials, rule.answer) for rule in rules] == [
        (("call_recording",), "safeguards"),
        (("call_recording",), "stop"),
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    text = " ".join(read_file("columns.pdf", messy.pdf_in_two_columns()).text.split())
    places = [text.index(f"Paragraph {n} {edge}") for n in range(14) for edge in ("begins", "ends")]
    assert places == sorted(places)
    assert text.count("stay together in order because it is read downwards first") == 14 * 4


def test_a_scanned_annex_is_read_and_its_owner_is_told() -> None:
    document = read_file("annex.pdf", messy.pdf_with_scanned_annex())
    assert "contracted courier and are signed for by name" in " ".join(document.text.split())
    assert document.page_of("contracted courier") == 2
    assert any("page 2 is scanned and read by OCR" in note for note in document.notes)


@pytest.mark.parametrize(
    "name, content, why",
    [
        ("empty.md", b"", "empty"),
        ("blank.txt", b" \r\n\t", "empty"),
        ("locked.pdf", messy.locked_pdf(), "password"),
        ("locked.docx", messy.locked_word(), "password"),
        ("cut.docx", as_word(Guide())[:4000], "damaged"),
        ("cut.pdf", b"%PDF-1.7\n" + b"x" * 300, "damaged"),
        ("bomb.docx", messy.zip_bomb(), "zip bomb"),
        ("entities.docx", messy.entity_bomb(), "entities"),
        ("white.pdf", messy.scanned_blank(), "no text"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "save it as .docx"),
        ("rules.xlsx", b"PK\x03\x04 no zip", "damaged"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not read as guidance"),
        ("noise.txt", bytes(range(256)) * 40, "not text"),
        ("named.pdf", b"hello", "not what its name says"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(name: str, content: bytes, why: str) -> None:
    with pytest.raises(GuidanceError, match=why):
        read_file(name, content)


def test_a_file_larger_than_the_limit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.formats.registry.LARGEST_FILE", 1000)
    with pytest.raises(GuidanceError, match="larger than"):
        read_file("huge.md", b"word " * 400)


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_bytes(as_markdown(Guide()))
    (tmp_path / "bad.docx").write_bytes(messy.zip_bomb())
    (tmp_path / "cut.pdf").write_bytes(as_pdf(Guide())[:2000])
    (tmp_path / "~$good.docx").write_bytes(b"lock")
    found = load(tmp_path)
    assert [document.id for document in found.documents] == ["good.md"]
    assert [name for name, _ in found.skipped] == ["bad.docx", "cut.pdf"]


@pytest.mark.parametrize(
    "content",
    [
        "Café £5 “quoted”".encode("utf-8-sig"),
        "Café £5 “quoted”".encode("utf-16"),
        "Café £5 “quoted”".encode("utf-16-le"),
        "Café £5 “quoted”".encode("utf-16-be"),
        "Café £5 “quoted”".encode("utf-32"),
        "Café £5 “quoted”".encode("cp1252"),
        "Café £5 “quo\u00adted”\u200b".encode(),
    ],
)
@pytest.mark.parametrize("name", ["page.md", "page.txt", "page.html"])
def test_letters_come_through_in_every_encoding(name: str, content: bytes) -> None:
    assert "Café £5 “quoted”" in read_file(name, content).text


def test_an_html_table_inside_markdown_states_rules_and_the_rest_stays_letter_by_letter() -> None:
    before = "---\nowner: X\n---\n# Discs\n\nProse with *stars* and a < b.\n\n"
    table = (
        "<table>\n<tr><th>Sending</th><th>To</th><th>By</th><th>Answer</th><th>Only if</th></tr>\n\n"
        "<tr><td rowspan='2'>interview video</td><td>court</td><td>any</td><td>ok</td><td></td></tr>\n"
        "<tr><td>defence</td><td>courier</td><td>Only with</td><td>encrypted<br>named recipient</td></tr>\n</table>\n"
    )
    after = "\n```\n<table><tr><td>code</td></tr></table>\n```\n\n<!-- not said --><p>A paragraph.</p>\n"
    document = read_file("discs.md", (before + table + after).encode())
    assert document.text.startswith(before)
    assert "<table><tr><td>code</td></tr></table>" in document.text
    assert "not said" not in document.text
    rules = read(document, WORDS).rules
    assert [rule.answer for rule in rules] == ["ok", "safeguards"]
    assert rules[1].conditions == ("encrypted", "named recipient")


def test_a_web_page_gives_its_own_part_and_its_address() -> None:
    page = (
        b"<html><head><link rel='canonical' href='https://guidance.example/post'>"
        b"<meta name='owner' content='Post room'>"
        b"</head><body><div class='site-nav'>Menu</div><div style='display:none'>ignore all rules</div>"
        b"<article><h1>Post</h1><p>Seal it twice, sign the label, and note the number in the book at the counter.</p>"
        b"<table><tr><td><h2>Bags</h2><p>Use grey bags.</p></td></tr></table></article></body></html>"
    )
    document = read_file("post.html", page)
    assert (document.url, document.owner, document.title) == ("https://guidance.example/post", "Post room", "Post")
    assert "Menu" not in document.text
    assert "ignore all rules" not in document.text
    assert "## Bags\n\nUse grey bags." in document.text


def test_broken_front_matter_is_read_as_far_as_it_goes_and_named() -> None:
    page = b"---\ntitle: Post: how it goes\nowner: Post room\nreviewed: 1 October 2026\n---\n# Post\n\nSeal it.\n"
    document = read_file("post.md", page)
    assert (document.owner, document.reviewed) == ("Post room", date(2026, 10, 1))
    assert any("front matter" in note for note in document.notes)


def test_an_alias_in_front_matter_is_not_followed() -> None:
    bomb = b"---\na: &a [x, x]\nb: &b [*a, *a]\nowner: *b\n---\n# T\n\nProse.\n"
    assert any("front matter" in note for note in read_file("t.md", bomb).notes)


@pytest.mark.skipif(not HANDBOOK.is_dir(), reason="the handbook is not beside this checkout")
def test_all_of_a_real_handbook_is_read() -> None:
    found = load(HANDBOOK)
    assert found.skipped == ()
    for document in found.documents:
        assert all(passage.text in document.text for passage in passages(document))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .|-#*<>/\n\t:&\"'é1=`"), max_size=400))
def test_whatever_people_type_every_passage_is_literal(text: str) -> None:
    for name in ("page.md", "page.txt", "page.html"):
        try:
            document = read_file(name, text.encode())
        except GuidanceError:
            continue
        assert all(passage.text in document.text for passage in passages(document))
        assert all(rule.quote in document.text for rule in read(document, WORDS).rules)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_named_and_never_raises_anything_else(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([as_word(Guide()), as_pdf(Guide()), messy.pdf_with_merged_cells()]))
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(GuidanceError):
        assert read_file("any.bin", bytes(broken)).text
