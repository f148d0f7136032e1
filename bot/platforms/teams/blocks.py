"""The building blocks of an Adaptive Card 1.5, each inside Teams' limits, and how many fit into one message.

Text that is not ours stands in text runs, which know no markup at all.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.card import Button, Style
from bot.platforms.chat.packing import Limits, in_messages
from bot.platforms.chat.text import clip, split
from bot.platforms.teams.text import LONGEST_PART, escape

Block = dict[str, Any]

VERSION = "1.5"
"""The ceiling in Teams."""
MOST_CHARACTERS = 26_000
"""Of one card as JSON; Teams asks for less than about 28 kB."""
MOST_MESSAGES = 5
"""A reply that needs more is folded."""
BUTTONS_IN_A_ROW = 3
"""Of the six that Teams shows: more do not fit beside one another on a telephone."""
CHARACTERS_IN_A_ROW, EDGES = 36, 4
"""Of all their words together, and how many more the edges of each take: so that a telephone cuts none off."""

ACT, FORM, SEND, CLARIFY, NOT_PERSONAL, COPY = "act", "form", "send", "clarify", "not_personal", "copy"
"""What a press asks for; stands under `KEY` in what a button carries."""
KEY = "sendcheck"
_STYLES = {Style.PRIMARY: "positive", Style.DANGER: "destructive"}


@dataclass(frozen=True)
class Posting:
    """One message: a card, and the text that notifications and screen readers get."""

    text: str = field(repr=False)
    card: Block = field(repr=False)
    answer: str = ""
    """Id of the answer it holds, for the feedback buttons under the message."""
    by_model: bool = False
    """True where a language model wrote some of it: Teams labels that."""


def heading(text: str, size: str = "Medium", style: str = "heading") -> Block:
    """A title."""
    return {
        "type": "TextBlock", "text": escape(clip(text, 300)), "size": size, "weight": "Bolder", "wrap": True,
        "style": style,
    }  # fmt: skip


def run(text: str, **more: Any) -> Block:
    """A stretch of text without markup, in which a name like "{{DATE(…)}}" is not taken for a date either."""
    return {"type": "TextRun", "text": text.replace("{{", "{\u2060{"), **more}


def rich(*runs: Block, spacing: str = "Small") -> Block:
    """A paragraph of stretches."""
    return {"type": "RichTextBlock", "inlines": list(runs), "spacing": spacing}


def paragraphs(text: str, **more: Any) -> list[Block]:
    """Paragraphs for a text of any length."""
    return [rich(run(part, **more)) for part in split(text, LONGEST_PART)]


def small(text: str) -> list[Block]:
    """A small line in grey."""
    return [rich(run(part, size="Small", isSubtle=True)) for part in split(text, LONGEST_PART)]


def bold(text: str) -> Block:
    """A line that stands out."""
    return rich(run(text, weight="Bolder"), spacing="Medium")


def bullets(lines: Iterable[str], sign: str = "•") -> list[Block]:
    """A list, each line with its sign at the side, so that long ones stay aligned."""
    return [
        {
            "type": "ColumnSet",
            "spacing": "Small",
            "columns": [
                {"type": "Column", "width": "20px", "items": [rich(run(sign))]},
                {"type": "Column", "width": "stretch", "items": paragraphs(line)},
            ],
        }
        for line in lines
        if line
    ]


def steps(lines: Sequence[str]) -> list[Block]:
    """A numbered list."""
    return [block for number, line in enumerate(lines, start=1) for block in bullets([line], f"{number}.")]


def container(items: Sequence[Block], style: str = "default", **more: Any) -> Block:
    """Blocks that belong together, on a ground of their own."""
    return {"type": "Container", "style": style, "items": list(items), **more}


def execute(words: str, data: Block, style: Style = Style.PLAIN, *, gathers: bool = False) -> Block:
    """A button whose press comes back to this app; older clients send it as a message instead.

    One that `gathers` takes along what was filled in; to any other, a question that is not answered is no hindrance.
    """
    made: Block = {"title": clip(words, 60), "data": {KEY: data}, **_look(style)}
    made |= {} if gathers else {"associatedInputs": "none"}
    return {
        "type": "Action.Execute", "verb": str(data["do"]), **made, "fallback": {"type": "Action.Submit", **made},
    }  # fmt: skip


def opens(words: str, data: Block, style: Style = Style.PLAIN) -> Block:
    """A button that opens a dialog; a client without dialogs sends it as a message instead."""
    fetch = {"msteams": {"type": "task/fetch"}}
    made: Block = {"type": "Action.Submit", "title": clip(words, 60), "data": {**fetch, KEY: data}}
    return {**made, "associatedInputs": "none", **_look(style)}


def _look(style: Style) -> Block:
    return {"style": _STYLES[style]} if style in _STYLES else {}


def link(words: str, address: str) -> Block:
    """A button that opens an address."""
    return {"type": "Action.OpenUrl", "title": clip(words, 60), "url": address}


def act_button(one: Button) -> Block:
    """A button of the desk."""
    data = {"do": FORM if one.opens_form else ACT, "act": one.act, "about": one.about}
    return opens(one.words, data, one.style) if one.opens_form else execute(one.words, data, one.style)


def actions(buttons: Sequence[Block]) -> list[Block]:
    """Rows of buttons."""
    rows: list[list[Block]] = []
    for one in buttons:
        words = sum(len(other["title"]) + EDGES for other in (*(rows[-1] if rows else ()), one))
        if not rows or len(rows[-1]) == BUTTONS_IN_A_ROW or words > CHARACTERS_IN_A_ROW:
            rows.append([])
        rows[-1].append(one)
    return [
        {"type": "ActionSet", "actions": row, "spacing": "Small" if at else "Medium"} for at, row in enumerate(rows)
    ]


def act_buttons(buttons: Sequence[Button]) -> list[Block]:
    """Rows of the desk's buttons."""
    return actions([act_button(one) for one in buttons])


