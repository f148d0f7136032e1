"""Purging: whatever is past its time is deleted, once a day and by `sendcheck purge`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import structlog

from bot.domain.component import Alarm, Component
from bot.domain.ports.post import Alarms

DAILY = "post.purge"
"""Kind of the alarm."""

AT = time(3, tzinfo=UTC)
"""When nobody is at work."""

log = structlog.get_logger("sendcheck.purge")

Purge = Callable[[datetime], int]
"""Deletes what is past its time at that moment; gives how many things went."""


@dataclass(frozen=True)
class Purged:
    """How it went for one area."""

    what: str
    gone: int = 0
    failed: str = ""
    """Type of the error, when it could not be done."""


class PurgeFailed(Exception):  # noqa: N818 - reads better in a log: this is what happened
    """At least one area could not be purged; it is tried again."""


def purge_all(purges: Mapping[str, Purge], now: datetime) -> tuple[Purged, ...]:
    """Purge every area; one that fails stops no other."""
    return tuple(_purge(what, purge, now) for what, purge in purges.items())


def _purge(what: str, purge: Purge, now: datetime) -> Purged:
    try:
        return Purged(what, purge(now))
    except Exception as error:
        log.error("purge_failed", what=what, error=type(error).__name__)
        return Purged(what, failed=type(error).__name__)


def daily(alarms: Alarms, purges: Mapping[str, Purge]) -> Component:
    """The component that purges once a day, in whichever process is first."""

    def set_for(moment: datetime) -> None:
        day = moment.astimezone(UTC).date()
        alarms.set(f"purge:{day.isoformat()}", DAILY, "", datetime.combine(day, AT))

    def go(_: Alarm, now: datetime) -> None:
        set_for(now + timedelta(days=1))
        done = purge_all(purges, now)
        log.info("purged", gone=sum(one.gone for one in done))
        if any(one.failed for one in done):
            raise PurgeFailed

    return Component(alarms={DAILY: go}, start=set_for)
