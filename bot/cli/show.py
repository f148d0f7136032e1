"""How the command line shows things to a person: Rich on a terminal, plain lines elsewhere."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.domain.card import Card
    from bot.domain.finding import FileReport
    from bot.domain.nearmiss import NearMiss, NearMissKind, ScrubbedText
    from bot.domain.reply import Reply
    from bot.followup.feedback import Tally
    from bot.followup.gaps import Shown
    from knowledge import Library

T = TypeVar("T")


def note(text: str) -> None:
    """A line for the person at the terminal, never part of a result."""
    sys.stderr.write(text + "\n")


class IndexProgress:
    """Shown while the guidance is indexed: how much is read, and about how long the rest takes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: dict[str, tuple[float, int]] = {}

    def __call__(self, done: int, total: int, what: str) -> None:
        """Tell that `done` of `total` are read."""
        if not sys.stderr.isatty():
            if done >= total:
                note(f"{what}: {total} read")
            return
        ended = done >= total
        sys.stderr.write(f"\r\033[K{self.line(done, total, what)}" + ("\n" if ended else ""))
        sys.stderr.flush()

    def line(self, done: int, total: int, what: str) -> str:
        """One line: "reading the guidance: sentences: 512 of 20,480, about 4 min left"."""
        if done == 0:
            return what
        now = self._clock()
        began, at_first = self._began.setdefault(what, (now, done))
        if done >= total:
            del self._began[what]
        left = (total - done) * (now - began) / (done - at_first) if done > at_first else 0.0
        soon = f", about {left / 60:.0f} min left" if left >= 90 else f", about {left:.0f} s left" if left >= 5 else ""
        return f"{what}: {done:,} of {total:,}{soon}"


index_progress = IndexProgress()


