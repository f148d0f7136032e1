"""Cards that come by themselves to open conversations of the web chat."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import pytest

from bot.domain.card import Card, CardKind
from bot.domain.ports.post import DeliveryError
from bot.platforms.web.conversation import KEEP_SECONDS, Conversations
from bot.platforms.web.courier import BACK_SOON, WebCourier
from tests.web_assistant import FixedAssistant
from tests.web_client import (  # noqa: F401  (the_… are fixtures)
    Clock,
    opened,
    the_assistant,
    the_client,
    the_clock,
    the_conversations,
)

ANSWER = Card(CardKind.ANSWER, "Your question was answered", ("Take the back page off first.",))


def noon() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


async def place_of(client: httpx.AsyncClient, assistant: FixedAssistant) -> str:
    """Where the sender of a message can be written to."""
    await client.post("/ask", data={"text": "Can I send it?"})
    sender = assistant.asked[-1].sender
    assert sender is not None
    assert sender.place is not None
    return sender.place.id


async def test_a_card_comes_to_the_open_page_once_and_is_marked_as_new(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations
) -> None:
    courier = WebCourier(conversations, noon)
    place = await place_of(client, assistant)
    courier.deliver(ANSWER, place, "answer-1")
    courier.deliver(ANSWER, place, "answer-1")
    news = (await client.get("/news", params={"after": "0"})).json()
    assert news["came"] == 1
    [card] = news["cards"]
    assert "Take the back page off first." in card["html"]
    assert '<strong class="new">New</strong>' in card["html"]
    assert card["announce"].startswith("Answer from a colleague. Your question was answered.")
    assert (await client.get("/news", params={"after": "1"})).json() == {"came": 1, "cards": []}


async def test_a_card_that_came_while_no_page_was_open_is_new_on_the_next_one(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations
) -> None:
    place = await place_of(client, assistant)
    WebCourier(conversations, noon).deliver(ANSWER, place, "answer-1")
    first, second = (await client.get("/")).text, (await client.get("/")).text
    assert ">New</strong>" in first
    assert "Your question was answered" in second
    assert ">New</strong>" not in second


async def test_a_step_that_is_done_stands_ticked_in_the_list(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations
) -> None:
    place = await place_of(client, assistant)
    card = Card(CardKind.BREACH, "The first hour", steps=("Done: Ring whoever has it.", "Write it down."))
    WebCourier(conversations, noon).deliver(card, place, "steps-1")
    page = (await client.get("/")).text
    assert '<input type="checkbox" checked autocomplete="off"> <span>Ring whoever has it.</span>' in page
    assert '<input type="checkbox" autocomplete="off"> <span>Write it down.</span>' in page


async def test_nobody_else_is_told_of_a_card(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations
) -> None:
    place = await place_of(client, assistant)
    WebCourier(conversations, noon).deliver(ANSWER, place, "answer-1")
    client.cookies.clear()
    news = await client.get("/news", params={"after": "0"})
    assert news.json() == {"came": 0, "cards": []}
    assert "set-cookie" not in news.headers


@pytest.mark.parametrize("after", ["", "-1", "x", "1.5", "²", "9" * 5000])
async def test_a_strange_question_for_news_gets_none(
    client: httpx.AsyncClient, assistant: FixedAssistant, after: str
) -> None:
    await place_of(client, assistant)
    assert (await client.get("/news", params={"after": after})).json() == {"came": 0, "cards": []}


async def test_a_conversation_that_is_gone_is_a_delivery_given_up(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations, clock: Clock
) -> None:
    place = await place_of(client, assistant)
    clock.seconds += KEEP_SECONDS + 1
    times = iter([noon(), *[noon() + BACK_SOON] * 9])
    with pytest.raises(DeliveryError) as problem:
        WebCourier(conversations, lambda: next(times)).deliver(ANSWER, place, "answer-1")
    assert problem.value.permanent


async def test_a_card_waits_after_a_restart_until_the_open_page_asks_again(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations, clock: Clock
) -> None:
    place = await place_of(client, assistant)
    anew = Conversations(clock, conversations.secret)
    courier = WebCourier(anew, noon)
    with pytest.raises(DeliveryError) as problem:
        courier.deliver(ANSWER, place, "answer-1")
    assert not problem.value.permanent
    async with opened(assistant, anew, clock) as again:
        again.cookies = client.cookies
        await again.get("/news", params={"after": "0"})
        courier.deliver(ANSWER, place, "answer-1")
        assert len((await again.get("/news", params={"after": "0"})).json()["cards"]) == 1


async def test_an_open_page_keeps_its_conversation_by_asking_for_news(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations, clock: Clock
) -> None:
    place = await place_of(client, assistant)
    for _ in range(3):
        clock.seconds += KEEP_SECONDS - 1
        await client.get("/news", params={"after": "0"})
    WebCourier(conversations, noon).deliver(ANSWER, place, "answer-1")
    assert "Your question was answered" in (await client.get("/")).text


def test_cards_handed_over_by_many_threads_at_once_each_come_once(conversations: Conversations) -> None:
    _, conversation = conversations.open(None)
    courier = WebCourier(conversations, noon)
    with ThreadPoolExecutor(8) as threads:
        for number in [*range(30)] * 4:
            threads.submit(courier.deliver, ANSWER, conversation.id, f"answer-{number}")
    arrived = conversation.arrived(0)
    assert conversation.came == 30
    assert sorted(posted.number for posted in arrived) == [*range(1, 31)]


def test_a_process_that_serves_no_web_chat_leaves_the_card_to_the_one_that_does() -> None:
    with pytest.raises(DeliveryError) as problem:
        WebCourier(None, noon).deliver(ANSWER, "anywhere", "answer-1")
    assert not problem.value.permanent
    assert problem.value.retry_after is not None


async def test_a_conversation_started_again_gets_no_more_cards(
    client: httpx.AsyncClient, assistant: FixedAssistant, conversations: Conversations
) -> None:
    place = await place_of(client, assistant)
    await client.post("/start-again")
    with pytest.raises(DeliveryError):
        WebCourier(conversations, noon).deliver(ANSWER, place, "answer-1")
