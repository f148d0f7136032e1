"""The server around the platforms: health, metrics, start-up lines, and a log without content."""

import io
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import httpx
import pytest
import structlog
import yaml
from prometheus_client import generate_latest

from bot.desk import Desk
from bot.domain.card import Card, CardKind
from bot.domain.component import Act, ActError, Component, Press
from bot.domain.finding import Category, HazardKind, UnreadReason
from bot.domain.people import Person
from bot.errors import SettingError
from bot.logs import configure_logs
from bot.metrics import CountedDesk, Metrics
from bot.platforms.web import words
from bot.server import build, serve, startup_lines
from bot.settings import Settings, read_settings
from tests.web_assistant import FixedAssistant
from tests.web_client import form_token, token_of
from tests.web_component import Tried

SECRET_WORDS = "Marisol Quibble, 07700 900123"


class WaitingAssistant(FixedAssistant):
    """An assistant whose models are not loaded yet."""

    def ready(self) -> tuple[bool, dict[str, str]]:
        return False, {"models": "loading"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(data_dir=tmp_path)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build(settings, FixedAssistant()))
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", headers=headers) as opened:
        yield opened


@pytest.fixture
def written_log() -> Iterator[io.StringIO]:
    written = io.StringIO()
    configure_logs("debug", written)
    yield written
    structlog.reset_defaults()


async def test_health_says_alive_and_ready_says_how_each_part_is(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "alive\n"
    answer = await client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "parts": {"guidance documents": "34", "store": "reachable"}}


async def test_ready_answers_503_until_everything_is_loaded(settings: Settings) -> None:
    transport = httpx.ASGITransport(build(settings, WaitingAssistant()))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"models": "loading"}


async def test_metrics_count_without_content_or_file_names(client: httpx.AsyncClient) -> None:
    await client.post("/ask", data={"text": SECRET_WORDS}, files=[("files", ("quibble.txt", b"x"))])
    await client.get("/quibble")
    shown = (await client.get("/metrics")).text
    assert 'sendcheck_replies_total{verdict="stop"} 1.0' in shown
    assert 'sendcheck_files_checked_total{verdict="stop"} 1.0' in shown
    assert 'sendcheck_requests_total{handler="ask",method="POST",status="303"} 1.0' in shown
    assert "sendcheck_reply_seconds_count 1.0" in shown
    assert "uibble" not in shown


async def test_acts_of_staff_are_counted_without_what_was_done_or_written(settings: Settings) -> None:
    assistant = FixedAssistant(tried=Tried())
    assert assistant.tried is not None
    assistant.desk = Desk((assistant.tried.component(),))
    transport = httpx.ASGITransport(build(settings, assistant))
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1:8080", headers=headers, follow_redirects=True
    ) as client:
        page = (await client.post("/ask", data={"text": "Can I send it?"})).text
        await client.post("/act", data={"press": token_of(page, "Helpful")})
        await client.post("/act", data={"press": token_of(page, "Ask that again")})
        form = await client.get("/act", params={"press": token_of(page, "Tell us what happened")})
        await client.post("/act", data={"form": form_token(form.text), "f-story": SECRET_WORDS})
        await client.post("/act", data={"form": form_token(form.text), "f-story": "It nearly went."})
        shown = (await client.get("/metrics")).text
    assert 'sendcheck_acts_total{act="staff",outcome="done"} 3.0' in shown
    assert 'sendcheck_acts_total{act="staff",outcome="refused"} 1.0' in shown
    assert "tried." not in shown
    assert "uibble" not in shown


def test_what_the_team_does_is_counted_by_its_name() -> None:
    metrics = Metrics()
    card = Card(CardKind.NOTE, "Done", ())
    desk = CountedDesk(Desk((Component(acts={"tried.team": Act(lambda _: card, team=True)}),)), metrics)
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    desk.press(Press("tried.team", "", now, by=Person("web", "board", team=True)))
    with pytest.raises(ActError):
        desk.press(Press("made.up", "", now))
    shown = generate_latest(metrics.registry).decode()
    assert 'sendcheck_acts_total{act="tried.team",outcome="done"} 1.0' in shown
    assert 'sendcheck_acts_total{act="staff",outcome="refused"} 1.0' in shown


async def test_the_log_names_the_handler_and_never_what_was_typed(written_log: io.StringIO, settings: Settings) -> None:
    transport = httpx.ASGITransport(build(settings, FixedAssistant()))
    headers = {"sec-fetch-site": "same-origin"}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
        await client.post("/ask", data={"text": f"break {SECRET_WORDS}"}, files=[("files", ("quibble.txt", b"x"))])
        await client.get("/quibble?name=Marisol")
    lines = [json.loads(line) for line in written_log.getvalue().splitlines()]
    assert {"answer_failed", "request"} <= {line["event"] for line in lines}
    assert "uibble" not in written_log.getvalue()
    assert "Marisol" not in written_log.getvalue()


async def test_an_error_that_nobody_caught_gets_a_plain_answer_and_a_log_without_content(
    written_log: io.StringIO, settings: Settings
) -> None:
    class BrokenAssistant(FixedAssistant):
        def ready(self) -> tuple[bool, dict[str, str]]:
            raise RuntimeError(SECRET_WORDS)

    transport = httpx.ASGITransport(build(settings, BrokenAssistant()))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answer = await client.get("/readyz")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "RuntimeError" in written_log.getvalue()
    assert "Marisol" not in written_log.getvalue() + answer.text


def test_the_start_up_lines_say_what_is_on_and_what_is_off(settings: Settings) -> None:
    lines = "\n".join(startup_lines(settings, {"guidance documents": "34"}, 8080))
    assert "http://127.0.0.1:8080" in lines
    for line in (
        r"web chat  +on",
        r"Slack  +off: no credentials",
        r"Teams  +off",
        r"language model  +off",
        r"database  +sqlite",
    ):
        assert re.search(line, lines)
    assert "34" in lines


def test_the_start_up_lines_say_that_the_chat_is_off_outside_loopback(tmp_path: Path) -> None:
    lines = "\n".join(startup_lines(read_settings(host="0.0.0.0", data_dir=tmp_path), {}, 80))
    assert "web chat" in lines
    assert "off: it has no sign-in yet" in lines


def test_the_start_up_lines_hide_the_database_password(tmp_path: Path) -> None:
    settings = read_settings(database_url="postgresql+psycopg://me:hunter2@db/x", data_dir=tmp_path)
    lines = "\n".join(startup_lines(settings, {}, 80))
    assert "postgresql" in lines
    assert "hunter2" not in lines


def test_an_address_that_cannot_be_used_is_named_in_one_line(tmp_path: Path) -> None:
    settings = read_settings(host="192.0.2.1", port=0, data_dir=tmp_path)
    with pytest.raises(SettingError, match=r"SENDCHECK_HOST, PORT: cannot listen on 192\.0\.2\.1:0"):
        serve(settings, FixedAssistant())
    structlog.reset_defaults()


def test_every_recipient_offered_is_a_word_of_the_vocabulary() -> None:
    vocabulary = yaml.safe_load(Path("knowledge/vocabulary.yaml").read_text(encoding="utf-8"))
    assert {term for term, _ in words.RECIPIENTS} <= set(vocabulary["recipient"])


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (words.CATEGORIES, Category),
        (words.HAZARDS, HazardKind),
        (words.UNREAD_REASONS, UnreadReason),
    ],
)
def test_every_value_of_the_domain_has_words(table: dict[object, str], values: type[StrEnum]) -> None:
    assert set(table) == set(values)
