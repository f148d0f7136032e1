"""Buttons and forms over HTTP, with and without script."""

from datetime import UTC, datetime

import httpx
import pytest

from bot.domain.people import Place
from bot.platforms.web.conversation import Conversations
from tests.web_assistant import FixedAssistant
from tests.web_client import (  # noqa: F401  (the_… are fixtures)
    SCRIPT,
    Clock,
    after_restart,
    form_token,
    the_assistant,
    the_client,
    the_clock,
    the_conversations,
    the_part,
    token_of,
)
from tests.web_component import Tried


@pytest.fixture
async def asked(tried: Tried, client: httpx.AsyncClient) -> str:
    """The page with one reply that has a card and buttons."""
    return (await client.post("/ask", data={"text": "Can I send it?"})).text


async def test_a_reply_shows_its_cards_buttons_and_a_way_to_correct_what_was_understood(asked: str) -> None:
    assert "A card for a lesson" in asked
    assert "What colleagues learned" in asked
    understood = asked[asked.index("What I understood") :]
    assert "Correct this</button>" in understood[: understood.index("</div>")]


async def test_a_breach_card_stands_before_the_reply(tried: Tried, client: httpx.AsyncClient) -> None:
    page = (await client.post("/ask", data={"text": "it went to the wrong firm"})).text
    assert page.index("It went: do this now") < page.index('class="card v-')


