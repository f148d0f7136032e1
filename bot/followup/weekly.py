"""Once a week the team is told what the guidance did not settle, if anything new came up."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.card import Card, CardKind
from bot.domain.component import Alarm
from bot.domain.people import Place
from bot.domain.ports.post import Alarms, Outbox
from bot.followup.gaps import Gaps, Shown

WEEKLY = "gaps.weekly"
"""Kind of the alarm."""
WEEK = timedelta(days=7)
MOST = 8


class WeeklyNotice:
    """Sets its own next alarm each time it goes off."""

    def __init__(
        self,
        gaps: Gaps,
        outbox: Callable[[], Outbox],
        alarms: Callable[[], Alarms],
        team: tuple[Place, ...],
        next_time: Callable[[datetime], datetime],
    ) -> None:
        self._gaps = gaps
        self._outbox = outbox
        self._alarms = alarms
        self._team = team
        self._next_time = next_time

    def start(self, now: datetime) -> None:
        """Set the next alarm; setting it again changes nothing."""
        due = self._next_time(now)
        self._alarms().set(f"{WEEKLY}:{due:%Y-%m-%d}", WEEKLY, "gaps", due)

    def run(self, alarm: Alarm, now: datetime) -> None:
        """Tell the team of open gaps in which something was asked this week."""
        self.start(now)
        since = (alarm.due - WEEK).date()
        found = [one for one in self._gaps.shown() if not one.closed and one.cluster.newest >= since]
        if found:
            self._outbox().send(_card(found), self._team, alarm.key)


def _card(found: list[Shown]) -> Card:
    lines = [f"{len(one.cluster.gaps)} × {one.cluster.title}" for one in found[:MOST]]
    more = len(found) - len(lines)
    rest = (f"… and {more} more.",) if more else ()
    end = "Each has a drafted row on the board’s page of gaps. Only a person publishes it."
    return Card(CardKind.DIGEST, "What the guidance did not settle this week", (*lines, *rest, end))
