"""The whole product as `sendcheck serve` starts it, in a real browser: starter guidance, real checks, real store."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import NewData
from tests.files.make_files import all_files
from tests.web_browser import ask, attached

pytestmark = [pytest.mark.browser, pytest.mark.slow]

START_SECONDS = 400
ANSWER_MS = 60_000


@pytest.fixture(scope="module")
def served(new_data: NewData, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server in a process of its own, and the file with what it wrote to standard error."""
    folder = tmp_path_factory.mktemp("served")
    written = folder / "standard-error.txt"
    settings = {"DATA_DIR": str(new_data()), "PORT": "0", "SENDCHECK_LOG_LEVEL": "debug"}
    with written.open("wb") as stream:
        command = [sys.executable, "-m", "bot", "serve"]
        server = subprocess.Popen(command, env={**os.environ, **settings}, stdout=stream, stderr=stream)
    try:
        yield _address(written, server), written
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


@pytest.fixture
def page(chromium: Browser, served: tuple[str, Path]) -> Iterator[Page]:
    """The chat of the real server."""
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    opened = context.new_page()
    opened.goto(served[0])
    yield opened
    context.close()


def _address(written: Path, server: "subprocess.Popen[bytes]") -> str:
    ends = time.monotonic() + START_SECONDS
    pause = threading.Event()
    while time.monotonic() < ends and server.poll() is None:
        found = re.search(r"listens on (http://\S+)", written.read_text(encoding="utf-8"))
        if found:
            return found[1]
        pause.wait(0.2)
    raise AssertionError(f"the server did not start: {written.read_text(encoding='utf-8')[-2000:]}")


def test_the_question_of_the_first_page_is_answered_from_the_guidance(page: Page) -> None:
    ask(page, "can I email a witness's MG11 to the defence, it has the contact page on the back?")
    card = page.locator(".card")
    expect(card.get_by_role("heading", name="Don't send")).to_be_visible(timeout=ANSWER_MS)
    expect(card.get_by_text(re.compile(r"Reviewed \d+ \w+ 20\d\d")).first).to_be_visible()
    expect(card.locator("details.quote[open]").first).to_be_visible()


def test_a_question_without_a_recipient_is_asked_back_and_a_button_answers_it(page: Page) -> None:
    ask(page, "can i send the medical notes?")
    first = page.locator(".card").first
    expect(first.get_by_text("Who would receive it?")).to_be_visible(timeout=ANSWER_MS)
    first.get_by_role("button", name="The defence").click()
    second = page.locator(".card").nth(1)
    expect(second.get_by_text("You are sending medical notes to the defence")).to_be_visible(timeout=ANSWER_MS)
    expect(second.get_by_role("heading", name="Only with these safeguards")).to_be_visible()


def test_a_bomb_costs_its_sender_one_file_and_others_are_answered_meanwhile(page: Page, chromium: Browser) -> None:
    bomb = next(one for one in all_files() if one.file == "bomb.zip")
    page.set_input_files("#files", [attached(bomb.file, bomb.content)])
    page.get_by_role("button", name="Send", exact=True).click()
    other = chromium.new_context().new_page()
    other.goto(page.url)
    ask(other, "MG5 to the defence by CJSM")
    expect(other.locator(".card h3")).to_be_visible(timeout=ANSWER_MS)
    report = page.get_by_role("region", name="Report on bomb.zip")
    expect(report).to_be_visible(timeout=ANSWER_MS)
    expect(report).to_contain_text("Not checked")
    other.context.close()


def test_a_statement_with_its_contact_page_is_found_out_without_showing_a_value(page: Page) -> None:
    made = next(one for one in all_files() if one.file == "mg11_reverse_pub.pdf")
    page.set_input_files("#files", [attached(made.file, made.content)])
    page.get_by_label("Who is it for?").select_option("The defence")
    page.get_by_role("button", name="Send", exact=True).click()
    report = page.get_by_role("region", name="Report on mg11_reverse_pub.pdf")
    expect(report).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator(".card h3")).to_contain_text("Don't send")
    expect(report.get_by_text("Phone numbers")).to_be_visible()
    assert made.case is not None
    witness = made.case.witness
    shown = page.content()
    assert witness.address not in shown
    assert witness.postcode not in shown
    assert witness.dob not in shown


def test_a_near_miss_is_scrubbed_shown_stored_and_receipted(page: Page, served: tuple[str, Path]) -> None:
    page.get_by_role("button", name="Log a near miss").click()
    dialog = page.get_by_role("dialog")
    story = "I nearly emailed Gwendolyn Partridge's statement to the wrong solicitor, ring me on 07700 900123."
    dialog.get_by_label("What nearly happened?").fill(story)
    dialog.get_by_role("button", name="Go on").click()
    kept = dialog.get_by_label("This is what will be kept")
    expect(kept).to_be_visible(timeout=ANSWER_MS)
    assert "07700 900123" not in kept.input_value()
    assert "Partridge" not in kept.input_value()
    dialog.get_by_role("button", name="Send report").click()
    receipt = page.locator(".k-report")
    expect(receipt).to_contain_text(re.compile(r"NM-\w{4}-\w{4}"), timeout=ANSWER_MS)
    page.goto(f"{served[0]}/board/reports")
    expect(page.get_by_role("link", name=re.compile("^NM-")).first).to_be_visible()


def test_a_report_from_a_scan_takes_one_click_and_its_confirmation(page: Page) -> None:
    made = next(one for one in all_files() if one.file == "mg11_reverse_pub.pdf")
    page.set_input_files("#files", [attached(made.file, made.content)])
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("region", name="Report on mg11_reverse_pub.pdf")).to_be_visible(timeout=ANSWER_MS)
    page.locator(".exchange").get_by_role("button", name="Log a near miss").click()
    expect(page.get_by_role("dialog").get_by_label("What nearly happened?")).to_be_focused()
    page.keyboard.press("Control+Enter")
    receipt = page.locator(".k-report")
    expect(receipt).to_contain_text(re.compile(r"NM-\w{4}-\w{4}"), timeout=ANSWER_MS)
    expect(receipt.get_by_role("heading", name="Your report is in")).to_be_focused()


def test_the_start_up_lines_and_the_log_hold_no_content(page: Page, served: tuple[str, Path]) -> None:
    ask(page, "can I send the juniper folder to the media?")
    expect(page.locator(".card")).to_be_visible(timeout=ANSWER_MS)
    written = served[1].read_text(encoding="utf-8")
    assert re.search(r"web chat +on", written)
    assert re.search(r"guidance +\d+ documents", written)
    assert '"handler": "ask"' in written
    assert "juniper" not in written
    assert "mg11_reverse_pub" not in written
