"""Works off what chat platforms sent: several conversations at once, in order within each, every event once.

What may take long, such as checking a file, has workers of its own: a question is not kept waiting by others' files.

An event is kept before it is acknowledged and forgotten when it is answered, so that nothing accepted is lost when the
process ends in between: whoever starts next, or another process, takes it up again.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from bot.domain.ports.post import Accepted, DeliveryError, Inbox
from bot.errors import StoreError
from bot.logs import where

LEASE_SECONDS = 60
"""How long an event stays with a process that has gone silent."""

LOOK_SECONDS = 5.0
"""How often leases are prolonged and events of other processes that died are looked for."""

LONGEST_REST_SECONDS = 60
"""How long a conversation waits at most before its next event is tried again; the waits grow up to it."""

RESTING_LOOK_SECONDS = 0.25
"""How often conversations that wait are looked at."""

PAUSE_SECONDS = 0.03
"""How long nothing may have come before an answer is begun: what came must be acknowledged first, within seconds."""

MOST_PAUSE_SECONDS = 0.5
"""How long an event waits at most for that."""

MOST_TRIES = 3
"""How often one event is tried before its sender, who waits, is told that it could not be done."""

log = structlog.get_logger("sendcheck.turns")


@dataclass(frozen=True)
class Turn:
    """One accepted event in hand."""

    accepted: Accepted
    note: Callable[[str], None] = field(repr=False)
    """Keeps the platform's own note with the event, such as the id of the message that will hold the answer."""
    noted: Callable[[], str] = field(repr=False)
    """What was noted last, by this try or an earlier one."""


@dataclass(frozen=True)
class Workers:
    """How many events are worked off at once, those that may take long apart from the others.

    Few: more of them only share the processor, and then everybody waits longer for the acknowledgement.
    """

    quick: int = 2
    long: int = 2


def _never(_payload: bytes) -> bool:
    return False


@dataclass(frozen=True)
class Work:
    """What a platform does with its events."""

    platform: str
    order: Callable[[bytes], str] = field(repr=False)
    """The conversation that a payload belongs to."""
    handle: Callable[[Turn], None] = field(repr=False)
    """Answers one event; may run again for the same event after a failure. DeliveryError that is not permanent means
    later, one that is permanent never; any other error counts as a try."""
    give_up: Callable[[Turn], None] = field(repr=False)
    """Tells the sender that it could not be done; its own errors are logged."""
    is_long: Callable[[bytes], bool] = field(repr=False, default=_never)
    """Whether a payload may take long."""


@dataclass(frozen=True)
class _Waiting:
    accepted: Accepted
    is_long: bool
    since: float


