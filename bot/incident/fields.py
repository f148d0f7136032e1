"""The fields of an incident, with their words: one list for forms, the board and exports."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.incident import Incident
from bot.domain.nearmiss import NearMissKind
from bot.incident.clock import when
from bot.incident.steps import CHANNEL_WORDS, STEP_WORDS

LABELS: dict[str, str] = {
    "what": "What happened",
    "how": "How it happened",
    "found": "How it was discovered",
    "measures": "What was in place to prevent it",
    "happened_at": "When it happened",
    "aware_at": "When we became aware",
    "kind": "Kind of breach",
    "channel": "How it went",
    "data": "Categories of personal data",
    "records": "Number of records",
    "people": "Number of people affected",
    "people_kinds": "Categories of people",
    "consequences": "Likely consequences for them",
    "risk": "Risk to people",
    "trained": "Data protection training in the last two years",
    "delay": "Reasons for a late notice",
    "actions": "Actions taken or planned",
    "steps": "Steps of the first hour done",
    "note": "Note",
    "regulator": "Regulator notified",
    "regulator_why": "Why",
    "regulator_ref": "Regulator's reference",
    "people_told": "People affected told",
    "people_why": "Why",
    "others_told": "Other bodies told",
    "decided_at": "Decided",
    "hold": "Legal hold",
    "hold_why": "Why on hold",
    "outcome": "Outcome",
    "close_note": "What was learned or changed",
    "closed_at": "Closed",
    "reason": "Reason for the change",
    "origin": "Came from",
    "report": "Near-miss report",
    "dispatch": "Dispatch",
    "entries": "Entries whose contents were deleted",
}

WORDS = frozenset(
    [
        "what",
        "how",
        "found",
        "measures",
        "consequences",
        "delay",
        "actions",
        "note",
        "regulator_why",
        "regulator_ref",
        "people_why",
        "others_told",
        "hold_why",
        "close_note",
        "reason",
    ]
)
"""Fields that hold free text, scrubbed before it is stored; all others hold tokens."""

MOMENTS = frozenset({"happened_at", "aware_at", "decided_at", "closed_at"})

CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "kind": tuple((kind.value, kind.value.replace("_", " ")) for kind in NearMissKind),
    "channel": tuple(CHANNEL_WORDS.items()),
    "risk": (("unlikely", "a risk is unlikely"), ("likely", "a risk is likely"), ("high", "a high risk is likely")),
    "regulator": (("yes", "yes, notify"), ("no", "no, record only"), ("not_yet", "not decided yet")),
    "people_told": (("yes", "yes, tell them"), ("no", "no"), ("not_yet", "not decided yet")),
    "trained": (("yes", "yes"), ("no", "no"), ("unknown", "not known")),
    "hold": (("yes", "yes"), ("no", "no")),
    "outcome": (
        ("dealt_with", "dealt with"),
        ("not_a_breach", "it did not leave: not a breach"),
        ("someone_elses", "another organisation's breach; they were told"),
    ),
    "data": (
        ("name_contact", "names, addresses, contact details"),
        ("identifiers", "numbers that identify (NI, NHS, passport, licence)"),
        ("convictions", "convictions, offences, allegations"),
        ("health", "health"),
        ("sex_life", "sex life, sexual offences"),
        ("other_special", "other special categories (origin, religion, politics, biometrics)"),
        ("financial", "bank details, cards"),
        ("media", "photographs, video, sound"),
        ("location", "location"),
        ("not_known", "not known yet"),
    ),
    "people_kinds": (
        ("victims", "victims or complainants"),
        ("witnesses", "witnesses"),
        ("defendants", "defendants or suspects"),
        ("children", "children"),
        ("vulnerable", "adults at risk"),
        ("staff", "staff, police or professionals"),
        ("public", "others"),
        ("not_known", "not known yet"),
    ),
    "origin": (("question", "a question"), ("report", "a near-miss report"), ("dispatch", "a lost dispatch")),
}
"""Field to its (token, words)."""


def said(name: str, value: str, zone: ZoneInfo) -> str:
    """The value of a field as people read it."""
    if not value:
        return ""
    if name in MOMENTS:
        return when(datetime.fromisoformat(value), zone)
    if name == "steps":
        return "; ".join(STEP_WORDS.get(step, step) for step in value.split(","))
    if name in WORDS or name not in CHOICES:
        return value
    known = dict(CHOICES[name])
    return "; ".join(known.get(token, token) for token in value.split(","))


def details(incident: Incident, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """All fields that are filled in, as (label, words)."""
    return tuple((LABELS[name], said(name, incident.value(name), zone)) for name in LABELS if incident.value(name))
