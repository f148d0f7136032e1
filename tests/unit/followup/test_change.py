"""A misread fact is put right with one form; the misreading is offered to the guidance if its author agrees."""

import pytest

from bot.domain.component import ActError
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from knowledge import Facts
from tests.unit.followup.world import ASKER, TEAMMATE, Site

FACTS = Facts(materials=("witness_statement",), recipients=("defence",), channels=("email",))


def test_the_form_shows_what_was_read_and_what_else_it_could_be(site: Site) -> None:
    site.answer(FACTS)
    fields = {field.name: field for field in site.form("answer.change", "a1", ASKER).fields}
    assert fields["recipient"].value == ("defence",)
    assert [term for term, _ in fields["recipient"].options] == ["defence", "media", "police"]
    assert fields["material"].options == (("witness_statement", "a witness statement"),)
    assert fields["note"].value == ("no",)


def test_a_changed_fact_gives_a_new_answer_with_its_own_buttons_and_record(site: Site) -> None:
    site.answer(FACTS)
    values = {"material": "witness_statement", "recipient": "media", "channel": "email"}
    reply = site.press("answer.change", "a1", ASKER, **values)
    assert isinstance(reply, Reply)
    assert reply.verdict is Verdict.STOP
    assert {button.about for button in reply.buttons} == {"revised"}
    site.recorder.close()
    assert site.book.find("revised") is not None


def test_nothing_changed_is_said_so(site: Site) -> None:
    site.answer(FACTS)
    with pytest.raises(ActError, match="Nothing was changed"):
        site.press("answer.change", "a1", ASKER, material="witness_statement", recipient="defence", channel="email")


def test_a_misreading_is_noted_only_when_its_author_agrees(site: Site) -> None:
    site.answer(FACTS, "may the papers have her statement")
    site.press("answer.change", "a1", ASKER, recipient="media")
    assert site.questions.misreadings() == ()
    site.press("answer.change", "a1", ASKER, recipient="media", note="yes")
    (noted,) = site.questions.misreadings()
    assert (noted.question.text, noted.right.recipients) == ("may the papers have her statement", ("media",))
    (card,) = site.component.pages["answers"]("", {}).cards
    assert "- may the papers have her statement (row N)" in card.lines
    site.press("gap.done", noted.id, TEAMMATE)
    assert site.questions.misreadings() == ()
