"""Accepted events are answered in order, once, and by the next process if this one ends."""

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot import turns
from bot.domain.ports.post import Accepted, DeliveryError
from bot.turns import Turn, Turns, Work

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


class HeldInbox:
    """An inbox in memory with the same promises as the stored one."""

    def __init__(self) -> None:
        self.payloads: dict[str, bytes] = {}
        self.notes: dict[str, str] = {}
        self.leases: dict[str, datetime] = {}
        self.answered: list[str] = []
        self._lock = threading.Lock()

    def accept(self, platform: str, id: str, payload: bytes, now: datetime) -> bool:  # noqa: A002
        with self._lock:
            new = id not in self.payloads and id not in self.answered
            if new:
                self.payloads[id] = payload
            return new

    def claim(self, platform: str, now: datetime, most: int, lease_seconds: int = 120) -> Sequence[Accepted]:
        with self._lock:
            free = [one for one in self.payloads if self.leases.get(one, now) <= now][:most]
            for one in free:
                self.leases[one] = now + timedelta(seconds=lease_seconds)
            return [Accepted(one, self.payloads[one], self.notes.get(one, "")) for one in free]

    def hold(self, platform: str, id: str, now: datetime, lease_seconds: int = 120) -> bool:  # noqa: A002
        with self._lock:
            self.leases[id] = now + timedelta(seconds=lease_seconds)
            return True

    def note(self, platform: str, id: str, note: str) -> None:  # noqa: A002
        self.notes[id] = note

    def done(self, platform: str, id: str) -> None:  # noqa: A002
        with self._lock:
            self.payloads.pop(id, None)
            self.answered.append(id)

    def waiting(self, platform: str) -> int:
        return len(self.payloads)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def conversation(payload: bytes) -> str:
    return payload.decode().split(":")[0]


def working(
    inbox: HeldInbox, handle: Callable[[Turn], None], gave_up: list[str] | None = None, **options: object
) -> Turns:
    def give_up(turn: Turn) -> None:
        if gave_up is not None:
            gave_up.append(turn.accepted.id)

    begun = Turns(inbox, Work("slack", conversation, handle, give_up), **options)  # type: ignore[arg-type]
    begun.start()
    return begun


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(2000):
        if true():
            return
        time.sleep(0.005)
    pytest.fail("it never came about")


@pytest.fixture(autouse=True)
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LOOK_SECONDS", 0.02)


def test_an_event_is_answered_and_forgotten() -> None:
    inbox = HeldInbox()
    seen: list[bytes] = []
    begun = working(inbox, lambda turn: seen.append(turn.accepted.payload))
    assert begun.accept("E1", b"a:1")
    wait_until(lambda: inbox.answered == ["E1"])
    begun.close()
    assert seen == [b"a:1"]
    assert inbox.waiting("slack") == 0


def test_an_event_sent_again_is_not_answered_again() -> None:
    inbox = HeldInbox()
    seen: list[str] = []
    begun = working(inbox, lambda turn: seen.append(turn.accepted.id))
    assert begun.accept("E1", b"a:1")
    assert not begun.accept("E1", b"a:1")
    wait_until(lambda: inbox.answered == ["E1"])
    assert not begun.accept("E1", b"a:1")
    begun.close()
    assert seen == ["E1"]


def test_questions_are_answered_while_every_worker_for_files_is_busy() -> None:
    inbox = HeldInbox()
    go_on = threading.Event()

    def handle(turn: Turn) -> None:
        if b"file" in turn.accepted.payload:
            assert go_on.wait(10)

    begun = Turns(inbox, Work("slack", conversation, handle, lambda _: None, lambda payload: b"file" in payload))
    begun.start()
    for chat in "abcdef":
        begun.accept(chat, f"{chat}:file".encode())
    for chat in "xyz":
        begun.accept(chat, f"{chat}:question".encode())
    begun.accept("a2", b"a:question")  # the same conversation stays in order
    wait_until(lambda: set(inbox.answered) == set("xyz"))
    go_on.set()
    wait_until(lambda: len(inbox.answered) == 10)
    begun.close()
    assert inbox.answered.index("a") < inbox.answered.index("a2")


def test_a_conversation_is_answered_in_order_while_others_go_on() -> None:
    inbox = HeldInbox()
    go_on = threading.Event()
    seen: list[str] = []

    def handle(turn: Turn) -> None:
        if turn.accepted.id == "a1":
            go_on.wait(10)
        seen.append(turn.accepted.id)

    begun = working(inbox, handle)
    for event in ("a1", "a2", "b1"):
        begun.accept(event, f"{event[0]}:".encode())
    wait_until(lambda: "b1" in seen)
    assert seen == ["b1"]
    go_on.set()
    wait_until(lambda: len(inbox.answered) == 3)
    begun.close()
    assert seen == ["b1", "a1", "a2"]


