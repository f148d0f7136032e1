"""What waits in the post office, and what an operator should know of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.component import Checked

WORDS = {"slack": "Slack", "teams": "Teams", "mail": "mail", "web": "the web chat"}
"""Platforms as people call them."""

LOOK_BACK = timedelta(days=30)
"""For how long a card that could not be delivered is spoken of."""


@dataclass(frozen=True)
class Queues:
    """How much waits; numbers only."""

    parcels: Mapping[str, int] = field(default_factory=dict)
    """Cards on their way, by platform."""
    given_up: Mapping[str, int] = field(default_factory=dict)
    """Cards that could not be delivered lately, by platform."""
    alarms: Mapping[str, int] = field(default_factory=dict)
    """Alarms that are set, by kind."""
    late: Mapping[str, int] = field(default_factory=dict)
    """Alarms that should have gone off long ago, by kind."""
    events: Mapping[str, int] = field(default_factory=dict)
    """Events accepted and not answered, by platform."""


def waiting_for_nobody(queues: Queues, on: Collection[str]) -> tuple[str, ...]:
    """A sentence for each platform that is off and has cards waiting."""
    return tuple(
        f"{_cards(number)} {'waits' if number == 1 else 'wait'} for {WORDS.get(platform, platform)}, which is off"
        for platform, number in queues.parcels.items()
        if platform not in on
    )


def checked(queues: Queues, on: Collection[str]) -> tuple[Checked, ...]:
    """The lines of `sendcheck doctor`."""
    return tuple(_lines(queues, on))


def _lines(queues: Queues, on: Collection[str]) -> Iterator[Checked]:
    off = waiting_for_nobody(queues, on)
    yield from (Checked("cards", False, f"{one}: set it up, or take it out of the settings") for one in off)
    for platform, number in queues.given_up.items():
        name = WORDS.get(platform, platform)
        if platform == "web":  # pages are closed all the time, and what they miss is read with a code
            yield Checked("cards", True, f"{_cards(number)} for pages of the web chat that were closed meanwhile")
            continue
        said = f"{_cards(number)} could not be delivered by {name} in the last {LOOK_BACK.days} days"
        yield Checked("cards", False, f"{said}: is the place right, and may we write there?")
    if queues.late:
        kinds = ", ".join(f"{kind} {number}" for kind, number in queues.late.items())
        yield Checked("alarms", False, f"overdue: {kinds}. Is a worker running? If so, see its log")
    yield Checked("cards waiting", True, _listed(queues.parcels))
    yield Checked("alarms set", True, str(sum(queues.alarms.values())))
    yield Checked("messages not answered yet", True, _listed(queues.events))


def _listed(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {WORDS.get(name, name)}" for name, number in numbers.items()) or "0"


def _cards(number: int) -> str:
    return "1 card" if number == 1 else f"{number} cards"
