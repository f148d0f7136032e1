"""`python -m bench.calibrate`: how often a recogniser's own confidence was right, and the table fitted to that.

The evaluation set is the text of the made files and `recognise.jsonl`, never the texts held back. A cell with few
findings is drawn towards what the recogniser claims: as much as eight findings of the claimed sureness would.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.baseline import places_of
from bench.score import TOPICS, variants
from bench.texts import pages_of
from bot.scan.recognise.calibration import STEPS, group_of, step_of
from bot.scan.recognise.engine import Recogniser
from tests.files.make_files import all_files
from tests.files.truth import Planted

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
HELD_BACK = GOLDEN / "recognise_held_back.jsonl"
_CLAIM = 8
"""How many findings of the claimed sureness are added to each cell."""

Judged = tuple[str, float, bool]
"""Group, stated confidence, whether it was right."""


def on_files(recogniser: Recogniser) -> Iterator[Judged]:
    """Every span in the text of the made files."""
    for page in pages_of(all_files()):
        right = [
            place
            for planted in page.made.findings
            for word in variants(Planted(planted.category, planted.value, ""), page.made)
            for place in places_of(word, page.text)
        ]
        kinds = {planted.category for planted in page.made.findings}
        for span in recogniser.spans(page.text):
            if span.category in TOPICS:
                yield group_of(span.category), span.confidence, span.category in kinds or not page.made.clean
            else:
                good = any(span.start < end and start < span.end for start, end in right)
                yield group_of(span.category), span.confidence, good


def on_texts(recogniser: Recogniser, path: Path) -> Iterator[Judged]:
    """Every span in the texts of one file of cases."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        right = [place for one in case["expect"] for place in places_of(one["value"], case["text"])]
        for span in recogniser.spans(case["text"]):
            if span.category in TOPICS:
                yield group_of(span.category), span.confidence, not case["clean"]
            else:
                yield group_of(span.category), span.confidence, any(s < span.end and span.start < e for s, e in right)


def fitted(judged: Iterable[Judged]) -> dict[str, dict[float, tuple[int, int, float]]]:
    """Per group and step: findings, how many were right, and the confidence to state, which never falls."""
    cells: dict[str, dict[float, list[int]]] = defaultdict(lambda: {step: [0, 0] for step in STEPS})
    for group, confidence, good in judged:
        cell = cells[group][step_of(confidence)]
        cell[0] += 1
        cell[1] += good
    table: dict[str, dict[float, tuple[int, int, float]]] = {}
    for group, rows in sorted(cells.items()):
        least = 0.0
        table[group] = {}
        for step, (total, right) in sorted(rows.items()):
            least = max(least, (right + _CLAIM * step) / (total + _CLAIM))
            table[group][step] = (total, right, round(min(least, 0.99), 2))
    return table


def shown(table: dict[str, dict[float, tuple[int, int, float]]], title: str) -> Table:
    """The fitted table with the counts behind it."""
    drawn = Table("group", *(f"from {step:.2f}" for step in STEPS), title=title)
    for group, row in table.items():
        drawn.add_row(group, *(f"{fit:.2f} ({right} of {total})" for total, right, fit in row.values()))
    return drawn


def print_tables(console: Console) -> None:
    """Print the table fitted on the evaluation set, and beside it what the texts held back would give."""
    recogniser = Recogniser.load(b"calibration")
    evaluation = [*on_files(recogniser), *on_texts(recogniser, GOLDEN / "recognise.jsonl")]
    console.print(shown(fitted(evaluation), "Fitted on the evaluation set: the confidence to state (right of found)"))
    console.print(shown(fitted(on_texts(recogniser, HELD_BACK)), "The same on the texts held back, for comparison"))


if __name__ == "__main__":
    print_tables(Console(width=140))
