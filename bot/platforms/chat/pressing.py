"""Presses are done once, however often their outcome has to be shown again."""

from bot.domain.card import Card
from bot.domain.card_json import card_json, card_of
from bot.domain.component import Outcome, Press
from bot.domain.ports.assistant import ActDesk
from bot.platforms.chat.notes import Notes
from bot.turns import Turn

OUTCOME = "outcome"


def press_once(desk: ActDesk, press: Press, turn: Turn) -> Outcome:
    """Do what was pressed; when an earlier try did it and could not show it, what came of it. Raises ActError."""
    notes = Notes(turn)
    done = notes.get(OUTCOME)
    if done is not None:
        return card_of(done)
    outcome = desk.press(press)
    if isinstance(outcome, Card):
        # A form or an answer can be had again without doing anything; a card says that something was done.
        notes.put(outcome=card_json(outcome))
    return outcome
