"""Notes the questions that the guidance did not settle, after the answer has gone out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import structlog

from bot.domain.ports import GapLog
from bot.domain.verdict import Verdict
from bot.nearmiss.scrub import Scrubber

LONGEST = 500
"""Characters of a question that are kept: enough to see what to write, too little for a story."""
log = structlog.get_logger("sendcheck.gaps")


class GapNotes:
    """Scrubs and stores in one thread of its own, so that nobody waits for it."""

    def __init__(
        self,
        scrubber: Callable[[], Scrubber],
        gaps: Callable[[], GapLog],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._scrubber = scrubber
        self._gaps = gaps
        self._now = now
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gaps")

    def __call__(self, question: str, verdict: Verdict) -> None:
        """Note one question; its text is scrubbed before it is stored, and never logged."""
        self._worker.submit(self._note, question[:LONGEST], verdict)

    def close(self) -> None:
        """Finish what was handed in."""
        self._worker.shutdown(wait=True)

    def _note(self, question: str, verdict: Verdict) -> None:
        try:
            self._gaps().add(self._scrubber().scrub(question), verdict, self._now())
        except Exception as error:
            log.warning("a gap could not be noted", error=type(error).__name__)


def not_noted(question: str, verdict: Verdict) -> None:
    """Used where no server runs: a single question from the shell is not worth loading the recognisers for."""