class Turns:
    """The events of one platform in this process."""

    def __init__(
        self,
        inbox: Inbox,
        work: Work,
        *,
        workers: Workers = Workers(),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._inbox = inbox
        self._work = work
        self._now = now
        self._waiting: OrderedDict[str, deque[_Waiting]] = OrderedDict()
        self._in_hand: set[str] = set()
        self._here: set[str] = set()
        self._held: set[str] = set()
        self._tries: dict[str, int] = {}
        self._delays: dict[str, int] = {}
        self._notes: dict[str, str] = {}
        self._resting: dict[str, datetime] = {}
        self._prolonged = now()
        self._accepting = threading.Lock()
        self._came = float("-inf")
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(is_long,), name=f"{work.platform}-{name}-{number}", daemon=True)
            for is_long, name, many in ((False, "quick", workers.quick), (True, "long", workers.long))
            for number in range(many)
        ]
        self._threads.append(threading.Thread(target=self._keep_looking, name=f"{work.platform}-look", daemon=True))

    def start(self) -> None:
        """Begin to work, with what an earlier process left behind first."""
        for thread in self._threads:
            thread.start()

    def accept(self, id: str, payload: bytes) -> bool:  # noqa: A002 - the platforms' word
        """Keep an event for good and queue it; False when it was accepted before. Raises StoreError."""
        self._came = time.monotonic()
        # One after another: writers that wait for a lock of SQLite sleep between tries, and some would sleep too long.
        with self._accepting:
            new = self._inbox.accept(self._work.platform, id, payload, self._now())
        if new:
            self._queue(Accepted(id, payload))
        return new

    def close(self, seconds: float = 10.0) -> None:
        """Finish what is in hand; what waits is taken up by the next start."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout=seconds)

    def _queue(self, accepted: Accepted) -> None:
        key = self._work.order(accepted.payload)
        waiting = _Waiting(accepted, self._work.is_long(accepted.payload), time.monotonic())
        with self._changed:
            if accepted.id in self._here:
                return
            self._here.add(accepted.id)
            self._waiting.setdefault(key, deque()).append(waiting)
            self._changed.notify_all()

    def _run(self, is_long: bool) -> None:
        while (taken := self._take(is_long)) is not None:
            key, waiting = taken
            rest: float | None = None
            try:
                rest = self._turn(waiting.accepted)
            finally:
                self._put_down(key, waiting, rest)

    def _put_down(self, key: str, waiting: _Waiting, rest: float | None) -> None:
        """Let go of an event, or after a failure put it back in front, so that its conversation stays in order."""
        accepted = waiting.accepted
        with self._changed:
            self._in_hand.discard(key)
            note = self._notes.pop(accepted.id, accepted.note)
            if rest is None:
                self._here.discard(accepted.id)
            else:
                tried = replace(waiting, accepted=replace(accepted, again=True, note=note))
                self._waiting.setdefault(key, deque()).appendleft(tried)
                self._resting[key] = self._now() + timedelta(seconds=rest)
            self._changed.notify_all()

    def _take(self, is_long: bool) -> tuple[str, _Waiting] | None:
        """The next event of a conversation that nobody works on; None when it is time to stop."""
        with self._changed:
            while not self._closing.is_set():
                key = self._next(is_long)
                pause = self._pause(self._waiting[key][0]) if key is not None else 0.0
                if pause > 0:
                    self._changed.wait(pause)
                elif key is not None:
                    waiting = self._waiting[key].popleft()
                    if self._waiting[key]:
                        self._waiting.move_to_end(key)
                    else:
                        del self._waiting[key]
                    self._in_hand.add(key)
                    return key, waiting
                else:
                    self._changed.wait(RESTING_LOOK_SECONDS if self._resting else None)
            return None

    def _pause(self, waiting: _Waiting) -> float:
        """Seconds to leave to what is coming in at this moment, before this is begun."""
        now = time.monotonic()
        return min(self._came + PAUSE_SECONDS, waiting.since + MOST_PAUSE_SECONDS) - now

    def _next(self, is_long: bool) -> str | None:
        if self._resting:
            now = self._now()
            self._resting = {key: until for key, until in self._resting.items() if until > now}
        free = (key for key in self._waiting if key not in self._in_hand and key not in self._resting)
        return next((key for key in free if self._waiting[key][0].is_long == is_long), None)

    def _turn(self, accepted: Accepted) -> float | None:
        """Answer one event; gives the seconds to wait before it is tried again, None when it is done with."""
        platform = self._work.platform
        turn = Turn(accepted, partial(self._note, accepted.id), lambda: self._notes.get(accepted.id, accepted.note))
        try:
            if not self._inbox.hold(platform, accepted.id, self._now(), LEASE_SECONDS):
                # Another process has taken it up meanwhile.
                return None
            self._work.handle(turn)
        except DeliveryError as error:
            if not error.permanent:
                log.warning("answer_delayed", platform=platform)
                return self._rest(self._delays, accepted, error.retry_after or 0)
            log.warning("answer_refused", platform=platform)
            self._give_up(turn)
        except Exception as error:  # one broken event must not stop the others; its content stays out of the log
            log.error("turn_failed", platform=platform, error=type(error).__name__, where=where(error))
            rest = self._rest(self._tries, accepted)
            if self._tries[accepted.id] < MOST_TRIES:
                return rest
            self._give_up(turn)
        self._tries.pop(accepted.id, None)
        self._delays.pop(accepted.id, None)
        self._done(accepted)
        return None

    def _note(self, event: str, note: str) -> None:
        """Keep a note with an event, here as well: who tries again or gives up goes on from it."""
        self._notes[event] = note
        self._inbox.note(self._work.platform, event, note)

    @staticmethod
    def _rest(counts: dict[str, int], accepted: Accepted, at_least: float = 0) -> float:
        counts[accepted.id] = counts.get(accepted.id, 0) + 1
        return max(at_least, min(LONGEST_REST_SECONDS, 2.0 ** counts[accepted.id]))

    def _give_up(self, turn: Turn) -> None:
        try:
            self._work.give_up(turn)
        except Exception as error:
            log.error("sender_not_told", platform=self._work.platform, error=type(error).__name__)

    def _done(self, accepted: Accepted) -> None:
        try:
            self._inbox.done(self._work.platform, accepted.id)
        except StoreError:
            # Answered, but not marked so: the note tells the platform that its answer is out already.
            log.error("not_marked_as_answered", platform=self._work.platform)

    def _keep_looking(self) -> None:
        while not self._closing.is_set():
            try:
                self._look()
            except Exception as error:
                log.error("inbox_not_read", platform=self._work.platform, error=type(error).__name__)
            self._closing.wait(LOOK_SECONDS)

    def _look(self) -> None:
        """Hold what is here, in good time and again before its lease ends, and take up what nobody has."""
        with self._changed:
            if self._now() - self._prolonged >= timedelta(seconds=LEASE_SECONDS / 3):
                self._prolonged = self._now()
                self._held.clear()
            self._held &= self._here
            mine = self._here - self._held
        for event in mine:
            self._inbox.hold(self._work.platform, event, self._now(), LEASE_SECONDS)
        self._held |= mine
        for accepted in self._inbox.claim(self._work.platform, self._now(), 100, LEASE_SECONDS):
            self._queue(replace(accepted, again=True))
