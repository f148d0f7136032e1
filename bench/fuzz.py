"""Damages files in thousands of ways and checks each in the sandbox: `python -m bench fuzz` goes on where it stopped.

What must hold for every damaged file:

- the check comes back with a report, in time, from the same checking process, and no file is left in its folder;
- no text of the report holds a planted value or the words of an exception;
- it is never called fully read with nothing found while a planted line still stands whole in its bytes (unpacked with
  the standard library alone) or, for a picture, while it still looks the same;
- and for kinds with checksums (ZIP, Office, 7z, PDF) never called fully read with nothing found when bytes were
  damaged, even if nobody can read the values any more: a damaged file is reported as damaged, or as not what it is
  named for when the damage took the mark of its kind.
"""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.fuzz_seeds import LINES, PICTURES, VALUES, looks_the_same, readable_lines, seeds
from bench.mutate import Mutant, mutant
from bench.score import digest_with
from bot.domain.finding import HazardKind, Inspection
from bot.domain.message import Attachment
from bot.scan.sandbox import Sandbox

WHOLE = 10_000
SITE_KEY = b"the site key of the fuzzing bench"
STATE = Path(__file__).parent / "results" / "fuzz.json"
SECONDS, MEMORY_MB = 20, 1500
_GRACE = 15
_SLOW = 10
_EXCEPTION = re.compile(r"Traceback|\b\w+(?:Error|Exception)\b|0x[0-9a-f]{4,}|\bline \d+, column|/tmp/|/work/|\.py\b")
_RECORDINGS = ("wav", "locked")
"""Kinds that are never fully read."""


@dataclass
class Result:
    """What was found so far; kept between runs."""

    done: list[int] = field(default_factory=list)
    """Numbers of the files checked, as first and last of each stretch."""
    outcomes: Counter[str] = field(default_factory=Counter)
    """Files by kind and whether they were read: "docx full"."""
    faults: list[str] = field(default_factory=list)
    """Each breach of the rules above, by number and rule; never with a value."""
    slow: list[str] = field(default_factory=list)
    """Files that took long, by number."""
    slowest: float = 0.0
    seconds: float = 0.0


_digest = digest_with(SITE_KEY)
_DIGESTS = frozenset(_digest(category, value) for category, value in VALUES)


def faults_in(one: Mutant, inspection: Inspection, seconds: float) -> list[str]:
    """The rules that a report breaks."""
    broken = []
    if seconds > SECONDS + _GRACE:
        broken.append("too slow")
    said = json.dumps([asdict(part) for part in (*inspection.findings, *inspection.hazards, *inspection.unread)])
    if any(value in said for _, value in VALUES):
        broken.append("a value in the report")
    if any(_EXCEPTION.search(text) for part in (*inspection.hazards, *inspection.unread) for text in (part.detail,)):
        broken.append("the words of an exception in the report")
    if inspection.inspected != "full":
        return broken
    if one.seed.kind in _RECORDINGS and not one.repacked and one.content[:4] == one.seed.content[:4]:
        broken.append("called fully read though it cannot be")
    if _DIGESTS & {finding.digest for finding in inspection.findings}:
        return broken
    if one.seed.kind in PICTURES:
        if looks_the_same(one.seed, one.content):
            broken.append("called clean though the picture still shows the values")
    elif readable_lines(one.content):
        broken.append("called clean though values still stand in it")
    elif (
        one.seed.tells_damage
        and not one.repacked
        and one.content != one.seed.content
        and not any(hazard.kind is HazardKind.MISLABELLED_TYPE for hazard in inspection.hazards)
    ):
        broken.append("called clean though it is damaged")
    return broken


def seeds_not_found(sandbox: Sandbox) -> list[str]:
    """Kinds whose whole file does not yield its values: then damage would prove nothing."""
    missing = []
    for seed in seeds():
        found = {finding.digest for finding in sandbox.examine(Attachment(seed.name, seed.content)).findings}
        lines = LINES[:3] if seed.kind in PICTURES else LINES
        wanted = {_digest(*pair) for pair in VALUES[: len(lines)]}
        if seed.kind not in _RECORDINGS and not wanted <= found:
            missing.append(seed.kind)
    return missing


