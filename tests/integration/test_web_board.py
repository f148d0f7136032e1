"""The board over HTTP."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.types import Message

from bot.platforms.web.surfaces import TEAM
from bot.server import build
from bot.settings import read_settings
from tests.web_assistant import FixedAssistant
from tests.web_client import (  # noqa: F401  (the_… are fixtures)
    SCRIPT,
    form_token,
    the_assistant,
    the_client,
    the_clock,
    the_conversations,
    the_part,
    token_of,
)
from tests.web_component import Tried


async def test_the_front_page_shows_the_first_list_of_each_page_with_what_is_overdue_first(
    tried: Tried, client: httpx.AsyncClient
) -> None:
    page = (await client.get("/board")).text
    assert page.index("NM-7<") < page.index("NM-1<")
    assert "Reports: 3 more" in page
    assert "NM-8" not in page
    assert re.search(r"Running <span class=\"overdue\">1 overdue</span>", page)


async def test_the_front_page_names_the_pages_on_which_nothing_waits(tried: Tried, client: httpx.AsyncClient) -> None:
    page = (await client.get("/board")).text
    assert "To look up" in page
    assert '<a href="/board/lessons">Lessons</a> <span class="meta">nothing yet</span>' in page


async def test_the_menu_names_the_pages_that_there_are_and_marks_the_one_that_is_open(
    tried: Tried, client: httpx.AsyncClient
) -> None:
    page = (await client.get("/board/reports/NM-2")).text
    menu = page[page.index('aria-label="Board"') : page.index("</nav>", page.index('aria-label="Board"'))]
    assert re.findall(r">([A-Z]\w+)</a>", menu) == ["Overview", "Reports", "Clocks", "Lessons"]
    assert '<a href="/board/reports" aria-current="page">' in menu


async def test_a_board_without_any_part_says_so(client: httpx.AsyncClient) -> None:
    assert "There is nothing on the board yet" in (await client.get("/board")).text


async def test_a_list_can_be_searched_followed_and_downloaded(tried: Tried, client: httpx.AsyncClient) -> None:
    page = (await client.get("/board/reports", params={"q": "wrong <person>"})).text
    assert tried.searched == ["wrong <person>"]
    assert 'value="wrong &lt;person&gt;"' in page
    assert 'href="?after=8"' in page
    assert 'href="/board/download/reports/all.csv"' in page
    assert '<span class="overdue">Overdue</span>' in page


async def test_a_download_is_saved_and_never_shown(tried: Tried, client: httpx.AsyncClient) -> None:
    answer = await client.get("/board/download/reports/all.csv")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''r%C3%A9ports.csv"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/board/nothing", "There is no such page on the board."),
        ("/board/reports/IN-1", "There is no such report."),
        ("/board/download/reports/other.csv", "There is no such file."),
        ("/board/download/nothing", "There is no such file on the board."),
    ],
)
async def test_what_is_not_there_is_said_on_a_page_of_the_board(
    tried: Tried, client: httpx.AsyncClient, address: str, said: str
) -> None:
    answer = await client.get(address)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'aria-label="Board"' in answer.text


async def test_an_act_on_the_board_is_done_by_the_team_and_leads_back_to_its_page(
    tried: Tried, client: httpx.AsyncClient
) -> None:
    page = (await client.get("/board/reports/NM-2?from=list")).text
    answer = await client.post("/board/act", data={"press": token_of(page, "Close it")})
    assert [(press.act, press.about, press.by) for press in tried.presses] == [("tried.close", "NM-2", TEAM)]
    assert str(answer.url).endswith("/board/reports/NM-2?from=list#outcome")
    assert "Closed." in answer.text
    assert "Closed." not in (await client.get("/board/reports/NM-2")).text
    assert "Closed." not in (await client.get("/")).text


async def test_a_form_on_the_board_is_a_page_without_script_and_comes_back_to_its_list(
    tried: Tried, client: httpx.AsyncClient
) -> None:
    page = (await client.get("/board/reports")).text
    form = await client.get("/board/act", params={"press": token_of(page, "Close several")})
    assert '<a href="/board/reports">Back without sending</a>' in form.text
    empty = await client.post("/board/act", data={"form": form_token(form.text)})
    assert empty.status_code == 422
    assert "Fill this in; a few words are enough." in empty.text
    answer = await client.post("/board/act", data={"form": form_token(empty.text), "f-why": "Same template."})
    assert "Same template." in answer.text
    assert str(answer.url).endswith("/board/reports#outcome")


async def test_a_press_by_script_on_the_board_is_told_where_to_go(tried: Tried, client: httpx.AsyncClient) -> None:
    page = (await client.get("/board/reports/NM-2")).text
    answer = await client.post("/board/act", data={"press": token_of(page, "Close it")}, headers=SCRIPT)
    assert answer.json() == {"go": "/board/reports/NM-2#outcome"}


async def test_a_failure_of_an_act_shows_no_inner_details(tried: Tried, client: httpx.AsyncClient) -> None:
    page = (await client.get("/board/reports/NM-2")).text
    answer = await client.post("/board/act", data={"press": token_of(page, "Break")})
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "could not do" not in answer.text


@pytest.mark.parametrize(
    "header", ["x-forwarded-for", "forwarded", "via", "X-Real-IP", "x-forwarded-host", "x-forwarded-proto"]
)
@pytest.mark.parametrize("address", ["/board", "/board/", "/board/reports", "/board/download/reports/all.csv"])
async def test_behind_a_proxy_the_board_is_off_and_says_why(
    tried: Tried, client: httpx.AsyncClient, header: str, address: str
) -> None:
    answer = await client.get(address, headers={header: "192.0.2.7"})
    assert answer.status_code == 403
    assert "It has no sign-in yet" in answer.text
    assert "NM-1" not in answer.text
    assert (await client.get("/", headers={header: "192.0.2.7"})).status_code == 200


async def test_behind_a_proxy_nothing_can_be_done_on_the_board(tried: Tried, client: httpx.AsyncClient) -> None:
    token = token_of((await client.get("/board/reports/NM-2")).text, "Close it")
    answer = await client.post("/board/act", data={"press": token}, headers={"forwarded": "for=192.0.2.7"})
    assert answer.status_code == 403
    assert tried.presses == []


async def test_a_proxy_that_adds_no_header_is_known_by_its_old_protocol(tmp_path: Path) -> None:
    app = build(read_settings(data_dir=tmp_path), FixedAssistant())

    async def status(path: str, version: str) -> int:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "http_version": version, "method": "GET", "path": path, "raw_path": path.encode()}
        scope |= {"query_string": b"", "headers": [(b"host", b"127.0.0.1:8080")], "scheme": "http", "root_path": ""}
        await app(scope, receive, send)
        return int(sent[0]["status"])

    assert await status("/board", "1.0") == 403
    assert await status("/board", "1.1") == 200
    assert await status("/", "1.0") == 200
