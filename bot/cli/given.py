"""What several commands are given, and how they print JSON."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import show
from bot.errors import SettingError

if TYPE_CHECKING:
    from bot.domain.message import Attachment
    from bot.wiring import Service

Json = Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")]
Batch = Annotated[
    Path | None, typer.Option("--batch", help="A file with one JSON object a line.", exists=True, dir_okay=False)
]


def site_service() -> "Service":
    """The product as the settings say; raises SettingError."""
    from bot.settings import read_settings
    from bot.wiring import build

    return build(read_settings(), show.index_progress)


def print_json(value: object) -> None:
    """One value on one line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def lines_of(path: Path, wanted: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a batch; raises SettingError that names the line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                raise SettingError(f"{path.name}, line {number}: not JSON") from error
            if not isinstance(value, dict) or not isinstance(value.get(wanted), str):
                raise SettingError(f'{path.name}, line {number}: needs "{wanted}" with a text')
            yield value


def attachment(path: Path) -> "Attachment":
    """A file as it is; raises SettingError when it cannot be read."""
    from bot.domain.message import Attachment

    try:
        return Attachment(path.name, path.read_bytes())
    except OSError as error:
        raise SettingError(f"{path} cannot be read: {error.strerror}") from error
