"""What a question leans to, learned from the guidance's own: is it for this guidance, and how strict is the answer.

Kernel ridge regression over all known questions: two are alike by their meaning (cosine of their vectors) and by the
terms of the vocabulary that they name. Likeness to one known question is misled by shared nouns ("what does a judge
earn"); what all of them say together is not.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.embed import Vectors

# Chosen by leaving out one known question of the starter pack at a time.
_MEANING = 3.3
_TERMS = 0.5
_RIDGE = 0.1
_STEPS = 25
"""Of conjugate gradients; more change nothing that can be seen."""
_MOST = 4000
"""Known questions that are learned from: time and memory grow with their square."""
_STRICTNESS = {"ok": -1.0, "safeguards": -1.0, "ask": 1.0, "stop": 1.0}


@dataclass(frozen=True)
class Leaning:
    """What the known questions say together of a new one."""

    relevance: float = 1.0
    """About 1 for a question of this guidance, about -1 for one that it leaves to others."""
    strictness: float = 0.0
    """About 1 where such questions end with "ask first" or "don't send", about -1 where things may go."""


@dataclass(frozen=True)
class Leanings:
    """The known questions, weighed."""

    vectors: Vectors
    terms: tuple[str, ...]
    rarity: Vectors
    """How much each term tells: rare ones more."""
    named: Vectors
    weights: Vectors
    """A row a question: for relevance and for strictness."""

    def of(self, vector: Vectors, named: Collection[str]) -> Leaning:
        """What a text with this vector, naming these terms, leans to."""
        if not len(self.weights):
            return Leaning()
        near = _likeness(vector[None, :], _shares([named], self.terms, self.rarity), self.vectors, self.named)
        relevance, strictness = (near @ self.weights)[0]
        return Leaning(float(relevance), float(strictness))

    def save(self, file: Path) -> None:
        """Keep all but the vectors, which the index has."""
        np.savez(
            file, terms=np.array(self.terms, dtype=str), rarity=self.rarity, named=self.named, weights=self.weights
        )

    @classmethod
    def load(cls, file: Path, vectors: Vectors) -> "Leanings":
        """Read what was kept."""
        with np.load(file, allow_pickle=False) as kept:
            step = _step(len(vectors))
            return cls(vectors[::step], tuple(map(str, kept["terms"])), kept["rarity"], kept["named"], kept["weights"])


def learned(vectors: Vectors, named: Sequence[Collection[str]], answers: Sequence[str]) -> Leanings:
    """Learn from known questions: their vectors, the terms that each names, and the answer of its row.

    Without questions that are answered "not covered" every question counts as one of ours.
    """
    step = _step(len(vectors))
    vectors, named, answers = vectors[::step], named[::step], answers[::step]
    outside = np.array([answer == "not_covered" for answer in answers], dtype=bool)
    if not outside.any():
        nothing = np.zeros((0, 2), dtype=np.float32)
        return Leanings(vectors[:0], (), nothing[:, 0], nothing[:, :0], nothing)
    counts = Counter(term for terms in named for term in terms)
    terms = tuple(sorted(term for term, count in counts.items() if count > 1))
    rarity = np.log(len(named) / np.array([counts[term] for term in terms], dtype=np.float32))
    shares = _shares(named, terms, rarity)
    wanted = np.stack(
        [np.where(outside, -1.0, 1.0), np.array([_STRICTNESS.get(answer, 0.0) for answer in answers])], axis=1
    )
    alike = _likeness(vectors, shares, vectors, shares)
    alike[np.diag_indices_from(alike)] += _RIDGE
    return Leanings(vectors, terms, rarity, shares, _solved(alike, wanted.astype(np.float32)))


def _step(count: int) -> int:
    return -(-count // _MOST) or 1


def _shares(named: Sequence[Collection[str]], terms: Sequence[str], rarity: Vectors) -> Vectors:
    """The terms of each text as a vector of length 1."""
    place = {term: number for number, term in enumerate(terms)}
    rows = np.zeros((len(named), len(terms)), dtype=np.float32)
    for row, said in zip(rows, named, strict=True):
        for term in said:
            if term in place:
                row[place[term]] = rarity[place[term]]
    shares: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return shares


def _likeness(vectors: Vectors, shares: Vectors, others: Vectors, their_shares: Vectors) -> Vectors:
    """How alike each text is to each other: 1 for the same."""
    alike: Vectors = np.exp(_MEANING * (vectors @ others.T - 1) + _TERMS * (shares @ their_shares.T - 1))
    return alike


def _solved(alike: Vectors, wanted: npt.NDArray[np.float32]) -> Vectors:
    """Conjugate gradients for all columns at once."""
    weights, rest = np.zeros_like(wanted), wanted.copy()
    towards, size = rest.copy(), (rest * rest).sum(axis=0)
    for _ in range(_STEPS):
        along = alike @ towards
        far = size / np.maximum((towards * along).sum(axis=0), 1e-12)
        weights += far * towards
        rest -= far * along
        left = (rest * rest).sum(axis=0)
        towards, size = rest + left / np.maximum(size, 1e-12) * towards, left
    return weights
