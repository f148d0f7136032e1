"""The server: the platforms under their addresses, health, metrics, and a log without content."""

import signal
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import anyio.to_thread
import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import SettingError
from bot.jobs.queues import Queues
from bot.logs import configure_logs, where
from bot.metrics import CountedAssistant, CountedDesk, Metrics, ServedAssistant
from bot.platforms.web.app import create_app
from bot.platforms.web.guard import sorry
from bot.settings import LOOPBACK, Settings

SWITCH_SECONDS = 0.0005
"""How long one thread runs while another waits; Python's own is ten times as long."""

log = structlog.get_logger("sendcheck.server")


class Watch:
    """Times and logs every request by the name of its handler, and keeps what nobody caught out of the log.

    Paths, queries and error texts are left out of the log: they can hold what a person typed.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        began = time.perf_counter()

        async def noting_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting_send)
        except Exception as error:  # a broken request must not show its content in a log, nor stop the server
            log.error("request_failed", error=type(error).__name__, where=where(error))
        self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        endpoint = scope.get("endpoint")
        handler = getattr(endpoint, "__name__", type(endpoint).__name__ if endpoint else "none")
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "POST"} else "other"
        self.metrics.requests.labels(handler, method, str(status)).inc()
        self.metrics.request_seconds.labels(handler).observe(seconds)
        log.debug("request", handler=handler, method=method, status=status, seconds=round(seconds, 3))


def build(settings: Settings, assistant: ServedAssistant, queues: Callable[[], Queues] | None = None) -> ASGIApp:
    """The whole server as one ASGI app; `queues` says how much waits, for the metrics."""
    metrics = Metrics()
    if queues is not None:
        metrics.watch(queues)

    async def healthz(_: Request) -> Response:
        """The process is alive."""
        return PlainTextResponse("alive\n")

    async def readyz(_: Request) -> Response:
        """Questions can be answered, or what is missing."""
        ready, parts = await anyio.to_thread.run_sync(assistant.ready)
        return JSONResponse({"ready": ready, "parts": parts}, status_code=200 if ready else 503)

    counted, desk = CountedAssistant(assistant, metrics), CountedDesk(assistant.desk, metrics)
    platforms = assistant.platforms(counted, desk, metrics.count_refused)
    web = create_app(
        counted,
        loopback_only=is_loopback(settings.host),
        max_bytes=settings.check_max_bytes,
        hosts=frozenset({settings.host}),
        desk=desk,
        conversations=assistant.conversations,
        now=lambda: datetime.now(ZoneInfo(settings.time_zone)),
    )
    routes = [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics.show),
        *(route for platform in platforms for route in platform.routes()),
        Mount("/", web),
    ]

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        """The chat platforms work while the server listens."""
        async with AsyncExitStack() as stack:
            for platform in platforms:
                await platform.start()
                stack.push_async_callback(platform.stop)
            yield

    app = Starlette(routes=routes, exception_handlers={Exception: sorry}, lifespan=running)
    return Watch(app, metrics)


def is_loopback(host: str) -> bool:
    """True when only this machine can reach that address."""
    return host in LOOPBACK


def startup_lines(settings: Settings, parts: dict[str, str], port: int) -> list[str]:
    """What an operator should know at start: the address, what is on and what is off."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    local = is_loopback(settings.host)
    chat = "on" if local else f"off: it has no sign-in yet and {settings.host} can be reached from elsewhere"
    states = {
        "web chat": chat,
        "Slack": _slack_state(settings),
        "Teams": _teams_state(settings),
        "language model": f"on: {settings.model}; it sets no verdict and sees scrubbed text only"
        if settings.model
        else "off: answers come from the guidance alone",
        "database": settings.database.split(":", 1)[0].split("+", 1)[0],
        "guidance": str(settings.guidance_dir) if settings.guidance_dir else "starter pack",
        "largest upload": f"{settings.check_max_bytes // 1024**2} MB",
    }
    # What a part says of itself is newer than what the settings say of it; the store is shown as the database.
    states |= {name: state for name, state in parts.items() if name != "store"}
    width = max(map(len, states))
    return [
        f"Can I Send This? listens on http://{host}:{port}",
        *(f"  {name:<{width}}  {state}" for name, state in states.items()),
    ]


def _slack_state(settings: Settings) -> str:
    if not settings.slack_on:
        return "off: no credentials"
    ways = {"socket": settings.slack_app_token, "/slack/events": settings.slack_signing_secret}
    return f"on: {', '.join(way for way, given in ways.items() if given)}"


def _teams_state(settings: Settings) -> str:
    if not settings.teams_on:
        return "off: no credentials"
    return "on: /api/messages" + (", without tokens, for this machine alone" if settings.teams_anonymous else "")


def serve(settings: Settings, assistant: ServedAssistant, queues: Callable[[], Queues] | None = None) -> None:
    """Listen until told to stop; raises SettingError when the address cannot be used."""
    configure_logs(settings.log_level, sys.stderr)
    # Answers and scans keep Python busy; requests that only have to be acknowledged must not wait for long behind them.
    sys.setswitchinterval(SWITCH_SECONDS)
    if threading.current_thread() is threading.main_thread():
        # uvicorn raises the signal again when it is done, and by default that ends the process with nothing closed.
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    listener = _listen(settings)
    _, parts = assistant.ready()
    lines = startup_lines(settings, parts, listener.getsockname()[1])
    sys.stderr.write("\n".join(lines) + "\n")
    sys.stderr.flush()
    config = uvicorn.Config(
        build(settings, assistant, queues),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        # A host name that does not resolve and a port that is taken both end here.
        reason = error.strerror or str(error)
        raise SettingError(
            f"SENDCHECK_HOST, PORT: cannot listen on {settings.host}:{settings.port}: {reason}"
        ) from error
