"""How long a large guidance folder takes to index, to bring up to date, and to go on with after a kill.

Each step is a process of its own, as it is for a running server. Prints a table and writes `bench/results/index.json`.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import pages

RESULTS = Path(__file__).with_name("results") / "index.json"
_LINE = "Keys are counted twice on Fridays.\n"


@dataclass(frozen=True)
class Step:
    """One build."""

    what: str
    seconds: float
    processor: float
    """Seconds of the processor, of all processes together: on a busy machine only these tell."""
    files: int
    """How many were read."""
    sentences: int
    """How many passages, sentences and questions were embedded."""


def main(quick: bool = False) -> None:
    """Run everything over 1,000 pages; `quick` takes 100."""
    count = 100 if quick else 1000
    with tempfile.TemporaryDirectory() as folder:
        guidance, data = Path(folder) / "guidance", Path(folder) / "data"
        documents = pages.write(guidance, count)
        steps = [_step("first index", data, guidance)]
        changed = next(guidance.rglob("*.md"))
        changed.write_text(f"{changed.read_text(encoding='utf-8')}\n## New\n\n{_LINE}", encoding="utf-8")
        steps.append(_step("after one changed document", data, guidance))
        max(guidance.rglob("*.docx")).unlink()
        steps.append(_step("after one deleted document", data, guidance))
        size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    # Of fewer pages: what is measured is whether anything is done twice.
    with tempfile.TemporaryDirectory() as folder:
        guidance, data = Path(folder) / "guidance", Path(folder) / "data"
        pages.write(guidance, count // 5)
        steps.append(_step(f"{count // 5} pages, killed halfway", data, guidance, kill=True))
        steps.append(_step("and resumed", data, guidance))
    title = f"{count:,} pages of {pages.WORDS_A_PAGE} words in {documents} documents, {os.cpu_count()} processors"
    table = Table("step", "seconds", "of processor", "files read", "embedded", title=title)
    for step in steps:
        table.add_row(
            step.what, f"{step.seconds:,.1f}", f"{step.processor:,.1f}", str(step.files), f"{step.sentences:,}"
        )
    console = Console()
    console.print(table)
    console.print(f"{size / 1e6:,.0f} MB on disk")
    RESULTS.parent.mkdir(exist_ok=True)
    kept = {"pages": count, "documents": documents, "bytes": size, "steps": [asdict(step) for step in steps]}
    RESULTS.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _step(what: str, data: Path, guidance: Path, *, kill: bool = False) -> Step:
    began, at_work = time.perf_counter(), _processor()
    arguments = [str(data), str(guidance), "kill" if kill else ""]
    done = subprocess.run([sys.executable, "-m", "bench.index", *arguments], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0 and not kill:
        raise SystemExit(f"{what}: the build failed")
    told = dict(line.split() for line in done.stdout.splitlines())
    files, sentences = int(told.get("files", 0)), int(told.get("sentences", 0))
    return Step(what, time.perf_counter() - began, _processor() - at_work, files, sentences)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _build(data: Path, guidance: Path, kill: str) -> None:
    """What the process of a step does: build, and tell how much of each kind is done."""
    from knowledge.source import Source

    steps: dict[str, int] = {}

    def told(done: int, total: int, what: str) -> None:
        kind = what.split()[-1]
        first = steps.setdefault(kind, done if kind == "files" else 0)
        sys.stdout.write(f"{kind} {done - first + 1 if kind == 'files' else done}\n")
        sys.stdout.flush()
        if kill and kind == "sentences" and 2 * done >= total:
            os.kill(os.getpid(), 9)

    Source(data / "index", guidance).bring_up_to_date(told)


if __name__ == "__main__":
    _build(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
