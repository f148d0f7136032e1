"""The cards of the breach path: for whoever says that it went, and for the lead."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.card import Button, Card, CardKind, Style
from bot.domain.incident import WINDOW, Incident
from bot.domain.ports.incidents import Head
from bot.incident.clock import LAW, left_words, when
from bot.incident.fields import LABELS, said
from bot.incident.steps import steps

CALM = "This happens to careful people. What counts is the next hour. Do these in order:"


def first_hour(channels: tuple[str, ...], lead: str, now: datetime, zone: ZoneInfo, sure: bool = True) -> Card:
    """What to do, where nothing is kept: at the terminal, and when the register cannot be reached."""
    return Card(
        CardKind.BREACH,
        "It has already gone: the first hour" if sure else "If it has already gone: the first hour",
        (CALM,),
        (
            ("Ring now", lead),
            ("72 hours", f"if you have known since now, they end at {when(now + WINDOW, zone)}"),
            ("Law", LAW),
            ("Recorded", "no: report it to the person above, or with the near-miss form"),
        ),
        tuple(words for _, words in steps(channels, lead)),
    )


def question(answer: str) -> Card:
    """The one question, where it may have left."""
    return Card(
        CardKind.BREACH,
        "Did it leave?",
        (
            "If it went to somebody who should not have it, or you cannot tell, say yes: better one alarm too many.",
            "Until you know: stop what can still be stopped, and delete nothing.",
        ),
        buttons=(
            Button("breach.open", "Yes, or I cannot tell", answer, Style.DANGER),
            Button("report.new", "No, it was stopped", answer, opens_form=True),
        ),
        about=answer,
    )


def opened(incident: Incident, lead: str, alerted: bool, now: datetime, zone: ZoneInfo) -> Card:
    """For whoever said that it went: what to do, the clock, the number to quote."""
    told = f"the lead has been alerted just now; ring {lead} as well" if alerted else f"ring {lead} yourself, now"
    done = set(incident.steps)
    return Card(
        CardKind.BREACH,
        f"It has already gone: breach {incident.id}",
        (CALM,),
        (
            ("Who knows", told),
            ("Quote this number", incident.id),
            ("72 hours", f"{left_words(incident, now)}: until {when(incident.due, zone)}"),
            ("Law", LAW),
        ),
        tuple(f"Done: {words}" if name in done else words for name, words in steps((incident.value("channel"),), lead)),
        (
            Button("breach.step", "Tick off what is done", incident.id, Style.PRIMARY, opens_form=True),
            Button("breach.aware", "I knew earlier", incident.id, opens_form=True),
        ),
        about=incident.id,
    )


def lead_buttons(incident: Incident) -> tuple[Button, ...]:
    """What the information team can do with an incident."""
    if incident.closed_at:
        return (_hold(incident),)
    return (
        Button("breach.decide", "Decide", incident.id, Style.PRIMARY, opens_form=True),
        Button("breach.edit", "Fill in the record", incident.id, opens_form=True),
        Button("breach.aware", "Correct the clock", incident.id, opens_form=True),
        _hold(incident),
        Button("breach.close", "Close", incident.id, opens_form=True),
    )


def _hold(incident: Incident) -> Button:
    words = "Lift the legal hold" if incident.hold else "Legal hold"
    return Button("breach.hold", words, incident.id, opens_form=True)


def alert(incident: Incident, head: Head, now: datetime, zone: ZoneInfo) -> Card:
    """For the lead, at once."""
    return Card(
        CardKind.BREACH,
        f"Breach {incident.id}: the 72 hours are running",
        (
            "Somebody has just said that something left that should not have. They have the steps of the first hour "
            "and were asked to ring you.",
        ),
        _facts(incident, head, now, zone),
        buttons=lead_buttons(incident),
        about=incident.id,
    )


def reminder(incident: Incident, hours: int, head: Head, now: datetime, zone: ZoneInfo) -> Card:
    """For the lead, while nothing is decided."""
    if incident.due <= now:
        title = f"Breach {incident.id}: the 72 hours have passed"
        line = (
            "Nothing is decided yet. Late is not too late: notify now, with the reasons for the delay "
            "(article 33(1), section 67(3)), or record why no notice is needed."
        )
    else:
        title = f"Breach {incident.id}: {left_words(incident, now)}, nothing decided"
        line = (
            f"{hours} hours have gone since it was known. Does the regulator have to be told, and do the people? "
            "A first notice may be short; the rest can follow in phases."
        )
    return Card(
        CardKind.REMINDER,
        title,
        (line,),
        _facts(incident, head, now, zone),
        buttons=lead_buttons(incident),
        about=incident.id,
    )


def changed(incident: Incident, what: str, head: Head, now: datetime, zone: ZoneInfo) -> Card:
    """What stands after somebody did something."""
    return Card(
        CardKind.BREACH,
        f"Breach {incident.id}: {what}",
        (),
        _facts(incident, head, now, zone),
        about=incident.id,
    )


def _facts(incident: Incident, head: Head, now: datetime, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    known = (
        (LABELS[name], said(name, incident.value(name), zone))
        for name in ("what", "kind", "channel", "data", "risk", "regulator", "people_told", "outcome", "hold")
        if incident.value(name)
    )
    clock = "decided" if incident.decided else left_words(incident, now)
    if incident.closed_at:
        clock = "closed"
    return (
        ("72 hours", f"{clock}: until {when(incident.due, zone)}"),
        ("Known since", when(incident.aware_at, zone)),
        *known,
        ("Law", LAW),
        ("Register", f"entry {head}"),
    )
