"""An answer is remembered by its facts and what it relied on, never by its words."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.people import Person, Place
from bot.domain.reply import Clarify, Reply
from bot.domain.verdict import Verdict
from knowledge import Facts
from tests.unit.followup.world import ASKER, NOW, PHONE, Site

FACTS = Facts(materials=("witness_statement",), recipients=("defence",), channels=("email",))


def test_an_answer_is_kept_with_its_facts_its_rows_and_the_day(site: Site) -> None:
    site.answer(FACTS)
    kept = site.book.find("a1")
    assert kept is not None
    assert (kept.verdict, kept.basis, kept.facts, kept.day) == (
        Verdict.SAFEGUARDS,
        Verdict.SAFEGUARDS,
        FACTS,
        NOW.date(),
    )
    (relied,) = kept.relied
    assert (relied.document, relied.section, relied.answer) == ("statements.md", "Sending a statement", "safeguards")
    assert kept.place == ASKER.place


def test_no_word_of_the_question_and_no_readable_place_reaches_the_database(site: Site, tmp_path: Path) -> None:
    site.answer(FACTS, f"may I send the wombat keeper {PHONE} to the defence?")
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert site.book.find("a1") is not None
    assert b"wombat" not in kept
    assert b"900123" not in kept
    assert b"D0ASKER" not in kept
    assert b"U0ASKER" not in kept


def test_a_person_without_a_place_leaves_none(site: Site) -> None:
    site.answer(FACTS, by=Person("web", "browser"))
    site.answer(FACTS, by=None, name="a2")
    assert [site.book.find(name).place for name in ("a1", "a2")] == [None, None]  # type: ignore[union-attr]


def test_a_conversation_of_the_web_chat_does_not_last_long_enough_to_be_told_of_changes(site: Site) -> None:
    shown = site.answer(FACTS, by=Person("web", "browser", Place("web", "conversation")))
    assert site.book.find("a1").place is None  # type: ignore[union-attr]
    assert "answer.mute" not in [button.act for button in shown.buttons]


def test_a_clarifying_question_is_no_answer_that_can_change(site: Site) -> None:
    clarify = Clarify("recipient", "Who would receive it?", (("defence", "the defence"),))
    reply = Reply(Verdict.ASK, "Ask first", (), (), (), "x", Facts(("witness_statement",)), clarify=clarify, id="c1")
    shown = site.told(reply)
    assert [button.act for button in shown.buttons] == ["answer.ask_human", "answer.change"]
    assert site.book.find("c1").place is None  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("row", "acts"),
    [
        (0, ["answer.change", "answer.helpful", "answer.not_helpful", "answer.mute"]),
        (1, ["answer.ask_human", "answer.change", "answer.helpful", "answer.not_helpful", "answer.mute"]),
        (2, ["answer.ask_human", "answer.change", "answer.helpful", "answer.not_helpful", "answer.mute"]),
    ],
)
def test_buttons_are_few_and_help_comes_first(site: Site, row: int, acts: list[str]) -> None:
    buttons = site.answer(FACTS, row=row).buttons
    assert [button.act for button in buttons] == acts
    assert all(len(button.words) <= 40 and button.about == "a1" for button in buttons)


def test_a_reply_without_an_id_or_to_nothing_gets_no_buttons(site: Site) -> None:
    reply = Reply(Verdict.OK, "OK", (), (), (), "x", FACTS)
    assert site.told(reply).buttons == ()
    assert site.told(Reply(**{**vars(reply), "id": "x1"}), text=" ").buttons == ()


def test_an_answer_is_forgotten_after_90_days(site: Site) -> None:
    site.answer(FACTS)
    purge = site.component.purge
    assert purge is not None
    purge(NOW + timedelta(days=90))
    assert site.book.find("a1") is not None
    assert purge(NOW + timedelta(days=91)) == 1
    assert site.book.find("a1") is None


def test_a_store_that_is_down_disturbs_nobody(site: Site) -> None:
    with site.engine.begin() as connection:
        connection.execute(text("DROP TABLE answers"))
    assert site.answer(FACTS).buttons
