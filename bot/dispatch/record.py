"""Dispatches from planning to the receiver's hands: tracked, asked after, and a breach when lost."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.dispatch import cards
from bot.domain.card import Card
from bot.domain.component import Alarm
from bot.domain.dispatch import Dispatch, DispatchState, Watch
from bot.domain.incident import Happening, Incident
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.domain.ports.dispatches import Dispatches
from bot.domain.ports.meanwhile import Meanwhile
from bot.domain.ports.post import Alarms, Outbox
from bot.incident.record import Incidents
from bot.nearmiss.record import LETTERS
from bot.office_hours import OfficeHours

DUE = "dispatch.due"
KEEP = timedelta(days=90)
"""How long a settled dispatch is kept."""
STEP_CHANNEL = {"courier": "carrier", "post": "carrier"}
"""Under which steps of the first hour a lost one falls; others are things lost on the way."""


class Needs(Protocol):
    """What dispatches stand on; each part may be loaded when it is first used."""

    @property
    def dispatches(self) -> Dispatches:
        """Where they are kept."""

    @property
    def incidents(self) -> Incidents:
        """What a lost one becomes."""

    @property
    def outbox(self) -> Outbox:
        """Cards on their way."""

    @property
    def alarms(self) -> Alarms:
        """Moments to come."""

    @property
    def meanwhile(self) -> Meanwhile:
        """What waits between two presses."""

    @property
    def scrub(self) -> Callable[[str], ScrubbedText]:
        """Takes personal data out of what is typed."""

    @property
    def office(self) -> OfficeHours:
        """Working time."""

    @property
    def lead(self) -> tuple[Place, ...]:
        """Where the lead, or else the information team, is told."""


class Tracking:
    """Follows dispatches."""

    def __init__(self, needs: Needs) -> None:
        self.needs = needs

    def start_one(self, dispatch: Dispatch, sender: Place | None) -> None:
        """Keep a new one and wait for it; raises StoreError."""
        self.needs.dispatches.add(dispatch, sender)
        self._wait_for(dispatch)

    def settle(self, dispatch: Dispatch, changed: Dispatch) -> bool:
        """It was received, lost or cancelled: nobody waits any more. False when somebody was faster."""
        if not self.needs.dispatches.change(changed, dispatch.state):
            return False
        self.needs.alarms.cancel(dispatch.code, DUE)
        return True

    def put_off(self, dispatch: Dispatch, expected: datetime, note: ScrubbedText) -> Dispatch | None:
        """It comes later; nothing when somebody was faster."""
        changed = replace(dispatch, expected_at=expected, delays=dispatch.delays + 1, note=note)
        if not self.needs.dispatches.change(changed, dispatch.state):
            return None
        self.needs.alarms.cancel(dispatch.code, DUE)
        self._wait_for(changed)
        return changed

    def lose(self, dispatch: Dispatch, note: ScrubbedText, now: datetime) -> Incident:
        """It is lost: the breach first, so that a crash in between loses no clock; once, however often it is said."""
        told = f"Lost on the way: {dispatch.what.text}, to {dispatch.destination.text}"
        words = ". ".join(part for part in (told, note.text) if part)
        channel = STEP_CHANNEL.get(dispatch.channel, "media")
        what = ScrubbedText(words, dispatch.what.removed + note.removed)
        incident = self.needs.incidents.lost_dispatch(dispatch.code, what, channel, now)
        lost = replace(dispatch, state=DispatchState.LOST, settled_at=now, note=note, incident=incident.id)
        self.settle(dispatch, lost)
        return incident

    def found(self, dispatch: Dispatch, now: datetime) -> None:
        """A lost one came after all; the breach stays, and says so."""
        note = ScrubbedText("The dispatch was received after all; seal and number were right.")
        incident = self.needs.incidents.needs.register.get(dispatch.incident)
        if incident is not None and incident.closed_at is None:
            self.needs.incidents.add(incident.id, now, Happening.STEP, {}, {"note": note}, None)

    def broken_seal(self, dispatch: Dispatch) -> Card:
        """It came, but not whole: sender and lead are told at once; it stays open until somebody explains it."""
        card = cards.broken_seal(dispatch, self.needs.office.zone)
        self.needs.outbox.send(card, self._watching(dispatch), f"dispatch:{dispatch.code}:seal")
        # Whoever has the code reads this: the number stays what only the bag and the sender show.
        return replace(card, details=tuple(pair for pair in card.details if pair[0] != cards.BAG))

    def another_bag(self, dispatch: Dispatch) -> None:
        """Somebody with the code has a bag with another number: sender and lead are told, once."""
        card = cards.another_bag(dispatch, self.needs.office.zone)
        self.needs.outbox.send(card, self._watching(dispatch), f"dispatch:{dispatch.code}:bag")

    def due(self, alarm: Alarm, now: datetime) -> None:
        """Nobody has confirmed it: tell sender and lead, and again every working hour."""
        dispatch = self.needs.dispatches.get(alarm.about)
        if dispatch is None or not dispatch.overdue(now):
            return
        card = cards.unconfirmed(dispatch, now, self.needs.office.zone)
        self.needs.outbox.send(card, self._watching(dispatch), alarm.key)
        turn = int(alarm.key.rpartition(":")[2]) + 1
        # From the later of the two: after a worker was down, one card comes and not one for each hour it missed.
        after = self.needs.office.next_open(max(alarm.due, now) + timedelta(hours=1))
        self.needs.alarms.set(self._key(dispatch, turn), DUE, dispatch.code, after)

    def start(self, now: datetime) -> None:
        """Set again what a crash between two writes may have left out."""
        for dispatch in self.needs.dispatches.awaited():
            if not self.needs.alarms.coming(dispatch.code):
                self._wait_for(dispatch)

    def purge(self, now: datetime) -> int:
        """Delete what was settled ninety days ago."""
        return self.needs.dispatches.purge(now - KEEP)

    def _wait_for(self, dispatch: Dispatch) -> None:
        self.needs.alarms.set(self._key(dispatch, 0), DUE, dispatch.code, dispatch.expected_at)

    def _key(self, dispatch: Dispatch, turn: int) -> str:
        # With the number of delays: an alarm that was called off stays so, and a new time needs new ones.
        return f"dispatch:{dispatch.code}:{dispatch.delays}:{turn}"

    def _watching(self, dispatch: Dispatch) -> tuple[Place, ...]:
        sender = self.needs.dispatches.sender(dispatch.code)
        mine = (sender,) if sender is not None and dispatch.watch is Watch.BOTH else ()
        return tuple(dict.fromkeys((*mine, *self.needs.lead)))


def new_code() -> str:
    """A code such as DP-7F3K-92QD, from the system's randomness and nothing else.

    One of 5e11: with a thousand dispatches open, a program that tries a hundred codes a second hits on one in a month
    or two, and then it still does not know the number on the bag.
    """
    first, second = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    return f"DP-{first}-{second}"
