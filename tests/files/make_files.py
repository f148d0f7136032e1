"""Makes the evaluation set: `python -m tests.files.make_files FOLDER` writes every file and `truth.json`."""

import json
import sys
from functools import cache
from pathlib import Path

from tests.files import (
    broken,
    harmless,
    letters,
    mails,
    old_formats,
    pictures,
    records,
    redactions,
    scans,
    statements,
    words,
    workbooks,
)
from tests.files.truth import Made

_MODULES = (
    statements,
    records,
    words,
    letters,
    workbooks,
    mails,
    redactions,
    scans,
    pictures,
    harmless,
    broken,
    old_formats,
)
TRUTH = Path(__file__).parents[1] / "golden" / "files.json"
"""The truth as committed, so that a change of the set shows in review."""


@cache
def all_files() -> tuple[Made, ...]:
    """Every file with its truth, in a fixed order."""
    made = tuple(one for module in _MODULES for one in module.files())
    names = [one.file for one in made]
    if len(set(names)) != len(names):
        raise ValueError("two files of the evaluation set have the same name")
    return made


def truth_text() -> str:
    """The truth about all files as JSON, one file a line."""
    rows = ",\n".join(json.dumps(one.truth(), ensure_ascii=False) for one in all_files())
    return f"[\n{rows}\n]\n"


def write(folder: Path) -> None:
    """Write every file and the truth into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in all_files():
        (folder / one.file).write_bytes(one.content)
    (folder / "truth.json").write_text(truth_text(), encoding="utf-8")


def main() -> None:
    """Write the set into the folder named on the command line, or the truth into tests/golden with `--truth`."""
    if len(sys.argv) != 2:
        raise SystemExit("python -m tests.files.make_files FOLDER | --truth")
    if sys.argv[1] == "--truth":
        TRUTH.write_text(truth_text(), encoding="utf-8")
        return
    write(Path(sys.argv[1]))
    print(f"{len(all_files())} files in {sys.argv[1]}")


if __name__ == "__main__":
    main()
