"""Says what a long check has found so far, so that a person who waits need not wait for the first finding."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

from bot.domain.words import CATEGORY_WORDS
from bot.scan.extract.interface import Table, Text
from bot.scan.recognise.interface import Recognised

AFTER = 0.5
"""Seconds: a check that is over by then says it all at once."""
_LETTERS = 6_000
"""Characters that one look takes in: about a tenth of a second of recognising."""
_LOOKS = 3
_ROWS = 100
_MOST_WORDS = 3
Progress = Callable[[int, int, str], None]


class FirstLook:
    """Stands between the readers and whoever is told how far they are."""

    def __init__(self, recognise: Callable[[Sequence[Text | Table]], Recognised], progress: Progress) -> None:
        self._recognise = recognise
        self._progress = progress
        self._started = time.monotonic()
        self._looks = _LOOKS
        self._waiting: list[Text | Table] = []
        self._letters = 0
        self._said = ""
        self._last = (0, 1, "Reading the file")

    def tell(self, done: int, total: int, what: str) -> None:
        """Pass on how far the reading has got, with what was found so far."""
        self._last = (done, total, what)
        self._progress(done, total, f"{what}{self._said}")

    def see(self, parts: Sequence[Text | Table]) -> None:
        """Take in parts as they are read; look into the first of them when the check turns out to be a long one."""
        if self._looks == 0:
            return
        for part in parts:
            if self._letters < _LETTERS:
                self._waiting.append(_beginning(part, _LETTERS - self._letters))
                self._letters += _size(self._waiting[-1])
        if self._waiting and time.monotonic() - self._started >= AFTER:
            self._look()

    def _look(self) -> None:
        self._looks -= 1
        counts = Counter(finding.category for finding in self._recognise(self._waiting).findings)
        self._waiting, self._letters = [], 0
        if counts:
            self._looks = 0
            kinds = [f"{number} × {CATEGORY_WORDS[category]}" for category, number in counts.most_common(_MOST_WORDS)]
            self._said = f" · found so far: {', '.join(kinds)}"
            self.tell(*self._last)


def _beginning(part: Text | Table, letters: int) -> Text | Table:
    if isinstance(part, Text):
        return Text(part.text[:letters], part.place, part.hidden, part.source)
    return Table(part.place, part.rows[:_ROWS], part.hidden)


def _size(part: Text | Table) -> int:
    return len(part.text) if isinstance(part, Text) else sum(len(cell.text) for row in part.rows for cell in row)
