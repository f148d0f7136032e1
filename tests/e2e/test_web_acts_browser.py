"""Cards, buttons and forms of the web chat as a person uses them, in a real browser."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.domain.card import Card, CardKind
from bot.platforms.web.courier import WebCourier
from tests.web_assistant import Chat
from tests.web_browser import ask, look
from tests.web_component import EVERY, EVERY_FIELD, Tried, card_of

pytestmark = pytest.mark.browser

QUESTION = "Can I email the MG11 to the defence?"


def ask_and_wait(page: Page, text: str = QUESTION) -> None:
    """Ask, and wait for the reply with its buttons."""
    ask(page, text)
    expect(page.get_by_role("button", name="Tell us what happened").first).to_be_visible()


def courier_to(chat: Chat) -> tuple[WebCourier, str]:
    """A courier, and the place of whoever wrote last."""
    sender = chat.assistant.asked[-1].sender
    assert sender is not None
    assert sender.place is not None
    return WebCourier(chat.assistant.conversations, lambda: datetime.now(UTC)), sender.place.id


def test_a_press_shows_its_card_under_the_reply_and_takes_the_focus_there(
    page: Page, tried: Tried, picture: Path
) -> None:
    ask_and_wait(page)
    look(page, picture, "1-reply")
    page.get_by_role("button", name="Helpful").click()
    note = page.locator("[data-under] .note").last
    expect(note.get_by_role("heading", name="Thank you. That is noted.")).to_be_focused()
    assert [press.act for press in tried.presses] == ["tried.helpful"]
    look(page, picture, "2-card")
    page.reload()
    expect(page.get_by_role("heading", name="Thank you. That is noted.")).to_be_visible()


def test_two_steps_of_a_form_with_a_problem_on_the_way(page: Page, tried: Tried, picture: Path) -> None:
    ask_and_wait(page)
    page.get_by_role("button", name="Tell us what happened").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("What happened?")).to_be_focused()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Fill this in; a few words are enough.")
    expect(dialog.get_by_label("What happened?")).to_be_focused()
    dialog.get_by_label("What happened?").fill("A letter nearly went out. Ring 07700 900123.")
    dialog.get_by_role("button", name="Send").click()
    field = dialog.get_by_label("What happened?")
    expect(field).to_have_accessible_description("Error: Leave phone numbers out.")
    expect(field).to_have_value("A letter nearly went out. Ring 07700 900123.")
    look(page, picture, "1-problem", whole=False)
    field.fill("A letter nearly went out.")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_text("Kept: A letter nearly went out.")).to_be_visible()
    expect(dialog.get_by_label("Openly")).to_be_focused()
    look(page, picture, "2-second", whole=False)
    dialog.get_by_label("With a code").check()
    dialog.get_by_role("button", name="Send this report").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("heading", name="Logged. Thank you.")).to_be_focused()
    page.get_by_role("button", name="Copy NM-7F3K-92QD").click()
    expect(page.get_by_role("button", name="Copy NM-7F3K-92QD")).to_have_text("Copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == "NM-7F3K-92QD"
    assert [press.value("how") for press in tried.presses][-1] == "code"
    look(page, picture, "3-receipt")
    page.reload()
    expect(page.locator(".card")).to_be_visible()
    expect(page.get_by_text("NM-7F3K-92QD")).to_have_count(0)


def test_a_dialog_given_up_with_escape_gives_the_focus_back(page: Page, tried: Tried) -> None:
    ask_and_wait(page)
    button = page.get_by_role("button", name="Tell us what happened")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert tried.presses == []


def test_what_was_understood_can_be_corrected_and_gives_a_new_reply(page: Page, tried: Tried) -> None:
    ask_and_wait(page)
    page.locator(".understood").get_by_role("button", name="Correct this").click()
    page.get_by_role("dialog").get_by_label("The court").check()
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    reply = page.locator(".exchange").last
    expect(reply.get_by_text("OK to send to the court.")).to_be_visible()
    expect(reply.locator(".said .text")).to_have_text("Correct this")
    assert tried.presses[-1].value("recipient") == "court"


def test_the_steps_of_a_breach_are_ticked_and_counted_and_can_be_printed(
    page: Page, tried: Tried, picture: Path
) -> None:
    ask_and_wait(page, "it went to the wrong firm")
    card = page.locator(".k-breach")
    expect(card.get_by_text("0 of 3 done")).to_be_visible()
    card.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    expect(card.get_by_text("1 of 3 done")).to_be_visible()
    look(page, picture, "1")
    page.evaluate("() => { window.print = () => { window.printed = document.body.className; }; }")
    card.get_by_role("button", name="Print this list").click()
    assert page.evaluate("() => window.printed") == "printing"
    page.emulate_media(media="print")
    expect(card.get_by_text("Done by")).to_be_visible()
    expect(page.locator(".card h3")).to_be_hidden()
    expect(page.get_by_label("What do you want to send")).to_be_hidden()
    look(page, picture, "2-printed")


def test_a_card_that_comes_by_itself_appears_marked_and_counts_in_the_title(
    page: Page, chat: Chat, tried: Tried, picture: Path
) -> None:
    ask_and_wait(page)
    courier, place = courier_to(chat)
    courier.deliver(Card(CardKind.ANSWER, "Your question was answered", ("Take the back page off.",)), place, "a-1")
    card = page.locator(".k-answer")
    expect(card.get_by_role("heading", name="Your question was answered")).to_be_visible()
    expect(card.get_by_text("New")).to_be_visible()
    expect(page).to_have_title("(1) Can I send this?")
    expect(page.locator("#status")).to_contain_text("Your question was answered")
    look(page, picture, "1")
    page.keyboard.press("Tab")
    expect(page).to_have_title("Can I send this?")


def test_every_kind_of_card_can_be_told_apart(page: Page, chat: Chat, tried: Tried, picture: Path) -> None:
    ask_and_wait(page)
    courier, place = courier_to(chat)
    for kind in CardKind:
        courier.deliver(card_of(kind), place, kind.value)
    expect(page.locator(".alone .note")).to_have_count(len(CardKind))
    shapes = page.locator(".alone .note-icon path").evaluate_all("all => all.map(one => one.getAttribute('d'))")
    assert len(set(shapes)) == len(CardKind)
    chart = page.get_by_role("img", name="Near misses: 6 in September")
    chart.scroll_into_view_if_needed()
    expect(chart).to_be_visible()
    page.wait_for_function("() => [...document.images].every(one => one.complete && one.naturalWidth > 0)")
    look(page, picture, "1-light")
    page.emulate_media(color_scheme="dark")
    look(page, picture, "2-dark")
    page.set_viewport_size({"width": 390, "height": 800})
    look(page, picture, "3-narrow")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_every_kind_of_field_is_filled_in_with_the_keyboard_alone(
    page: Page, chat: Chat, tried: Tried, picture: Path
) -> None:
    ask_and_wait(page)
    courier, place = courier_to(chat)
    button = Card(CardKind.QUESTION, "One more thing", buttons=(EVERY,))
    courier.deliver(button, place, "q-1")
    page.get_by_role("button", name="Answer").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Where was it going?")).to_be_focused()
    expect(dialog.get_by_label("Where was it going?")).to_have_accessible_description("A role, not a name.")
    look(page, picture, "1-empty", whole=False)
    for keys in ("The court", "Tab", "Nearly went.", "Tab", "Space", "Tab", "ArrowDown", "Tab", "Space", "Tab", "Tab"):
        page.keyboard.press(keys) if keys in ("Tab", "Space", "ArrowDown") else page.keyboard.type(keys)
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Choose yes or no.")
    look(page, picture, "2-problem", whole=False)
    expect(dialog.get_by_label("Yes")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Every answer arrived.")).to_be_focused()
    values = dict(tried.presses[-1].values)
    assert set(values) == {field.name for field in EVERY_FIELD.fields}
    assert values["when"] == ("2026-11-20T17:55",)
    assert values["where"] == ("The court",)
    assert values["causes"] == ("rush",)
    assert values["seen"] == ("no",)


def test_the_form_with_every_field_at_other_widths_and_in_the_dark(
    page: Page, chat: Chat, tried: Tried, picture: Path
) -> None:
    ask_and_wait(page)
    courier, place = courier_to(chat)
    courier.deliver(Card(CardKind.QUESTION, "One more thing", buttons=(EVERY,)), place, "q-1")
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("dialog").get_by_role("button", name="Send it").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    look(page, picture, "1-narrow-dark", whole=False)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_lost_connection_is_said_beside_the_button_and_in_the_form(page: Page, tried: Tried) -> None:
    ask_and_wait(page)
    page.get_by_role("button", name="Tell us what happened").click()
    page.get_by_label("What happened?").fill("It nearly went.")
    page.route("**/act*", lambda route: route.abort())
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("There is no connection")
    expect(page.get_by_label("What happened?")).to_have_value("It nearly went.")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Helpful").click()
    expect(page.locator(".body .press-problem")).to_contain_text("There is no connection")


def test_a_receipt_code_is_read_on_a_page_of_its_own(page: Page, tried: Tried, picture: Path) -> None:
    page.get_by_role("link", name="Read an answer with a receipt code").click()
    look(page, picture, "1")
    page.get_by_role("button", name="Read what came of a report").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Receipt code").fill("NM-0000-0000")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Receipt code")).to_have_accessible_description(re.compile("Check each letter"))
    dialog.get_by_label("Receipt code").fill("NM-7F3K-92QD")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The template was changed.")).to_be_focused()
    look(page, picture, "2")
    assert tried.presses[-1].by is None


def test_without_script_a_form_is_a_page_and_its_card_stands_in_the_chat(
    page: Page, chat: Chat, tried: Tried, picture: Path
) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport={"width": 900, "height": 800})
    plain = context.new_page()
    plain.goto(chat.url)
    plain.get_by_label("What do you want to send").fill(QUESTION)
    plain.get_by_role("button", name="Send", exact=True).click()
    plain.get_by_role("button", name="Tell us what happened").click()
    plain.get_by_role("button", name="Send", exact=True).click()
    expect(plain).to_have_title(re.compile("^Error: "))
    look(plain, picture, "1")
    plain.get_by_label("What happened?").fill("A letter nearly went out.")
    plain.get_by_role("button", name="Send", exact=True).click()
    plain.get_by_label("Openly").check()
    plain.get_by_role("button", name="Send this report").click()
    expect(plain.get_by_role("heading", name="Logged. Thank you.")).to_be_visible()
    plain.get_by_role("button", name="Helpful").click()
    expect(plain.get_by_role("heading", name="Thank you. That is noted.")).to_be_visible()
    context.close()
