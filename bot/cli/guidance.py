"""`sendcheck guidance`: what an information manager runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import show
from bot.cli.given import Json, site_service
from bot.errors import SettingError

guidance = typer.Typer(help="Index, check and list the guidance.", no_args_is_help=True)


@guidance.command()
def index() -> None:
    """Index the guidance now, if it changed."""
    library = site_service().parts.library
    show.note(
        f"{len(library.documents)} documents, {len(library.rules)} rules, {len(library.examples)} questions indexed."
    )
    for path, why in library.skipped:
        show.note(f"not read: {path}: {why}")
    for document in library.documents.values():
        for remark in document.notes:
            show.note(f"note: {document.id}: {remark}")


@guidance.command("list")
def list_documents(as_json: Json = False) -> None:
    """List the documents with owner, review date, and how often answers from them helped."""
    from bot.followup.feedback import tallies
    from bot.store.answers import SqlOpinions

    parts = site_service().parts
    show.documents(parts.library, tallies(SqlOpinions(parts.engine).all()), as_json=as_json)


@guidance.command()
def gaps(
    latest: Annotated[int, typer.Option("--latest", min=1, help="How many questions to look at.")] = 1000,
    drafts: Annotated[bool, typer.Option("--drafts", help="Print the drafted rows as Markdown, to copy from.")] = False,
    as_json: Json = False,
) -> None:
    """List questions that the guidance did not settle, put together by meaning; scrubbed, without who asked."""
    from bot.followup.gaps import drafts_markdown
    from bot.wiring.answers import gaps as all_gaps

    found = all_gaps(site_service().parts).shown(latest)
    if drafts:
        typer.echo(drafts_markdown(found))
    else:
        show.gaps(found, as_json=as_json)


@guidance.command()
def lint(
    folder: Annotated[Path | None, typer.Argument(help="A guidance folder; without it, the one in use.")] = None,
) -> None:
    """Say what will be misread. Exit code 1 when something is."""
    from datetime import UTC, datetime

    from bot.settings import read_settings
    from knowledge import GuidanceError, Vocabulary, find_defects, starter_pack

    settings = read_settings()
    try:
        defects = find_defects(
            folder or settings.guidance_dir or starter_pack(),
            Vocabulary.load(settings.vocabulary_file),
            datetime.now(UTC).date(),
        )
    except GuidanceError as error:
        raise SettingError(str(error)) from error
    wrong = sum(not defect.note for defect in defects)
    for defect in defects:
        place = ": ".join(part for part in (defect.document, defect.section) if part)
        line = f"{place}: {defect.problem}" if place else defect.problem
        # What is no fault goes where notes go, so that a script reads faults alone.
        (show.note if defect.note else typer.echo)(f"note: {line}" if defect.note else line)
    show.note(f"{wrong} defects.")
    raise typer.Exit(1 if wrong else 0)
