"""The commands of what runs later: the worker by itself, and purging."""

import signal
import sys
import threading
from types import FrameType
from typing import Annotated

import typer

from bot.cli import show


def work() -> None:
    """Send cards, reminders and digests, beside servers with SENDCHECK_WORKER=off; ends with Ctrl-C or SIGTERM."""
    from bot.logs import configure_logs
    from bot.settings import read_settings
    from bot.wiring import build
    from bot.wiring.post import worker as join

    settings = read_settings()
    configure_logs(settings.log_level, sys.stderr)
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    service = build(settings, show.index_progress, serving=True)
    worker = join(service.parts)
    worker.start()
    show.note(f"Working. Cards go out by {', '.join(worker.platforms) or 'no platform: none is set up'}.")
    try:
        stopping.wait()
    finally:
        worker.stop()
        service.close()
    show.note("Stopped; what was in hand is finished.")


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go; delete nothing.")] = False,
) -> None:
    """Delete what is past its time, and say how much of what went; a worker does it daily."""
    from datetime import UTC, datetime

    from bot.jobs.purge import purge_all
    from bot.logs import configure_logs
    from bot.settings import read_settings
    from bot.wiring import build
    from bot.wiring.post import purges, rehearse

    settings = read_settings()
    configure_logs(settings.log_level, sys.stderr)
    service = build(settings, show.index_progress, serving=True)
    try:
        if dry_run:
            rehearse(service.parts)
        done = purge_all(purges(service.parts), datetime.now(UTC))
    finally:
        service.close()
    went = "would be deleted" if dry_run else "deleted"
    for one in done:
        typer.echo(f"{one.what}: {f'not purged ({one.failed})' if one.failed else f'{one.gone} {went}'}")
    if dry_run:
        show.note("Nothing was deleted.")
    raise typer.Exit(1 if any(one.failed for one in done) else 0)
