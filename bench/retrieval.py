"""How well and how fast guidance is found: the messy set and large sets.

Prints tables and writes `bench/results/retrieval.json`; changes nothing else.
"""

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import large, messy
from bench.messy import Ranks
from knowledge import Library

RESULTS = Path(__file__).with_name("results") / "retrieval.json"


def main(quick: bool = False) -> None:
    """Run everything; `quick` leaves out 50,000 passages."""
    console = Console()
    asked = messy.questions()
    with tempfile.TemporaryDirectory() as data:
        library = Library.open(Path(data), messy.FOLDER / "guidance")
        runs = messy.Plain(asked).runs() | {"the product": messy.product(library, asked)}
    console.print(_rank_table(runs))
    sizes = [large.answers(count, 8 if quick else 3) for count in ((1000,) if quick else (1000, 50_000))]
    console.print(_table("Whole answers over large guidance", "passages", sizes))
    RESULTS.parent.mkdir(exist_ok=True)
    ranks = {name: {"first": ranks.first(1), "among three": ranks.first(3)} for name, ranks in runs.items()}
    RESULTS.write_text(json.dumps({"messy": ranks, "large": sizes}, indent=1), encoding="utf-8")


def _rank_table(runs: Mapping[str, Ranks]) -> Table:
    title = f"Right document over the messy set, {len(messy.questions())} questions"
    table = Table("found by", title=title, caption="tuned on: odd numbers. kindly: an older edition counts as right.")
    headings = ("first", "among 3", "first, tuned on", "first, held back", "among 3, held back", "first, kindly")
    for heading in headings:
        table.add_column(heading, justify="right")
    for name, ranks in runs.items():
        shares = (
            ranks.first(1),
            ranks.first(3),
            ranks.first(1, tuned=True),
            ranks.first(1, tuned=False),
            ranks.first(3, tuned=False),
            ranks.first(1, kindly=True),
        )
        table.add_row(name, *(f"{share:.1%}" for share in shares))
    return table


def _table(title: str, by: str, runs: list[dict[str, float]]) -> Table:
    table = Table("figure", title=title)
    for run in runs:
        table.add_column(f"{run[by]:,.0f} {by}", justify="right")
    for figure in runs[0]:
        if figure != by:
            table.add_row(figure, *(f"{run[figure]:,.1f}" for run in runs))
    return table


if __name__ == "__main__":
    main(quick="--quick" in sys.argv[1:])
