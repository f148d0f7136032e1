"""Measures of the scheme, never of people: small numbers are hidden in every view and export."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.nearmiss.catches import ALL
from bot.nearmiss.needs import Needs
from bot.nearmiss.periods import Period, month_before, month_of
from bot.nearmiss.suppress import LEAST, suppress, suppress_together, words
from bot.nearmiss.taxonomy import STOPPED_WORDS, kind_words, plain

MONTHS = 6
NOT_SAID = "not said"
_SENT = {"false": "near misses", "true": "breaches", "unclear": "not known whether it went"}


@dataclass(frozen=True)
class Measures:
    """One month, as it may be shown; None where a number is hidden."""

    period: Period
    total: int | None
    tables: Mapping[str, Mapping[str, int | None]]
    """Breakdowns by what they count."""
    in_time: int | None
    """Per cent of the reports due that were answered in time."""
    days_to_report: int | None
    """Median days between a near miss and its report, as reporters remember them."""
    catches: int | None

    def breaches(self) -> str:
        """Reports to breaches, such as "12 to 1"."""
        sent = self.tables["Whether it went"]
        missed, went = sent.get(_SENT["false"], 0), sent.get(_SENT["true"], 0)
        if missed is None or went is None:
            return "hidden"
        return f"{missed} to {went}" if missed or went else "none"


def measure(period: Period, needs: Needs, today: date) -> Measures:
    """The measures of a time, as far as its days are over: by the hour a count would show when somebody reported."""
    start, end = period.edges(needs)
    counted = needs.reports.tally(start, max(start, min(end, needs.midnight(today))), today)
    tables = {
        "Kind": _by(counted["kind"], kind_words),
        "Whether it went": _by(counted["already_sent"], lambda value: _SENT[value]),
        "Way it was to go": _by(counted["channel"], lambda value: plain(value) or NOT_SAID),
        "What stopped it": _by(counted["stopped"], _stopped),
        "Answered": _by(counted["answered"], str),
    }
    shown, total = suppress_together(tables)
    fixed = dict(needs.catches.between(period.first, period.last))
    every = fixed.pop(ALL, 0)
    caught = {kind_words(kind): number for kind, number in fixed.items()}
    caught[NOT_SAID] = max(0, every - sum(caught.values()))
    catches = suppress({name: number for name, number in caught.items() if number})
    return Measures(
        period,
        total,
        {**shown, "Good catches": catches.counts},
        _share(shown["Answered"]),
        _median(counted["waited"]),
        catches.total,
    )


def months(needs: Needs, today: date) -> list[Measures]:
    """The last months, this one first."""
    period = month_of(today)
    found = []
    for _ in range(MONTHS):
        found.append(measure(period, needs, today))
        period = month_before(period.first)
    return found


def export(measures: Measures) -> str:
    """One month as comma-separated values, with the same numbers hidden as on the page."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(["month", "measure", "group", "number"])
    month = measures.period.name
    writer.writerow([month, "reports", "", words(measures.total)])
    writer.writerow([month, "answered in time, per cent", "", words(measures.in_time)])
    writer.writerow([month, "median days to report", "", words(measures.days_to_report)])
    writer.writerow([month, "good catches", "", words(measures.catches)])
    for table, counts in measures.tables.items():
        for name, count in counts.items():
            writer.writerow([month, table.lower(), name, words(count)])
    return content.getvalue()


def _by(counted: Mapping[str, int], name: Callable[[str], str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for value, number in counted.items():
        counts[name(value)] += number
    return dict(sorted(counts.items()))


def _stopped(value: str) -> str:
    return next((said for what, said in STOPPED_WORDS.items() if what == value), NOT_SAID)


def _share(answered: Mapping[str, int | None]) -> int | None:
    """Per cent answered in time; hidden when a part of it is."""
    in_time, late = answered.get("in time", 0), answered.get("late", 0)
    if in_time is None or late is None or in_time + late < LEAST:
        return None
    return round(100 * in_time / (in_time + late))


def _median(waited: Mapping[str, int]) -> int | None:
    """Of those who said when it was; hidden when they are few."""
    said = sorted((int(days), count) for days, count in waited.items() if days)
    number = sum(count for _, count in said)
    reached = 0
    for days, count in said if number >= LEAST else ():
        reached += count
        if reached * 2 >= number:
            return days
    return None
