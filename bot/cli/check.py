"""`sendcheck check`: files, before they leave."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import show
from bot.cli.given import Json, attachment, print_json, site_service
from bot.errors import SettingError

if TYPE_CHECKING:
    from bot.wiring import Service


def check(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders.", exists=True)],
    recipient: Annotated[
        str | None, typer.Option("--recipient", help="Who would receive it; without it, an outsider.")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help="The case URN it belongs to, or “R v NAME”.")] = None,
    together: Annotated[
        bool, typer.Option("--together", help="They go in one message: compare them with one another.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check files before they leave. Exit code: 0 ok, 1 something found, 2 not fully checked, 3 wrong use."""
    from bot.domain.as_json import file_json
    from bot.domain.verdict import Verdict
    from knowledge import Facts

    service = site_service()
    try:
        facts = Facts(recipients=_recipient(recipient, service))
        files = list(_files(paths))
        named = service.case(f"case {case or ''}")
        unread = found = False
        for some in [files] if together else show.progress([[path] for path in files], "Checking"):
            progress = show.check_progress if together else None
            for report in service.check([attachment(path) for path in some], facts, named, progress):
                unread = unread or bool(report.inspection.unread)
                found = found or report.verdict is not Verdict.OK
                if as_json:
                    print_json(file_json(report))
                else:
                    show.report(report)
    finally:
        service.close()
    raise typer.Exit(2 if unread else 1 if found else 0)


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(entry for entry in path.rglob("*") if entry.is_file())
        else:
            yield path


def _recipient(words: str | None, service: "Service") -> tuple[str, ...]:
    """The vocabulary's term for a recipient; raises SettingError when there is none."""
    if words is None:
        return ()
    vocabulary = service.parts.library.vocabulary
    found = [mention.term for mention in vocabulary.find(words) if mention.fact == "recipient"]
    if not found:
        raise SettingError(f"--recipient: “{words}” is not known; try defence, court, police, victim, journalist …")
    return vocabulary.narrowest(found)
