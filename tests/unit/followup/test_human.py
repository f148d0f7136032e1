"""Ask a person: the team gets the scrubbed question with a clock, the asker gets the answer, nobody is named."""

from datetime import timedelta

import pytest

from bot.domain.answers import State
from bot.domain.card import Card, CardKind, Form
from bot.domain.component import ActError, Alarm
from bot.domain.people import Person, Place
from bot.followup.human import DUE, LATE
from knowledge import Facts, Library
from tests.unit.followup.world import ASKER, LEAD, NOW, PHONE, TEAM, TEAMMATE, Site

FACTS = Facts(materials=("witness_statement",), recipients=("interpreter",))
ASKER_PLACE = ASKER.place or Place("", "")


def asked(site: Site, by: Person | None = ASKER, text: str = "may the interpreter have it tonight?") -> str:
    """Ask a person about an "ask first" answer; gives the code."""
    site.answer(FACTS, by=by, row=2)
    card = site.press("answer.ask_human", "a1", by, question=text)
    assert isinstance(card, Card)
    return dict(card.details)["Code"]


def test_the_form_holds_the_scrubbed_question_and_says_who_sees_it(site: Site) -> None:
    site.answer(FACTS, f"may the interpreter ring {PHONE}?", row=2)
    form = site.form("answer.ask_human", "a1", ASKER)
    assert form.fields[0].value[0].startswith("may the interpreter ring")
    assert "900123" not in form.fields[0].value[0]
    assert "not who you are" in form.intro[0]


def test_another_process_knows_the_question_of_an_answer(site: Site, library: Library) -> None:
    site.answer(FACTS, "may the interpreter have it?", row=2)
    elsewhere = Site(site.engine, library)
    assert elsewhere.form("answer.ask_human", "a1", ASKER).fields[0].value == ("may the interpreter have it?",)
    elsewhere.recorder.close()


def test_a_question_from_long_ago_is_typed_again(site: Site) -> None:
    assert site.form("answer.ask_human", "unknown", ASKER).fields[0].value == ()


def test_a_question_that_scrubbing_changed_is_shown_before_it_is_sent(site: Site) -> None:
    site.answer(FACTS, row=2)
    form = site.press("answer.ask_human", "a1", ASKER, question=f"call {PHONE} about it?")
    assert isinstance(form, Form)
    assert site.post.sent == {}
    assert isinstance(site.press("answer.ask_human", "a1", ASKER, question=form.fields[0].value[0]), Card)
    assert "900123" not in repr(site.post.to(TEAM)[0].lines)


def test_the_team_gets_the_question_without_who_asked(site: Site) -> None:
    code = asked(site)
    (card,) = site.post.to(TEAM)
    details = dict(card.details)
    assert card.kind is CardKind.QUESTION
    assert card.lines == ("may the interpreter have it tonight?",)
    assert (details["Code"], details["For"], details["The guidance said"]) == (code, "the disclosure lead", "Ask first")
    assert details["Read as"] == "a witness statement to an interpreter"
    assert "U0ASKER" not in repr(card.details) + repr(card.buttons)
    assert site.alarms.coming(code) == (Alarm(f"human:{code}", DUE, code, NOW + timedelta(days=3)),)


def test_the_answer_comes_back_to_the_asker_and_the_clock_stops(site: Site) -> None:
    code = asked(site)
    site.press("human.answer", code, TEAMMATE, answer="Yes, by secure email.", offer="no")
    (card,) = site.post.to(ASKER_PLACE)
    assert "Yes, by secure email." in card.lines
    assert site.alarms.waiting() == {}
    kept = site.questions.find(code)
    assert kept is not None
    assert (kept.state, kept.answered_by) == (State.ANSWERED, "U0TEAM")


def test_an_asker_without_a_place_reads_the_answer_by_the_code(site: Site) -> None:
    code = asked(site, by=None)
    waiting = site.press("answer.read", code=code.lower())
    assert isinstance(waiting, Card)
    assert "no answer yet" in waiting.lines[1]
    site.press("human.answer", code, TEAMMATE, answer="Yes.", offer="no")
    answered = site.press("answer.read", code=f" {code} ")
    assert isinstance(answered, Card)
    assert "Yes." in answered.lines


@pytest.mark.parametrize("code", ["", "HQ-2222-2222", "'; drop table"])
def test_a_wrong_code_says_what_a_code_looks_like(site: Site, code: str) -> None:
    with pytest.raises(ActError, match="HQ-7F3K-92QD"):
        site.press("answer.read", code=code)


