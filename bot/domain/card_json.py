"""A card or a form as JSON and back, for whatever keeps or carries them."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form, Picture, Style


def card_json(card: Card) -> dict[str, Any]:
    """A card as values that JSON can hold."""
    made = asdict(card)
    if card.picture:
        made["picture"] = {"png": b64encode(card.picture.png).decode("ascii"), "alt": card.picture.alt}
    return made


def card_of(made: Mapping[str, Any]) -> Card:
    """The card that `card_json` made this of."""
    picture = made["picture"]
    return Card(
        kind=CardKind(made["kind"]),
        title=made["title"],
        lines=tuple(made["lines"]),
        details=tuple((label, value) for label, value in made["details"]),
        steps=tuple(made["steps"]),
        buttons=tuple(Button(**{**button, "style": Style(button["style"])}) for button in made["buttons"]),
        about=made["about"],
        picture=Picture(b64decode(picture["png"]), picture["alt"]) if picture else None,
        private=made.get("private", False),
    )


def form_json(form: Form) -> dict[str, Any]:
    """A form without what is filled in, as values that JSON can hold."""
    return asdict(replace(form, fields=tuple(replace(one, value=()) for one in form.fields)))


def form_of(made: Mapping[str, Any]) -> Form:
    """The form that `form_json` made this of; raises KeyError, TypeError or ValueError for anything else."""
    fields = tuple(
        Field(**{**one, "kind": FieldKind(one["kind"]), "options": _pairs(one["options"]), "value": ()})
        for one in made["fields"]
    )
    return Form(**{**made, "fields": fields, "intro": tuple(made["intro"])})


def _pairs(given: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((value, words) for value, words in given)
