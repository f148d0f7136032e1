"""`sendcheck serve`, `migrate` and `doctor`: what an operator runs."""

import sys
from typing import Annotated

import typer

from bot.cli import show


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


def migrate() -> None:
    """Bring the database up to date."""
    from bot.settings import read_settings
    from bot.store.engine import open_engine
    from bot.store.migrate import migrate as run

    changed = run(open_engine(read_settings().database))
    show.note("The database was brought up to date." if changed else "The database is up to date.")


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
