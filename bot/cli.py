"""The command line: parse, call one function, print.

Results go to standard output, everything else to standard error.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import cli_show as show
from bot.cli_copy import copy
from bot.cli_teams import teams_package
from bot.cli_work import purge, work
from bot.errors import SettingError, StoreError

if TYPE_CHECKING:
    from bot.domain.card import Card
    from bot.domain.message import Attachment, Message
    from bot.domain.nearmiss import NearMiss
    from bot.wiring import Service

app = typer.Typer(
    name="sendcheck",
    help="Can I send this? Ask, check a file before it leaves, log a near miss.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
guidance = typer.Typer(help="Index, check and list the guidance.", no_args_is_help=True)
app.add_typer(guidance, name="guidance")

Json = Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")]
Batch = Annotated[
    Path | None, typer.Option("--batch", help="A file with one JSON object a line.", exists=True, dir_okay=False)
]


def _service() -> "Service":
    from bot.settings import read_settings
    from bot.wiring import build

    return build(read_settings(), show.index_progress)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to send, to whom and how.")] = "",
    attach: Annotated[
        list[Path] | None,
        typer.Option("--attach", help="A file to check with the question.", exists=True, dir_okay=False),
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help="The case URN it belongs to.")] = None,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """Ask whether something may be sent."""
    from bot.domain.as_json import reply_json
    from bot.domain.message import Message

    if bool(question.strip() or attach) == (batch is not None):
        raise SettingError("ask needs a question, a file with --attach, or --batch FILE")
    service = _service()
    try:
        if batch is not None:
            for line in _lines(batch, "question"):
                reply = service.respond(_message(line))
                _print_json({"id": line.get("id"), **reply_json(reply)})
            return
        message = Message(question, tuple(_attachment(path) for path in attach or ()), case=case)
        reply = service.respond(message, show.check_progress)
        if as_json:
            _print_json(reply_json(reply))
        else:
            show.reply(reply)
    finally:
        service.close()


@app.command()
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

    service = _service()
    try:
        facts = Facts(recipients=_recipient(recipient, service))
        files = list(_files(paths))
        named = service.case(f"case {case or ''}")
        unread = found = False
        for some in [files] if together else show.progress([[path] for path in files], "Checking"):
            progress = show.check_progress if together else None
            for report in service.check([_attachment(path) for path in some], facts, named, progress):
                unread = unread or bool(report.inspection.unread)
                found = found or report.verdict is not Verdict.OK
                if as_json:
                    _print_json(file_json(report))
                else:
                    show.report(report)
    finally:
        service.close()
    raise typer.Exit(2 if unread else 1 if found else 0)


app.command()(copy)


@app.command()
def report(
    text: Annotated[str | None, typer.Option("--text", help="What happened.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="What kind of near miss; found from the text without it.")
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Keep no name and no time, only the day.")] = False,
    batch: Batch = None,
    latest: Annotated[bool, typer.Option("--list", help="List the latest reports.")] = False,
    read: Annotated[str | None, typer.Option("--read", help="Read what came of a report, by its code.")] = None,
    add: Annotated[str | None, typer.Option("--add", help="Add --text to a report, by its code.")] = None,
    as_json: Json = False,
) -> None:
    """Log a near miss: a form in the terminal, or --text for scripts."""
    from bot.nearmiss.record import to_json

    service = _service()
    try:
        if read or add:
            show.card(_talk(service, read or add or "", text if add else None))
        elif latest:
            show.near_misses(service.parts.near_misses.latest(50), as_json=as_json)
        elif batch is not None:
            for line in _lines(batch, "text"):
                filed = service.report(str(line["text"]), _kind(line.get("kind")), bool(line.get("anonymous")))
                _print_json(to_json(filed, str(line["id"]) if "id" in line else None))
        else:
            chosen = _kind(kind)
            if text is None:
                text, chosen, anonymous = show.near_miss_form(service.preview)
            filed = service.report(text, chosen, anonymous)
            breach = _breach(service, filed)
            _announce(service, filed)
            if as_json:
                _print_json(to_json(filed))
            else:
                show.receipt(filed)
                if breach:
                    show.card(breach)
    finally:
        service.close()


def _talk(service: "Service", code: str, text: str | None) -> "Card":
    """A report as its reporter reads it, after adding to it if there is something to add."""
    from datetime import UTC, datetime

    from bot.desk import Desk
    from bot.domain.card import Card, Form
    from bot.domain.component import Press
    from bot.wiring.reports import component

    values = {"code": (code,), "text": (text or "",)}
    act = "report.read" if text is None else "report.talk"
    desk = Desk([component(service.parts)])
    shown = desk.press(Press(act, "", datetime.now(UTC), values))
    for _ in range(4):
        if not isinstance(shown, Form):
            break
        # Names and numbers were taken out: a terminal says so and goes on, it has no form to put them back in.
        show.note("Names and numbers were taken out.")
        shown = desk.press(Press(act, "", datetime.now(UTC), {one.name: one.value for one in shown.fields}))
    assert isinstance(shown, Card)
    return shown


def _breach(service: "Service", filed: "NearMiss") -> "Card | None":
    """A report that says it went starts the breach path, whichever way it comes in; gives the first hour."""
    from datetime import UTC, datetime

    from bot.domain.nearmiss import AlreadySent
    from bot.wiring.incidents import incidents

    if filed.already_sent is not AlreadySent.TRUE:
        return None
    try:
        return incidents(service.parts).on_report(filed, datetime.now(UTC))
    except StoreError as error:
        show.note(f"The breach could not be recorded ({error}): tell your lead yourself, now.")
        return None


def _announce(service: "Service", filed: "NearMiss") -> None:
    """The team hears of a report from the terminal as of any other."""
    from datetime import UTC, datetime

    from bot.wiring.reports import filing

    try:
        filing(service.parts).announce_filed(filed, datetime.now(UTC))
    except StoreError:
        show.note("It is stored, and the team is told on the next working morning.")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on.")] = None,
) -> None:
    """Serve the web chat."""
    from bot.logs import configure_logs
    from bot.server import serve as run
    from bot.settings import read_settings
    from bot.wiring import build
    from bot.wiring.post import queues, worker_inside

    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = read_settings(**chosen)
    configure_logs(settings.log_level, sys.stderr)
    service = build(settings, show.index_progress, serving=True)
    worker = worker_inside(service.parts)
    try:
        service.warm_up()
        worker.start()
        run(settings, service, lambda: queues(service.parts))
    finally:
        worker.stop()
        service.close()


app.command()(work)
app.command()(purge)
app.command()(teams_package)


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from bot.settings import read_settings
    from bot.store.engine import open_engine
    from bot.store.migrate import migrate as run

    changed = run(open_engine(read_settings().database))
    show.note("The database was brought up to date." if changed else "The database is up to date.")


@app.command()
def doctor() -> None:
    """Say what works and what does not."""
    from bot.settings import read_settings
    from bot.wiring import build
    from bot.wiring.post import checks

    service = build(read_settings(), show.index_progress, serving=True)
    try:
        well, parts = service.ready()
        for name, state in parts.items():
            typer.echo(f"{name}: {state}")
        for one in checks(service.parts) if well else ():
            typer.echo(f"{one.what}: {'' if one.fine else 'NOT FINE: '}{one.said}")
            well = well and one.fine
    finally:
        service.close()
    raise typer.Exit(0 if well else 1)


@guidance.command()
def index() -> None:
    """Index the guidance now, if it changed."""
    library = _service().parts.library
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

    parts = _service().parts
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

    found = all_gaps(_service().parts).shown(latest)
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


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _lines(path: Path, wanted: str) -> Iterator[dict[str, Any]]:
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


def _message(line: dict[str, Any]) -> "Message":
    from bot.domain.message import Message, Turn

    turns = [turn for turn in line.get("history") or () if isinstance(turn, dict)]
    return Message(
        line["question"], history=tuple(Turn(str(t.get("role", "user")), str(t.get("text", ""))) for t in turns)
    )


def _attachment(path: Path) -> "Attachment":
    from bot.domain.message import Attachment

    try:
        return Attachment(path.name, path.read_bytes())
    except OSError as error:
        raise SettingError(f"{path} cannot be read: {error.strerror}") from error


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


def _kind(word: object) -> "Any":
    from bot.domain.nearmiss import NearMissKind

    if word is None:
        return None
    try:
        return NearMissKind(str(word))
    except ValueError as error:
        raise SettingError(f"--kind: one of {', '.join(NearMissKind)}") from error
