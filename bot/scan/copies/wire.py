"""How a copy travels back from a checking process: a line about it as JSON, then its bytes."""

from typing import Any

from bot.domain.copy import Copy
from bot.scan import wire

MAX_COPY = 200 * 1024 * 1024
"""Bytes of a copy that a checking process may hand back."""
COPY_TIMES = 4
"""A copy may take this many times as long as a check: it reads the file, draws it, and reads what came out."""
_TEXT = 2_000
"""Characters of any one text about a copy."""


def copy_to_json(copy: Copy) -> dict[str, Any]:
    """A copy as plain values; its bytes follow behind."""
    return {
        "size": len(copy.content),
        "name": copy.name,
        "removed": list(copy.removed),
        "verified": copy.verified,
        "why": copy.why,
    }


def copy_from_json(data: dict[str, Any], pipe: int, until: float | None = None) -> Copy:
    """A copy out of plain values and the bytes behind them; raises as `from_json` and `receive_bytes` do."""
    size = int(data["size"])
    if not 0 <= size <= MAX_COPY:
        raise ValueError("copy too long")
    # Read whatever it is before anything is judged: the next message begins behind it.
    content = wire.receive_bytes(pipe, size, until)
    return Copy(
        content=content,
        name=_text(data["name"]),
        removed=tuple(_text(one) for one in data["removed"]),
        verified=data["verified"] is True,
        why=_text(data["why"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value[:_TEXT]
