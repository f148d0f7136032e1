"""The five verdicts and the one way to combine them."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What the user is told about sending; the order of strictness is `_ORDER`, not the alphabet."""

    OK = "ok"
    SAFEGUARDS = "safeguards"
    ASK = "ask"
    STOP = "stop"
    NOT_COVERED = "not_covered"

    @property
    def strictness(self) -> int:
        """0 for no ruling at all, then rising from `ok` to `stop`."""
        return _ORDER.index(self)


# `not_covered` is the absence of a ruling: it stands first so that it yields to any other.
_ORDER = (Verdict.NOT_COVERED, Verdict.OK, Verdict.SAFEGUARDS, Verdict.ASK, Verdict.STOP)


def strictest(verdicts: Iterable[Verdict]) -> Verdict:
    """Combine verdicts: the strictest wins, so nothing can soften a stricter part."""
    return max(verdicts, key=lambda verdict: verdict.strictness, default=Verdict.NOT_COVERED)
