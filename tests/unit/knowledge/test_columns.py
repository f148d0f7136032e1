"""Cells are read in the sense in which authors write them, and never as a softer answer than they give."""

import pytest

from knowledge.columns import answer, column, conditions, whom


@pytest.mark.parametrize(
    "cell, verdict",
    [
        ("ok", "ok"),
        ("Yes", "ok"),
        ("OK to send", "ok"),
        ("✓", "ok"),
        ("Y", "ok"),
        ("Yes - if encrypted", "safeguards"),
        ("Yes, provided it is redacted", "safeguards"),
        ("OK by CJSM", "safeguards"),
        ("Only by CJSM", "safeguards"),
        ("Allowed with safeguards", "safeguards"),
        ("yes but ask the lawyer", "ask"),
        ("Refer to the press office", "ask"),
        ("Seek approval from the DPO", "ask"),
        ("No", "stop"),
        ("No, unless the court orders it", "stop"),
        ("Don’t send", "stop"),
        ("**Never**", "stop"),
        ("✗", "stop"),
        ("not covered", "not_covered"),
        ("No problem", None),
        ("Not normally", None),
        ("Yesterday", None),
        ("okra", None),
        ("it depends", None),
        ("", None),
    ],
)
def test_an_answer_is_one_of_five_or_none(cell: str, verdict: str | None) -> None:
    assert answer(cell) == verdict


@pytest.mark.parametrize(
    "heading, name",
    [
        ("Sending", "sending"),
        ("What?", "sending"),
        ("**Material**", "sending"),
        ("Who to", "to"),
        ("Recipient(s)", "to"),
        ("How", "by"),
        ("Channel (route)", "by"),
        ("Can I?", "answer"),
        ("Can I send it?", "answer"),
        ("Send?", "answer"),
        ("Verdict", "answer"),
        ("Conditions (all must hold)", "only_if"),
        ("Only if", "only_if"),
        ("Force", None),
        ("Notes", None),
    ],
)
def test_a_column_is_known_by_its_usual_names(heading: str, name: str | None) -> None:
    assert column(heading) == name


@pytest.mark.parametrize(
    "cell, found",
    [
        ("a; b", ("a", "b")),
        ("a<br>b", ("a", "b")),
        ("none", ()),
        ("N/A", ()),
        ("—", ()),
        ("", ()),
    ],
)
def test_conditions_are_parted_and_none_is_none(cell: str, found: tuple[str, ...]) -> None:
    assert conditions(cell) == found


@pytest.mark.parametrize(
    "cell, role",
    [
        ("ask first: press office", "press office"),
        ("Refer to the press office", "press office"),
        ("Check with the disclosure lead.", "disclosure lead"),
        ("ask first", ""),
    ],
)
def test_who_is_asked_is_read_from_the_answer(cell: str, role: str) -> None:
    assert whom(cell) == role
