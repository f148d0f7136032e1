"""The words by which a report is read, loaded once from `phrases.yaml`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.domain.nearmiss import NearMissKind


@dataclass(frozen=True)
class Words:
    """The lists of `phrases.yaml`, ready to use."""

    events: dict[str, frozenset[str]]
    """Lemmas by their part in an event: going, arriving, seen, losing …"""
    said: dict[str, re.Pattern[str]]
    """Whole phrases: gone, stopped, recovered, unsure, recalled."""
    kinds: dict[NearMissKind, re.Pattern[str]]


@cache
def words() -> Words:
    """The lists, read at first use."""
    raw = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"))
    return Words(
        events={part: frozenset(lemmas) for part, lemmas in raw["events"].items()},
        said={name: _any_of(raw[name]) for name in ("gone", "stopped", "recovered", "unsure", "recalled")},
        kinds={NearMissKind(kind): _any_of(phrases) for kind, phrases in raw["kinds"].items()},
    )


def plain(text: str) -> str:
    """Lower case with straight apostrophes, as the phrases are written."""
    return text.lower().replace("’", "'").replace("‘", "'")


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(phrase) for phrase in longest_first) + r")(?!\w)")
