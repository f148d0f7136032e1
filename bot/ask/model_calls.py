"""Calls to a language model that may be slow, broken or hostile: a deadline, a limit on size, and a circuit breaker."""

import threading
import time
from collections.abc import Callable
from queue import Empty, Queue

import structlog

MOST_BYTES = 200_000
"""Of an answer; a few sentences are a few thousand."""
MOST_CALLS = 4
"""At the same time; a call that hangs keeps its place until its connection is cut."""
TROUBLES = 3
"""Failures in a row after which the model is left alone."""
REST_SECONDS = 60.0
log = structlog.get_logger("sendcheck.model")


class ModelTrouble(Exception):  # noqa: N818 - nobody is shown it: the plain answer is given instead
    """The model gave nothing that can be used."""


class Calls:
    """Asks the model and never waits longer than it was told to."""

    def __init__(self, ask: Callable[[str, str], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._places = threading.BoundedSemaphore(MOST_CALLS)
        self._lock = threading.Lock()
        self._failed = 0
        self._resting_until = 0.0

    @property
    def resting(self) -> bool:
        """True while the model is left alone after failures."""
        with self._lock:
            return self._clock() < self._resting_until

    def __call__(self, told: str, asked: str, seconds: float) -> str:
        """What the model answers; raises ModelTrouble."""
        if seconds <= 0 or self.resting or not self._places.acquire(blocking=False):
            raise ModelTrouble("no time, or the model is busy or resting")
        answers: Queue[str | None] = Queue()
        # A daemon: a call that hangs must not hold up the end of the process.
        threading.Thread(target=self._run, args=(told, asked, answers), name="model", daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except Empty:
            answer = None
            log.warning("the language model took too long")
        self._note(well=answer is not None)
        if answer is None:
            raise ModelTrouble("no answer in time")
        return answer

    def useless(self) -> None:
        """The answer came and could not be used: that counts as a failure too."""
        self._note(well=False)

    def _run(self, told: str, asked: str, answers: "Queue[str | None]") -> None:
        try:
            answers.put(self._ask(told, asked)[:MOST_BYTES])
        except Exception as error:  # whatever a provider's package raises; its text may quote the question
            log.warning("the language model failed", error=type(error).__name__)
            answers.put(None)
        finally:
            self._places.release()

    def _note(self, *, well: bool) -> None:
        with self._lock:
            self._failed = 0 if well else self._failed + 1
            if self._failed >= TROUBLES:
                self._failed, self._resting_until = 0, self._clock() + REST_SECONDS
                log.warning("the language model is left alone for a while", seconds=REST_SECONDS)
