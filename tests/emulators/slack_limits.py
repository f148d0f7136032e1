"""What Slack refuses in blocks and views (docs.slack.dev/reference/block-kit, read for each limit below)."""

import json
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_CHARACTERS_OF_BLOCKS = 13_200  # undocumented: beyond it a message fails with msg_blocks_too_long
BLOCKS = frozenset(
    ("section", "header", "divider", "context", "actions", "input", "image", "rich_text", "context_actions", "markdown")
)
CHOOSERS = ("static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes")
INPUTS = ("plain_text_input", "file_input", "datetimepicker", "conversations_select", "users_select")
ELEMENTS = frozenset((*CHOOSERS, *INPUTS, "button", "feedback_buttons", "icon_button", "image", "mrkdwn", "plain_text"))
INTERACTIVE_IN_ACTIONS = ELEMENTS - {
    "plain_text_input",
    "file_input",
    "image",
    "mrkdwn",
    "plain_text",
    "feedback_buttons",
}


def faults(blocks: Any, surface: str) -> list[str]:
    """Everything that Slack would refuse; empty when the blocks are valid. `surface` is message, modal or home."""
    if not isinstance(blocks, list):
        return ["blocks is not a list"]
    found = list(_faults(blocks, surface))
    if len(blocks) > MOST_BLOCKS[surface]:
        found.append(f"{len(blocks)} blocks")
    if surface == "message" and len(json.dumps(blocks, ensure_ascii=False)) > MOST_CHARACTERS_OF_BLOCKS:
        found.append("msg_blocks_too_long")
    return found


def _faults(blocks: list[Any], surface: str) -> Iterator[str]:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        where = f"block {number}"
        kind = block.get("type")
        if kind not in BLOCKS:
            yield f"{where}: unknown type {kind}"
            continue
        name = block.get("block_id")
        if name is not None:
            if not 0 < len(name) <= 255 or name in seen:
                yield f"{where}: block_id is empty, too long or not unique"
            seen.add(name)
        if kind == "input" and surface == "message":
            yield f"{where}: no inputs in messages here"
        yield from (f"{where}: {fault}" for fault in _KINDS.get(kind, _anything)(block))


def _anything(_: Json) -> Iterator[str]:
    yield from ()


def _section(block: Json) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "section without text"
    if "text" in block:
        yield from _text(block["text"], 3000)
    fields = block.get("fields", [])
    if len(fields) > 10 or ("fields" in block and not fields):
        yield f"{len(fields)} fields"
    for field in fields:
        yield from _text(field, 2000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _header(block: Json) -> Iterator[str]:
    yield from _text(block.get("text"), 150, plain=True)


def _context(block: Json) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"{len(elements)} elements in context"
    for element in elements:
        yield from _text(element, 3000) if element.get("type") in ("mrkdwn", "plain_text") else _element(element)


def _actions(block: Json) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements in actions"
    ids = [element.get("action_id") for element in elements]
    if len(set(ids)) != len(ids):
        yield "action_id twice"
    for element in elements:
        if element.get("type") not in INTERACTIVE_IN_ACTIONS:
            yield f"{element.get('type')} in actions"
        yield from _element(element)


def _context_actions(block: Json) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 5:
        yield f"{len(elements)} elements in context_actions"
    for element in elements:
        yield from _element(element)


def _input(block: Json) -> Iterator[str]:
    yield from _text(block.get("label"), 2000, plain=True)
    if "hint" in block:
        yield from _text(block["hint"], 2000, plain=True)
    yield from _element(block.get("element") or {})


def _image(block: Json) -> Iterator[str]:
    if not 0 < len(block.get("alt_text") or "") <= 2000:
        yield "alt_text missing or too long"
    if not (block.get("image_url") or block.get("slack_file")):
        yield "image without a source"


_KINDS = {
    "section": _section, "header": _header, "context": _context, "actions": _actions, "input": _input, "image": _image,
    "context_actions": _context_actions,
}  # fmt: skip


def _text(text: Any, longest: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        yield "not a text object"
        return
    if plain and text["type"] != "plain_text":
        yield "must be plain_text"
    if not 0 < len(text.get("text") or "") <= longest:
        yield f"text of {len(text.get('text') or '')} characters, allowed 1 to {longest}"


def _element(element: Json) -> Iterator[str]:
    kind = element.get("type")
    if kind not in ELEMENTS:
        yield f"unknown element {kind}"
        return
    if len(element.get("action_id") or "x") > 255:
        yield "action_id too long"
    if kind == "button":
        yield from _text(element.get("text"), 75, plain=True)
        if len(element.get("value") or "") > 2000:
            yield "value too long"
        if element.get("style") not in (None, "primary", "danger"):
            yield "unknown style"
    for side in ("positive_button", "negative_button") if kind == "feedback_buttons" else ():
        yield from _text(element.get(side, {}).get("text"), 75, plain=True)
        if not 0 < len(element.get(side, {}).get("value") or "") <= 2000:
            yield "value of a thumb is missing or too long"
    if kind == "plain_text_input" and not 0 <= int(element.get("max_length", 3000)) <= 3000:
        yield "max_length over 3000"
    if kind == "file_input" and not 1 <= int(element.get("max_files", 10)) <= 10:
        yield "max_files over 10"
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, plain=True)
    yield from _options(element, kind)


def _options(element: Json, kind: str) -> Iterator[str]:
    most = {"static_select": 100, "multi_static_select": 100, "overflow": 5, "radio_buttons": 10, "checkboxes": 10}.get(
        kind
    )
    if most is None:
        return
    options = element.get("options", [])
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options in {kind}"
    for option in options:
        yield from _text(option.get("text"), 75)
        if not 0 < len(option.get("value") or "") <= 150:
            yield "option value missing or too long"
        if "description" in option:
            yield from _text(option["description"], 75)
    chosen = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if any(one not in options for one in chosen) or ("initial_options" in element and not chosen):
        yield "initial option is not one of the options"


def view_faults(view: Json) -> list[str]:
    """What Slack would refuse in a modal or a Home tab."""
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"unknown view {kind}"]
    found = faults(view.get("blocks"), kind)
    if kind == "modal":
        for part, needed in (("title", True), ("submit", False), ("close", False)):
            if part in view or needed:
                found += [f"{part}: {fault}" for fault in _text(view.get(part), 24, plain=True)]
        inputs = any(block.get("type") == "input" for block in view.get("blocks") or [])
        if inputs and "submit" not in view:
            found.append("inputs without submit")
    if len(view.get("private_metadata") or "") > 3000:
        found.append("private_metadata too long")
    if len(view.get("callback_id") or "") > 255:
        found.append("callback_id too long")
    return found
