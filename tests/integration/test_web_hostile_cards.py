"""No string of a card, a form or a page of the board becomes markup, whoever wrote it."""

from collections.abc import Mapping

import httpx
import pytest

from bot.desk import Desk
from bot.domain.board import Cell, Page, Table
from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form, Picture
from bot.domain.component import Act, ActError, Component, Extras, Outcome, Press
from tests.web_assistant import FixedAssistant
from tests.web_client import (  # noqa: F401  (the_… are fixtures)
    SCRIPT,
    form_token,
    the_assistant,
    the_client,
    the_clock,
    the_conversations,
)
from tests.web_component import HOSTILE, Tried

FORM = Form(
    "bad.send",
    HOSTILE,
    (
        Field(HOSTILE, HOSTILE, FieldKind.LINE, value=(HOSTILE,), hint=HOSTILE),
        Field("text", HOSTILE, FieldKind.TEXT, value=(HOSTILE,), hint=HOSTILE),
        Field("one", HOSTILE, FieldKind.CHOICE, options=((HOSTILE, HOSTILE),), value=(HOSTILE,)),
        Field("list", HOSTILE, FieldKind.CHOICE, options=tuple((f"{n}{HOSTILE}", HOSTILE) for n in range(9))),
        Field("some", HOSTILE, FieldKind.CHOICES, options=((HOSTILE, HOSTILE),)),
        Field("when", HOSTILE, FieldKind.MOMENT, value=(HOSTILE,)),
    ),
    HOSTILE,
    (HOSTILE,),
    HOSTILE,
)
BUTTON = Button("bad.send", HOSTILE, HOSTILE, opens_form=True)
CARD = Card(
    CardKind.BREACH,
    HOSTILE,
    (HOSTILE,),
    ((HOSTILE, HOSTILE),),
    (HOSTILE,),
    (BUTTON,),
    HOSTILE,
    Picture(b"<svg onload=alert(1)>", HOSTILE),
)


def page(rest: str, query: Mapping[str, str]) -> Page:
    """A page of nothing but hostile words."""
    row = (Cell(HOSTILE, HOSTILE), Cell(HOSTILE, "javascript:alert(1)"), Cell(HOSTILE, overdue=True))
    table = Table(HOSTILE, (HOSTILE, HOSTILE, HOSTILE), (row,))
    empty = Table(HOSTILE, (), (), HOSTILE)
    downloads = (("../../javascript:alert(1)", HOSTILE),)
    return Page(HOSTILE, (HOSTILE,), (table, empty), (CARD,), (BUTTON,), downloads, HOSTILE, f'"{HOSTILE}')


def refused(press: Press) -> Outcome:
    """An act that repeats what it was given."""
    raise ActError(HOSTILE + press.value("text"), "text")


@pytest.fixture(name="tried")
def hostile_part(assistant: FixedAssistant) -> Tried:
    """In place of the part with every kind of act: one in which every word is hostile."""

    class Hostile(Tried):
        def component(self) -> Component:
            return Component(
                acts={"bad.send": Act(refused, lambda press: FORM)},
                pages={"reports": page, HOSTILE: page},
                after=lambda answered: Extras((CARD,), (BUTTON,)),
            )

    assistant.tried = Hostile()
    assistant.desk = Desk((assistant.tried.component(),))
    return assistant.tried


def is_harmless(html: str) -> bool:
    """No tag and no attribute came out of the hostile words, and they are there to be read."""
    came_out = [sign for sign in ("<script>alert", "<img src=x", 'href="javascript:') if sign in html]
    return not came_out and "&lt;script&gt;alert(1)&lt;/script&gt;" in html


async def test_a_reply_with_hostile_cards_and_buttons_is_only_text(tried: Tried, client: httpx.AsyncClient) -> None:
    assert is_harmless((await client.post("/ask", data={"text": "hello"})).text)
    script = await client.post("/ask", data={"text": "hello"}, headers=SCRIPT)
    assert is_harmless(script.json()["html"])


async def test_a_hostile_form_is_only_text_also_with_its_problem(tried: Tried, client: httpx.AsyncClient) -> None:
    asked = (await client.post("/ask", data={"text": "hello"})).text
    token = asked.split('name="press" value="')[1].split('"')[0]
    form = await client.get("/act", params={"press": token})
    assert is_harmless(form.text)
    answer = await client.post("/act", data={"form": form_token(form.text), "f-text": HOSTILE})
    assert answer.status_code == 422
    assert is_harmless(answer.text)


@pytest.mark.parametrize("address", ["/board", "/board/reports", "/board/nothing%3Cscript%3Ealert(1)%3C/script%3E"])
async def test_a_hostile_board_is_only_text(tried: Tried, client: httpx.AsyncClient, address: str) -> None:
    assert is_harmless((await client.get(address)).text)


async def test_what_is_not_a_picture_is_not_served_as_one(tried: Tried, client: httpx.AsyncClient) -> None:
    asked = (await client.post("/ask", data={"text": "hello"})).text
    address = asked.split('<img src="/picture/')[1].split('"')[0]
    answer = await client.get(f"/picture/{address}")
    assert answer.status_code == 404
    assert "svg" not in answer.text