def test_what_an_ended_process_left_is_taken_up_with_its_note() -> None:
    inbox = HeldInbox()
    inbox.accept("slack", "E1", b"a:1", START)
    inbox.note("slack", "E1", "message 17")
    notes: list[str] = []
    begun = working(inbox, lambda turn: notes.append(turn.noted()))
    wait_until(lambda: inbox.answered == ["E1"])
    begun.close()
    assert notes == ["message 17"]


def test_what_was_noted_is_known_to_the_next_try_and_to_whoever_gives_up() -> None:
    inbox, clock, notes = HeldInbox(), Clock(), []

    def handle(turn: Turn) -> None:
        notes.append(turn.noted())
        turn.note(f"message {len(notes)}")
        raise DeliveryError("Not now.", permanent=len(notes) == 2)

    def give_up(turn: Turn) -> None:
        notes.append(turn.noted())

    begun = Turns(inbox, Work("teams", conversation, handle, give_up), now=clock)
    begun.start()
    begun.accept("E1", b"a:1")
    wait_until(lambda: notes == [""])
    clock.now += timedelta(seconds=turns.LONGEST_REST_SECONDS + 1)
    wait_until(lambda: inbox.answered == ["E1"])
    begun.close()
    assert notes == ["", "message 1", "message 2"]


def test_an_answer_that_cannot_go_out_now_goes_out_when_the_platform_is_back() -> None:
    inbox, clock, tries = HeldInbox(), Clock(), []

    def handle(turn: Turn) -> None:
        tries.append(turn.accepted.id)
        if len(tries) == 1:
            raise DeliveryError("Slack is down.", permanent=False)

    begun = working(inbox, handle, now=clock)
    begun.accept("E1", b"a:1")
    wait_until(lambda: tries == ["E1"])
    assert inbox.answered == []
    clock.now += timedelta(seconds=turns.LEASE_SECONDS + 1)
    wait_until(lambda: inbox.answered == ["E1"])
    begun.close()


def test_an_event_that_fails_again_and_again_is_given_up_and_the_sender_is_told() -> None:
    inbox, clock, gave_up, tries = HeldInbox(), Clock(), [], []

    def handle(turn: Turn) -> None:
        tries.append(turn.accepted.id)
        raise ValueError("broken")

    begun = working(inbox, handle, gave_up, now=clock)
    begun.accept("E1", b"a:1")

    def given_up() -> bool:
        clock.now += timedelta(seconds=turns.LONGEST_REST_SECONDS + 1)
        return inbox.answered == ["E1"]

    wait_until(given_up)
    begun.close()
    assert len(tries) == turns.MOST_TRIES
    assert gave_up == ["E1"]


def test_a_failing_event_keeps_no_other_waiting_and_its_content_out_of_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    inbox = HeldInbox()

    def handle(turn: Turn) -> None:
        if turn.accepted.id == "E1":
            raise ValueError("Asha Example of 4 Sample Road")

    begun = working(inbox, handle)
    begun.accept("E1", b"a:1")
    begun.accept("E2", b"b:1")
    wait_until(lambda: inbox.answered == ["E2"])
    begun.close()
    assert "Asha" not in "".join(capsys.readouterr())


def test_what_follows_a_delayed_answer_in_its_conversation_waits_for_it() -> None:
    inbox, clock, seen = HeldInbox(), Clock(), []
    down = threading.Event()
    down.set()

    def handle(turn: Turn) -> None:
        if turn.accepted.id == "a1" and down.is_set():
            raise DeliveryError("Slack is down.", permanent=False)
        seen.append(turn.accepted.id)

    begun = working(inbox, handle, now=clock)
    for event in ("a1", "a2", "b1"):
        begun.accept(event, f"{event[0]}:".encode())
    wait_until(lambda: seen == ["b1"])
    down.clear()
    clock.now += timedelta(seconds=turns.LONGEST_REST_SECONDS + 1)
    wait_until(lambda: len(inbox.answered) == 3)
    begun.close()
    assert seen == ["b1", "a1", "a2"]


def test_the_platforms_own_wish_to_wait_is_honoured() -> None:
    inbox, clock, tries = HeldInbox(), Clock(), []

    def handle(turn: Turn) -> None:
        tries.append(clock.now)
        if len(tries) == 1:
            raise DeliveryError("Slow down.", permanent=False, retry_after=300)

    begun = working(inbox, handle, now=clock)
    begun.accept("E1", b"a:1")
    wait_until(lambda: len(tries) == 1)
    clock.now += timedelta(seconds=299)
    time.sleep(3 * turns.RESTING_LOOK_SECONDS)
    assert len(tries) == 1
    clock.now += timedelta(seconds=2)
    wait_until(lambda: inbox.answered == ["E1"])
    begun.close()


def test_the_sender_is_told_when_the_platform_will_never_take_the_answer() -> None:
    inbox, gave_up = HeldInbox(), []

    def handle(turn: Turn) -> None:
        raise DeliveryError("not_in_channel", permanent=True)

    begun = working(inbox, handle, gave_up)
    begun.accept("E1", b"a:1")
    wait_until(lambda: inbox.answered == ["E1"])
    begun.close()
    assert gave_up == ["E1"]