def check(sandbox: Sandbox, numbers: Sequence[int], result: Result, lock: threading.Lock) -> None:
    """Damage and check these files one after another, in one checking process."""
    sandbox.examine(Attachment("warm.txt", b"Warm up."))
    (helper,) = sandbox._helpers
    process, folder = helper._process, helper._folder
    for number in numbers:
        one = mutant(number)
        began = time.monotonic()
        try:
            inspection = sandbox.examine(Attachment(one.seed.name, one.content))
            broken = faults_in(one, inspection, time.monotonic() - began)
            outcome = f"{one.seed.kind} {inspection.inspected}"
        except Exception as error:  # whatever it is, the rule is that nothing gets out
            broken, outcome = [f"raised {type(error).__name__}"], f"{one.seed.kind} raised"
        if helper._process is not process:
            broken.append("the checking process died")
            process, folder = helper._process, helper._folder
        if folder is not None and any(folder.iterdir()):
            broken.append("a file was left behind")
        with lock:
            result.outcomes[outcome] += 1
            seconds = time.monotonic() - began
            result.slow += [f"{number} ({one.seed.kind}, {one.how}): {seconds:.0f} s"] if seconds > _SLOW else []
            result.slowest = max(result.slowest, seconds)
            result.faults += [f"{number} ({one.seed.kind}, {one.how}): {rule}" for rule in broken]


def fuzz(first: int, count: int, result: Result, workers: int = 2) -> None:
    """Check so many damaged files from this number on."""
    began, lock = time.monotonic(), threading.Lock()
    sandboxes = [Sandbox(SITE_KEY, 64 << 20, SECONDS, MEMORY_MB, 1) for _ in range(workers)]
    try:
        threads = [
            threading.Thread(target=check, args=(sandbox, range(first + at, first + count, workers), result, lock))
            for at, sandbox in enumerate(sandboxes)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for sandbox in sandboxes:
            sandbox.close()
    result.done = [min([first, *result.done[:1]]), first + count]
    result.seconds += time.monotonic() - began


def _resumed() -> Result:
    if not STATE.exists():
        return Result()
    kept = json.loads(STATE.read_text(encoding="utf-8"))
    return Result(
        kept["done"], Counter(kept["outcomes"]), kept["faults"], kept["slow"], kept["slowest"], kept["seconds"]
    )


def _show(console: Console, result: Result) -> None:
    table = Table("Kind", "full", "partial", "none", title="Damaged files by what the report says was read")
    for kind in sorted({outcome.rsplit(" ", 1)[0] for outcome in result.outcomes}):
        table.add_row(kind, *(str(result.outcomes[f"{kind} {read}"]) for read in ("full", "partial", "none")))
    console.print(table)
    for line in (*result.faults[:60], *result.slow[:20]):
        console.print(line)
    total = result.outcomes.total()
    console.print(
        f"{total} damaged files, {len(result.faults)} breaches, slowest {result.slowest:.1f} s, "
        f"{result.seconds:.0f} s in all"
    )


def main(quick: bool = False) -> None:
    """Go on from where the last run stopped until all are done; a finished run starts again from the beginning."""
    console = Console(width=140)
    target = 400 if quick else WHOLE
    result = Result() if quick else _resumed()
    if result.outcomes.total() >= target:
        result = Result()
    sandbox = Sandbox(SITE_KEY, 64 << 20, SECONDS, MEMORY_MB, 1)
    missing = seeds_not_found(sandbox)
    sandbox.close()
    if missing:
        raise SystemExit(f"the whole files of these kinds do not yield their values: {', '.join(missing)}")
    STATE.parent.mkdir(exist_ok=True)
    while (start := result.done[1] if result.done else 0) < target:
        fuzz(start, min(400, target - start), result)
        if not quick:
            kept = vars(result) | {"outcomes": dict(result.outcomes)}
            STATE.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        console.print(f"{result.done[1]} of {target} checked, {len(result.faults)} breaches")
    _show(console, result)
