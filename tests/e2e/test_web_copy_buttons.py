"""The copy buttons as a person uses them, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.domain.copy import CopyKind
from tests.web_assistant import Chat
from tests.web_browser import ask, attached, look

pytestmark = pytest.mark.browser


def test_a_copy_is_made_of_the_file_that_the_page_still_holds_and_saved(page: Page, chat: Chat, picture: Path) -> None:
    page.set_input_files("#files", [attached("first.pdf", b"%PDF one"), attached("MG11 <b>.pdf", b"%PDF two")])
    ask(page, "check them")
    copies = page.get_by_role("group", name="Copies of MG11 <b>.pdf")
    with page.expect_download() as saved:
        copies.get_by_role("link", name="Redacted copy").click()
    assert saved.value.suggested_filename.endswith("(redacted).pdf")
    assert Path(saved.value.path()).read_bytes() == b"%PDF two copied"
    assert chat.assistant.copied == [("MG11 <b>.pdf", CopyKind.REDACTED)]
    expect(copies.get_by_role("status")).to_contain_text("Saved as MG11 <b> (redacted).pdf")
    expect(copies.get_by_role("listitem")).to_have_text("10 places painted over on 2 pages")
    look(page, picture, "1")


def test_a_refusal_is_said_beside_the_buttons(page: Page, picture: Path) -> None:
    page.set_input_files("#files", [attached("a.pdf", b"refuse me")])
    ask(page, "check it")
    page.get_by_role("link", name="Copy with findings marked").click()
    expect(page.get_by_role("group", name="Copies of a.pdf").get_by_role("status")).to_contain_text(
        "No redacted copy was made"
    )
    look(page, picture, "1")


def test_a_page_loaded_anew_asks_for_the_file_again(page: Page, picture: Path) -> None:
    page.set_input_files("#files", [attached("a.pdf", b"%PDF one")])
    ask(page, "check it")
    expect(page.get_by_role("link", name="Redacted copy")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Redacted copy").click()
    expect(page.get_by_role("heading", name="Make a copy")).to_be_visible()
    expect(page.get_by_role("radio", name="Redacted copy")).to_be_checked()
    look(page, picture, "1")
    page.set_input_files("#copy-file", [attached("a.pdf", b"%PDF one")])
    with page.expect_download() as saved:
        page.get_by_role("button", name="Make the copy").click()
    assert saved.value.suggested_filename == "a (redacted).pdf"
    assert Path(saved.value.path()).read_bytes() == b"%PDF one copied"