def check_progress(done: int, total: int, what: str) -> None:
    """Shown while a file is checked."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{what}" if done < total else "\r\033[K")
        sys.stderr.flush()


def progress(things: Sequence[T], what: str) -> Iterable[T]:
    """The things one by one, with a bar when there are several and someone watches."""
    if len(things) < 2 or not sys.stderr.isatty():
        return things
    from rich.console import Console
    from rich.progress import track

    return track(things, description=what, console=Console(stderr=True), transient=True)


def reply(answer: "Reply") -> None:
    """A reply."""
    from rich.markup import escape
    from rich.panel import Panel

    from bot.domain.plain import reply_text

    if not sys.stdout.isatty():
        typer.echo(reply_text(answer))
        return
    headline, _, rest = reply_text(answer).partition("\n")
    _console().print(
        Panel(escape(rest), title=escape(headline), title_align="left", border_style=_colour(answer.verdict))
    )


def report(found: "FileReport") -> None:
    """A file report, with a table of findings on a terminal."""
    from bot.domain.plain import report_text

    if not sys.stdout.isatty():
        typer.echo(report_text(found))
        return
    from rich.markup import escape
    from rich.table import Table

    from bot.domain.words import CATEGORY_WORDS, FILE_HEADLINES, confidence_words

    inspection = found.inspection
    console = _console()
    console.print(f"[bold {_colour(found.verdict)}]{escape(inspection.name)}: {FILE_HEADLINES[found.verdict]}[/]")
    for reason in found.because:
        console.print(f"  • {escape(reason)}")
    if inspection.findings:
        table = Table("Where", "What", "Value", "Times", "Sure", "Hidden", box=None, padding=(0, 2))
        for finding in inspection.findings:
            cells = (finding.place, CATEGORY_WORDS[finding.category], finding.masked, str(finding.count))
            table.add_row(*map(escape, cells), confidence_words(finding.confidence), "hidden" if finding.hidden else "")
        console.print(table)


def near_misses(reports: "Sequence[NearMiss]", *, as_json: bool) -> None:
    """The latest reports."""
    from bot.nearmiss.record import to_json

    for filed in reports:
        if as_json:
            typer.echo(json.dumps(to_json(filed), ensure_ascii=False))
        else:
            typer.echo(f"{filed.receipt}  {filed.reported_at:%Y-%m-%d}  {filed.kind.value}  {filed.text.text}")
    if not reports and not as_json:
        note("No near misses yet. The first report is the most useful one: sendcheck report")


def card(shown: "Card") -> None:
    """A card without its buttons."""
    from bot.domain.plain import card_text

    typer.echo(card_text(shown))


def receipt(filed: "NearMiss") -> None:
    """Thanks and the number."""
    from bot.domain.nearmiss import AlreadySent

    typer.echo(f"Thank you. Logged as {filed.receipt} ({filed.kind.value.replace('_', ' ')}).")
    if filed.code:
        typer.echo(f"Your code is {filed.code}. Write it down: sendcheck report --read CODE shows the answer.")
    if filed.already_sent is AlreadySent.UNCLEAR:
        note("If it did leave: tell your manager and your data protection officer now. The first hour matters.")


def near_miss_form(preview: "Callable[[str], ScrubbedText]") -> "tuple[str, NearMissKind | None, bool]":
    """Ask at most three things; shows what would be stored before anything is."""
    from bot.domain.nearmiss import NearMissKind

    text = typer.prompt("What nearly happened? (no names needed)", err=True)
    typer.echo(f"This is what would be stored: {preview(text).text}", err=True)
    kinds = ", ".join(kind.value for kind in NearMissKind)
    chosen = typer.prompt(f"Which kind? ({kinds}; Enter to let it be found)", default="", show_default=False, err=True)
    anonymous = typer.confirm("Report it anonymously?", default=False, err=True)
    known = chosen.strip().lower().replace(" ", "_")
    return text, NearMissKind(known) if known in {kind.value for kind in NearMissKind} else None, anonymous


def documents(library: "Library", tallies: "Mapping[str, Tally]", *, as_json: bool) -> None:
    """The guidance documents, with how often answers from them helped."""
    for document in library.documents.values():
        reviewed = document.reviewed.isoformat() if document.reviewed else None
        tally = tallies.get(document.id)
        helped, not_helped = (tally.helpful, tally.not_helpful) if tally else (0, 0)
        if as_json:
            row = {
                "document": document.id,
                "title": document.title,
                "owner": document.owner,
                "reviewed": reviewed,
                "review_due": document.review_due.isoformat() if document.review_due else None,
                "version": document.version or None,
                "format": document.format,
                "pages": document.pages or None,
                "superseded_by": document.superseded_by,
                "notes": list(document.notes),
            }
            typer.echo(json.dumps({**row, "helpful": helped, "not_helpful": not_helped}, ensure_ascii=False))
        else:
            thought = f", helpful {helped}, not helpful {not_helped}" if tally else ""
            made = f"{document.format}, {document.pages} pages" if document.pages else document.format
            due = f", next review {document.review_due.isoformat()}" if document.review_due else ""
            old = f", superseded by {document.superseded_by}" if document.superseded_by else ""
            who = f"{made}, {document.owner or 'no owner'}, reviewed {reviewed or 'never'}{due}{old}{thought}"
            typer.echo(f"{document.id}  {document.title}  ({who})")


def gaps(found: "Sequence[Shown]", *, as_json: bool) -> None:
    """Questions that the guidance did not settle, put together, with a drafted row each."""
    for one in found:
        cluster = one.cluster
        row = {
            "title": cluster.title,
            "asked": len(cluster.gaps),
            "newest": cluster.newest.isoformat(),
            "verdict": cluster.verdict.value,
            "state": one.state,
            "closed": one.closed,
            "row": one.draft.row,
            "people_ask": list(one.draft.people_ask),
        }
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            typer.echo(
                f"{len(cluster.gaps)} × {cluster.title}  ({cluster.verdict.value}, {one.state}, {cluster.newest})"
            )
            if not one.closed:
                typer.echo(f"    draft: {one.draft.row}")
    if not found and not as_json:
        note("No gaps yet: every question that reached the server so far was settled by a row.")


def _console() -> "Console":
    from rich.console import Console

    return Console()


def _colour(verdict: str) -> str:
    return {"ok": "green", "safeguards": "yellow", "ask": "yellow", "stop": "red"}.get(verdict, "white")
