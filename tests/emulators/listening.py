"""A small web server on a free port of loopback, in a thread of its own, for the emulators."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

MOST_BYTES = 64 * 1024 * 1024
T = TypeVar("T")


class Listener:
    """Serves an application until it is stopped."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def start(self, add_routes: Callable[[web.UrlDispatcher], None], context: ssl.SSLContext | None = None) -> str:
        """Listen; gives the address."""
        self._thread.start()
        return self.run(self._listen(add_routes, context))

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 10) -> T:
        """Do something in the server's own loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def stop(self) -> None:
        """Stop listening."""
        self.run(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _listen(self, add_routes: Callable[[web.UrlDispatcher], None], context: ssl.SSLContext | None) -> str:
        app = web.Application(client_max_size=MOST_BYTES)
        add_routes(app.router)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context).start()
        scheme = "https" if context else "http"
        return f"{scheme}://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _close(self) -> None:
        await self._runner.cleanup()
        # A connection is closed for good in the loop's next round.
        await asyncio.sleep(0.05)
