"""What Teams takes: the Adaptive Card 1.5 elements that it shows, and the limits of a message.

Property names and types follow the published schema (adaptivecards.io/schemas/1.5.0/adaptive-card.json); limits are
those of learn.microsoft.com (format your bot messages, cards reference, task modules).
"""

import json
from typing import Any

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
LARGEST_MESSAGE, LARGEST_CARD, MOST_ACTIONS = 80_000, 28_000, 6

_ANY = {"id": str, "type": str, "spacing": str, "separator": bool, "isVisible": bool, "height": str, "fallback": object}
_INPUT = {**_ANY, "label": str, "isRequired": bool, "errorMessage": str}
ELEMENTS: dict[str, dict[str, type]] = {
    "TextBlock": {
        **_ANY, "text": str, "size": str, "weight": str, "wrap": bool, "style": str, "color": str, "isSubtle": bool,
        "maxLines": int, "horizontalAlignment": str,
    },
    "RichTextBlock": {**_ANY, "inlines": list, "horizontalAlignment": str},
    "Container": {**_ANY, "style": str, "items": list, "bleed": bool, "selectAction": dict, "minHeight": str},
    "ColumnSet": {**_ANY, "columns": list, "style": str, "bleed": bool},
    "Column": {**_ANY, "width": str, "items": list, "style": str, "verticalContentAlignment": str},
    "Image": {**_ANY, "url": str, "altText": str, "size": str, "width": str},
    "FactSet": {**_ANY, "facts": list},
    "ActionSet": {**_ANY, "actions": list},
    "Input.Text": {**_INPUT, "maxLength": int, "isMultiline": bool, "placeholder": str, "value": str, "style": str},
    "Input.Date": {**_INPUT, "value": str, "min": str, "max": str, "placeholder": str},
    "Input.Time": {**_INPUT, "value": str, "min": str, "max": str, "placeholder": str},
    "Input.Toggle": {**_INPUT, "title": str, "value": str, "valueOn": str, "valueOff": str, "wrap": bool},
    "Input.ChoiceSet": {
        **_INPUT, "choices": list, "isMultiSelect": bool, "style": str, "value": str, "placeholder": str, "wrap": bool,
    },
}  # fmt: skip
_ACTION = {"id": str, "type": str, "title": str, "style": str, "fallback": object, "iconUrl": str, "mode": str}
ACTIONS: dict[str, dict[str, type]] = {
    "Action.Execute": {**_ACTION, "verb": str, "data": dict, "associatedInputs": str},
    "Action.Submit": {**_ACTION, "data": dict, "associatedInputs": str},
    "Action.OpenUrl": {**_ACTION, "url": str},
    "Action.ToggleVisibility": {**_ACTION, "targetElements": list},
}
RUN = {
    "type": str, "text": str, "weight": str, "size": str, "color": str, "isSubtle": bool, "italic": bool,
    "highlight": bool, "strikethrough": bool, "underline": bool, "fontType": str,
}  # fmt: skip
VALUES = {
    "spacing": {"default", "none", "small", "medium", "large", "extraLarge", "padding"},
    "size": {"default", "small", "medium", "large", "extraLarge", "auto", "stretch"},
    "weight": {"default", "lighter", "bolder"},
    "color": {"default", "dark", "light", "accent", "good", "warning", "attention"},
}
STYLES = {
    "TextBlock": {"default", "heading", "columnHeader"},
    "Container": {"default", "emphasis", "good", "attention", "warning", "accent"},
    "Input.ChoiceSet": {"compact", "expanded", "filtered"},
    "Action": {"default", "positive", "destructive"},
}


def message_faults(activity: Json) -> list[str]:
    """What Teams would not take of an activity."""
    found: list[str] = []
    if len(json.dumps(activity, ensure_ascii=False).encode()) > LARGEST_MESSAGE:
        found.append("larger than 80 kB")
    if activity.get("type") == "typing":
        return found
    if activity.get("type") != "message":
        return [*found, f"an activity of type {activity.get('type')}"]
    attachments = activity.get("attachments") or []
    if not attachments and not activity.get("text"):
        found.append("neither text nor an attachment")
    if len(attachments) > 10:
        found.append("more than 10 attachments")
    for attachment in attachments:
        found += _attachment_faults(attachment)
    if any(one.get("contentType") == CARD for one in attachments) and not activity.get("summary"):
        found.append("no summary beside the card for notifications")
    return found


def dialog_faults(body: Json) -> list[str]:
    """What Teams would not take of the answer to an invoke."""
    task = body.get("task") or {}
    value = task.get("value")
    if task.get("type") == "message":
        return [] if isinstance(value, str) and value else ["a task message without words"]
    if task.get("type") != "continue" or not isinstance(value, dict):
        return [f"a task of type {task.get('type')}"]
    found = [] if 0 < len(value.get("title") or "") <= 64 else ["the title of a dialog"]
    attachment = value.get("card") or {}
    found += _attachment_faults(attachment)
    # A dialog shows no Execute: it is sent with Submit.
    if "Action.Execute" in json.dumps([one["type"] for one in _actions(attachment.get("content"))]):
        found.append("Action.Execute in a dialog")
    return found


