"""The nearest example reports, by meaning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from bot.domain.nearmiss import AlreadySent, NearMissKind

Embed = Callable[[Sequence[str]], npt.NDArray[Any]]
"""Unit vectors, one row a text."""


@dataclass(frozen=True)
class Example:
    """One report as staff type it, and how it is to be read."""

    text: str
    kind: NearMissKind
    already_sent: AlreadySent


@dataclass(frozen=True)
class Neighbour:
    """An example and how near it is (cosine)."""

    example: Example
    similarity: float


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """All of `examples.yaml`, read at first use."""
    raw = yaml.safe_load((Path(__file__).parent / "examples.yaml").read_text(encoding="utf-8"))
    return tuple(
        Example(text, NearMissKind(kind), AlreadySent(sent))
        for kind, by_sent in raw.items()
        for sent, texts in by_sent.items()
        for text in texts
    )


def neighbours(text: str, embed: Embed, leave_out: str | None = None) -> list[Neighbour]:
    """The examples, nearest first; `leave_out` is for measuring an example against the others."""
    similarities = _vectors(embed) @ np.asarray(embed([text]))[0]
    found = [Neighbour(example, float(near)) for example, near in zip(examples(), similarities, strict=True)]
    return sorted(
        (neighbour for neighbour in found if neighbour.example.text != leave_out),
        key=lambda neighbour: neighbour.similarity,
        reverse=True,
    )


@lru_cache(maxsize=2)
def _vectors(embed: Embed) -> npt.NDArray[Any]:
    return np.asarray(embed([example.text for example in examples()]))
