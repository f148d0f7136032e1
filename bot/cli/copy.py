"""`sendcheck copy`: a marked, redacted or cleaned copy of a file, written beside it or where it is told."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import show
from bot.domain.copy import CopyKind
from bot.errors import SettingError


def copy(
    file: Annotated[Path, typer.Argument(help="The file to copy; it is never changed.", exists=True, dir_okay=False)],
    kind: Annotated[
        CopyKind,
        typer.Option(
            "--kind",
            help="marked: findings boxed, for review. redacted: findings painted over (PDF, pictures). "
            "cleaned: hidden parts taken out (DOCX, XLSX, PPTX).",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write it; without it, beside the file under a new name.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Make a copy to review or to send. Exit code: 0 made, 1 refused, 2 made but not fully checked, 3 wrong use."""
    from bot.domain.message import Attachment
    from bot.settings import read_settings
    from bot.wiring import build

    if out is None or not out.is_dir():
        _require_free(file, out, force=force)
    service = build(read_settings(), show.index_progress)
    try:
        made = service.copy(Attachment(file.name, file.read_bytes()), kind, show.check_progress)
    finally:
        service.close()
    if not made.content:
        show.note(made.why)
        raise typer.Exit(1)
    folder = out if out is not None and out.is_dir() else file.parent
    path = out if out is not None and not out.is_dir() else folder / made.name
    _require_free(file, path, force=force)
    try:
        path.write_bytes(made.content)
    except OSError as error:
        raise SettingError(f"--out: {path} cannot be written: {error.strerror}") from error
    typer.echo(str(path))
    for line in made.removed:
        show.note(f"- {line}")
    if made.why:
        show.note(made.why)
    raise typer.Exit(0 if made.verified or kind is CopyKind.MARKED else 2)


def _require_free(file: Path, path: Path | None, *, force: bool) -> None:
    """The original is never written to, and nothing else without being told."""
    if path is None or not path.exists():
        return
    if path.samefile(file):
        raise SettingError("--out: that is the file itself, which is never changed")
    if not force:
        raise SettingError(f"--out: {path} exists already; say --force to overwrite it")
