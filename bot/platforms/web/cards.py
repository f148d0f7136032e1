"""Cards, buttons and forms as the page shows them; templates escape every word."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form, Picture

SignButton = Callable[[Button], str]
"""Makes the value that a button posts."""
KeepPicture = Callable[[Picture], str]
"""Keeps a picture for a while and gives its address."""

KINDS = {
    CardKind.NOTE: "Note",
    CardKind.REPORT: "Near miss",
    CardKind.QUESTION: "Question",
    CardKind.ANSWER: "Answer from a colleague",
    CardKind.CHANGED: "An answer changed",
    CardKind.LESSON: "What colleagues learned",
    CardKind.BREACH: "Act now",
    CardKind.DISPATCH: "Parcel",
    CardKind.DIGEST: "Digest",
    CardKind.REMINDER: "Reminder",
}
MANY_OPTIONS = 7
"""With more options than this a choice is a list to open rather than buttons to see at once."""
FEWEST_FOLDED = 4
"""So many questions at the end that may be left out are folded away, so that a form looks as short as it is."""
_CODE = re.compile(r"[A-Z0-9]{2,4}(-[A-Z0-9]{4}){2,}")


@dataclass(frozen=True)
class ButtonView:
    """One button: a small form that posts its token, or asks for the form that comes first."""

    words: str
    style: str
    opens_form: bool
    token: str
    act: str
    address: str


@dataclass(frozen=True)
class CardView:
    """One card."""

    id: str
    kind: str
    label: str
    title: str
    lines: tuple[str, ...]
    details: tuple[tuple[str, str, bool], ...]
    """(label, value, whether it is a code to copy)."""
    steps: tuple[str, ...]
    buttons: tuple[ButtonView, ...]
    picture: str
    picture_alt: str
    at: str
    at_iso: str
    new: bool
    level: int
    """Level of its heading, so that the outline of the page stays right."""


@dataclass(frozen=True)
class FieldView:
    """One question of a form with what was filled in."""

    name: str
    id: str
    label: str
    kind: str
    required: bool
    options: tuple[tuple[str, str, bool], ...]
    """(value, words, chosen)."""
    value: str
    hint: str
    longest: int
    error: str
    described: str
    """Ids of the hint and the error, for aria-describedby."""


@dataclass(frozen=True)
class FormView:
    """A form."""

    token: str
    address: str
    title: str
    intro: tuple[str, ...]
    submit: str
    fields: tuple[FieldView, ...]
    folded: tuple[FieldView, ...]
    """What may be left out and comes last, when it is much: shown on demand."""
    unfolded: bool
    problems: tuple[tuple[str, str], ...]
    """(id of the field, its label and what is wrong)."""
    error: str
    """What is wrong with the whole."""
    heading: str = field(default="dialog-title")


def button_view(button: Button, sign: SignButton, address: str) -> ButtonView:
    """Everything the template needs for one button; `address` takes what it posts."""
    return ButtonView(button.words, button.style.value, button.opens_form, sign(button), button.act, address)


def card_view(
    card: Card,
    card_id: str,
    at: datetime | None,
    sign: SignButton,
    keep: KeepPicture,
    address: str,
    *,
    new: bool = False,
    level: int = 3,
) -> CardView:
    """Everything the template needs for one card."""
    return CardView(
        id=card_id,
        kind=card.kind.value,
        label=KINDS[card.kind],
        title=card.title,
        lines=card.lines,
        details=tuple((label, value, bool(_CODE.fullmatch(value))) for label, value in card.details),
        steps=card.steps,
        buttons=tuple(button_view(button, sign, address) for button in card.buttons),
        picture=keep(card.picture) if card.picture else "",
        picture_alt=card.picture.alt if card.picture else "",
        at=f"{at:%H:%M}" if at else "",
        at_iso=at.isoformat(timespec="seconds") if at else "",
        new=new,
        level=level,
    )


def announcement(card: Card) -> str:
    """What a screen reader is told when a card arrives."""
    parts = [KINDS[card.kind], card.title, *card.lines[:1]]
    if card.steps:
        parts.append("1 step" if len(card.steps) == 1 else f"{len(card.steps)} steps")
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


def form_view(
    form: Form,
    token: str,
    address: str,
    typed: Mapping[str, tuple[str, ...]] | None = None,
    problems: Mapping[str, str] | None = None,
) -> FormView:
    """Everything the template needs for a form; with `typed`, as the person filled it in, and what is wrong with it."""
    problems = problems or {}
    names = {one.name for one in form.fields}
    fields = tuple(
        _field(one, number, typed, problems.get(one.name, "")) for number, one in enumerate(form.fields, start=1)
    )
    cut = _fold_from(form.fields)
    return FormView(
        token=token,
        address=address,
        title=form.title,
        intro=form.intro,
        submit=form.submit,
        fields=fields[:cut],
        folded=fields[cut:],
        unfolded=any(one.error for one in fields[cut:]) or (typed is not None and _changed(form.fields[cut:], typed)),
        problems=tuple((one.id, f"{one.label} {one.error}") for one in fields if one.error),
        error=" ".join(text for name, text in problems.items() if name not in names),
    )


def _fold_from(fields: tuple[Field, ...]) -> int:
    """Where the fields that may be left out begin, if they come last and are many; else the end."""
    last = max((number for number, one in enumerate(fields, start=1) if one.required), default=len(fields))
    return last if len(fields) - last >= FEWEST_FOLDED else len(fields)


def _changed(fields: tuple[Field, ...], typed: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether somebody filled in one of these, rather than leaving it as it was."""
    return any(typed.get(one.name, ()) != tuple(value for value in one.value if value) for one in fields)


def _field(one: Field, number: int, typed: Mapping[str, tuple[str, ...]] | None, error: str) -> FieldView:
    given = one.value if typed is None else typed.get(one.name, ("",))
    # The number keeps ids apart whatever the names are; they never reach the page as ids.
    field_id = f"field-{number}"
    described = " ".join([*([f"{field_id}-hint"] if one.hint else []), *([f"{field_id}-error"] if error else [])])
    options = tuple(option for option in one.options if option[0] or one.kind is not FieldKind.CHOICES)
    if one.kind is FieldKind.YES_NO:
        options = (("yes", "Yes"), ("no", "No"))
    return FieldView(
        name=one.name,
        id=field_id,
        label=one.label,
        kind=_kind(one),
        required=one.required,
        options=tuple((value, words, value in given) for value, words in options),
        value=given[0] if given else "",
        hint=one.hint,
        longest=one.longest,
        error=error,
        described=described,
    )


def _kind(one: Field) -> str:
    """How the field is shown: "line", "text", "moment", "radios", "select" or "boxes"."""
    match one.kind:
        case FieldKind.CHOICES:
            return "boxes"
        case FieldKind.YES_NO:
            return "radios"
        case FieldKind.CHOICE:
            return "select" if len(one.options) > MANY_OPTIONS else "radios"
        case _:
            return one.kind.value
