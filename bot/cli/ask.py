"""`sendcheck ask`: whether something may be sent."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import show
from bot.cli.given import Batch, Json, attachment, lines_of, print_json, site_service
from bot.errors import SettingError

if TYPE_CHECKING:
    from bot.domain.message import Message


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
    service = site_service()
    try:
        if batch is not None:
            for line in lines_of(batch, "question"):
                reply = service.respond(_message(line))
                print_json({"id": line.get("id"), **reply_json(reply)})
            return
        message = Message(question, tuple(attachment(path) for path in attach or ()), case=case)
        reply = service.respond(message, show.check_progress)
        if as_json:
            print_json(reply_json(reply))
        else:
            show.reply(reply)
    finally:
        service.close()


def _message(line: dict[str, Any]) -> "Message":
    from bot.domain.message import Message, Turn

    turns = [turn for turn in line.get("history") or () if isinstance(turn, dict)]
    return Message(
        line["question"], history=tuple(Turn(str(t.get("role", "user")), str(t.get("text", ""))) for t in turns)
    )
