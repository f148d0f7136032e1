"""What was filled in on a form, checked against the form that was shown; nothing here does input or output."""

import re
from datetime import datetime

from starlette.datastructures import FormData

from bot.domain.card import Field, FieldKind, Form
from bot.errors import SendcheckError

PREFIX = "f-"
"""Before the name of each field on the page, so that no field is taken for one of the page's own."""
MOST_FIELDS = 400
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Typed = dict[str, tuple[str, ...]]


class TooOldError(SendcheckError):
    """What was pressed is not on the page any more, or was never shown; the text says what to do."""


def typed(form: Form, sent: FormData) -> Typed:
    """What the person filled in, by the name of the field; what the form does not ask for is left out."""
    given: Typed = {}
    for one in form.fields:
        values = tuple(
            _clean(value, one) for value in sent.getlist(PREFIX + one.name) if isinstance(value, str) and value.strip()
        )
        if values:
            given[one.name] = values if one.kind is FieldKind.CHOICES else values[:1]
    return given


def problems(form: Form, given: Typed) -> dict[str, str]:
    """What is wrong, by the name of the field; empty when nothing is."""
    found = {one.name: _problem(one, given.get(one.name, ())) for one in form.fields}
    return {name: problem for name, problem in found.items() if problem}


def _clean(value: str, one: Field) -> str:
    text = _UNPRINTABLE.sub(" ", value.strip().replace("\r\n", "\n"))
    if one.kind is FieldKind.MOMENT:
        # Some browsers send seconds too.
        return text.replace(" ", "T")[:16]
    return text if one.kind is FieldKind.TEXT else text.replace("\n", " ")


def _problem(one: Field, given: tuple[str, ...]) -> str:
    if not given:
        return _missing(one) if one.required else ""
    match one.kind:
        case FieldKind.LINE | FieldKind.TEXT:
            over = len(given[0]) - one.longest
            return f"Make this {over:,} characters shorter; it can be {one.longest:,} long." if over > 0 else ""
        case FieldKind.CHOICE | FieldKind.CHOICES:
            offered = {value for value, _ in one.options}
            return "" if set(given) <= offered else "Choose from what is offered here."
        case FieldKind.YES_NO:
            return "" if given[0] in ("yes", "no") else "Choose yes or no."
        case FieldKind.MOMENT:
            return "" if _is_moment(given[0]) else "Write the date and time like 2026-11-22T17:30."


def _missing(one: Field) -> str:
    match one.kind:
        case FieldKind.CHOICE:
            return "Choose one."
        case FieldKind.CHOICES:
            return "Choose at least one."
        case FieldKind.YES_NO:
            return "Choose yes or no."
        case FieldKind.MOMENT:
            return "Give the date and the time."
        case _:
            return "Fill this in; a few words are enough."


def _is_moment(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M")
    except ValueError:
        return False
    return True
