"""What is filled in on a form of the web, field by field."""

import pytest
from starlette.datastructures import FormData

from bot.domain.card import Field, FieldKind, Form
from bot.platforms.web import fields
from tests.web_component import EVERY_FIELD

FULL = [
    ("f-where", " The court "),
    ("f-story", "One line.\r\nAnother\x07."),
    ("f-kind", "post"),
    ("f-office", "o3"),
    ("f-causes", "rush"),
    ("f-causes", "template"),
    ("f-seen", "no"),
    ("f-when", "2026-11-20T17:55:00"),
]


def one(field: Field, *values: str) -> str:
    """What is wrong with one field."""
    form = Form("act", "Title", (field,))
    given = fields.typed(form, FormData([(f"f-{field.name}", value) for value in values]))
    return fields.problems(form, given).get(field.name, "")


def test_every_kind_of_field_arrives_as_its_values() -> None:
    given = fields.typed(EVERY_FIELD, FormData([*FULL]))
    assert fields.problems(EVERY_FIELD, given) == {}
    assert given == {
        "where": ("The court",),
        "story": ("One line.\nAnother .",),
        "kind": ("post",),
        "office": ("o3",),
        "causes": ("rush", "template"),
        "seen": ("no",),
        "when": ("2026-11-20T17:55",),
    }


def test_what_the_form_does_not_ask_for_is_dropped() -> None:
    given = fields.typed(EVERY_FIELD, FormData([("f-team", "yes"), ("where", "x"), ("f-where", "a"), ("f-where", "b")]))
    assert given == {"where": ("a",)}


def test_everything_that_is_missing_is_said_at_once() -> None:
    assert fields.problems(EVERY_FIELD, {}) == {
        "where": "Fill this in; a few words are enough.",
        "story": "Fill this in; a few words are enough.",
        "kind": "Choose one.",
        "seen": "Choose yes or no.",
        "when": "Give the date and the time.",
    }


@pytest.mark.parametrize(
    ("field", "values", "wrong"),
    [
        (Field("a", "A", longest=3), ("abc",), ""),
        (Field("a", "A", longest=3), ("abcde",), "Make this 2 characters shorter; it can be 3 long."),
        (Field("a", "A", FieldKind.CHOICE, options=(("x", "X"),)), ("y",), "Choose from what is offered here."),
        (Field("a", "A", FieldKind.CHOICES, options=(("x", "X"),)), ("x", "y"), "Choose from what is offered here."),
        (Field("a", "A", FieldKind.CHOICES, required=True), (), "Choose at least one."),
        (Field("a", "A", FieldKind.YES_NO), ("perhaps",), "Choose yes or no."),
        (Field("a", "A", FieldKind.MOMENT), ("2026-02-30T10:00",), "Write the date and time like 2026-11-22T17:30."),
        (Field("a", "A", FieldKind.MOMENT), ("yesterday",), "Write the date and time like 2026-11-22T17:30."),
        (Field("a", "A", FieldKind.MOMENT), ("2026-11-22 17:30",), ""),
        (Field("a", "A", required=True), ("  ",), "Fill this in; a few words are enough."),
    ],
)
def test_what_is_wrong_with_a_field_says_what_to_do(field: Field, values: tuple[str, ...], wrong: str) -> None:
    assert one(field, *values) == wrong
