"""The web chat behind an HTTP client, for tests without a browser."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.desk import Desk
from bot.platforms.web.app import create_app
from bot.platforms.web.conversation import Conversations
from tests.web_assistant import FixedAssistant
from tests.web_component import Tried

ORIGIN = "http://127.0.0.1:8080"
HERE = {"sec-fetch-site": "same-origin"}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(name="assistant")
def the_assistant() -> FixedAssistant:
    return FixedAssistant()


@pytest.fixture(name="clock")
def the_clock() -> Clock:
    return Clock()


@pytest.fixture(name="tried")
def the_part(assistant: FixedAssistant) -> Tried:
    """With this, the desk has acts and replies carry cards and buttons."""
    assistant.tried = Tried()
    assistant.desk = Desk((assistant.tried.component(),))
    return assistant.tried


@pytest.fixture(name="conversations")
def the_conversations(clock: Clock) -> Conversations:
    return Conversations(clock)


@pytest.fixture(name="client")
async def the_client(
    request: pytest.FixtureRequest, assistant: FixedAssistant, conversations: Conversations, clock: Clock
) -> AsyncIterator[httpx.AsyncClient]:
    if "tried" in request.fixturenames:
        request.getfixturevalue("tried")
    async with opened(assistant, conversations, clock) as client:
        yield client


def opened(assistant: FixedAssistant, conversations: Conversations, clock: Clock) -> httpx.AsyncClient:
    """A browser at a server that has just started."""
    app = create_app(
        assistant,
        loopback_only=True,
        max_bytes=200_000,
        desk=assistant.desk,
        conversations=conversations,
        secret=b"a test secret",
        clock=clock,
        now=lambda: datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN, headers=HERE, follow_redirects=True)


def after_restart(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations, clock: Clock
) -> httpx.AsyncClient:
    """The same browser, with what its pages show, at a server that was started again."""
    again = opened(assistant, Conversations(clock, conversations.secret), clock)
    again.cookies = client.cookies
    return again


SCRIPT = {"x-requested-with": "fetch"}


def token_of(html: str, words: str) -> str:
    """What the button with these words posts."""
    found = re.search(r'name="press" value="([^"]+)">\s*<button[^>]*>' + re.escape(words) + "</button>", html)
    assert found is not None, f"no button says {words}"
    return found[1]


def form_token(html: str) -> str:
    """What the form on the page posts along with its fields."""
    found = re.search(r'name="form" value="([^"]+)"', html)
    assert found is not None, "there is no form on the page"
    return found[1]


def upload(name: str, content: bytes = b"words") -> list[tuple[str, tuple[str, bytes]]]:
    """One file as httpx sends it."""
    return [("files", (name, content))]
