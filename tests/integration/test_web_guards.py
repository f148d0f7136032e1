"""What the web chat refuses, limits and escapes."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.platforms.web.app import create_app
from bot.platforms.web.incoming import file_name
from tests.web_assistant import FixedAssistant
from tests.web_client import HERE, ORIGIN, the_assistant, the_client, the_clock, the_conversations, upload  # noqa: F401  (the_… are fixtures)

HOSTILE = "</li><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("script", [False, True])
async def test_hostile_text_and_file_names_are_escaped(client: httpx.AsyncClient, script: bool) -> None:
    headers = {"x-requested-with": "fetch"} if script else {}
    answer = await client.post("/ask", data={"text": HOSTILE}, files=upload(f"{HOSTILE}.txt"), headers=headers)
    shown = answer.json()["html"] if script else answer.text
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;img src=x onerror=alert(1)&gt;.txt" in shown


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\MG11.pdf", "MG11.pdf"),
        ("two\r\nlines.txt", "twolines.txt"),
        ("x" * 400, "x" * 255),
    ],
)
def test_a_file_name_is_cut_to_its_last_part_without_control_characters(raw: str, kept: str) -> None:
    assert file_name(raw) == kept


async def test_one_browser_does_not_see_the_conversation_of_another(client: httpx.AsyncClient) -> None:
    await client.post("/ask", data={"text": "Can I send the blue folder?"})
    assert "blue folder" in (await client.get("/")).text
    client.cookies.clear()
    assert "blue folder" not in (await client.get("/")).text


async def test_the_cookie_cannot_be_read_by_script_nor_sent_by_another_site(client: httpx.AsyncClient) -> None:
    cookie = (await client.get("/")).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


async def test_an_upload_over_the_limit_is_refused_with_a_clear_line(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    answer = await client.post("/ask", data={"text": "this?"}, files=upload("a.bin", bytes(1_400_000)))
    assert answer.status_code == 413
    assert "Too large to check: that is 1.3 MB and this chat takes up to 195.3 KB in one go." in answer.text
    assert assistant.asked == []


async def test_an_upload_that_declares_no_length_is_stopped_at_the_limit(client: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\ncontent-disposition: form-data; name="files"; filename="a"\r\n\r\n'
        while sent < 50_000_000:
            sent += 65536
            yield bytes(65536)

    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = await client.post("/ask", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert sent < 2_000_000


async def test_more_files_than_allowed_are_refused_in_plain_words(client: httpx.AsyncClient) -> None:
    answer = await client.post("/ask", files=[("files", (f"{n}.txt", b"x")) for n in range(30)])
    assert answer.status_code == 422
    assert "at most 20 files at once" in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "", "origin": "http://evil.example"},
        {"sec-fetch-site": "", "origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/ask", "/act", "/not-personal-data", "/start-again"])
async def test_a_change_from_another_page_is_refused(
    client: httpx.AsyncClient, assistant: FixedAssistant, headers: dict[str, str], path: str
) -> None:
    answer = await client.post(path, data={"text": "hello"}, headers=headers)
    assert answer.status_code == 403
    assert assistant.asked == []


async def test_a_browser_without_fetch_metadata_is_told_by_its_origin(assistant: FixedAssistant) -> None:
    app = create_app(assistant, loopback_only=True, max_bytes=1000)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as bare:
        assert (await bare.post("/ask", data={"text": "hi"}, headers={"origin": ORIGIN})).status_code == 303
        assert (await bare.post("/ask", data={"text": "hi"}, headers={"origin": "http://a.example"})).status_code == 403
        assert (await bare.post("/ask", data={"text": "hi"})).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[", "localhost.evil.example:8080"])
async def test_a_name_that_is_not_ours_is_refused(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "textarea" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:9", "[::1]:8080", "LOCALHOST"])
async def test_a_loopback_name_is_served(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/", headers={"host": host})).status_code == 200


async def test_bound_to_an_outside_address_the_chat_is_off_and_says_why(assistant: FixedAssistant) -> None:
    app = create_app(assistant, loopback_only=False, max_bytes=1000)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://192.0.2.7", headers=HERE
    ) as outside:
        for answer in (await outside.get("/"), await outside.post("/ask", data={"text": "hi"})):
            assert answer.status_code == 404
            assert "no sign-in" in answer.text
    assert assistant.asked == []


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/static/chat.js", "/receipt", "/board"])
async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


async def test_pages_hold_no_inline_script_style_or_outside_address(client: httpx.AsyncClient) -> None:
    pages = [await client.get("/"), await client.get("/receipt"), await client.post("/ask", data={"text": "hello"})]
    for page in pages:
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://", page.text)
