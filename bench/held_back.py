"""How much is found in short texts of other hands that no rule was written for, and what is wrongly found there."""

import json
from collections import Counter
from pathlib import Path

from rich.table import Table

from bench.baseline import places_of
from bench.tables import percent
from bot.domain.finding import Category
from bot.scan.extract.interface import Text
from bot.scan.recognise.calibration import group_of
from bot.scan.recognise.engine import Recogniser
from bot.scan.recognise.interface import Span

TEXTS = Path(__file__).parents[1] / "tests" / "golden" / "recognise_held_back.jsonl"


def _covers(span: Span, start: int, end: int) -> bool:
    return 2 * (min(span.end, end) - max(span.start, start)) >= end - start


def held_back(recogniser: Recogniser, path: Path = TEXTS) -> Table:
    """Recall by group of categories over the texts, and false findings on the clean ones."""
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    false = clean = 0
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        [spans] = recogniser.spans_in([Text(case["text"], "text", source=case["source"])])
        clean += case["clean"]
        false += len(spans) if case["clean"] else 0
        for one in case["expect"]:
            group = group_of(Category(one["category"]))
            wanted[group] += 1
            right[group] += any(
                _covers(span, *place)
                for span in spans
                if span.category == one["category"]
                for place in places_of(one["value"], case["text"])
            )
    table = Table("measure", "result", title="Texts held back")
    for group in sorted(wanted):
        table.add_row(f"{group}: found", percent(right[group], wanted[group]))
    table.add_row("false findings on clean texts", f"{false} on {clean}")
    return table
