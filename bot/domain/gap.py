"""A question that the guidance could not answer, as it is stored."""

from dataclasses import dataclass
from datetime import date

from bot.domain.nearmiss import ScrubbedText
from bot.domain.verdict import Verdict


@dataclass(frozen=True)
class Gap:
    """One question; whoever asked it and when exactly are not kept."""

    question: ScrubbedText
    verdict: Verdict
    """`not_covered`, or `ask` when guidance was found that did not settle it."""
    day: date
    id: str = ""
    """Random; empty where the store gives none."""
    done: bool = False
    """True once the information team has dealt with it."""
