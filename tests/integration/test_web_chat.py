"""The web chat over HTTP: what it escapes, what it refuses, and what it does without script."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from bot.platforms.web.app import create_app
from bot.platforms.web.conversation import KEEP_SECONDS
from tests.web_assistant import FixedAssistant

ORIGIN = "http://127.0.0.1:8080"
HERE = {"sec-fetch-site": "same-origin"}
HOSTILE = "</li><script>alert(1)</script><img src=x onerror=alert(1)>"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def assistant() -> FixedAssistant:
    return FixedAssistant()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(assistant: FixedAssistant, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
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


def _upload(name: str, content: bytes = b"words") -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (name, content))]


async def test_a_plain_form_post_shows_the_reply_on_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.post("/ask", data={"text": "Can I email the MG11 to the defence?"})
    assert answer.status_code == 200
    assert str(answer.url).startswith(f"{ORIGIN}/#x-")
    assert "Can I email the MG11 to the defence?" in answer.text
    assert "What I understood:" in answer.text
    assert "<td>witness contact details</td>" in answer.text
    assert "Reviewed 3 October 2026" in answer.text
    assert ">09:05</time>" in answer.text


@pytest.mark.parametrize("script", [False, True])
async def test_hostile_text_and_file_names_are_escaped(client: httpx.AsyncClient, script: bool) -> None:
    headers = {"x-requested-with": "fetch"} if script else {}
    answer = await client.post("/ask", data={"text": HOSTILE}, files=_upload(f"{HOSTILE}.txt"), headers=headers)
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
    from bot.platforms.web.incoming import file_name

    assert file_name(raw) == kept


async def test_the_file_reaches_the_assistant_with_recipient_and_case(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    fields = {"text": "", "recipient": "defence", "case": " 01AB1234524 "}
    answer = await client.post("/ask", data=fields, files=_upload("a.txt") + _upload("b.txt", b"more"))
    [asked] = assistant.asked
    assert [attachment.content for attachment in asked.attachments] == [b"words", b"more"]
    assert asked.answers == (("recipient", "defence"),)
    assert asked.case == "01AB1234524"
    assert "Not checked: page 7" in answer.text
    assert "because it could not be read clearly enough" in answer.text
    assert "Almost certainly" in answer.text
    assert "Hidden</strong>" in answer.text


async def test_an_unknown_recipient_is_not_passed_on(client: httpx.AsyncClient, assistant: FixedAssistant) -> None:
    await client.post("/ask", data={"text": "hello", "recipient": "everyone<script>"})
    assert assistant.asked[0].answers == ()


async def test_a_chosen_option_carries_the_earlier_turns_and_facts(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    asked = await client.post("/ask", data={"text": "Can I send a statement?"})
    exchange = re.search(r'name="answering" value="([^"]+)"', asked.text)
    assert exchange is not None
    await client.post("/ask", data={"answering": exchange[1], "option": "court"})
    last = assistant.asked[-1]
    assert last.text == "The court"
    assert last.answers == (("recipient", "court"),)
    assert [(turn.role, turn.text) for turn in last.history] == [
        ("user", "Can I send a statement?"),
        ("assistant", "That depends on who it is for. Who is it going to?"),
    ]


async def test_facts_chosen_for_one_question_do_not_leak_into_the_next(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    asked = await client.post("/ask", data={"text": "Can I send a statement?"})
    exchange = re.findall(r'name="answering" value="([^"]+)"', asked.text)[0]
    await client.post("/ask", data={"answering": exchange, "option": "court"})
    await client.post("/ask", data={"text": "And a photo by post?"})
    assert assistant.asked[-1].answers == ()
    assert len(assistant.asked[-1].history) == 4


async def test_an_option_that_was_not_offered_is_refused(client: httpx.AsyncClient, assistant: FixedAssistant) -> None:
    asked = await client.post("/ask", data={"text": "Can I send a statement?"})
    exchange = re.findall(r'name="answering" value="([^"]+)"', asked.text)[0]
    answer = await client.post("/ask", data={"answering": exchange, "option": "anyone"})
    assert answer.status_code == 422
    assert "not one of those offered" in answer.text
    assert len(assistant.asked) == 1


async def test_one_browser_does_not_see_the_conversation_of_another(client: httpx.AsyncClient) -> None:
    await client.post("/ask", data={"text": "Can I send the blue folder?"})
    assert "blue folder" in (await client.get("/")).text
    client.cookies.clear()
    assert "blue folder" not in (await client.get("/")).text


async def test_a_conversation_is_forgotten_after_a_while(client: httpx.AsyncClient, clock: Clock) -> None:
    await client.post("/ask", data={"text": "Can I send the blue folder?"})
    clock.seconds += KEEP_SECONDS + 1
    assert "blue folder" not in (await client.get("/")).text


async def test_the_cookie_cannot_be_read_by_script_nor_sent_by_another_site(client: httpx.AsyncClient) -> None:
    cookie = (await client.get("/")).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


async def test_an_empty_message_is_refused_in_plain_words(client: httpx.AsyncClient) -> None:
    answer = await client.post("/ask", data={"text": "  "})
    assert answer.status_code == 422
    assert "Type a question, or attach a file to check." in answer.text


async def test_too_long_a_text_is_refused_and_stays_in_the_box(client: httpx.AsyncClient) -> None:
    answer = await client.post("/ask", data={"text": "word " * 3000})
    assert answer.status_code == 422
    assert "longer than 10,000 characters" in answer.text
    assert "word word word" in answer.text


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("the store is down", 503, "The database cannot be reached."),
        ("break it", 500, "Something went wrong on our side"),
    ],
)
async def test_a_failure_keeps_the_text_and_shows_no_inner_details(
    client: httpx.AsyncClient, text: str, status: int, said: str
) -> None:
    answer = await client.post("/ask", data={"text": text})
    assert answer.status_code == status
    assert said in answer.text
    assert f">{text}</textarea>" in answer.text
    assert "could not read" not in answer.text


async def test_an_upload_over_the_limit_is_refused_with_a_clear_line(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    answer = await client.post("/ask", data={"text": "this?"}, files=_upload("a.bin", bytes(1_400_000)))
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
@pytest.mark.parametrize("path", ["/ask", "/near-miss/send", "/not-personal-data", "/start-again"])
async def test_a_change_from_another_page_is_refused(
    client: httpx.AsyncClient, assistant: FixedAssistant, headers: dict[str, str], path: str
) -> None:
    answer = await client.post(path, data={"text": "hello"}, headers=headers)
    assert answer.status_code == 403
    assert assistant.asked == []
    assert assistant.reported == []


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


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/static/chat.js", "/near-miss"])
async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


async def test_pages_hold_no_inline_script_style_or_outside_address(client: httpx.AsyncClient) -> None:
    pages = [await client.get("/"), await client.get("/near-miss"), await client.post("/ask", data={"text": "hello"})]
    for page in pages:
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://", page.text)


async def test_a_signed_finding_is_remembered_by_its_fingerprint(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    checked = await client.post("/ask", files=_upload("a.txt"))
    token = re.findall(r'name="finding" value="([^"]+)"', checked.text)[0]
    answer = await client.post("/not-personal-data", data={"finding": token})
    assert assistant.allowed == [("digest-1", "phone")]
    assert "Remembered: this value isn’t personal data (Phone numbers)." in answer.text
    assert "Remembered" not in (await client.get("/")).text


@pytest.mark.parametrize("spoil", [lambda token: token[:-2] + "xx", lambda token: "", lambda token: "W10.a.b"])
async def test_a_forged_finding_is_refused(client: httpx.AsyncClient, assistant: FixedAssistant, spoil) -> None:
    checked = await client.post("/ask", files=_upload("a.txt"))
    token = re.findall(r'name="finding" value="([^"]+)"', checked.text)[0]
    answer = await client.post("/not-personal-data", data={"finding": spoil(token)})
    assert answer.status_code == 422
    assert assistant.allowed == []


async def test_a_near_miss_is_previewed_and_stored_only_when_it_is_sent(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    fields = {"text": "Nearly sent Marisol Quibble's file", "kind": "wrong_recipient", "anonymous": "no"}
    preview = await client.post("/near-miss/preview", data=fields)
    assert "Nearly sent [name]&#39;s file" in preview.text
    assert assistant.reported == []
    receipt = await client.post("/near-miss/send", data=fields)
    assert "NM-7F3K-92QD" in receipt.text
    assert [report[1:] for report in assistant.reported] == [("wrong_recipient", False, ())]


async def test_a_near_miss_from_a_reply_takes_the_kinds_found_along(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    checked = await client.post("/ask", files=_upload("a.txt"))
    about = re.findall(r"/near-miss\?about=([\w-]+)", checked.text)[0]
    form = await client.get("/near-miss", params={"about": about})
    assert 'value="failed_redaction" selected' in form.text
    await client.post("/near-miss/send", data={"text": "Stopped it.", "kind": "", "anonymous": "yes", "about": about})
    assert assistant.reported == [("Stopped it.", None, True, ("phone", "nhs_number", "address"))]


async def test_a_near_miss_reported_as_gone_says_what_to_do_now(client: httpx.AsyncClient) -> None:
    answer = await client.post("/near-miss/send", data={"text": "it went to the wrong firm"})
    assert "Tell your information manager now" in answer.text


async def test_a_near_miss_without_words_is_asked_for_again(client: httpx.AsyncClient) -> None:
    answer = await client.post("/near-miss/preview", data={"text": " ", "kind": "other"})
    assert answer.status_code == 422
    assert "Say in a few words what happened." in answer.text
    assert 'value="other" selected' in answer.text


async def test_a_near_miss_that_cannot_be_stored_keeps_the_words(client: httpx.AsyncClient) -> None:
    answer = await client.post("/near-miss/send", data={"text": "the store is down, but I wrote this"})
    assert answer.status_code == 503
    assert "Nothing was sent yet" in answer.text
    assert "but I wrote this</textarea>" in answer.text


async def test_progress_is_told_to_its_own_browser_only(client: httpx.AsyncClient, assistant: FixedAssistant) -> None:
    import threading

    assistant.go_on = threading.Event()
    script = {"x-requested-with": "fetch"}
    begun = await client.post("/ask", files=_upload("a.txt"), headers=script)
    assert begun.status_code == 202
    assert {key: begun.json()[key] for key in ("done", "total", "what")} == {
        "done": 3,
        "total": 10,
        "what": "page 3 of 10",
    }
    address = f"/progress/{begun.json()['check']}"
    mine = client.cookies.get("sendcheck_chat")
    client.cookies.clear()
    assert (await client.get(address, headers=script)).status_code == 404
    client.cookies.clear()
    client.cookies.set("sendcheck_chat", mine or "")
    question = await client.post("/ask", data={"text": "meanwhile?"}, headers=script)
    assert question.status_code == 200
    assistant.go_on.set()
    ended = await client.get(address, headers=script)
    assert ended.status_code == 200
    assert "Not checked: page 7" in ended.json()["html"]
