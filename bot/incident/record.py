"""Breaches from opening to closing: recorded, alerted, reminded. What is typed is scrubbed here."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from bot.domain.card import Card
from bot.domain.component import Alarm
from bot.domain.incident import Event, Happening, Incident
from bot.domain.nearmiss import NearMiss, ScrubbedText
from bot.domain.people import Person, Place
from bot.domain.ports.incidents import Register
from bot.domain.ports.post import Alarms, Outbox
from bot.incident import cards
from bot.incident.clock import REMINDERS, alarm_key, hours_of
from bot.nearmiss.record import LETTERS
from bot.office_hours import OfficeHours

CLOCK = "breach.clock"
WATCH = "breach.watch"
"""An alarm that comes every hour and sets again what a crash between two writes may have left out."""


class Needs(Protocol):
    """What the breach path stands on; each part may be loaded when it is first used."""

    @property
    def register(self) -> Register:
        """Where breaches are kept."""

    @property
    def outbox(self) -> Outbox:
        """Cards on their way."""

    @property
    def alarms(self) -> Alarms:
        """Moments to come."""

    @property
    def scrub(self) -> Callable[[str], ScrubbedText]:
        """Takes personal data out of what is typed."""

    @property
    def office(self) -> OfficeHours:
        """Local time."""

    @property
    def site_key(self) -> bytes:
        """The key under which sources and people are told apart without being kept."""

    @property
    def lead(self) -> tuple[Place, ...]:
        """Where the lead, or else the information team, is alerted; empty where only the board shows it."""

    @property
    def contact(self) -> str:
        """Whom to ring."""

    @property
    def keep_months(self) -> int:
        """Months after which a closed breach is purged."""


class Incidents:
    """Opens, changes and closes breaches."""

    def __init__(self, needs: Needs) -> None:
        self.needs = needs

    def open(
        self,
        now: datetime,
        facts: Mapping[str, str],
        words: Mapping[str, ScrubbedText],
        source: str = "",
        aware_at: datetime | None = None,
    ) -> Incident:
        """Record a breach, start its clock and alert the lead; once for one source. Raises StoreError."""
        aware = aware_at or now
        known = {"aware_at": aware.astimezone(UTC).isoformat(timespec="seconds"), **facts}
        event = Event(_new_id(), now, Happening.OPENED, known, words, "staff")
        incident, new = self.needs.register.open(event, self._digest(source) if source else "")
        # Also for one that stood already: a process may have died between these writes.
        if new or not incident.closed_at:
            self._watch_over(incident, now)
        return incident

    def on_report(self, report: NearMiss, now: datetime) -> Card:
        """A near-miss report says that it went. An anonymous one leaves neither its receipt nor its time here."""
        facts = {"kind": str(report.kind), "origin": "report"}
        if report.anonymous:
            day = self.needs.office.local(now).date()
            # The start of the day: earlier than it was, so the clock is never too late.
            start = datetime.combine(day, time(0), self.needs.office.zone).astimezone(UTC)
            incident = self.open(start, facts, {"what": report.text}, source=f"report:{report.receipt}")
        else:
            known = {**facts, "report": report.receipt}
            incident = self.open(now, known, {"what": report.text}, source=f"report:{report.receipt}")
        return self.card(incident, now)

    def lost_dispatch(self, dispatch: str, what: ScrubbedText, channel: str, now: datetime) -> Incident:
        """A dispatch is lost: a breach whose clock starts now."""
        facts = {"kind": "lost_or_stolen", "channel": channel, "origin": "dispatch", "dispatch": dispatch}
        return self.open(now, facts, {"what": what}, source=f"dispatch:{dispatch}")

    def add(
        self,
        incident: str,
        now: datetime,
        what: Happening,
        facts: Mapping[str, str],
        words: Mapping[str, ScrubbedText],
        by: Person | None,
    ) -> Incident:
        """Record what happened, and set or call off the reminders; raises StoreError, LookupError."""
        changed = self.needs.register.add(Event(incident, now, what, facts, words, self._mark(by)))
        if changed.decided or changed.closed_at:
            self.needs.alarms.cancel(incident, CLOCK)
        else:
            self._set_reminders(changed)
        return changed

    def card(self, incident: Incident, now: datetime) -> Card:
        """The first hour, for whoever said that it went."""
        return cards.opened(incident, self.lead_words, bool(self.needs.lead), now, self.needs.office.zone)

    @property
    def lead_words(self) -> str:
        """Whom to ring."""
        return f"the information lead ({self.needs.contact})" if self.needs.lead else self.needs.contact

    def start(self, now: datetime) -> None:
        """Set again what a crash may have left out, now and every hour."""
        for incident in self.needs.register.clocks():
            self._watch_over(incident, now)
        hour = (now.astimezone(UTC) + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        self.needs.alarms.set(f"{WATCH}:{hour:%Y%m%d%H}", WATCH, WATCH, hour)

    def watch(self, alarm: Alarm, now: datetime) -> None:
        """The hourly look."""
        self.start(now)

    def remind(self, alarm: Alarm, now: datetime) -> None:
        """A reminder is due: sent while nothing is decided."""
        incident = self.needs.register.get(alarm.about)
        if incident is None or incident.decided or incident.closed_at:
            return
        hours = hours_of(alarm.key)
        passed = [n for n in REMINDERS if now >= incident.aware_at + timedelta(hours=n)]
        if hours not in passed or hours != passed[-1]:
            # The clock was corrected after this alarm was taken, or no worker ran and a later reminder is due as well.
            return
        head = self.needs.register.head()
        card = cards.reminder(incident, hours, head, now, self.needs.office.zone)
        self.needs.outbox.send(card, self.needs.lead, alarm.key)

    def purge(self, now: datetime) -> int:
        """Delete the contents of what was closed long enough ago and is on no hold."""
        before = now - timedelta(days=self.needs.keep_months * 365 // 12)
        return self.needs.register.purge(before, now)

    def _watch_over(self, incident: Incident, now: datetime) -> None:
        if not incident.decided:
            self._set_reminders(incident)
        card = cards.alert(incident, self.needs.register.head(), now, self.needs.office.zone)
        self.needs.outbox.send(card, self.needs.lead, f"breach:{incident.id}:alert")

    def _set_reminders(self, incident: Incident) -> None:
        for hours in REMINDERS:
            due = incident.aware_at + timedelta(hours=hours)
            self.needs.alarms.set(alarm_key(incident.id, hours), CLOCK, incident.id, due)

    def _digest(self, source: str) -> str:
        return hmac.new(self.needs.site_key, f"breach source {source}".encode(), hashlib.sha256).hexdigest()

    def _mark(self, by: Person | None) -> str:
        """Tells one person from another in the history, and nobody who they are."""
        if by is None:
            return "staff"
        who = hmac.new(self.needs.site_key, f"breach by {by.platform} {by.id}".encode(), hashlib.sha256).hexdigest()
        return f"{'team' if by.team else 'staff'}:{who[:8]}"


def scrubbed(texts: Mapping[str, str], scrub: Callable[[str], ScrubbedText]) -> dict[str, ScrubbedText]:
    """What was typed, scrubbed; fields left out stay out."""
    return {name: scrub(text) for name, text in texts.items() if text.strip()}


def tokens(values: Sequence[str]) -> str:
    """Several tokens as one."""
    return ",".join(dict.fromkeys(value for value in values if value))


def _new_id() -> str:
    first, second = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    return f"BR-{first}-{second}"