def card_of(body: Sequence[Block]) -> Block:
    """A card of these blocks, with ids of its own for every button."""
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "msteams": {"width": "Full"},
        "body": _with_ids(list(body)),
    }


def with_line(posting: Posting, text: str) -> Posting:
    """The message with a small line below it."""
    return replace(posting, card={**posting.card, "body": [*posting.card["body"], *small(text)]})


def size(value: object) -> int:
    """How large it is on its way, in bytes."""
    return len(json.dumps(value, ensure_ascii=False).encode())


def packed(blocks: Sequence[Block], text: str, answer: str = "", kept: Sequence[Block] = ()) -> tuple[Posting, ...]:
    """The blocks in as few messages as hold them; what is `kept` comes last and is never folded away."""
    return tuple(
        Posting(clip(text if number == 0 else "(continued)", 300), card_of(body), answer if number == 0 else "")
        for number, body in enumerate(in_messages(blocks, kept, LIMITS))
    )


LIMITS = Limits(
    size=lambda block: size(block) + 2,
    most_size=MOST_CHARACTERS,
    # Only its size limits a card.
    most_blocks=MOST_CHARACTERS,
    most_messages=MOST_MESSAGES,
    folded=small,
)


def buttons_in(value: object) -> Iterator[Block]:
    """Every button of a card, in order, without the fallbacks."""
    if isinstance(value, dict):
        if str(value.get("type", "")).startswith("Action."):
            yield value
            return
        for one in value.values():
            yield from buttons_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from buttons_in(one)


def _with_ids(body: list[Block]) -> list[Block]:
    made: list[Block] = json.loads(json.dumps(body))
    for number, one in enumerate(buttons_in(made)):
        one["id"] = f"b{number}"
        if "fallback" in one:
            one["fallback"]["id"] = f"f{number}"
    return made
