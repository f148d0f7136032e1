"""Findings that people say are not personal data, over HTTP."""

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
