"""Gaps that ask the same, put together by meaning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from bot.domain.gap import Gap
from bot.domain.verdict import Verdict, strictest
from bot.nearmiss.nearest import Embed

ALIKE = 0.55
"""Cosine of all-MiniLM-L6-v2, abbreviations spelled out, from which on two questions ask the same; read off pairs of
questions about one thing to one recipient (0.56 to 0.91) and about different ones (up to 0.51)."""


@dataclass(frozen=True)
class Cluster:
    """Questions that ask the same."""

    id: str
    """Id of its most central question."""
    title: str
    """The most central question, scrubbed."""
    gaps: tuple[Gap, ...]
    """Most central first."""

    @property
    def newest(self) -> date:
        """The day of the latest question."""
        return max(gap.day for gap in self.gaps)

    @property
    def verdict(self) -> Verdict:
        """The strictest that was said to any of them."""
        return strictest(gap.verdict for gap in self.gaps)

    @property
    def done(self) -> bool:
        """True when the information team has dealt with all of them."""
        return all(gap.done for gap in self.gaps)


class Clusters:
    """Puts gaps together; remembers the vectors of questions it has seen."""

    def __init__(self, embed: Embed, spell_out: Callable[[str], str], alike: float = ALIKE) -> None:
        self._embed = embed
        self._spell_out = spell_out
        self._alike = alike
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}

    def of(self, gaps: Sequence[Gap]) -> tuple[Cluster, ...]:
        """The clusters, those asked most often first; the same gaps give the same clusters in whatever order."""
        ordered = sorted(gaps, key=lambda gap: (gap.question.text, gap.id))
        if not ordered:
            return ()
        near = self._near([gap.question.text for gap in ordered])
        alike = np.where(near >= self._alike, near, 0.0)
        others = alike.sum(axis=1)
        left = np.ones(len(ordered), dtype=bool)
        found = []
        while left.any():
            # The question with most others like it among those left is the centre of the next cluster.
            centre = int(np.argmax(np.where(left, others, -1.0)))
            members = np.flatnonzero(left & (alike[centre] > 0.0))
            members = members[np.argsort(-near[centre][members], kind="stable")]
            left[members] = False
            others -= alike[:, members].sum(axis=1)
            own = [ordered[centre], *(ordered[int(one)] for one in members if one != centre)]
            found.append(Cluster(own[0].id, own[0].question.text, tuple(own)))
        return tuple(sorted(found, key=lambda one: (-len(one.gaps), -one.newest.toordinal(), one.title)))

    def _near(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            rows = np.asarray(self._embed([self._spell_out(text) for text in new]), dtype=np.float32)
            self._vectors.update(zip(new, rows, strict=True))
        vectors = np.stack([self._vectors[text] for text in texts])
        near: npt.NDArray[np.float32] = vectors @ vectors.T
        return near
