"""`python -m bench web`: how long a near-miss report from a scan takes in a real browser, on the real server."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import FilePayload, Page, expect, sync_playwright
from rich.console import Console
from rich.table import Table

from tests.files.make_files import all_files

SCAN = "mg11_reverse_pub.pdf"
START_SECONDS = 600
ANSWER_MS = 120_000
REPORTS, QUICK = 20, 5


def main(*, quick: bool) -> None:
    """Measure and print; without Chromium say so."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("bench web needs Chromium, which is not installed: nothing was measured")
        return
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        # A browser test waits until the page has stopped scrolling; a person does not.
        page = browser.new_page(reduced_motion="reduce")
        page.set_default_timeout(ANSWER_MS)
        page.goto(address)
        taken = reports(page, QUICK if quick else REPORTS)
        browser.close()
    Console().print(table(taken))


def reports(page: Page, count: int) -> list[tuple[float, float]]:
    """Report so many near misses from one scan; seconds to the form and from its button to the receipt."""
    made = next(one for one in all_files() if one.file == SCAN)
    page.set_input_files("#files", [FilePayload(name=made.file, mimeType="application/pdf", buffer=made.content)])
    page.get_by_role("button", name="Send", exact=True).click()
    button = page.locator(".exchange").get_by_role("button", name="Log a near miss")
    button.wait_for(timeout=ANSWER_MS)
    taken = []
    for number in range(count):
        began = time.perf_counter()
        button.click()
        send = page.get_by_role("dialog").get_by_role("button", name="Go on")
        send.wait_for()
        shown = time.perf_counter()
        send.click()
        expect(page.locator(".k-report")).to_have_count(number + 1, timeout=ANSWER_MS)
        taken.append((shown - began, time.perf_counter() - shown))
    return taken


def table(taken: list[tuple[float, float]]) -> Table:
    """The figures beside what is asked for."""
    shown = Table("step", "median", "slowest", "asked for", title=f"{len(taken)} reports from a scan, in the web chat")
    for number, (name, bar) in enumerate((("button to form", ""), ("sent to receipt", "under 1 s"))):
        seconds = [one[number] for one in taken]
        shown.add_row(name, f"{median(seconds):.2f} s", f"{max(seconds):.2f} s", bar)
    shown.add_row("clicks", "2: the button, then “Go on”; nothing to choose", "", "one, and at most one choice")
    return shown


@contextmanager
def served() -> Iterator[str]:
    """The address of a server with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "standard-error.txt"
        settings = {"DATA_DIR": str(Path(folder) / "data"), "PORT": "0"}
        with written.open("wb") as stream:
            command = [sys.executable, "-m", "bot", "serve"]
            server = subprocess.Popen(command, env={**os.environ, **settings}, stdout=stream, stderr=stream)
        try:
            yield _address(written, server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


def _address(written: Path, server: "subprocess.Popen[bytes]") -> str:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        found = re.search(r"listens on (http://\S+)", written.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.5)
    raise SystemExit("bench web: the server did not start")
