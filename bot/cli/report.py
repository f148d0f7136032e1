"""`sendcheck report`: a near miss is logged, listed, read or added to."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import show
from bot.cli.given import Batch, Json, lines_of, print_json, site_service
from bot.errors import SettingError, StoreError

if TYPE_CHECKING:
    from bot.domain.card import Card
    from bot.domain.nearmiss import NearMiss
    from bot.wiring import Service


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

    service = site_service()
    try:
        if read or add:
            show.card(_talk(service, read or add or "", text if add else None))
        elif latest:
            show.near_misses(service.parts.near_misses.latest(50), as_json=as_json)
        elif batch is not None:
            for line in lines_of(batch, "text"):
                filed = service.report(str(line["text"]), _kind(line.get("kind")), bool(line.get("anonymous")))
                print_json(to_json(filed, str(line["id"]) if "id" in line else None))
        else:
            chosen = _kind(kind)
            if text is None:
                text, chosen, anonymous = show.near_miss_form(service.preview)
            filed = service.report(text, chosen, anonymous)
            breach = _breach(service, filed)
            _announce(service, filed)
            if as_json:
                print_json(to_json(filed))
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


def _kind(word: object) -> "Any":
    from bot.domain.nearmiss import NearMissKind

    if word is None:
        return None
    try:
        return NearMissKind(str(word))
    except ValueError as error:
        raise SettingError(f"--kind: one of {', '.join(NearMissKind)}") from error
