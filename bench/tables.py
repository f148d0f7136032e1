"""The tables that the scan benchmark prints."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from bench.baseline import Outcome
from bench.speed import Timing

Share = tuple[int, int]


def percent(right: int, total: int) -> str:
    """A share in per cent with its counts."""
    return f"{100 * right / total:5.1f} %  ({right} of {total})" if total else "none in the set"


def recall_table(rows: Mapping[str, Share], bars: Mapping[str, float]) -> Table:
    """Found values per category, beside what is asked for."""
    table = Table("category", "found", "asked for", title="Document-level recall: planted values that were found")
    for category, (right, total) in rows.items():
        bar = bars.get(category)
        table.add_row(category, percent(right, total), f"{100 * bar:.0f} %" if bar else "")
    return table


def kinds_table(title: str, rows: Mapping[str, Share]) -> Table:
    """Files in which a hazard or an unread part was reported, of those that have it."""
    table = Table("kind", "reported", title=title)
    for kind, (right, total) in rows.items():
        table.add_row(kind, percent(right, total))
    return table


def clean_table(wrong: Counter[str], pages: int, stopped: Sequence[str], clean: int) -> Table:
    """What was said about files in which nothing is wrong."""
    table = Table("measure", "result", "asked for", title="Clean files")
    table.add_row(
        "false findings a page",
        f"{wrong.total() / pages:.2f}  ({wrong.total()} on {pages} pages)" if pages else "-",
        "at most 1",
    )
    table.add_row(
        "false findings by category", ", ".join(f"{name} {count}" for name, count in wrong.most_common()) or "none", ""
    )
    table.add_row("stopped", f"{len(stopped)} of {clean}" + (f": {', '.join(stopped)}" if stopped else ""), "none")
    return table


def calibration_table(rows: Iterable[tuple[float, int, int]]) -> Table:
    """Confidence against the share that was right."""
    table = Table(
        "confidence", "findings", "right", title="Calibration: a finding at 0.9 should be right nine times in ten"
    )
    for low, total, right in rows:
        table.add_row(f"{low:.1f} to {low + 0.1:.1f}", str(total), f"{100 * right / total:.0f} %")
    return table


def engines_table(outcomes: Sequence[Outcome]) -> Table:
    """Engines beside one another on the same text."""
    table = Table(
        "engine",
        "recall",
        "precision",
        "false on clean files",
        "seconds",
        "ms per 1,000 characters",
        title="Same extracted text, same model",
    )
    for one in outcomes:
        table.add_row(
            one.name,
            percent(one.found, one.planted),
            percent(one.right, one.spans),
            str(one.clean_spans),
            f"{one.seconds:.2f}",
            f"{1e6 * one.seconds / max(1, one.characters):.1f}",
        )
    return table


def speed_table(timings: Sequence[Timing], pages_per_second: float, peak_bytes: int) -> Table:
    """Times and memory."""
    table = Table("what", "measured", "asked for", title="Time and memory, warm")
    for one in timings:
        table.add_row(one.what, f"{one.seconds:.2f} s", f"under {one.allowed:.0f} s")
    table.add_row("pages a second over the set", f"{pages_per_second:.2f}", "")
    table.add_row("peak memory of the checking process", f"{peak_bytes / 2**20:.0f} MB", "under 1024 MB")
    return table


def verdict_table(rows: Mapping[str, tuple[str, Sequence[str]]]) -> Table:
    """Files whose verdict, sent to the defence in their case, is not one of the acceptable ones."""
    wrong = {file: row for file, row in rows.items() if row[0] not in row[1]}
    table = Table(
        "file",
        "verdict",
        "acceptable",
        title=f"Verdicts for the defence: {len(rows) - len(wrong)} of {len(rows)} acceptable; the others",
    )
    for file, (given, wanted) in wrong.items():
        table.add_row(file, given, ", ".join(wanted))
    return table


def list_table(title: str, rows: Sequence[tuple[str, str, str]]) -> Table:
    """What was missed or wrongly found, without the values."""
    table = Table("file", "what", "place", title=f"{title}: {len(rows)}")
    for row in rows:
        table.add_row(*row)
    return table
