"""Forms as every chat fills them in."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.card import FieldKind, Form


def begun(form: Form, typed: str) -> Form:
    """The form with its first free text that is empty begun with the words of a message."""
    at = next((n for n, one in enumerate(form.fields) if one.kind is FieldKind.TEXT and not any(one.value)), None)
    if at is None or not typed:
        return form
    filled = replace(form.fields[at], value=(typed[: form.fields[at].longest],))
    return replace(form, fields=(*form.fields[:at], filled, *form.fields[at + 1 :]))


def again(form: Form, given: Mapping[str, tuple[str, ...]]) -> Form:
    """The form filled in as it was sent."""
    return replace(form, fields=tuple(replace(one, value=given.get(one.name, ())) for one in form.fields))
