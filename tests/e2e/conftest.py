"""A real server on a free port and a real Chromium, for tests that do what a person does."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.desk import Desk
from bot.server import build
from bot.settings import Settings, read_settings
from tests.web_assistant import Chat, FixedAssistant
from tests.web_component import Tried

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
expect.set_options(timeout=20_000)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module: its event loop must end before async tests of other modules begin."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, so the web chat was not tried in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def tried() -> Tried:
    """With this, the chat of a test has acts, cards, forms and a board."""
    return Tried()


@pytest.fixture
def chat(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Chat]:
    """A web chat with fixed answers."""
    assistant = FixedAssistant()
    if "tried" in request.fixturenames:
        assistant.tried = request.getfixturevalue("tried")
        assistant.desk = Desk((assistant.tried.component(),))
    settings = read_settings(port=0, data_dir=tmp_path, check_max_bytes=1024 * 1024)
    with_server = _serving(settings, assistant)
    yield Chat(next(with_server), assistant)
    next(with_server, None)


@pytest.fixture
def page(chromium: Browser, chat: Chat) -> Iterator[Page]:
    """The chat opened in a fresh browser profile; a script error or a blocked resource fails the test."""
    context = chromium.new_context(
        viewport={"width": 1100, "height": 820}, permissions=["clipboard-read", "clipboard-write"]
    )
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None)
    opened.goto(chat.url)
    yield opened
    context.close()
    assert problems == []


@pytest.fixture
def picture(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a test puts its screenshots: SENDCHECK_SCREENSHOTS, so that a person can look, or a temporary folder."""
    folder = Path(os.environ.get("SENDCHECK_SCREENSHOTS", str(tmp_path)))
    folder.mkdir(parents=True, exist_ok=True)
    name: str = request.node.name
    return folder / name.removeprefix("test_")[:80]


def _serving(settings: Settings, assistant: FixedAssistant) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(build(settings, assistant), log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    ends = time.monotonic() + 10
    while not server.started and time.monotonic() < ends:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join(10)
    listener.close()
