"""What a developer would wire up instead: MarkItDown to read the file and plain Presidio to find personal data in it.

Both sides start from the bytes of the same made files and run in this process, one file after the other; times are
processor time. Pictures, scans and files that are meant to be unreadable are left out: MarkItDown reads no pixels.
"""

import io
import json
import time
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import score
from bench.baseline import Found, places_of, plain_presidio
from bench.score import TOPICS, Checked
from bot.domain.message import Attachment
from bot.scan.examine import examine
from bot.scan.recognise.engine import Recogniser
from tests.files.make_files import all_files
from tests.files.truth import Made

SITE_KEY = b"the site key of the benchmark alone"
READ = frozenset({"txt", "csv", "md", "html", "docx", "xlsx", "pptx", "pdf"})
"""Formats that both sides read."""


@dataclass(frozen=True)
class Side:
    """How one side did."""

    name: str
    found: int
    planted: int
    failed: int
    """Files it could not read at all."""
    seconds: float


def comparable(files: Sequence[Made]) -> list[Made]:
    """Files of formats that both sides read, with text in them."""
    return [made for made in files if made.file.rsplit(".", 1)[-1] in READ and not made.drawn and not made.unread]


def ours(files: Sequence[Made]) -> Side:
    """The product's own check, without the sandbox around it."""
    recogniser = Recogniser.load(SITE_KEY)
    examine(Attachment("warm.txt", b"Warm up, Mr Smith."), recogniser)
    began = time.process_time()
    checked = [Checked(made, examine(Attachment(made.file, made.content), recogniser), 0.0) for made in files]
    seconds = time.process_time() - began
    recalled = score.recall(checked, score.digest_with(SITE_KEY))
    counted = [shares for category, shares in recalled.items() if category not in TOPICS]
    failed = sum(one.inspection.inspected == "none" for one in checked)
    return Side("sendcheck", sum(s[0] for s in counted), sum(s[1] for s in counted), failed, seconds)


def converted(files: Sequence[Made]) -> Side:
    """MarkItDown, then Presidio as its documentation sets it up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from markitdown import MarkItDown
    converter, analyse = MarkItDown(enable_plugins=False), plain_presidio()
    analyse("Warm up, Mr Smith.")
    found = planted = failed = 0
    seconds = 0.0
    for made in files:
        began = time.process_time()
        try:
            text = converter.convert_stream(
                io.BytesIO(made.content), file_extension=f".{made.file.rsplit('.', 1)[-1]}"
            ).text_content
            said = analyse(text) if text.strip() else []
        except Exception:
            # Whatever it stumbles over is its own result.
            text, said = "", []
            failed += 1
        seconds += time.process_time() - began
        for category, value in dict.fromkeys((p.category, p.value) for p in made.findings if p.category not in TOPICS):
            planted += 1
            found += _covered(text, value, [place for place in said if place[2] == category])
    return Side("MarkItDown + Presidio", found, planted, failed, seconds)


def _covered(text: str, value: str, said: Sequence[Found]) -> bool:
    """True when at least half of the value's letters lie in spans of its own category, somewhere in the text."""
    for start, end in places_of(value, text):
        letters = {at for begin, stop, _ in said for at in range(max(start, begin), min(end, stop))}
        if 2 * len(letters) >= end - start:
            return True
    return False


def main(quick: bool = False) -> None:
    """Measure both sides in one run, print them, and keep the figures under bench/results."""
    files = comparable(all_files())[:: 3 if quick else 1]
    sides = [ours(files), converted(files)]
    table = Table("side", "found", "files it failed on", "processor seconds", title=f"End to end on {len(files)} files")
    for side in sides:
        share = f"{side.found / side.planted:.1%}  ({side.found} of {side.planted})"
        table.add_row(side.name, share, str(side.failed), f"{side.seconds:.1f}")
    console = Console(width=120)
    console.print(table)
    console.print(f"sendcheck takes {sides[0].seconds / sides[1].seconds:.2f} of the time")
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    (results / "converted.json").write_text(json.dumps([asdict(side) for side in sides], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
