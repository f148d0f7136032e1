"""Checks the breach register: every entry is as it was written, in its place, and none is missing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.ports.incidents import Audit, Head
from bot.store.chain import START, digest_of, seal

Row = tuple[int, str, datetime, str, str | None, str, str]
"""number, incident, at, what, body, digest, hash."""


def audited(rows: Iterable[Row], key: bytes, listed: Mapping[str, Mapping[str, str]], noted: Sequence[Head]) -> Audit:
    """What is found, up to the first thing that is wrong; `listed` is what the lists show of each incident."""
    heads = {head.number: head.hash for head in noted}
    head, found = Head(0, START), Audit(0, Head(0, START))
    told: dict[str, dict[str, str]] = {}
    emptied: dict[str, int] = {}
    for number, incident, at, what, body, digest, sealed in rows:
        problem = _problem(key, head, (number, incident, at, what, body, digest, sealed), heads)
        if problem:
            return replace(found, broken=head.number + 1, incident=incident, problem=problem)
        head = Head(number, sealed)
        found = Audit(number, head)
        if body is None:
            emptied.setdefault(incident, number)
        elif what == "purged":
            emptied.pop(incident, None)
            told.pop(incident, None)
        else:
            told.setdefault(incident, {}).update(json.loads(body)["new"])
    return _after(found, emptied, told, listed, heads)


def _problem(key: bytes, head: Head, row: Row, heads: Mapping[int, str]) -> str:
    number, incident, at, what, body, digest, sealed = row
    if number != head.number + 1:
        return "an entry was deleted"
    if body is not None and digest_of(key, body) != digest:
        return "its contents were changed"
    if seal(key, head.hash, number, incident, at, what, digest) != sealed:
        return "it was changed, or the one before it was"
    if heads.get(number, sealed) != sealed:
        return "it is another one than was noted in DATA_DIR"
    return ""


def _after(
    found: Audit,
    emptied: Mapping[str, int],
    told: Mapping[str, Mapping[str, str]],
    listed: Mapping[str, Mapping[str, str]],
    heads: Mapping[int, str],
) -> Audit:
    """What only shows when all entries were read."""
    if emptied:
        incident, number = min(emptied.items(), key=lambda one: one[1])
        return replace(found, broken=number, incident=incident, problem="its contents were deleted without a purge")
    if max(heads, default=0) > found.entries:
        problem = f"entries were cut off: {max(heads)} were noted in DATA_DIR"
        return replace(found, broken=found.entries + 1, problem=problem)
    for incident in sorted(told.keys() | listed.keys()):
        values = {name: value for name, value in told.get(incident, {}).items() if value}
        if values != listed.get(incident, {}):
            return replace(found, broken=found.entries, incident=incident, problem="the list was changed")
    return found
