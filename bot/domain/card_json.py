"""A card as JSON and back, for whatever keeps or carries cards."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.domain.card import Button, Card, CardKind, Picture, Style


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
    )
