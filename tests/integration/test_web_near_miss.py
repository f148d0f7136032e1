"""Near misses and corrections over HTTP."""

import re
from collections.abc import Callable

import httpx
import pytest

from tests.web_assistant import FixedAssistant
from tests.web_client import the_assistant, the_client, the_clock, the_conversations, upload  # noqa: F401  (the_… are fixtures)


async def test_a_signed_finding_is_remembered_by_its_fingerprint(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    checked = await client.post("/ask", files=upload("a.txt"))
    token = re.findall(r'name="finding" value="([^"]+)"', checked.text)[0]
    answer = await client.post("/not-personal-data", data={"finding": token})
    assert assistant.allowed == [("digest-1", "phone")]
    assert "Remembered: this value isn’t personal data (Phone numbers)." in answer.text
    assert "Remembered" not in (await client.get("/")).text


@pytest.mark.parametrize("spoil", [lambda token: token[:-2] + "xx", lambda token: "", lambda token: "W10.a.b"])
async def test_a_forged_finding_is_refused(
    client: httpx.AsyncClient, assistant: FixedAssistant, spoil: Callable[[str], str]
) -> None:
    checked = await client.post("/ask", files=upload("a.txt"))
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
    checked = await client.post("/ask", files=upload("a.txt"))
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
