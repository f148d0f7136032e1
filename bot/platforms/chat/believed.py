"""What a platform said of people and conversations, believed for a while so that it is not asked each time."""

import threading
import time
from collections.abc import Callable

KEEP_SECONDS = 300.0
"""How long an answer is believed."""
MOST_KNOWN = 5_000


class Believed:
    """Answers to yes-or-no questions by key, in memory; safe to use from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}
        self._lock = threading.Lock()

    def ask(self, key: tuple[str, str], ask: Callable[[], bool]) -> bool:
        """What is known under a key, or what `ask` finds out; its errors are passed on and not remembered."""
        with self._lock:
            known = self._known.get(key)
            if known and self._clock() - known[0] < KEEP_SECONDS:
                return known[1]
        answer = ask()
        with self._lock:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key] = (self._clock(), answer)
        return answer
