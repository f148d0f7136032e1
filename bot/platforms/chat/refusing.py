"""Refusals at a door: each is counted, and the log says why now and then."""

import time
from collections.abc import Callable

import structlog

SAY_AGAIN_SECONDS = 60.0
"""How often the log says at most that something is refused for the same reason: anybody can make a door refuse."""


class Refusals:
    """Notes refusals of one platform."""

    def __init__(
        self, platform: str, count: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._log = structlog.get_logger(f"sendcheck.{platform}")
        self._count = count
        self._clock = clock
        self._said: dict[str, float] = {}

    def note(self, why: str) -> None:
        """Count one, and say it in the log unless that was done a moment ago."""
        self._count(why)
        now = self._clock()
        if now - self._said.get(why, float("-inf")) >= SAY_AGAIN_SECONDS:
            self._said[why] = now
            self._log.warning("refused", why=str(why))
