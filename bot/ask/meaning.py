"""Likens a phrase that the vocabulary does not know to the phrases that it knows, by sentence embedding."""

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge import Vocabulary

Vectors = npt.NDArray[np.float32]
LIKE = 0.66
"""Cosine from which the nearest known phrase counts. Each phrase of the vocabulary, likened to all others, was then
given its own term, a broader or a narrower one, five times in six for materials, four times in five for recipients."""
_ALIKE = 0.05
"""Similarities that differ by less say nothing about which is nearer."""
_READ = ("material", "recipient")


@dataclass(frozen=True)
class Likeness:
    """What a phrase probably stands for."""

    term: str
    similarity: float


class Meanings:
    """The phrases of the vocabulary as vectors, made when they are first needed and kept beside the index."""

    def __init__(
        self, vocabulary: Vocabulary, embed: Callable[[Sequence[str]], Vectors], cache: Path | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._embed = embed
        self._cache = cache

    def nearest(self, wordings: Sequence[str], fact: str) -> Likeness | None:
        """The term of this fact whose words one of the wordings is most like; None when it is like none or another."""
        scores = (self._vectors @ self._embed(list(dict.fromkeys(wordings))).T).max(axis=1)
        best = int(np.argmax(scores))
        if scores[best] < LIKE:
            return None
        close = {self._phrases[int(i)][0] for i in np.flatnonzero(scores >= scores[best] - _ALIKE)}
        term = self._phrases[best][0]
        # Where "a record" is as near to a broader term, no more is claimed than that.
        broader = [one for one in close if self._vocabulary.is_a(term, one)]
        term = min(broader, key=self._vocabulary.depth)
        return Likeness(term, float(scores[best])) if self._vocabulary.terms[term].fact == fact else None

    @cached_property
    def _phrases(self) -> tuple[tuple[str, str], ...]:
        """(term, phrase) for whatever can be sent or receive it."""
        return tuple(
            (term.id, phrase)
            for term in self._vocabulary.terms.values()
            if term.fact in _READ
            and not term.id.startswith("found_")
            and not term.situation
            and not self._vocabulary.is_a(term.id, "outside_topic")
            for phrase in dict.fromkeys((term.say, *term.words, *term.faint))
        )

    @cached_property
    def _vectors(self) -> Vectors:
        words = [phrase for _, phrase in self._phrases]
        key = hashlib.sha256("\n".join(words).encode()).hexdigest()
        if self._cache is not None and self._cache.is_file():
            with suppress(OSError, ValueError, KeyError), np.load(self._cache, allow_pickle=False) as stored:
                if str(stored["key"]) == key:
                    kept: Vectors = stored["vectors"]
                    return kept
        vectors = self._embed(words)
        if self._cache is not None:
            partial = self._cache.with_name(f"{self._cache.stem}.{os.getpid()}.partial.npz")
            with suppress(OSError):  # a full or read-only disk only costs the time to make them again
                np.savez(partial, key=np.array(key), vectors=vectors)
                partial.replace(self._cache)
        return vectors
