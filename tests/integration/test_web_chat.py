"""The conversation of the web chat over HTTP, with and without script."""

import re
import threading

import httpx
import pytest

from bot.platforms.web.conversation import KEEP_SECONDS
from tests.web_assistant import FixedAssistant
from tests.web_client import ORIGIN, Clock, the_assistant, the_client, the_clock, the_conversations, upload  # noqa: F401  (the_… are fixtures)


async def test_a_plain_form_post_shows_the_reply_on_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.post("/ask", data={"text": "Can I email the MG11 to the defence?"})
    assert answer.status_code == 200
    assert str(answer.url).startswith(f"{ORIGIN}/#x-")
    assert "Can I email the MG11 to the defence?" in answer.text
    assert "What I understood:" in answer.text
    assert "<td>witness contact details</td>" in answer.text
    assert "Reviewed 3 October 2026" in answer.text
    assert "Version 2.1 · page 4 · owner: the disclosure lead · Reviewed 3 October 2026" in answer.text
    assert answer.text.count("This document has been replaced by a newer one.") == 1
    assert ">09:05</time>" in answer.text


async def test_the_file_reaches_the_assistant_with_recipient_and_case(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    fields = {"text": "", "recipient": "defence", "case": " 01AB1234524 "}
    answer = await client.post("/ask", data=fields, files=upload("a.txt") + upload("b.txt", b"more"))
    [asked] = assistant.asked
    assert [attachment.content for attachment in asked.attachments] == [b"words", b"more"]
    assert asked.answers == (("recipient", "defence"),)
    assert asked.case == "01AB1234524"
    assert "Not checked: page 7" in answer.text
    assert "The handwriting is faint." in answer.text
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


async def test_a_conversation_is_forgotten_after_a_while(client: httpx.AsyncClient, clock: Clock) -> None:
    await client.post("/ask", data={"text": "Can I send the blue folder?"})
    clock.seconds += KEEP_SECONDS + 1
    assert "blue folder" not in (await client.get("/")).text


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


async def test_progress_is_told_to_its_own_browser_only(client: httpx.AsyncClient, assistant: FixedAssistant) -> None:
    assistant.go_on = threading.Event()
    script = {"x-requested-with": "fetch"}
    begun = await client.post("/ask", files=upload("a.txt"), headers=script)
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
