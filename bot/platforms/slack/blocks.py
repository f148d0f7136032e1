"""The building blocks of a Slack message, each inside Slack's limits, and how many fit into one message."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.card import Button, Style
from bot.platforms.chat.packing import Limits, in_messages
from bot.platforms.chat.text import clip, split
from bot.platforms.slack.text import LONGEST_FALLBACK, LONGEST_SECTION, escape

Block = dict[str, Any]

MOST_BLOCKS = 45
"""Of the 50 that a message may have; the rest is for what is added later, such as a choice that was made."""

MOST_CHARACTERS = 11_500
"""All blocks together as JSON; Slack refuses messages from about 13,200 on."""

MOST_MESSAGES = 4
"""A reply that needs more is folded."""

_STYLES = {Style.PRIMARY: "primary", Style.DANGER: "danger"}
ACT = "act"
FORM = "form"
SEPARATOR = "|"
MORE, RATE = "more", "rate"
HELPFUL, NOT_HELPFUL = "answer.helpful", "answer.not_helpful"
SELDOM = frozenset({"answer.mute"})
"""What few people want each time."""
MOST_BUTTONS, MOST_SELDOM = 4, 5
"""Beside the three dots, and behind them."""


@dataclass(frozen=True)
class Posting:
    """One message: blocks, and the text that notifications and screen readers get."""

    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)


def header(text: str) -> Block:
    """A title."""
    return {"type": "header", "text": {"type": "plain_text", "text": clip(text, 150), "emoji": True}}


def section(text: str, accessory: Block | None = None) -> Block:
    """A paragraph of at most 3,000 characters, already escaped; addresses and names in it are not made into links."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": clip(text, 3000), "verbatim": True}}
    return block | ({"accessory": accessory} if accessory else {})


def paragraphs(text: str) -> list[Block]:
    """Sections for a text of any length, already escaped."""
    return [section(part) for part in split(text, LONGEST_SECTION)]


def context(text: str) -> Block:
    """A small line, already escaped."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": clip(text, 2900), "verbatim": True}]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def bullets(lines: Iterable[str], sign: str = "•") -> list[Block]:
    """A list, escaped here."""
    text = "\n".join(f"{sign} {escape(line)}" for line in lines)
    return paragraphs(text) if text else []


def button(words: str, action_id: str, value: str = "", style: Style = Style.PLAIN) -> Block:
    """One button."""
    made: Block = {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": clip(words, 75), "emoji": False},
    }
    return made | ({"value": value} if value else {}) | ({"style": _STYLES[style]} if style in _STYLES else {})


def act_button(one: Button, number: int) -> Block:
    """A button of the desk: its act stands in the action id, what it is about in the value."""
    kind = FORM if one.opens_form else ACT
    return button(one.words, SEPARATOR.join((kind, one.act, str(number))), one.about or "-", one.style)


def actions(elements: Sequence[Block]) -> list[Block]:
    """Rows of at most five buttons, which a narrow screen still shows well."""
    return [{"type": "actions", "elements": list(elements[at : at + 5])} for at in range(0, len(elements), 5)]


def act_buttons(buttons: Sequence[Button]) -> list[Block]:
    """The desk's buttons: at most five things to press, what is used least behind three dots."""
    first = [one for one in buttons if one.act not in SELDOM]
    seldom = [one for one in buttons if one.act in SELDOM]
    most = MOST_BUTTONS if seldom or len(first) > MOST_BUTTONS + 1 else MOST_BUTTONS + 1
    last = [*first[most:], *seldom]
    shown = [act_button(one, buttons.index(one)) for one in first[:most]]
    more = [
        {"text": {"type": "plain_text", "text": clip(one.words, 75)}, "value": _packed(one)}
        for one in last[:MOST_SELDOM]
    ]
    if more:
        shown.append({"type": "overflow", "action_id": MORE, "options": more})
    return actions(shown)


def reply_buttons(buttons: Sequence[Button]) -> list[Block]:
    """The buttons of an answer; whether it helped is asked with Slack's own two thumbs."""
    good = next((one for one in buttons if one.act == HELPFUL), None)
    bad = next((one for one in buttons if one.act == NOT_HELPFUL), None)
    if not (good and bad):
        return act_buttons(buttons)
    thumbs = {
        "type": "feedback_buttons",
        "action_id": RATE,
        "positive_button": {"text": {"type": "plain_text", "text": good.words}, "value": _packed(good)},
        "negative_button": {"text": {"type": "plain_text", "text": bad.words}, "value": _packed(bad)},
    }
    others = [one for one in buttons if one not in (good, bad)]
    return [*act_buttons(others), {"type": "context_actions", "elements": [thumbs]}]


def asked_for(action: Mapping[str, Any]) -> tuple[str, ...]:
    """What a press asks for: the parts of its action id, and its value last."""
    value = str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    name = str(action.get("action_id") or "")
    if name in (MORE, RATE):
        return tuple(value.split(SEPARATOR))
    parts = name.split(SEPARATOR)
    # The number behind an act only tells buttons of one row apart.
    return (*(parts[:2] if parts[0] in (ACT, FORM) else parts), value)


def _packed(one: Button) -> str:
    return SEPARATOR.join((FORM if one.opens_form else ACT, one.act, one.about or "-"))


def packed(blocks: Sequence[Block], text: str, kept: Sequence[Block] = ()) -> tuple[Posting, ...]:
    """The blocks in as few messages as hold them; what is `kept` comes last and is never folded away."""
    return tuple(
        Posting(clip(escape(text if number == 0 else "(continued)"), LONGEST_FALLBACK), tuple(one))
        for number, one in enumerate(in_messages(blocks, kept, LIMITS))
    )


LIMITS = Limits(
    size=lambda block: len(json.dumps(block, ensure_ascii=False)) + 2,
    most_size=MOST_CHARACTERS,
    most_blocks=MOST_BLOCKS,
    most_messages=MOST_MESSAGES,
    folded=lambda said: [context(said)],
)
