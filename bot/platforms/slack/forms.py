"""Forms as Slack modals, and what comes back from them; nothing here does input or output."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.card import Card, Field, FieldKind, Form
from bot.platforms.slack.blocks import Block, context, section
from bot.platforms.slack.outgoing import card_blocks
from bot.platforms.slack.text import clip, escape

FORM, CHECK = "form", "check"
"""Callback ids: a form of the desk, and the private check of files."""
_FEW = 10
"""Options that are shown all at once instead of in a list."""
_YES_NO = (("yes", "Yes"), ("no", "No"))


def modal(form: Form, back_to: Mapping[str, str], zone: ZoneInfo) -> Block:
    """The form as a modal; `back_to` (channel, thread) is where a reply that follows is posted."""
    blocks = [section(escape(line)) for line in form.intro if line]
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


def card_modal(card: Card) -> Block:
    """What followed, in place of the form; without buttons, since a message with them is posted as well."""
    plain = Card(card.kind, card.title, card.lines, card.details, card.steps)
    return {
        "type": "modal",
        "callback_id": "done",
        "title": _plain("Done", 24),
        "close": _plain("Close", 24),
        "blocks": card_blocks(plain)[:100],
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
    options = [{"text": _plain(words, 75), "value": value} for value, words in given]
    chosen = [option for option in options if option["value"] in one.value]
    several = one.kind is FieldKind.CHOICES
    few = len(options) <= _FEW
    kind = (
        ("checkboxes" if few else "multi_static_select") if several else ("radio_buttons" if few else "static_select")
    )
    element: Block = {"type": kind, "action_id": one.name, "options": options}
    if chosen:
        element |= {"initial_options": chosen} if several else {"initial_option": chosen[0]}
    return element


def _value(given: Mapping[str, Any], zone: ZoneInfo) -> tuple[str, ...]:
    if given.get("selected_option"):
        return (str(given["selected_option"]["value"]),)
    if "selected_options" in given:
        return tuple(str(option["value"]) for option in given["selected_options"] or ())
    if given.get("selected_date_time"):
        moment = datetime.fromtimestamp(int(given["selected_date_time"]), zone)
        return (f"{moment:%Y-%m-%dT%H:%M}",)
    return (str(given["value"]),) if given.get("value") else ()


def _stamp(moment: str, zone: ZoneInfo) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp())


def _plain(text: str, longest: int) -> Block:
    return {"type": "plain_text", "text": clip(text, longest)}
