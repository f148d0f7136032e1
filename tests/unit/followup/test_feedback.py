"""Helpful or not: counted per document, with reasons, scrubbed, and without a person."""

import pytest

from bot.domain.answers import Reason
from bot.domain.card import Card, Form
from bot.domain.component import ActError
from knowledge import Facts
from tests.unit.followup.world import ASKER, NOW, PHONE, Site

FACTS = Facts(materials=("witness_statement",), recipients=("defence",))


def test_an_opinion_replaces_the_earlier_one_about_the_same_answer(site: Site) -> None:
    site.answer(FACTS)
    site.press("answer.helpful", "a1", ASKER)
    site.press("answer.not_helpful", "a1", ASKER, reason="unclear")
    (given,) = site.opinions.all()
    assert (given.helpful, given.reason, given.document, given.day) == (
        False,
        Reason.UNCLEAR,
        "statements.md",
        NOW.date(),
    )


def test_a_text_is_shown_as_it_will_be_kept_before_it_is(site: Site) -> None:
    site.answer(FACTS)
    again = site.press("answer.not_helpful", "a1", reason="wrong", text=f"ring me on {PHONE}")
    assert isinstance(again, Form)
    assert site.opinions.all() == ()
    shown = {field.name: field.value for field in again.fields}
    assert shown["reason"] == ("wrong",)
    assert "900123" not in shown["text"][0]
    thanks = site.press("answer.not_helpful", "a1", reason="wrong", text=shown["text"][0])
    assert isinstance(thanks, Card)
    assert site.opinions.all()[0].text is not None
    assert site.opinions.all()[0].text.text == shown["text"][0]  # type: ignore[union-attr]


def test_lines_of_a_browser_are_no_change(site: Site) -> None:
    site.answer(FACTS)
    assert isinstance(site.press("answer.not_helpful", "a1", reason="other", text="too\r\nmany words"), Card)


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_reason_must_be_one_of_those_offered(site: Site, reason: str) -> None:
    site.answer(FACTS)
    with pytest.raises(ActError) as caught:
        site.press("answer.not_helpful", "a1", reason=reason)
    assert caught.value.field == "reason"


def test_feedback_about_an_answer_that_is_gone_is_refused_kindly(site: Site) -> None:
    with pytest.raises(ActError, match="ask the question again"):
        site.press("answer.helpful", "unknown")


def test_the_owner_sees_counts_and_reasons_by_document_and_no_person(site: Site) -> None:
    for name, row in (("a1", 0), ("a2", 0), ("a3", 3)):
        site.answer(FACTS, name=name, row=row)
    site.press("answer.not_helpful", "a1", ASKER, reason="out_of_date", text="the 2024 form")
    site.press("answer.helpful", "a2", ASKER)
    site.press("answer.helpful", "a3", ASKER)
    page = site.component.pages["feedback"]("", {})
    rows = [[cell.words for cell in row] for row in page.tables[0].rows]
    assert rows == [
        ["Witness statements", "Disclosure lead", "1", "1", "It is out of date (1)"],
        ["Video", "Video lead", "1", "0", ""],
    ]
    one = site.component.pages["feedback"]("statements.md", {})
    assert "form" in one.tables[0].rows[0][4].words
    assert "U0ASKER" not in repr(page) + repr(one)
    with pytest.raises(ActError):
        site.component.pages["feedback"]("../../etc/passwd", {})