def card_faults(card: Json) -> list[str]:
    """What Teams would not take of a card."""
    found = [] if card.get("type") == "AdaptiveCard" else ["not an AdaptiveCard"]
    found += [] if card.get("version") == "1.5" else [f"version {card.get('version')}"]
    known = {"type", "$schema", "version", "body", "actions", "msteams", "fallbackText", "speak", "lang", "refresh"}
    found += [f"the card has {name}" for name in set(card) - known]
    for element in card.get("body") or [None]:
        found += _element_faults(element)
    ids = [one["id"] for one in _everything(card) if "id" in one]
    found += [f"two with the id {one}" for one in {one for one in ids if ids.count(one) > 1}]
    found += ["an action without an id" for one in _actions(card) if not one.get("id")]
    if _size_without_pictures(card) > LARGEST_CARD:
        found.append("the card is larger than 28 kB")
    return found


def _attachment_faults(attachment: Json) -> list[str]:
    kind, content = attachment.get("contentType"), attachment.get("content") or {}
    if kind == CARD:
        return card_faults(content)
    if kind == CONSENT:
        right = attachment.get("name") and isinstance(content.get("sizeInBytes"), int) and content.get("acceptContext")
        return [] if right else ["a file consent card needs name, sizeInBytes and acceptContext"]
    if kind == INFO:
        return [] if attachment.get("contentUrl") and content.get("uniqueId") else ["a file info card"]
    return [f"an attachment of type {kind}"]


def _element_faults(element: Any) -> list[str]:
    if not isinstance(element, dict):
        return ["an element that is no object"]
    kind = element.get("type")
    if kind not in ELEMENTS:
        return [f"an element of type {kind}"]
    found = _property_faults(kind, element, ELEMENTS[kind])
    if kind.startswith("Input.") and not element.get("id"):
        found.append(f"{kind} without an id")
    if kind.startswith("Input.") and not element.get("label"):
        found.append(f"{kind} without a label")
    if "style" in element and element["style"] not in STYLES.get(kind, {element["style"]}):
        found.append(f"{kind}.style {element['style']}")
    for inside in (*element.get("items", []), *element.get("columns", [])):
        found += _element_faults(inside)
    for one in element.get("inlines", []):
        found += _property_faults("TextRun", one, RUN) if isinstance(one, dict) else ["an inline that is no TextRun"]
    for choice in element.get("choices", []):
        found += [] if set(choice) == {"title", "value"} and choice["title"] else ["a choice without title or value"]
    actions = element.get("actions", [])
    found += [f"{len(actions)} actions in a row"] if len(actions) > MOST_ACTIONS else []
    for action in actions:
        found += _action_faults(action)
    return found


def _action_faults(action: Json) -> list[str]:
    kind = str(action.get("type"))
    if kind not in ACTIONS:
        return [f"an action of type {kind}"]
    found = _property_faults(kind, action, ACTIONS[kind])
    found += [] if action.get("title") else [f"{kind} without words"]
    found += [] if action.get("style", "default") in STYLES["Action"] else [f"{kind}.style"]
    if kind == "Action.Execute" and (action.get("fallback") or {}).get("type") != "Action.Submit":
        found.append("Action.Execute without a fallback to Action.Submit")
    return found


def _property_faults(kind: str, given: Json, known: dict[str, type]) -> list[str]:
    found = [f"{kind} has {name}" for name in set(given) - set(known)]
    found += [
        f"{kind}.{name} is {type(value).__name__}"
        for name, value in given.items()
        if name in known and not isinstance(value, known[name])
    ]
    lower = {name: {value.lower() for value in values} for name, values in VALUES.items()}
    found += [
        f"{kind}.{name} {given[name]}"
        for name in set(given) & set(lower)
        if str(given[name]).lower() not in lower[name]
    ]
    return found


def _everything(value: Any) -> list[Json]:
    if isinstance(value, dict):
        inside = [one for name, part in value.items() if name not in ("data", "choices") for one in _everything(part)]
        return [value, *inside] if "type" in value else inside
    return [one for part in value for one in _everything(part)] if isinstance(value, list) else []


def _actions(value: Any) -> list[Json]:
    return [one for one in _everything(value) if str(one["type"]).startswith("Action.")]


def _size_without_pictures(card: Json) -> int:
    small = json.loads(
        json.dumps(card), object_hook=lambda one: one | ({"url": ""} if one.get("type") == "Image" else {})
    )
    return len(json.dumps(small, ensure_ascii=False).encode())
