"""The forms of the breach path, and how what is filled in becomes facts and words of the register."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.card import Field, FieldKind, Form
from bot.domain.component import ActError, Press
from bot.domain.incident import Incident
from bot.incident.fields import CHOICES, LABELS, MOMENTS, WORDS
from bot.incident.steps import STEP_WORDS, steps

NO_NAMES = "No names, no addresses, no case numbers. What looks like one is taken out before it is kept."
EDITED = (
    "what",
    "how",
    "found",
    "happened_at",
    "kind",
    "channel",
    "data",
    "records",
    "people",
    "people_kinds",
    "consequences",
    "measures",
    "trained",
    "actions",
    "others_told",
    "regulator_ref",
)
MANY = ("data", "people_kinds", "steps")
NUMBERS = ("records", "people")


def open_form(about: str, now: datetime, zone: ZoneInfo) -> Form:
    """Nothing has to be filled in: the clock and the alert do not wait for words."""
    fields = (
        _field("what", "", "What went, to whom, how? A sentence is enough. " + NO_NAMES),
        _field("channel", ""),
        _field("aware_at", local(now, zone), "Change it if you knew earlier."),
    )
    return Form("breach.open", "It has already gone", fields, about, ("You can leave everything empty.",), "Start")


def step_form(incident: Incident) -> Form:
    """What is done, and a note."""
    options = tuple((name, STEP_WORDS[name]) for name, _ in steps((incident.value("channel"),), ""))
    fields = (
        Field("steps", "Done", FieldKind.CHOICES, options=options, value=incident.steps),
        _field("note", "", "What did the receiver say? Did it not leave after all? " + NO_NAMES),
    )
    return Form("breach.step", "The first hour", fields, incident.id, submit="Record")


def aware_form(incident: Incident, zone: ZoneInfo) -> Form:
    """When we became aware, with the reason for the change."""
    fields = (
        _field("aware_at", local(incident.aware_at, zone), required=True),
        _field("reason", "", "Who knew, from what? " + NO_NAMES, required=True),
    )
    intro = ("The 72 hours run from this moment. The old one stays in the history.",)
    return Form("breach.aware", "Correct the clock", fields, incident.id, intro, "Correct")


def edit_form(incident: Incident, zone: ZoneInfo) -> Form:
    """What the regulator's form asks."""
    fields = tuple(_field(name, _shown(incident, name, zone), NO_NAMES if name in WORDS else "") for name in EDITED)
    return Form("breach.edit", "Fill in the record", fields, incident.id, submit="Record")


def decide_form(incident: Incident, now: datetime, zone: ZoneInfo) -> Form:
    """The decision with its reasons (art 33(5), s.67(6): facts, effects and remedy are documented)."""
    names = [
        ("risk", True),
        ("regulator", True),
        ("regulator_why", True),
        ("people_told", True),
        ("people_why", True),
        ("decided_at", True),
    ]
    fields = [_field(name, _shown(incident, name, zone), required=needed) for name, needed in names]
    fields[-1] = _field("decided_at", local(now, zone), required=True)
    intro = [
        "Regulator: within 72 hours unless a risk to people is unlikely (article 33, section 67).",
        "People: without undue delay when a high risk is likely (article 34, section 68).",
    ]
    if incident.due < now:
        intro.append("The 72 hours have passed: a notice needs the reasons for the delay.")
        fields.append(_field("delay", _shown(incident, "delay", zone)))
    return Form("breach.decide", "Decide", tuple(fields), incident.id, tuple(intro), "Record")


def hold_form(incident: Incident) -> Form:
    """A hold, or its end, with the reason."""
    title = "Lift the legal hold" if incident.hold else "Legal hold"
    intro = ("On hold, the record is not purged when its time is over.",)
    return Form("breach.hold", title, (_field("hold_why", "", required=True),), incident.id, intro, "Record")


def close_form(incident: Incident) -> Form:
    """How it ended."""
    fields = (_field("outcome", "", required=True), _field("close_note", "", NO_NAMES, required=True))
    return Form("breach.close", "Close", fields, incident.id, submit="Close")


def taken(press: Press, names: tuple[str, ...], zone: ZoneInfo) -> tuple[dict[str, str], dict[str, str]]:
    """(tokens, free text) of the named fields, each checked; raises ActError with the field."""
    facts: dict[str, str] = {}
    words: dict[str, str] = {}
    for name in names:
        if name in WORDS:
            words[name] = press.value(name)[:3000]
        elif name in MOMENTS:
            facts[name] = _moment(press.value(name), name, press.now, zone)
        elif name in NUMBERS:
            facts[name] = _number(press.value(name), name)
        else:
            facts[name] = _chosen(press.values.get(name, ()), name)
    return {name: value for name, value in facts.items() if value}, {n: text for n, text in words.items() if text}


def required(facts: Mapping[str, str], words: Mapping[str, str], names: tuple[str, ...]) -> None:
    """Raise ActError for the first field that was left out."""
    for name in names:
        if not (facts.get(name) or words.get(name)):
            raise ActError(f"Please fill in “{LABELS[name]}”.", name)


def local(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as a form shows it."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def moment_of(text: str, name: str, zone: ZoneInfo) -> datetime:
    """A moment of a form, in UTC; of two that a clock change makes equal, the earlier. Raises ActError."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise ActError("Write the date and time like 2026-03-04T17:55.", name) from None
    return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)


def _moment(text: str, name: str, now: datetime, zone: ZoneInfo) -> str:
    if not text:
        return ""
    moment = moment_of(text, name, zone)
    if moment > now:
        raise ActError(f"“{LABELS[name]}” is in the future. Check the date and the time.", name)
    return moment.isoformat(timespec="seconds")


def _number(text: str, name: str) -> str:
    digits = text.replace(",", "").replace(" ", "")
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise ActError(f"“{LABELS[name]}” is a number; a rough one is fine.", name)
    return digits


def _chosen(values: tuple[str, ...], name: str) -> str:
    given = [value for one in values for value in one.split(",") if value]
    known = {value for value, _ in CHOICES[name]} if name in CHOICES else {step for step, _ in steps((), "")}
    if any(value not in known for value in given) or (len(given) > 1 and name not in MANY):
        raise ActError(f"Choose “{LABELS[name]}” from the list.", name)
    return ",".join(dict.fromkeys(given))


def _shown(incident: Incident, name: str, zone: ZoneInfo) -> str:
    value = incident.value(name)
    return local(datetime.fromisoformat(value), zone) if value and name in MOMENTS else value


def _field(name: str, value: str, hint: str = "", required: bool = False) -> Field:
    options = CHOICES.get(name, ())
    if name in MOMENTS:
        kind = FieldKind.MOMENT
    elif name in MANY:
        kind = FieldKind.CHOICES
    elif options:
        kind = FieldKind.CHOICE
    else:
        kind = FieldKind.TEXT if name in WORDS and name != "regulator_ref" else FieldKind.LINE
    filled = tuple(value.split(",")) if name in MANY and value else ((value,) if value else ())
    return Field(name, LABELS[name], kind, required, options, filled, hint)
