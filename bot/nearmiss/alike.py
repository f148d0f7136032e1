"""Which open reports are alike, by meaning and by what is known around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.domain.nearmiss import Lesson, NearMiss
from bot.nearmiss.needs import Needs

COMPARED = 3000
"""How many open reports are compared with one."""
OFFERED = 8
NEAR = 0.35
"""Cosine below which two reports have little in common."""


@dataclass(frozen=True)
class Alike:
    """A report and how near it is."""

    receipt: str
    near: float


def packed(vector: npt.NDArray[Any]) -> bytes:
    """A unit vector as one byte a number."""
    return np.clip(np.round(vector * 127), -127, 127).astype(np.int8).tobytes()


def nearest(report: NearMiss, needs: Needs) -> Sequence[Alike]:
    """The open reports nearest to one, nearest first."""
    kept = [entry for entry in needs.reports.vectors(COMPARED) if entry[0] != report.receipt]
    if not kept or not report.text.text:
        return ()
    wanted = np.asarray(needs.embed()([report.text.text])[0], dtype=np.float32)
    rows = np.frombuffer(b"".join(vector for _, vector in kept), dtype=np.int8).reshape(len(kept), -1)
    nearness = rows.astype(np.float32) @ wanted / 127
    order = np.argsort(-nearness)[:OFFERED]
    return tuple(Alike(kept[at][0], float(nearness[at])) for at in order if nearness[at] >= NEAR)


def concerns(
    lesson: Lesson, kind: str, materials: Sequence[str], recipients: Sequence[str], channels: Sequence[str]
) -> bool:
    """Whether a lesson is about this: nothing it names is otherwise, and something it names is so.

    A lesson that names no facts is about its whole kind.
    """
    named = ((lesson.material, materials), (lesson.recipient, recipients), (lesson.channel, channels))
    told = [(fact, given) for fact, given in named if fact]
    if any(given and fact not in given for fact, given in told):
        return False
    same_kind = kind == lesson.kind
    if not told:
        return same_kind
    met = sum(1 for fact, given in told if fact in given)
    return met == len(told) if not kind else same_kind and met >= 1
