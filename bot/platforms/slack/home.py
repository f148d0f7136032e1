"""The Home tab: how to use it, what is mine, and how my data is handled."""

from collections.abc import Sequence
from typing import Any

from bot.domain.card import Button, Card, Style
from bot.platforms.chat.words import FOR_STAFF_ONLY
from bot.platforms.slack import words
from bot.platforms.slack.blocks import Block, act_button, actions, button, context, divider, header, section
from bot.platforms.slack.outgoing import card_blocks
from bot.platforms.slack.text import escape

OPEN_CHECK = "open_check"
MOST_BLOCKS = 100
_ACTS = (
    Button("report.new", "Log a near miss", opens_form=True),
    Button("report.read", "Read an answer by receipt", opens_form=True),
)


def home_view(cards: Sequence[Card]) -> dict[str, Any]:
    """The tab as Slack shows it; the newest cards first, as many as fit."""
    blocks: list[Block] = [header("Can I send this?"), *(section(escape(line)) for line in words.HELP_LINES)]
    check = button("Check before I send", OPEN_CHECK, "-", Style.PRIMARY)
    blocks += actions([check, *(act_button(one, number) for number, one in enumerate(_ACTS))])
    end = [divider(), header("How your data is handled"), *(section(escape(line)) for line in words.PRIVACY_LINES)]
    mine: list[Block] = []
    for card in cards:
        more = [divider(), *card_blocks(card)]
        if len(blocks) + len(mine) + len(more) + len(end) > MOST_BLOCKS:
            break
        mine += more
    if not cards:
        mine = [divider(), context("Your receipts and answers from the team will stand here.")]
    return {"type": "home", "callback_id": "home", "blocks": _distinct([*blocks, *mine, *end])}


def closed_view() -> dict[str, Any]:
    """The tab of somebody from outside."""
    return {"type": "home", "callback_id": "home", "blocks": [section(FOR_STAFF_ONLY)]}


def _distinct(blocks: list[Block]) -> list[Block]:
    """Block ids of our own, so that the buttons of two cards are told apart."""
    return [{**block, "block_id": f"b{number}"} for number, block in enumerate(blocks)]