async def test_the_message_names_the_thread_and_the_sender(
    asked: str, client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    [message] = assistant.asked
    assert message.sender is not None
    assert message.thread == message.sender.id
    assert message.sender.place == Place("web", message.thread)
    assert not message.sender.team
    assert message.thread not in (client.cookies.get("sendcheck_chat") or "")


async def test_a_press_goes_to_the_desk_and_its_card_stays_on_the_page(
    asked: str, tried: Tried, client: httpx.AsyncClient, assistant: FixedAssistant
) -> None:
    answer = await client.post("/act", data={"press": token_of(asked, "Helpful")})
    [press] = tried.presses
    assert (press.act, press.about, press.by) == ("tried.helpful", "", assistant.asked[0].sender)
    assert press.now == datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
    assert "Thank you. That is noted." in answer.text
    assert "Thank you. That is noted." in (await client.get("/")).text


async def test_a_press_by_script_gets_the_card_alone(asked: str, client: httpx.AsyncClient) -> None:
    answer = await client.post("/act", data={"press": token_of(asked, "Helpful")}, headers=SCRIPT)
    card = answer.json()["card"]
    assert "Thank you. That is noted." in card["html"]
    assert card["announce"] == "Note. Thank you. That is noted."
    assert f'data-exchange="{card["under"]}"' in asked


async def test_a_card_about_the_same_thing_takes_the_place_of_the_first(asked: str, client: httpx.AsyncClient) -> None:
    first = await client.post("/act", data={"press": token_of(asked, "It went: start the clock")}, headers=SCRIPT)
    again = await client.post("/act", data={"press": token_of(asked, "It went: start the clock")}, headers=SCRIPT)
    assert first.json()["card"]["id"] == again.json()["card"]["id"]
    assert (await client.get("/")).text.count("The clock is running") == 1


async def test_a_reply_that_comes_of_a_press_is_a_new_exchange(asked: str, client: httpx.AsyncClient) -> None:
    answer = await client.post("/act", data={"press": token_of(asked, "Ask that again")})
    assert '<p class="text">Ask that again</p>' in answer.text
    assert answer.text.index("Only with these safeguards") > answer.text.index("Ask that again</p>")


async def test_two_steps_of_a_form_lead_to_a_card(asked: str, tried: Tried, client: httpx.AsyncClient) -> None:
    form = await client.get("/act", params={"press": token_of(asked, "Tell us what happened")})
    assert "<h2" in form.text
    second = await client.post("/act", data={"form": form_token(form.text), "f-story": "A letter nearly went out."})
    assert "Kept: A letter nearly went out." in second.text
    assert "Send this report</button>" in second.text
    last = await client.post("/act", data={"form": form_token(second.text), "f-how": "open"})
    assert "NM-7F3K-92QD" in last.text
    assert "This is shown once" not in last.text
    assert [(press.act, press.about, dict(press.values)) for press in tried.presses] == [
        ("tried.tell", "A-1", {"story": ("A letter nearly went out.",)}),
        ("tried.send", "A-1", {"how": ("open",)}),
    ]


@pytest.mark.parametrize("script", [False, True])
async def test_a_card_that_must_not_be_kept_is_shown_once_and_nowhere_again(
    asked: str, client: httpx.AsyncClient, script: bool
) -> None:
    headers = SCRIPT if script else {}
    form = await client.get("/act", params={"press": token_of(asked, "Tell us what happened")})
    second = await client.post("/act", data={"form": form_token(form.text), "f-story": "A letter nearly went out."})
    last = await client.post("/act", data={"form": form_token(second.text), "f-how": "code"}, headers=headers)
    shown = last.json()["card"]["html"] if script else last.text
    assert "NM-7F3K-92QD" in shown
    assert "NM-7F3K-92QD" not in (await client.get("/")).text
    assert (await client.get("/news", params={"after": "0"})).json()["cards"] == []


async def test_a_problem_of_the_act_stands_at_its_field_and_the_words_are_kept(
    asked: str, client: httpx.AsyncClient
) -> None:
    form = await client.get("/act", params={"press": token_of(asked, "Tell us what happened")})
    told = {"form": form_token(form.text), "f-story": "Ring 07700 900123."}
    answer = await client.post("/act", data=told)
    assert answer.status_code == 422
    assert ">Ring 07700 900123.</textarea>" in answer.text
    assert 'id="field-1-error"><span class="hide">Error: </span>Leave phone numbers out.' in answer.text
    assert 'aria-describedby="field-1-error" aria-invalid="true"' in answer.text
    mended = await client.post("/act", data={"form": form_token(answer.text), "f-story": "Somebody rang."})
    assert "Kept: Somebody rang." in mended.text


async def test_a_store_that_is_down_keeps_what_was_written(asked: str, client: httpx.AsyncClient) -> None:
    form = await client.get("/act", params={"press": token_of(asked, "Tell us what happened")}, headers=SCRIPT)
    told = {"form": form_token(form.json()["form"]), "f-story": "the store is down, but I wrote this"}
    answer = await client.post("/act", data=told, headers=SCRIPT)
    assert answer.status_code == 503
    assert (
        "The database cannot be reached. Nothing was sent yet; what you wrote is still here." in answer.json()["form"]
    )
    assert "but I wrote this</textarea>" in answer.json()["form"]


async def test_a_form_is_sent_once_however_often_it_is_clicked(
    asked: str, tried: Tried, client: httpx.AsyncClient
) -> None:
    form = await client.get("/act", params={"press": token_of(asked, "Tell us what happened")})
    second = await client.post("/act", data={"form": form_token(form.text), "f-story": "A letter."})
    sent = {"form": form_token(second.text), "f-how": "open"}
    await client.post("/act", data=sent)
    again = await client.post("/act", data=sent)
    assert again.status_code == 409
    assert "This was sent already" in again.text
    assert [press.act for press in tried.presses] == ["tried.tell", "tried.send"]


async def test_a_form_that_the_server_forgot_is_taken_all_the_same(
    asked: str, tried: Tried, client: httpx.AsyncClient
) -> None:
    form = await client.get("/act", params={"press": token_of(asked, "Tell us what happened")})
    for _ in range(40):
        await client.get("/act", params={"press": token_of(asked, "Tell us what happened")})
    answer = await client.post("/act", data={"form": form_token(form.text), "f-story": "An old page."})
    assert "Kept: An old page." in answer.text


async def test_what_a_page_shows_can_still_be_pressed_and_sent_after_a_restart(
    asked: str,
    tried: Tried,
    client: httpx.AsyncClient,
    assistant: FixedAssistant,
    conversations: Conversations,
    clock: Clock,
) -> None:
    form = await client.get("/act", params={"press": token_of(asked, "Tell us what happened")})
    async with after_restart(client, assistant, conversations, clock) as again:
        answer = await again.post("/act", data={"form": form_token(form.text), "f-story": "Typed before."})
        assert "Kept: Typed before." in answer.text
        assert "What stood here is gone" in (await again.get("/")).text
        assert "What stood here is gone" not in (await again.get("/")).text


@pytest.mark.parametrize("key", ["made-up", "x" * 32, "a.b", "é.é"])
def test_nobody_brings_a_key_of_their_own(conversations: Conversations, key: str) -> None:
    given, _ = conversations.open(key)
    assert given != key
    assert conversations.known(key) is None


async def test_whoever_starts_again_is_somebody_new(client: httpx.AsyncClient, conversations: Conversations) -> None:
    await client.get("/")
    before = client.cookies["sendcheck_chat"]
    await client.post("/start-again")
    assert client.cookies["sendcheck_chat"] != before


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", ["", "made-up", "W10.a.b"])
async def test_a_press_that_no_page_showed_is_refused(
    asked: str, tried: Tried, client: httpx.AsyncClient, method: str, token: str
) -> None:
    sent = {"press": token}
    answer = (
        await client.get("/act", params=sent, headers=SCRIPT)
        if method == "GET"
        else await client.post("/act", data=sent, headers=SCRIPT)
    )
    assert answer.status_code == 422
    assert "too old to use" in answer.json()["error"]
    assert tried.presses == []


async def test_a_button_of_one_browser_is_no_use_to_another_nor_on_the_board(
    asked: str, tried: Tried, client: httpx.AsyncClient
) -> None:
    token = token_of(asked, "Helpful")
    assert (await client.post("/board/act", data={"press": token})).status_code == 422
    assert (await client.post("/receipt/act", data={"press": token})).status_code == 422
    client.cookies.clear()
    assert (await client.post("/act", data={"press": token})).status_code == 422
    assert tried.presses == []


@pytest.mark.parametrize("path", ["/act", "/receipt/act", "/board/act"])
async def test_a_press_from_another_page_is_refused(
    asked: str, tried: Tried, client: httpx.AsyncClient, path: str
) -> None:
    token = token_of(asked, "Helpful")
    answer = await client.post(path, data={"press": token}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert tried.presses == []


async def test_with_a_receipt_code_nobody_is_known(tried: Tried, client: httpx.AsyncClient) -> None:
    page = (await client.get("/receipt")).text
    assert "Write to the team about a report" not in page
    form = await client.get("/receipt/act", params={"press": token_of(page, "Read what came of a report")})
    wrong = await client.post("/receipt/act", data={"form": form_token(form.text), "f-code": "NM-0000-0000"})
    assert "No report has that code." in wrong.text
    assert 'value="NM-0000-0000"' in wrong.text
    right = await client.post("/receipt/act", data={"form": form_token(wrong.text), "f-code": "NM-7F3K-92QD"})
    assert "The template was changed." in right.text
    assert [press.by for press in tried.presses] == [None, None]
    assert "The template was changed." not in (await client.get("/receipt")).text
    assert "The template was changed." not in (await client.get("/")).text


async def test_without_anything_to_read_the_receipt_page_says_whom_to_ask(client: httpx.AsyncClient) -> None:
    assert "Ask your information manager" in (await client.get("/receipt")).text