def test_the_second_of_two_who_answer_is_told_that_somebody_was_quicker(site: Site) -> None:
    code = asked(site)
    site.press("human.answer", code, TEAMMATE, answer="Yes.", offer="no")
    with pytest.raises(ActError, match="quicker"):
        site.press("human.answer", code, TEAMMATE, answer="No.", offer="no")
    assert len(site.post.to(ASKER_PLACE)) == 1


def test_an_answer_is_scrubbed_and_shown_first(site: Site) -> None:
    code = asked(site)
    form = site.press("human.answer", code, TEAMMATE, answer=f"Ring {PHONE}.", offer="yes")
    assert isinstance(form, Form)
    assert form.fields[1].value == ("yes",)
    assert site.post.to(ASKER_PLACE) == []


def test_closing_deletes_who_asked_and_who_answered(site: Site) -> None:
    code = asked(site)
    site.press("human.answer", code, TEAMMATE, answer="Yes.", offer="no")
    site.press("human.close", code, TEAMMATE)
    kept = site.questions.find(code)
    assert kept is not None
    assert (kept.state, kept.place, kept.answered_by) == (State.CLOSED, None, "")
    assert kept.answer is not None


def test_an_asker_whose_question_is_closed_unanswered_is_told_whom_to_ask(site: Site) -> None:
    code = asked(site)
    site.press("human.close", code, TEAMMATE)
    (card,) = site.post.to(ASKER_PLACE)
    assert "ask the disclosure lead directly" in card.lines[0]
    with pytest.raises(ActError, match="quicker"):
        site.press("human.close", code, TEAMMATE)


def test_a_question_that_waits_reminds_the_team_and_then_the_lead_once(site: Site) -> None:
    code = asked(site)
    run = site.component.alarms[DUE]
    later = NOW + timedelta(days=3)
    for _ in range(2):
        run(Alarm(f"human:{code}", DUE, code, later), later)
    assert [card.kind for card in site.post.to(TEAM)] == [CardKind.QUESTION, CardKind.REMINDER]
    assert LATE in [alarm.kind for alarm in site.alarms.coming(code)]
    for _ in range(2):
        site.component.alarms[LATE](Alarm(f"human:{code}:late", LATE, code, later), later)
    assert [card.kind for card in site.post.to(LEAD)] == [CardKind.REMINDER]


def test_nobody_is_reminded_of_what_was_answered(site: Site) -> None:
    code = asked(site)
    site.press("human.answer", code, TEAMMATE, answer="Yes.", offer="no")
    site.component.alarms[DUE](Alarm(f"human:{code}", DUE, code, NOW), NOW)
    assert [card.kind for card in site.post.to(TEAM)] == [CardKind.QUESTION]


def test_only_the_team_answers_and_closes(site: Site) -> None:
    assert all(site.act(name).team for name in ("human.answer", "human.close", "gap.done"))
    assert not any(act.team for name, act in site.component.acts.items() if name.startswith("answer."))


def test_the_board_shows_what_waits_what_is_overdue_and_what_was_said(site: Site) -> None:
    code = asked(site)
    page = site.component.pages["answers"]("", {})
    waiting, settled = page.tables
    assert [cell.words for cell in waiting.rows[0]][:3] == [
        code,
        "may the interpreter have it tonight?",
        "the disclosure lead",
    ]
    assert settled.rows == ()
    assert [button.act for button in site.component.pages["answers"](code, {}).cards[0].buttons] == [
        "human.answer",
        "human.close",
    ]


def test_an_offered_answer_is_a_draft_to_copy_and_goes_when_dealt_with(site: Site) -> None:
    code = asked(site)
    site.press("human.answer", code, TEAMMATE, answer="Yes, by secure email.", offer="yes")
    (candidate,) = site.component.pages["answers"]("", {}).cards
    row = "| a witness statement | an interpreter | any | ask first: the disclosure lead |  |"
    assert row in candidate.lines
    assert "- may the interpreter have it tonight? (row 1)" in candidate.lines
    text = site.component.downloads["answers"]("guidance-candidates.md", {}).content.decode()
    assert row in text
    site.press("gap.done", code, TEAMMATE)
    assert site.component.pages["answers"]("", {}).cards == ()


def test_answered_questions_lose_their_people_after_two_weeks_and_go_after_a_year(site: Site) -> None:
    code = asked(site)
    site.press("human.answer", code, TEAMMATE, answer="Yes.", offer="no")
    purge = site.component.purge
    assert purge is not None
    purge(NOW + timedelta(days=15))
    kept = site.questions.find(code)
    assert kept is not None
    assert (kept.place, kept.answered_by) == (None, "")
    purge(NOW + timedelta(days=366))
    assert site.questions.find(code) is None
