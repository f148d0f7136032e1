"""Fits an answer into as few messages as hold it; what is too much is folded, and that is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Limits:
    """What one message of a platform holds, and how many make up one answer."""

    size: Callable[[Block], int]
    """How much room a block takes."""
    most_size: int
    most_blocks: int
    most_messages: int
    folded: Callable[[str], Sequence[Block]]
    """How it is said that something is left out."""


def in_messages(blocks: Sequence[Block], kept: Sequence[Block], limits: Limits) -> list[list[Block]]:
    """The blocks of each message. What is `kept` comes last and is never left out: what can be done, and with whom."""
    messages = _filled([*blocks, *kept], limits)
    if len(messages) <= limits.most_messages:
        return messages
    end = _filled([*_said(len(blocks), limits), *kept], limits)
    shown = _filled(blocks, limits)[: max(1, limits.most_messages - len(end))]
    left = len(blocks) - sum(map(len, shown))
    return [*shown, *_filled([*_said(left, limits), *kept], limits)]


def _said(left: int, limits: Limits) -> Sequence[Block]:
    return limits.folded(f"{left} more parts are not shown here. Check fewer files at a time to see all.")


def _filled(blocks: Sequence[Block], limits: Limits) -> list[list[Block]]:
    messages: list[list[Block]] = []
    taken = 0
    for block in blocks:
        more = limits.size(block)
        if not messages or len(messages[-1]) >= limits.most_blocks or taken + more > limits.most_size:
            messages.append([])
            taken = 0
        messages[-1].append(block)
        taken += more
    return messages
