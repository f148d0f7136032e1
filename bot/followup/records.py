"""Remembers answers after they have gone out, in a thread of its own, so that nobody waits for it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog

from bot.domain.answers import AnswerRecord
from bot.domain.component import Answered
from bot.domain.nearmiss import ScrubbedText
from bot.domain.ports.answers import AnswerBook
from bot.domain.ports.meanwhile import Meanwhile
from bot.followup.again import Ground
from bot.followup.buttons import lasting
from bot.followup.gap_notes import LONGEST
from knowledge import Library

KEEP_PENDING = timedelta(hours=1)
"""How long the scrubbed words of a question wait, sealed, for "Ask a person"."""
_KIND = "question"
Scrub = Callable[[str], ScrubbedText]
log = structlog.get_logger("sendcheck.followup")


class Recorder:
    """Keeps what each answer rested on; its question scrubbed, sealed, for a while, where a person may be asked."""

    def __init__(
        self,
        book: Callable[[], AnswerBook],
        meanwhile: Callable[[], Meanwhile],
        library: Callable[[], Library],
        scrub: Scrub,
    ) -> None:
        self._book = book
        self._library = library
        self._scrub = scrub
        self._meanwhile = meanwhile
        self._ground: Ground | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")

    def __call__(self, answered: Answered, *, keep_question: bool) -> None:
        """Remember one answer soon."""
        self._worker.submit(self._note, answered, keep_question)

    def close(self) -> None:
        """Finish what was handed in."""
        self._worker.shutdown(wait=True)

    def question(self, id: str, now: datetime) -> ScrubbedText | None:  # noqa: A002 - the field's name
        """The scrubbed question of an answer given a short while ago; raises StoreError."""
        return self._meanwhile().get(_KIND, id, ScrubbedText, now)

    def ground(self) -> Ground:
        """The guidance in use, ready to be held against."""
        library = self._library()
        if self._ground is None or self._ground.library is not library:
            self._ground = Ground(library)
        return self._ground

    def _note(self, answered: Answered, keep_question: bool) -> None:
        try:
            self._book().add(record_of(answered, self.ground()))
            if keep_question:
                self._hold(answered)
        except Exception as error:  # an answer that cannot be remembered was still given
            log.warning("an answer could not be remembered", error=type(error).__name__)

    def _hold(self, answered: Answered) -> None:
        text = answered.message.text.strip()[:LONGEST]
        if not text:
            return
        self._meanwhile().put(_KIND, answered.reply.id, self._scrub(text), answered.now, KEEP_PENDING)


def record_of(answered: Answered, ground: Ground) -> AnswerRecord:
    """What is remembered of an answer. A clarifying question is no answer yet: nobody is told when it changes."""
    reply = answered.reply
    relied = ground.relied_on(reply.citations)
    files = bool(reply.files)
    return AnswerRecord(
        id=reply.id,
        verdict=reply.verdict,
        basis=ground.today(reply.facts, relied, reply.verdict, files=files).verdict,
        facts=reply.facts,
        relied=relied,
        day=answered.now.date(),
        stamp=ground.library.stamp,
        place=lasting(answered.message.sender) if reply.clarify is None else None,
        files=files,
    )
