"""What the team and reporters write to one another: shown as it will be kept, put right, and only then kept."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from collections.abc import Iterator

import pytest

from bot.domain.card import Card, Form
from bot.domain.component import ActError
from tests.databases import sqlite_address  # noqa: F401
from tests.near_miss_world import ANNA, TEAM, TEAM_PLACE, World, of, world

TEXT = "Nearly sent the letter to the wrong solicitor, caught it in time"
LEARNED = "The Falconbridge template of Okafor keeps the old address."
CHANGED = "It is blank now."


@pytest.fixture
def here(sqlite_address: str) -> Iterator[World]:
    made = world(sqlite_address)
    yield made
    made.engine.dispose()


def form(came: object) -> Form:
    assert isinstance(came, Form), came
    return came


def filled(shown: Form, **changes: object) -> dict[str, object]:
    return {**{one.name: one.value for one in shown.fields}, **changes}


def draft(here: World) -> Card:
    receipt = of(here.report(TEXT), "Report")
    return here.agree("report.lesson", receipt, TEAM, learned=LEARNED, changed=CHANGED)


@pytest.mark.parametrize("act", ["report.ask_back", "report.decide", "report.lesson", "report.talk"])
def test_words_out_of_which_something_is_taken_are_shown_before_anything_is_kept_or_told(here: World, act: str) -> None:
    receipt = of(here.report(TEXT), "Report")
    told = len(here.outbox.sent)
    given = {"text": LEARNED, "decision": "change", "learned": LEARNED, "changed": CHANGED}
    shown = form(here.press(act, receipt, ANNA if act == "report.talk" else TEAM, **given))
    assert shown.act == act
    assert "The [name] template of [name] keeps" in str([one.value for one in shown.fields])
    assert (here.needs.reports.notes(receipt), here.needs.lessons.list(), len(here.outbox.sent)) == ((), (), told)


def test_a_word_that_was_taken_for_a_name_can_be_put_back_in_its_place(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    shown = form(here.press("report.ask_back", receipt, TEAM, text=LEARNED))
    (keep,) = [one for one in shown.fields if one.name == "keep_text"]
    assert [value for value, _ in keep.options] == ["0/2:Falconbridge", "1/2:Okafor"]
    here.agree("report.ask_back", receipt, TEAM, **filled(shown, keep_text=("0/2:Falconbridge",)))
    assert (
        here.needs.reports.notes(receipt)[-1].text.text == "The Falconbridge template of [name] keeps the old address."
    )


def test_what_is_put_back_stays_so_when_a_new_name_is_typed_beside_it(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    shown = form(here.press("report.ask_back", receipt, TEAM, text="The Falconbridge template?"))
    typed = filled(shown, text="The [name] template, from Okafor?", keep_text=("0/1:Falconbridge",))
    again = form(here.press("report.ask_back", receipt, TEAM, **typed))
    assert [one.value for one in again.fields] == [("The [name] template, from [name]?",), ("0/2:Falconbridge",)]
    here.agree("report.ask_back", receipt, TEAM, **filled(again))
    assert here.needs.reports.notes(receipt)[-1].text.text == "The Falconbridge template, from [name]?"


@pytest.mark.parametrize("text", ["Nothing stands here", "[name] and [name]"])
def test_words_cannot_be_put_back_where_their_label_is_gone(here: World, text: str) -> None:
    receipt = of(here.report(TEXT), "Report")
    with pytest.raises(ActError) as told:
        here.press("report.ask_back", receipt, TEAM, text=text, keep_text=("0/1:Falconbridge",))
    assert told.value.field == "keep_text"


def test_what_a_reporter_adds_is_theirs_to_look_over_first(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    shown = form(here.press("report.talk", receipt, ANNA, text="Ring 07700 900123, it was Falconbridge"))
    here.agree("report.talk", receipt, ANNA, **filled(shown, keep_text=("1/2:Falconbridge",)))
    assert here.outbox.to(TEAM_PLACE)[-1].lines == ("Ring [number], it was Falconbridge",)


def test_a_draft_of_a_lesson_is_changed_until_it_is_approved(here: World) -> None:
    card = draft(here)
    assert card.lines[0] == "The [name] template of [name] keeps the old address."
    shown = here.form("lesson.edit", card.about, TEAM)
    assert shown.fields[0].value == (card.lines[0],)
    better = here.agree("lesson.edit", card.about, TEAM, learned="The letter template keeps it.", changed=CHANGED)
    assert better.lines == ("The letter template keeps it.", "What changed: It is blank now.")
    here.press("lesson.approve", card.about, TEAM)
    with pytest.raises(ActError, match="approved already"):
        here.form("lesson.edit", card.about, TEAM)
    with pytest.raises(ActError, match="approved already"):
        here.press("lesson.discard", card.about, TEAM)


def test_a_word_that_was_put_back_into_a_draft_stays_when_the_draft_is_changed(here: World) -> None:
    receipt = of(here.report(TEXT), "Report")
    shown = form(here.press("report.lesson", receipt, TEAM, learned="The Falconbridge template", changed=CHANGED))
    card = here.agree("report.lesson", receipt, TEAM, **filled(shown, keep_learned=("0/1:Falconbridge",)))
    better = here.press("lesson.edit", card.about, TEAM, learned="The old Falconbridge template", changed=CHANGED)
    assert isinstance(better, Card)
    assert better.lines[0] == "The old Falconbridge template"
    form(here.press("lesson.edit", card.about, TEAM, learned="The Okafor template", changed=CHANGED))


def test_a_discarded_draft_leaves_its_reports_free_for_another(here: World) -> None:
    card = draft(here)
    here.press("lesson.discard", card.about, TEAM)
    assert here.needs.lessons.list() == ()
    (row,) = here.desk.page("reports", {}).tables[0].rows
    report = here.needs.reports.find(row[0].words)
    assert report is not None
    assert report.lesson == ""
