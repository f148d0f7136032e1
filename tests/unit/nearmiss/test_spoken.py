"""Reporting by message."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from datetime import timedelta

import pytest

from bot.domain.component import Answered
from bot.domain.message import Message
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.nearmiss.spoken import KEPT, words_of
from knowledge import Facts
from tests.databases import sqlite_address  # noqa: F401
from tests.near_miss_world import ANNA, MONDAY, world


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("I want to report a near miss: wrong file attached", "wrong file attached"),
        ("Hi, I'd like to log a near miss. Nearly sent it twice", "Nearly sent it twice"),
        ("can I report a near-miss where the address was wrong", "the address was wrong"),
        ("near miss: caught the wrong statement", "caught the wrong statement"),
        ("Report a near miss", ""),
        ("near miss", ""),
        ("what is a near miss?", None),
        ("how do I report a near miss?", None),
        ("near misses in the minutes to the defence?", None),
        ("can I send the near miss report to the police?", None),
        ("", None),
    ],
)
def test_a_message_that_asks_to_report_is_told_from_one_that_asks_about_reports(message: str, said: str | None) -> None:
    assert words_of(message) == said


def test_a_page_of_paste_is_read_at_once() -> None:
    for paste in ("near miss " * 5000, " " * 50_000, "hi" + " " * 50_000, "\n" * 50_000 + "x", "i want " * 9000):
        assert words_of(paste) is None
    assert words_of("near miss: " + " " * 50_000 + "x") == "x"


def test_the_words_of_the_message_stand_in_the_form_for_some_minutes(sqlite_address: str) -> None:
    here = world(sqlite_address)
    assert here.part.after is not None
    reply = Reply(Verdict.NOT_COVERED, "-", (), (), (), "", Facts(), id="r1")
    message = Message("I want to report a near miss: wrong file attached", thread="t", sender=ANNA)
    (card,) = here.part.after(Answered(message, reply, MONDAY)).cards
    (button,) = card.buttons
    assert (button.act, button.about) == ("report.new", "r1")
    assert "wrong file" not in repr(card)
    text = next(field for field in here.form("report.new", "r1", by=ANNA).fields if field.name == "text")
    assert text.value == ("wrong file attached",)
    assert here.needs.spoken.get("r1", MONDAY + KEPT + timedelta(hours=1)) == ""
    here.engine.dispose()
