"""Forms as Slack modals, and what comes back from them; nothing here does input or output."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.card import Card, Field, FieldKind, Form
from bot.platforms.chat.text import clip
from bot.platforms.slack.blocks import Block, context, paragraphs, section
from bot.platforms.slack.outgoing import card_blocks
from bot.platforms.slack.text import escape

FORM, CHECK = "form", "check"
"""Callback ids: a form of the desk, and the private check of files."""
WRONG = "wrong"
"""Block id of what is said to be wrong, above what was typed."""
NO_VALUE = "-"
"""Stands for the empty value of an option, which Slack does not take."""
LONGEST_OPTION = 75
"""Most characters of an option's text, and of the small line below it."""
_FEW = 4
"""Options that are shown all at once instead of in a list."""
_YES_NO = (("yes", "Yes"), ("no", "No"))


def modal(form: Form, back_to: Mapping[str, str], zone: ZoneInfo) -> Block:
    """The form as a modal; `back_to` (channel, thread) is where a reply that follows is posted."""
    blocks = [part for line in form.intro if line for part in paragraphs(escape(line))]
    blocks += [_input(one, zone) for one in form.fields]
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": _plain(form.title, 24),
        "submit": _plain(form.submit, 24),
        "close": _plain("Cancel", 24),
        "private_metadata": json.dumps({"act": form.act, "about": form.about, **back_to}),
        "blocks": blocks or [context("Nothing to fill in.")],
    }


def card_modal(card: Card, back_to: Mapping[str, str]) -> Block:
    """What followed, in place of the form; a card that is posted as well has its buttons there."""
    shown = card if card.private else replace(card, buttons=())
    return {
        "type": "modal",
        "callback_id": "done",
        "title": _plain("Done", 24),
        "close": _plain("Close", 24),
        "private_metadata": json.dumps(dict(back_to)),
        "blocks": card_blocks(shown)[:100],
    }


def check_modal(back_to: Mapping[str, str]) -> Block:
    """The private route for files: they go to this app alone and are posted in no channel."""
    upload: Block = {"type": "file_input", "action_id": "files", "max_files": 10}
    words: Block = {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 3000}
    words["placeholder"] = _plain("What is it, to whom does it go, and how?", 150)
    case: Block = {"type": "plain_text_input", "action_id": "case", "max_length": 40}
    return {
        "type": "modal",
        "callback_id": CHECK,
        "title": _plain("Check before I send", 24),
        "submit": _plain("Check", 24),
        "close": _plain("Cancel", 24),
        "private_metadata": json.dumps(dict(back_to)),
        "blocks": [
            section("The files are checked and forgotten. The answer comes to you alone, in a direct message."),
            {"type": "input", "block_id": "files", "optional": True, "label": _plain("Files", 2000), "element": upload},
            {
                "type": "input",
                "block_id": "text",
                "optional": True,
                "label": _plain("Question", 2000),
                "element": words,
            },
            {"type": "input", "block_id": "case", "optional": True, "label": _plain("Case URN", 2000), "element": case},
        ],
    }


def values(view: Mapping[str, Any], zone: ZoneInfo) -> dict[str, tuple[str, ...]]:
    """What was filled in, by field name."""
    state = view.get("state", {}).get("values", {})
    return {name: _value(next(iter(given.values()), {}), zone) for name, given in state.items()}


def is_filled_in(view: Mapping[str, Any]) -> bool:
    """Whether the private check holds anything to check."""
    given = values(view, ZoneInfo("UTC"))
    return bool(uploaded(view) or any(text.strip() for text in given.get("text", ())))


def refilled(view: Mapping[str, Any], error: str) -> Block:
    """A form as it was sent, with what was wrong above it: nothing has to be typed twice."""
    state = view.get("state", {}).get("values", {})
    blocks = [
        _with_given(block, next(iter(state.get(block.get("block_id"), {}).values()), {}))
        for block in view["blocks"]
        if block.get("block_id") != WRONG
    ]
    parts = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    kept = {part: view[part] for part in parts if part in view}
    return {**kept, "blocks": [{**section(f":warning: {escape(error)}"), "block_id": WRONG}, *blocks]}


