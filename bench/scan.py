"""Runs the product over the evaluation set and prints how much it finds, how often it is wrong, and how fast it is."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import calibrate, score, tables
from bench.baseline import Found, Outcome, Page, compare, plain_presidio
from bench.held_back import held_back
from bench.score import Checked
from bench.speed import ChildMemory, curve_table, curves, timings
from bench.texts import pages_of
from bench.verdicts import judged
from bot.domain.finding import Inspection
from bot.domain.message import Attachment
from bot.scan.recognise.engine import Recogniser
from bot.scan.sandbox import Sandbox
from bot.settings import read_settings
from tests.files.make_files import all_files
from tests.files.truth import Made

SITE_KEY = b"the site key of the benchmark alone"
RESULTS = Path(__file__).parent / "results"
_NUMBERS = (
    "date_of_birth postcode phone email nhs_number ni_number pnc_id cro_number case_urn asn payment_card bank_account "
    "vehicle_registration"
)
BARS = {"person_name": 0.95, "address": 0.95, **dict.fromkeys(_NUMBERS.split(), 0.98)}
"""Recall that the product is asked to reach."""
_EVERY = 3
"""A quick run takes every third file."""


digest = score.digest_with(SITE_KEY)


def check_all(files: Sequence[Made], examine: Callable[[Attachment], Inspection], console: Console) -> list[Checked]:
    """Examine every file and time each."""
    results = []
    with console.status("checking files") as status:
        for number, made in enumerate(files, start=1):
            status.update(f"checking {made.file} ({number} of {len(files)})")
            began = time.perf_counter()
            inspection = examine(Attachment(made.file, made.content))
            results.append(Checked(made, inspection, time.perf_counter() - began))
    return results


def engines(pages: Sequence[Page]) -> list[Outcome]:
    """Our recognisers and plain Presidio on the same pages."""
    ours = Recogniser.load(SITE_KEY)

    def spans(text: str) -> list[Found]:
        return [(span.start, span.end, span.category.value) for span in ours.spans(text)]

    def values(text: str) -> list[Found]:
        return [found for found in spans(text) if found[2] not in score.TOPICS]

    theirs = plain_presidio()

    def without_dates(text: str) -> list[Found]:
        return [found for found in theirs(text) if found[2] not in ("", "date_of_birth")]

    values("Warm up, Jane."), theirs("Warm up, Jane.")
    return [
        compare("sendcheck", values, pages),
        compare("plain Presidio", theirs, pages),
        compare("plain Presidio without dates", without_dates, pages),
    ]


def measure(quick: bool, console: Console) -> dict[str, Any]:
    """Everything that is measured, printed as it comes, as values for the JSON file."""
    files = all_files()[::_EVERY] if quick else all_files()
    settings = read_settings()
    sandbox = Sandbox(SITE_KEY, settings.check_max_bytes, settings.check_seconds, settings.check_memory_mb, 1)
    with ChildMemory() as memory:
        sandbox.examine(Attachment("warm.txt", b"Warm up."))
        results = check_all(files, sandbox.examine, console)
        times = timings(sandbox.examine, quick)
        steps = [] if quick else curves(sandbox.examine)
    sandbox.close()
    results = judged(results, settings)
    outcomes = engines(pages_of(files))
    pages_per_second = sum(one.made.pages for one in results) / sum(one.seconds for one in results)
    found, kinds, unread = score.recall(results, digest), score.hazards(results), score.unread(results)
    hidden, (wrong, pages) = score.hidden_parts(results, digest), score.false_findings(results, digest)
    levels = score.calibration(results, digest)
    clean = [one for one in results if one.made.clean]
    stopped = [one.made.file for one in clean if one.verdict == "stop"]
    console.print(tables.recall_table(found, BARS))
    console.print(tables.kinds_table("Hazards", {**kinds, "values reported as hidden": hidden}))
    console.print(tables.kinds_table("Parts that cannot be checked", unread))
    console.print(tables.clean_table(wrong, pages, stopped, len(clean)))
    given = {one.made.file: (one.verdict, one.made.verdicts) for one in results}
    console.print(tables.verdict_table(given))
    console.print(tables.list_table("Not found", score.misses(results, digest)))
    console.print(tables.list_table("Wrongly found in clean files", score.wrong_on_clean(results, digest)))
    console.print(tables.calibration_table(levels))
    calibrate.print_tables(console)
    console.print(held_back(Recogniser.load(SITE_KEY)))
    console.print(tables.engines_table(outcomes))
    console.print(tables.speed_table(times, pages_per_second, memory.peak))
    if steps:
        console.print(curve_table(steps))
    return {
        "files": len(results),
        "recall": found,
        "hazards": kinds,
        "unread": unread,
        "hidden": hidden,
        "false_on_clean": dict(wrong),
        "clean_pages": pages,
        "clean_stopped": stopped,
        "calibration": levels,
        "engines": [asdict(one) for one in outcomes],
        "times": [asdict(one) for one in times],
        "curve": [asdict(one) for one in steps],
        "pages_per_second": pages_per_second,
        "peak_bytes": memory.peak,
        "misses": score.misses(results, digest),
        "verdicts": {one.made.file: one.verdict for one in results},
    }


def main(quick: bool = False) -> None:
    """Measure, print, and keep the figures as JSON under bench/results."""
    console = Console(width=140)
    began = time.perf_counter()
    figures = measure(quick, console)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"scan-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    console.print(f"{figures['files']} files in {time.perf_counter() - began:.0f} s; figures in {path}")


if __name__ == "__main__":
    main()
