"""Copies made in a real checking process: what had to go is gone, and a hostile file costs itself alone."""

from collections.abc import Iterator

import pytest

from bot.domain.copy import Copy, CopyKind
from bot.domain.finding import Category
from bot.domain.message import Attachment
from bot.scan.sandbox import Sandbox
from tests.files.make_files import all_files
from tests.files.reading import everything, letters
from tests.files.truth import Made
from tests.integration.test_sandbox import endless_pdf, huge_picture

MB = 1024 * 1024
FILES = {one.file: one for one in all_files()}
PAGES = (
    "mg11_reverse_pub.pdf",
    "pnc_mixed_people.pdf",
    "box_over_text.pdf",
    "redact_not_applied.pdf",
    "pdf_earlier_version.pdf",
    "pdf_attachment.pdf",
    "pdf_bookmark.pdf",
    "pdf_form_value.pdf",
    "mixed_text_and_scan.pdf",
    "fax_pages.tiff",
    "wristband_15.jpg",
    "screenshot.png",
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    ready = Sandbox(b"k" * 32, max_bytes=20 * MB, seconds=15, memory_mb=1500, workers=1)
    yield ready
    ready.close()


def copied(sandbox: Sandbox, made: Made, kind: CopyKind) -> Copy:
    return sandbox.copy(Attachment(made.file, made.content), kind)


@pytest.mark.parametrize("name", PAGES)
def test_a_redacted_copy_holds_no_planted_value_and_passes_a_check_by_itself(sandbox: Sandbox, name: str) -> None:
    copy = copied(sandbox, FILES[name], CopyKind.REDACTED)
    assert copy.verified, copy.why
    assert copy.name.rsplit(".", 1)[0] == f"{name.rsplit('.', 1)[0]} (redacted)"
    found = {one.digest for one in sandbox.examine(Attachment(name, FILES[name].content)).findings}
    left = {one.digest for one in sandbox.examine(Attachment(copy.name, copy.content)).findings}
    assert found
    assert not found & left
    if name.endswith(".pdf"):
        text = letters(everything(copy.name, copy.content))
        assert sum(letters(planted.value) in text for planted in FILES[name].findings) == 0


def test_a_photograph_keeps_its_picture_and_loses_its_position(sandbox: Sandbox) -> None:
    photo = FILES["photo_with_position.jpg"]
    before = sandbox.examine(Attachment(photo.file, photo.content))
    copy = copied(sandbox, photo, CopyKind.REDACTED)
    after = sandbox.examine(Attachment(copy.name, copy.content))
    assert Category.GPS_LOCATION in {one.category for one in before.findings}
    assert copy.verified
    assert after.findings == ()
    assert after.hazards == ()
    assert len(copy.content) > 50_000


def test_what_cannot_be_read_for_certain_makes_a_copy_that_says_so(sandbox: Sandbox) -> None:
    copy = copied(sandbox, FILES["wristband_small_90.png"], CopyKind.REDACTED)
    assert copy.content
    assert not copy.verified
    assert copy.name == "wristband_small_90 (redacted, not fully checked).png"
    assert "Look at this yourself before you send it" in copy.why


def test_a_marked_copy_shows_every_finding_and_holds_the_page(sandbox: Sandbox) -> None:
    told: list[str] = []
    made = FILES["mg11_reverse_pub.pdf"]
    copy = sandbox.copy(
        Attachment(made.file, made.content), CopyKind.MARKED, lambda done, total, what: told.append(what)
    )
    assert copy.name == "mg11_reverse_pub (marked).pdf"
    assert copy.removed[0].endswith("marked on 2 pages")
    assert told
    assert "content" not in repr(copy)


@pytest.mark.parametrize(
    "name, gone",
    [
        ("summary_tracked_changes.docx", "tracked changes (the final text stays) (2)"),
        ("foi_very_hidden_sheet.xlsx", "hidden sheets"),
        ("list_filtered_rows.xlsx", "hidden rows (7)"),
        ("conference_notes.pptx", "speaker notes"),
        ("photo_cropped.docx", "hidden edges of cropped pictures"),
    ],
)
def test_a_cleaned_copy_lists_what_went_and_a_check_finds_nothing_hidden(
    sandbox: Sandbox, name: str, gone: str
) -> None:
    copy = copied(sandbox, FILES[name], CopyKind.CLEANED)
    assert copy.verified, copy.why
    assert gone in copy.removed
    after = sandbox.examine(Attachment(copy.name, copy.content))
    assert after.inspected == "full"
    assert not any(one.hidden for one in after.findings)
    assert after.hazards == ()


def test_the_original_is_never_changed(sandbox: Sandbox) -> None:
    made = FILES["mg11_reverse_pub.pdf"]
    attachment, before = Attachment(made.file, made.content), bytes(made.content)
    sandbox.copy(attachment, CopyKind.REDACTED)
    assert attachment.content == before


def test_what_the_site_says_is_no_personal_data_is_left_alone(sandbox: Sandbox) -> None:
    made = FILES["mg11_reverse_pub.pdf"]
    findings = sandbox.examine(Attachment(made.file, made.content)).findings
    allowed = frozenset(one.digest for one in findings)
    copy = sandbox.copy(Attachment(made.file, made.content), CopyKind.REDACTED, None, allowed)
    assert copy.removed[0] == "0 places painted over on 0 pages"


@pytest.mark.parametrize(
    "name, content, why",
    [
        ("broken.pdf", b"%PDF-1.7\nnothing", "broken or protected"),
        ("huge.png", huge_picture(), "too large|broken"),
        ("letter.txt", b"Dear all,", "this is plain text"),
        ("empty.pdf", b"", "an empty file"),
        ("long.pdf", b"x" * (21 * MB), "larger than the 20 MB"),
    ],
)
def test_a_file_of_which_there_is_no_copy_gets_a_reason(sandbox: Sandbox, name: str, content: bytes, why: str) -> None:
    copy = sandbox.copy(Attachment(name, content), CopyKind.REDACTED)
    assert copy.content == b""
    assert any(part in copy.why for part in why.split("|")), copy.why


def test_a_copy_that_takes_for_ever_is_stopped_and_the_next_one_is_made() -> None:
    hasty = Sandbox(b"k" * 32, max_bytes=20 * MB, seconds=1, memory_mb=1500, workers=1)
    try:
        copy = hasty.copy(Attachment("endless.pdf", endless_pdf()), CopyKind.REDACTED)
        # Time or memory ends first, by how fast the machine is.
        assert copy.content == b""
        assert copy.why.startswith(("Making the copy took", "Making the copy takes", "The file could not be read"))
        cleaned = hasty.copy(Attachment("a.docx", FILES["letter_with_comment.docx"].content), CopyKind.CLEANED)
        assert cleaned.verified, cleaned.why
    finally:
        hasty.close()
