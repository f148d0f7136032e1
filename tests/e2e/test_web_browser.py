"""The web chat as a person uses it, in a real browser."""

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web_assistant import Chat
from tests.web_browser import ask, attached, look, paste, png

pytestmark = pytest.mark.browser

QUESTION = "Can I email the MG11 to the defence?"


def test_a_newcomer_sees_what_to_do_and_can_click_an_example(page: Page, picture: Path) -> None:
    expect(page.get_by_role("heading", name="Can I send this?")).to_be_visible()
    look(page, picture, "1")
    page.get_by_role("button", name="A journalist has asked").click()
    expect(page.get_by_role("heading", name="Don't send it with the contact page.")).to_be_visible()
    expect(page.locator("#welcome")).to_have_count(0)
    look(page, picture, "2")


def test_a_question_gets_a_verdict_in_words_with_its_reasons_and_exact_quotes(page: Page, picture: Path) -> None:
    ask(page, QUESTION)
    card = page.locator(".card")
    expect(card.get_by_role("heading", name="Don't send it with the contact page.")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Don't send it with the contact page")
    expect(page.get_by_label("What do you want to send")).to_be_focused()
    expect(page.get_by_label("What do you want to send")).to_have_value("")
    expect(card.locator("td").first).to_be_visible()
    expect(card.locator("blockquote")).to_be_hidden()
    card.locator("details.quote:not([open]) summary").click()
    expect(card.locator("td").first).to_have_text("witness contact details")
    expect(card.locator("blockquote")).to_contain_text("A witness's address never goes to the defence.")
    expect(card.get_by_text("Reviewed 3 October 2026").first).to_be_visible()
    look(page, picture, "1")


def test_an_option_button_answers_the_question_and_carries_the_thread_on(page: Page, chat: Chat, picture: Path) -> None:
    ask(page, "Can I send a statement by email?")
    expect(page.get_by_role("heading", name="Who is it going to?")).to_be_visible()
    look(page, picture, "1")
    page.get_by_role("button", name="The defence", exact=True).click()
    expect(page.get_by_role("heading", name="Don't send it with the contact page.")).to_be_focused()
    assert chat.assistant.asked[-1].answers == (("recipient", "defence"),)
    assert [turn.text for turn in chat.assistant.asked[-1].history if turn.role == "user"] == [
        "Can I send a statement by email?"
    ]
    look(page, picture, "2")


def test_a_typed_answer_also_carries_the_thread_on(page: Page, chat: Chat) -> None:
    ask(page, "Can I send a statement by email?")
    page.get_by_label("Something else").fill("the victim's sister, with cake")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The guidance doesn't cover this")).to_be_visible()
    assert chat.assistant.asked[-1].answers == ()
    assert len(chat.assistant.asked[-1].history) == 2


def test_a_picked_file_is_checked_with_progress_and_reported(page: Page, chat: Chat, picture: Path) -> None:
    chat.assistant.go_on = threading.Event()
    page.set_input_files("#files", [attached("MG11 <b>final.pdf", b"%PDF-1.7 small")])
    expect(page.get_by_label("Who is it for?")).to_be_visible()
    page.get_by_label("Who is it for?").select_option("The court")
    page.get_by_label("Case number").fill("01AB1234524")
    look(page, picture, "1-chosen")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Checking: page 3 of 10").first).to_be_visible()
    assert page.locator("progress").evaluate("bar => [bar.value, bar.max]") == [3, 10]
    look(page, picture, "2-progress")
    chat.assistant.go_on.set()
    expect(page.get_by_role("heading", name="MG11 <b>final.pdf")).to_be_visible()
    expect(page.get_by_text("Not checked: page 7")).to_be_visible()
    expect(page.get_by_text("Almost certainly").first).to_be_visible()
    look(page, picture, "3-report")
    asked = chat.assistant.asked[-1]
    assert asked.case == "01AB1234524"
    assert asked.answers == (("recipient", "court"),)
    assert asked.attachments[0].content == b"%PDF-1.7 small"


def test_a_pasted_screenshot_is_attached_and_can_be_removed(page: Page, chat: Chat, picture: Path) -> None:
    page.get_by_label("What do you want to send").focus()
    paste(page, "image.png", png())
    paste(page, "image.png", png())
    expect(page.locator("#chosen li")).to_have_count(2)
    expect(page.locator("#chosen .chip-name")).to_have_text(["image.png", "image 2.png"])
    page.get_by_role("button", name="Remove image 2.png").click()
    expect(page.locator("#chosen li")).to_have_count(1)
    look(page, picture, "1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="image.png")).to_be_visible()
    assert chat.assistant.asked[-1].attachments[0].content == png()


def test_a_file_dropped_anywhere_is_attached(page: Page) -> None:
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["a"], "notes.txt"));
          for (const type of ["dragenter", "dragover", "drop"]) {
            document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
          }
        }"""
    )
    expect(page.locator("#chosen .chip-name")).to_have_text("notes.txt")
    expect(page.locator("#drop")).to_be_hidden()


def test_the_file_goes_along_again_with_the_answer_to_a_question_about_it(page: Page, chat: Chat) -> None:
    page.set_input_files("#files", [attached("a.txt", b"words")])
    ask(page, "this statement please")
    page.get_by_role("button", name="The police").click()
    expect(page.get_by_role("heading", name="a.txt")).to_be_visible()
    assert chat.assistant.asked[-1].attachments[0].content == b"words"


def test_a_finding_can_be_marked_as_not_personal_data(page: Page, chat: Chat, picture: Path) -> None:
    page.set_input_files("#files", [attached("a.txt", b"words")])
    ask(page, "check it")
    page.get_by_role("button", name=re.compile("This isn’t personal data: .* page 1$")).click()
    expect(page.locator(".remembered")).to_contain_text("Remembered")
    expect(page.locator(".remembered")).to_be_focused()
    assert chat.assistant.allowed == [("digest-1", "phone")]
    look(page, picture, "1")


def test_everything_can_be_done_with_the_keyboard_alone(page: Page, chat: Chat) -> None:
    expect(page.get_by_label("What do you want to send")).to_be_focused()
    page.get_by_role("link", name="Skip to the chat").focus()
    expect(page.get_by_role("link", name="Skip to the chat")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_label("What do you want to send")).to_be_focused()
    page.keyboard.type("a statement")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("by email")
    expect(page.get_by_label("What do you want to send")).to_have_value("a statement\nby email")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who is it going to?")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.get_by_role("button", name="The police").evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Don't send it with the contact page.")).to_be_focused()
    page.keyboard.press("Tab")
    condition = page.get_by_role("checkbox", name="Take the contact page off").last
    expect(condition).to_be_focused()
    page.keyboard.press("Space")
    expect(condition).to_be_checked()
    assert chat.assistant.asked[-1].answers == (("recipient", "police"),)


def test_a_narrow_screen_shows_everything_without_sideways_scrolling(page: Page, picture: Path) -> None:
    page.set_viewport_size({"width": 360, "height": 720})
    look(page, picture, "1-welcome")
    page.set_input_files("#files", [attached("a very long file name " * 4 + ".txt", b"w")])
    look(page, picture, "2-chosen")
    ask(page, "check it")
    expect(page.get_by_text("Not checked: page 7")).to_be_visible()
    for quote in page.locator("details.quote:not([open])").all():
        quote.locator("summary").click()
    look(page, picture, "3-report")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360


def test_dark_colours_follow_the_system(page: Page, picture: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_input_files("#files", [attached("a.txt", b"w")])
    ask(page, "check it")
    expect(page.get_by_text("Not checked: page 7")).to_be_visible()
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgb(20, 24, 28)"
    look(page, picture, "1")


def test_an_empty_message_is_refused_in_plain_words(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Type a question, or attach a file to check.")


@pytest.mark.parametrize(
    ("text", "said"),
    [("store is down", "The database cannot be reached."), ("break it", "Something went wrong on our side")],
)
def test_a_failure_is_said_plainly_and_the_text_stays_in_the_box(
    page: Page, picture: Path, text: str, said: str
) -> None:
    ask(page, text)
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_label("What do you want to send")).to_have_value(text)
    expect(page.get_by_label("What do you want to send")).to_be_focused()
    look(page, picture, "1")


def test_a_lost_connection_is_said_plainly_and_the_text_stays_in_the_box(page: Page) -> None:
    page.route("**/ask", lambda route: route.abort())
    ask(page, QUESTION)
    expect(page.get_by_role("alert")).to_contain_text("There is no connection to the assistant.")
    expect(page.get_by_label("What do you want to send")).to_have_value(QUESTION)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, chat: Chat) -> None:
    page.set_input_files("#files", [attached("b.bin", bytes(1024 * 1024 + 1))])
    expect(page.get_by_role("alert")).to_contain_text("this chat takes up to 1 MB in one go")
    assert chat.assistant.asked == []


def test_hostile_text_and_file_names_stay_text(page: Page) -> None:
    hostile = "<img src=x onerror=\"document.title='owned'\">"
    page.set_input_files("#files", [attached(f"{hostile}.txt", b"w")])
    ask(page, hostile)
    expect(page.locator(".said .text")).to_have_text(hostile)
    assert page.locator("#log img").count() == 0
    assert page.title() == "Can I send this?"


def test_start_again_forgets_the_conversation(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.locator(".card")).to_be_visible()
    page.reload()
    expect(page.locator(".card")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator(".card")).to_have_count(0)


def test_without_script_the_chat_asks_checks_and_reports(page: Page, chat: Chat, picture: Path) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport={"width": 900, "height": 800})
    plain = context.new_page()
    plain.goto(chat.url)
    look(plain, picture, "1")
    plain.get_by_label("What do you want to send").fill("Can I send a statement?")
    plain.get_by_label("Attach files").set_input_files([attached("a.txt", b"w")])
    plain.get_by_role("button", name="Send", exact=True).click()
    expect(plain.get_by_text("Your file was not kept.")).to_be_visible()
    plain.get_by_role("button", name="The defence", exact=True).click()
    expect(plain.get_by_role("heading", name="Don't send it with the contact page.")).to_be_visible()
    look(plain, picture, "2")
    context.close()
