"""The board as an information manager uses it, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web_assistant import Chat
from tests.web_browser import look
from tests.web_component import Tried

pytestmark = pytest.mark.browser


@pytest.fixture
def board(page: Page, chat: Chat, tried: Tried) -> Page:
    """The board, opened from the chat."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="For the information team").click()
    expect(page.get_by_role("heading", name="What needs attention")).to_be_visible()
    # While a page still loads, Chromium goes back to the target of a skip link again and again.
    page.wait_for_load_state("load")
    return page


def test_from_what_needs_attention_to_one_report_closed_in_two_presses(
    board: Page, tried: Tried, picture: Path
) -> None:
    look(board, picture, "1-front")
    board.get_by_role("link", name="NM-7").click()
    expect(board.get_by_role("heading", name="Report NM-7", level=1)).to_be_visible()
    look(board, picture, "2-report")
    board.get_by_role("button", name="Close it").click()
    expect(board.get_by_role("heading", name="Closed.")).to_be_focused()
    assert [press.about for press in tried.presses] == ["NM-7"]
    look(board, picture, "3-closed")


def test_a_form_on_the_board_opens_in_a_dialog_and_leads_back_to_its_page(board: Page, tried: Tried) -> None:
    board.get_by_role("navigation", name="Board").get_by_role("link", name="Reports").click()
    board.get_by_role("button", name="Close several").click()
    dialog = board.get_by_role("dialog")
    expect(dialog.get_by_label("Why?")).to_be_focused()
    board.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Fill this in")
    dialog.get_by_label("Why?").fill("The same template.")
    board.keyboard.press("Enter")
    expect(board.locator(".outcome")).to_contain_text("The same template.")
    expect(board.get_by_role("heading", name="Reports", level=1)).to_be_visible()


def test_a_list_is_searched_and_downloaded(board: Page, tried: Tried, picture: Path) -> None:
    board.get_by_role("navigation", name="Board").get_by_role("link", name="Reports").click()
    look(board, picture, "1")
    board.get_by_label("Search the reports").fill("template")
    board.keyboard.press("Enter")
    expect(board.get_by_label("Search the reports")).to_have_value("template")
    assert tried.searched[-1] == "template"
    with board.expect_download() as saved:
        board.get_by_role("link", name="All reports (CSV)").click()
    assert saved.value.suggested_filename == "réports.csv"


def test_an_act_that_fails_says_so_beside_its_button(board: Page, tried: Tried) -> None:
    board.get_by_role("link", name="NM-7").click()
    board.get_by_role("button", name="Break").click()
    expect(board.get_by_role("alert")).to_contain_text("Something went wrong on our side")


def test_the_board_fits_a_narrow_screen_and_the_dark(board: Page, picture: Path) -> None:
    board.set_viewport_size({"width": 390, "height": 800})
    board.emulate_media(color_scheme="dark")
    for number, name in enumerate(("Reports", "Clocks", "Lessons", "Overview"), start=1):
        board.get_by_role("navigation", name="Board").get_by_role("link", name=name, exact=True).click()
        expect(board.locator("[aria-current]")).to_have_text(name)
        expect(board.locator("html.script")).to_be_visible()
        look(board, picture, f"{number}-{name}")
        assert board.evaluate("() => document.documentElement.scrollWidth") <= 390
    board.emulate_media(color_scheme="light")
    board.get_by_role("link", name="NM-7").click()
    look(board, picture, "5-report")
    assert board.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_steps_on_the_board_are_counted_and_printed_alone(board: Page) -> None:
    board.get_by_role("navigation", name="Board").get_by_role("link", name="Clocks").click()
    board.get_by_role("checkbox").first.check()
    expect(board.get_by_text("1 of 3 done")).to_be_visible()
    board.evaluate("() => { window.print = () => {}; }")
    board.get_by_role("button", name="Print this list").click()
    board.emulate_media(media="print")
    expect(board.get_by_text("Done by")).to_be_visible()
    expect(board.get_by_role("heading", name="Running")).to_be_hidden()


def test_the_board_is_used_with_the_keyboard_alone(board: Page, tried: Tried) -> None:
    board.keyboard.press("Tab")
    expect(board.get_by_role("link", name="Skip to the page")).to_be_focused()
    board.keyboard.press("Enter")
    expect(board.locator("main")).to_be_focused()
    board.keyboard.press("Tab")
    board.keyboard.press("Tab")
    expect(board.get_by_role("link", name="NM-7")).to_be_focused()
    board.keyboard.press("Enter")
    board.get_by_role("button", name="Close it").focus()
    board.keyboard.press("Enter")
    expect(board.get_by_role("heading", name="Closed.")).to_be_focused()
