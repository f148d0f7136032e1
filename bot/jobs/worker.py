"""The worker: sets off alarms, delivers cards and purges once a day, for as long as the process runs.

One thread sets off alarms, and each platform has a thread for its cards, so that one that hangs delays no other.
Several processes may work at once: the stores see to it that each thing happens once. What fails is tried again later;
its content is never logged.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import structlog

from bot.domain.component import Alarm, Component
from bot.domain.ports.post import Alarms, Courier, DeliveryError, Outbox, Parcel
from bot.errors import SendcheckError

EVERY_SECONDS = 1.0
"""How often the worker looks when there was nothing to do."""

AFTER_TROUBLE_SECONDS = 5.0
"""How long it waits when the database could not be used."""

LEASE_SECONDS = 180
"""How long a parcel or an alarm stays with a process that has gone silent; longer than any delivery may take."""

log = structlog.get_logger("sendcheck.worker")


class AlarmsAtWork(Alarms, Protocol):
    """The alarms, as the worker needs them."""

    def failed(self, alarm: Alarm, now: datetime) -> None:
        """Its handler failed: it goes off again later, with growing waits."""


class OutboxAtWork(Outbox, Protocol):
    """The outbox, as the worker needs it."""

    def claim(
        self, now: datetime, most: int, lease_seconds: int = 60, platforms: Collection[str] | None = None
    ) -> Sequence[Parcel]:
        """Take parcels that are due, of these platforms only."""


@dataclass(frozen=True)
class Duties:
    """What there is to do."""

    alarms: AlarmsAtWork
    outbox: OutboxAtWork
    couriers: Mapping[str, Courier]
    """By platform; a platform without one is off, and its cards wait."""
    components: Sequence[Component] = ()
    """Whose starts and alarm handlers are run; none where another process does it."""


class Worker:
    """The threads of one process."""

    def __init__(
        self,
        duties: Duties,
        *,
        every: float = EVERY_SECONDS,
        lease_seconds: int = LEASE_SECONDS,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._duties = duties
        self._every = every
        self._lease = lease_seconds
        self._now = now
        self._handlers = {kind: handler for one in duties.components for kind, handler in one.alarms.items()}
        self._starts = [one.start for one in duties.components if one.start]
        self._stopping = threading.Event()
        self._threads = [self._thread("deliver-" + name, self._deliverer(name)) for name in duties.couriers]
        if duties.components:
            self._threads.append(self._thread("alarms", self.set_off))

    @property
    def platforms(self) -> tuple[str, ...]:
        """Where it delivers."""
        return tuple(self._duties.couriers)

    def start(self) -> None:
        """Begin to work, in threads of its own."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 20.0) -> None:
        """Finish what is in hand, and end."""
        self._stopping.set()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout=seconds)

    def set_off(self) -> bool:
        """Run the handler of one alarm that is due; whether there was one. Raises StoreError."""
        self._start_components()
        now = self._now()
        for alarm in self._duties.alarms.claim(now, 1, self._lease):
            try:
                self._handlers[alarm.kind](alarm, now)
            except Exception as error:  # one broken handler must not stop the others; its content stays out of the log
                log.error("alarm_failed", kind=alarm.kind, error=type(error).__name__)
                self._duties.alarms.failed(alarm, self._now())
            else:
                self._duties.alarms.done(alarm)
            return True
        return False

    def deliver(self, platform: str) -> bool:
        """Deliver one card that is due on that platform; whether there was one. Raises StoreError."""
        for parcel in self._duties.outbox.claim(self._now(), 1, self._lease, platforms=(platform,)):
            try:
                self._duties.couriers[platform].deliver(parcel.card, parcel.place.id, parcel.key)
            except Exception as error:
                said = error if isinstance(error, DeliveryError) else DeliveryError("broken", permanent=False)
                log.warning(
                    "delivery_failed",
                    platform=platform,
                    card=parcel.card.kind.value,
                    error=type(error).__name__,
                    permanent=said.permanent,
                    tries=parcel.tries + 1,
                )
                self._duties.outbox.failed(parcel, self._now(), said)
            else:
                self._duties.outbox.delivered(parcel)
            return True
        return False

    def _start_components(self) -> None:
        """Once each; what fails is tried again at the next look, and the others are started all the same."""
        waiting, self._starts = self._starts, []
        for start in waiting:
            try:
                start(self._now())
            except Exception as error:
                log.error("start_failed", error=type(error).__name__)
                self._starts.append(start)

    def _deliverer(self, platform: str) -> Callable[[], bool]:
        return lambda: self.deliver(platform)

    def _thread(self, name: str, one: Callable[[], bool]) -> threading.Thread:
        return threading.Thread(target=self._keep_doing, args=(name, one), name=name, daemon=True)

    def _keep_doing(self, name: str, one: Callable[[], bool]) -> None:
        while not self._stopping.is_set():
            try:
                did = one()
            except SendcheckError as error:
                log.warning("worker_waits", what=name, error=type(error).__name__)
                self._stopping.wait(AFTER_TROUBLE_SECONDS)
            except Exception as error:  # whatever it was, the next look may go well
                log.error("worker_failed", what=name, error=type(error).__name__)
                self._stopping.wait(AFTER_TROUBLE_SECONDS)
            else:
                if not did:
                    self._stopping.wait(self._every)
