"""The web chat behind an HTTP client, for tests without a browser."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.platforms.web.app import create_app
from tests.web_assistant import FixedAssistant

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


@pytest.fixture(name="client")
async def the_client(assistant: FixedAssistant, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(
        assistant,
        loopback_only=True,
        max_bytes=200_000,
        secret=b"a test secret",
        clock=clock,
        now=lambda: datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=ORIGIN, headers=HERE, follow_redirects=True
    ) as opened:
        yield opened


def upload(name: str, content: bytes = b"words") -> list[tuple[str, tuple[str, bytes]]]:
    """One file as httpx sends it."""
    return [("files", (name, content))]
