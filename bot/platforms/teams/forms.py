"""Forms as cards, for dialogs and chats, and what comes back from them; nothing here does input or output."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.card import Card, Field, FieldKind, Form, Style
from bot.domain.card_json import form_json, form_of
from bot.platforms.chat.forms import again
from bot.platforms.chat.text import clip
from bot.platforms.teams.blocks import (
    MOST_CHARACTERS,
    SEND,
    Block,
    actions,
    card_of,
    container,
    execute,
    paragraphs,
    rich,
    run,
    size,
    small,
)
from bot.platforms.teams.outgoing import card_blocks

_PREFIX = "field-"
MORE = "More, if you like"
FEWEST_FOLDED = 4
"""So many questions at the end that may be left out are folded away, so that a form looks as short as it is."""
_FOLDED = "folded"
_FEW = 7
"""Options that are shown all at once instead of in a list."""
_YES_NO = (("yes", "Yes"), ("no", "No"))
_DATE, _TIME = ".date", ".time"
Json = dict[str, Any]


def form_card(form: Form, once: str, wrong: Mapping[str, str] | None = None) -> Block:
    """The form as a card; `once` tells this showing of it from all others, `wrong` says what to correct."""
    wrong = wrong or {}
    names = {one.name for one in form.fields}
    problems = [text for name, text in wrong.items() if name not in names]
    body = [block for line in form.intro if line for block in paragraphs(line)]
    body += [rich(run(text, color="Attention", weight="Bolder")) for text in problems]
    shown, folded = _parts(form, wrong)
    for one in shown:
        body += _field(one, wrong.get(one.name, ""))
    if folded:
        more_of_it = [block for one in folded for block in _field(one, "")]
        toggle = {"type": "Action.ToggleVisibility", "title": MORE, "targetElements": [_FOLDED]}
        body += [*actions([toggle]), container(more_of_it, id=_FOLDED, isVisible=False)]
    data = {"do": SEND, "act": form.act, "about": form.about, "once": once, **_along(form, size(body))}
    submit = execute(form.submit, data, Style.PRIMARY, gathers=True)
    # A dialog takes no Execute, and a chat takes both.
    body += actions([{**submit["fallback"], "type": "Action.Submit"}])
    return card_of(body)


def _along(form: Form, taken: int) -> Json:
    """The form itself goes along where there is room: Teams sends back no more than this and what was filled in."""
    made = form_json(form)
    return {"form": made} if size(made) + taken <= MOST_CHARACTERS else {}


def sent_form(asked: Mapping[str, Any], typed: Mapping[str, tuple[str, ...]]) -> Form | None:
    """The form that was sent, filled in as it was sent; None when it was too large to go along."""
    try:
        return again(form_of(asked["form"]), typed)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def dialog(title: str, card: Block) -> Json:
    """What a client is told to open or to go on with."""
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    value = {"title": clip(title, 64), "width": "medium", "height": "medium", "card": attachment}
    return {"task": {"type": "continue", "value": value}}


def card_dialog(card: Card) -> Json:
    """What followed, in place of the form; without buttons, since a card with them is posted as well."""
    return dialog(card.title, card_of(card_blocks(replace(card, picture=None), buttons=False)))


def values(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What was filled in, by field name."""
    found: dict[str, tuple[str, ...]] = {}
    for key, value in data.items():
        name = key.removeprefix(_PREFIX)
        if not key.startswith(_PREFIX) or name.endswith(_TIME):
            continue
        if name.endswith(_DATE):
            time = str(data.get(f"{_PREFIX}{name.removesuffix(_DATE)}{_TIME}") or "00:00")
            name, value = name.removesuffix(_DATE), f"{value}T{time[:5]}" if value else ""
        elif name.endswith(".several"):
            name, several = name.removesuffix(".several"), str(value or "")
            found[name] = tuple(one for one in several.split(",") if one)
            continue
        found[name] = (str(value),) if value not in (None, "") else ()
    return found


def _parts(form: Form, wrong: Mapping[str, str]) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """What is asked, and what may be left out and comes last, when that is much and nothing in it is wrong."""
    last = max((number for number, one in enumerate(form.fields, start=1) if one.required), default=len(form.fields))
    folded = form.fields[last:]
    if len(folded) < FEWEST_FOLDED or any(one.name in wrong for one in folded):
        return form.fields, ()
    return form.fields[:last], folded


def _field(one: Field, problem: str) -> list[Block]:
    blocks = small(one.hint) if one.hint else []
    if problem:
        blocks.append(rich(run(problem, color="Attention")))
    made = _inputs(one)
    made[0] |= {"label": one.label, "spacing": "Medium"}
    if one.required:
        made[0] |= {"isRequired": True, "errorMessage": "This one is needed."}
    return [made[0], *blocks, *made[1:]]


def _inputs(one: Field) -> list[Block]:
    filled, name = (one.value[0] if one.value else ""), f"{_PREFIX}{one.name}"
    if one.kind in (FieldKind.LINE, FieldKind.TEXT):
        text: Block = {"type": "Input.Text", "id": name, "maxLength": one.longest}
        text["isMultiline"] = one.kind is FieldKind.TEXT
        return [text | ({"value": filled[: one.longest]} if filled else {})]
    if one.kind is FieldKind.MOMENT:
        moment = datetime.fromisoformat(filled) if filled else None
        day: Block = {"type": "Input.Date", "id": f"{name}{_DATE}"}
        time: Block = {"type": "Input.Time", "id": f"{name}{_TIME}", "label": "At what time?"}
        if moment:
            day["value"], time["value"] = f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"
        return [day, time]
    return [_choice(one, name)]


def _choice(one: Field, name: str) -> Block:
    several = one.kind is FieldKind.CHOICES
    given = _YES_NO if one.kind is FieldKind.YES_NO else one.options[:100]
    # A choice set sends its values joined with commas, so those of ours hold none; an empty one is not to be chosen.
    choices = [{"title": clip(words, 200), "value": value} for value, words in given if value or not several]
    chosen = [value for value, _ in given if value in one.value]
    select: Block = {"type": "Input.ChoiceSet", "id": f"{name}.several" if several else name, "choices": choices}
    select["isMultiSelect"] = several
    select["wrap"] = True
    select["style"] = "expanded" if several or len(choices) <= _FEW else "compact"
    return select | ({"value": ",".join(chosen)} if chosen else {})