def _with_given(block: Block, given: Mapping[str, Any]) -> Block:
    if block.get("type") != "input" or not given:
        return block
    element = {key: value for key, value in block["element"].items() if not key.startswith("initial_")}
    several = [one["value"] for one in given.get("selected_options") or ()]
    single = (given.get("selected_option") or {}).get("value")
    chosen = [one for one in element.get("options", ()) if one["value"] in (*several, single)]
    if given.get("value"):
        element["initial_value"] = given["value"]
    elif given.get("selected_date_time"):
        element["initial_date_time"] = given["selected_date_time"]
    elif chosen:
        element |= {"initial_options": chosen} if several else {"initial_option": chosen[0]}
    return {**block, "element": element}


def notice(title: str, text: str) -> Block:
    """A dialog that says one thing."""
    return {
        "type": "modal",
        "callback_id": "done",
        "title": _plain(title, 24),
        "close": _plain("Close", 24),
        "blocks": paragraphs(escape(text)),
    }


def uploaded(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The files of the private check, as Slack describes them."""
    given = view.get("state", {}).get("values", {}).get("files", {}).get("files", {})
    return list(given.get("files") or [])


def _input(one: Field, zone: ZoneInfo) -> Block:
    block: Block = {
        "type": "input",
        "block_id": one.name,
        "optional": not one.required,
        "label": _plain(one.label, 2000),
        "element": _element(one, zone),
    }
    return block | ({"hint": _plain(one.hint, 2000)} if one.hint else {})


def _element(one: Field, zone: ZoneInfo) -> Block:
    filled = one.value[0] if one.value else ""
    if one.kind in (FieldKind.LINE, FieldKind.TEXT):
        longest = min(one.longest, 3000)
        element: Block = {"type": "plain_text_input", "action_id": one.name, "max_length": longest}
        element["multiline"] = one.kind is FieldKind.TEXT
        return element | ({"initial_value": filled[:longest]} if filled else {})
    if one.kind is FieldKind.MOMENT:
        picker: Block = {"type": "datetimepicker", "action_id": one.name}
        return picker | ({"initial_date_time": _stamp(filled, zone)} if filled else {})
    return _choice(one)


def _choice(one: Field) -> Block:
    given = _YES_NO if one.kind is FieldKind.YES_NO else one.options[:100]
    options = [_option(value, words) for value, words in given]
    chosen = [option for option in options if option["value"] in {value or NO_VALUE for value in one.value}]
    several = one.kind is FieldKind.CHOICES
    few = len(options) <= _FEW
    kind = (
        ("checkboxes" if few else "multi_static_select") if several else ("radio_buttons" if few else "static_select")
    )
    element: Block = {"type": kind, "action_id": one.name, "options": options}
    if not few:
        element["placeholder"] = _plain("Choose", 150)
    if chosen:
        element |= {"initial_options": chosen} if several else {"initial_option": chosen[0]}
    return element


def _value(given: Mapping[str, Any], zone: ZoneInfo) -> tuple[str, ...]:
    if given.get("selected_option"):
        return (_chosen(str(given["selected_option"]["value"])),)
    if "selected_options" in given:
        return tuple(_chosen(str(option["value"])) for option in given["selected_options"] or ())
    if given.get("selected_date_time"):
        moment = datetime.fromtimestamp(int(given["selected_date_time"]), zone)
        return (f"{moment:%Y-%m-%dT%H:%M}",)
    return (str(given["value"]),) if given.get("value") else ()


def _option(value: str, words: str) -> Block:
    """One option; what is too long for its text goes on in the small line below it."""
    option: Block = {"text": _plain(words, LONGEST_OPTION), "value": value or NO_VALUE}
    if len(words) <= LONGEST_OPTION:
        return option
    head, sign, rest = words.partition(" in: ")
    head, rest = (head, f"in: {rest}") if sign else words.partition(": ")[::2]
    if not rest or len(head) > LONGEST_OPTION:
        cut = words.rfind(" ", 0, LONGEST_OPTION)
        head, rest = (words[:cut], words[cut + 1 :]) if cut > 0 else (words[:LONGEST_OPTION], words[LONGEST_OPTION:])
    return {"text": _plain(head, LONGEST_OPTION), "description": _plain(rest, LONGEST_OPTION), "value": option["value"]}


def _chosen(value: str) -> str:
    return "" if value == NO_VALUE else value


def _stamp(moment: str, zone: ZoneInfo) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp())


def _plain(text: str, longest: int) -> Block:
    return {"type": "plain_text", "text": clip(text, longest)}
