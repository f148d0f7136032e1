"""Copies over HTTP: the file is sent again, and the copy comes back as a download with what was done to it."""

import json

import httpx
import pytest

from bot.domain.copy import CopyKind
from tests.web_assistant import FixedAssistant
from tests.web_client import the_assistant, the_client, the_clock, the_conversations, upload  # noqa: F401  (the_… are fixtures)

FETCH = {"x-requested-with": "fetch"}


async def test_a_copy_is_a_download_under_a_name_that_says_what_it_is(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    answer = await client.post("/copy", data={"kind": "redacted"}, files=upload("Zoë’s MG11.pdf", b"%PDF words"))
    assert answer.status_code == 200
    assert answer.content == b"%PDF words copied"
    assert answer.headers["content-type"] == "application/octet-stream"
    disposition = answer.headers["content-disposition"]
    assert disposition == "attachment; filename*=UTF-8''Zo%C3%AB%E2%80%99s%20MG11%20%28redacted%29.pdf"
    about = json.loads(answer.headers["x-copy"])
    assert about["name"] == "Zoë’s MG11 (redacted).pdf"
    assert (about["removed"], about["verified"]) == (["10 places painted over on 2 pages"], True)
    assert assistant.copied == [("Zoë’s MG11.pdf", CopyKind.REDACTED)]


async def test_a_refusal_is_told_to_the_script_and_on_the_page(client: httpx.AsyncClient) -> None:
    refused, kind = upload("a.pdf", b"refuse me"), {"kind": "marked"}
    told = await client.post("/copy", headers=FETCH, data=kind, files=refused)
    assert told.status_code == 422
    assert told.json()["error"].startswith("No redacted copy was made")
    page = await client.post("/copy", data=kind, files=refused)
    assert page.status_code == 422
    assert "No redacted copy was made" in page.text
    assert 'value="marked" checked' in page.text


@pytest.mark.parametrize("count", [0, 2])
async def test_a_copy_is_made_of_one_file_at_a_time(
    client: httpx.AsyncClient, assistant: FixedAssistant, count: int
) -> None:
    several = [one for number in range(count) for one in upload(f"{number}.pdf")] or upload("", b"")
    answer = await client.post("/copy", data={"kind": "redacted"}, files=several)
    assert answer.status_code == 422
    assert "Choose the one file" in answer.text
    assert assistant.copied == []


async def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    answer = await client.post("/copy", headers=FETCH, files=upload("a.pdf", b"x" * 2_000_000))
    assert answer.status_code == 413
    assert assistant.copied == []


async def test_another_site_cannot_have_a_copy_made(client: httpx.AsyncClient, assistant: FixedAssistant) -> None:
    answer = await client.post("/copy", headers={"sec-fetch-site": "cross-site"}, files=upload("a.pdf"))
    assert answer.status_code == 403
    assert assistant.copied == []


async def test_without_a_script_a_form_asks_for_the_file_again(client: httpx.AsyncClient) -> None:
    page = await client.get("/copy?kind=cleaned")
    assert page.status_code == 200
    assert 'value="cleaned" checked' in page.text
    assert 'type="file"' in page.text
    assert "was not kept" in page.text


async def test_the_report_offers_the_copies_that_fit_the_format(client: httpx.AsyncClient) -> None:
    await client.post("/ask", data={"text": "check it"}, files=upload("a.pdf"))
    page = (await client.get("/")).text
    assert "/copy?kind=redacted" in page
    assert "/copy?kind=marked" in page
    assert "/copy?kind=cleaned" not in page
