"""Small numbers are hidden, so that nobody can be picked out of a count, by subtraction neither. Pure.

Primary suppression hides counts below five; secondary suppression hides more until no hidden count can be worked out
from a total that is shown (as statistical offices do it).
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""The smallest group that is shown (issue 5; facts part 5.3, rule 4)."""


@dataclass(frozen=True)
class Shown:
    """Counts as they may be shown; None where a count is hidden."""

    counts: Mapping[str, int | None]
    total: int | None


def suppress(counts: Mapping[str, int], least: int = LEAST) -> Shown:
    """One list of counts and its total, as they may be shown."""
    tables, total = suppress_together({"": counts}, least)
    return Shown(tables[""], total)


def suppress_together(
    tables: Mapping[str, Mapping[str, int]], least: int = LEAST
) -> tuple[dict[str, dict[str, int | None]], int | None]:
    """Several breakdowns of the same reports and their one total, as they may be shown together.

    The total is hidden when any of them could not be kept safe beside it: another breakdown would give it away.
    """
    safe = {name: _hide(counts, least) for name, counts in tables.items()}
    total = max((sum(counts.values()) for counts in tables.values()), default=0)
    if all(hidden is not None for hidden in safe.values()) and (total == 0 or total >= least):
        return {name: _without(counts, safe[name] or frozenset()) for name, counts in tables.items()}, total
    # A breakdown in which nothing is hidden would be the total: then all of it is hidden, where anything is.
    everything = {name: frozenset(counts) if not safe[name] else safe[name] for name, counts in tables.items()}
    return {name: _without(counts, everything[name] or frozenset()) for name, counts in tables.items()}, None


def _hide(counts: Mapping[str, int], least: int) -> frozenset[str] | None:
    """What must be hidden where the total is shown; None when nothing short of the total is enough."""
    hidden = {name for name, count in counts.items() if 0 < count < least}
    if not hidden:
        return frozenset()
    # Others go as well, until what is hidden is at least two counts, any of which could be `least` or more; in order of
    # their names: of the next smallest or largest it would be known that they lie beyond those that are shown.
    rest = sorted(name for name, count in counts.items() if count >= least)
    while not _safe([counts[name] for name in hidden], least):
        if not rest:
            return None
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def _safe(hidden: list[int], least: int) -> bool:
    together = sum(hidden)
    if len(hidden) < 2 or together - (len(hidden) - 1) < least:
        return False
    # Where all are small and as large as small ones can be, each of them would be known.
    return together != len(hidden) * (least - 1)


def _without(counts: Mapping[str, int], hidden: frozenset[str]) -> dict[str, int | None]:
    return {name: None if name in hidden else count for name, count in counts.items()}


def words(count: int | None) -> str:
    """A count as it is shown."""
    return "hidden" if count is None else str(count)
