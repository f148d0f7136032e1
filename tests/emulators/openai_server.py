"""A server that speaks the OpenAI protocol for chat completions, well or badly, and keeps what it was sent."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[dict[str, Any]], str]
"""Told the request as sent, gives the words of the model."""


class OpenAiServer:
    """What was asked, and how the server behaves; change `answer` or `manner` between requests."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.answer: Answer = lambda _: "{}"
        self.manner = "well"
        """"well", "slow", "drip", "broken", "error", "huge", "cut" or "not_json"."""
        self.said_all = 0
        """How often a whole answer has left; a caller that gives up in time never gets one of "slow" or "drip"."""
        self.stop = threading.Event()

    @property
    def sent(self) -> bytes:
        """All that reached the server."""
        return b"\n".join(self.requests)


@contextmanager
def openai_server() -> Iterator[tuple[OpenAiServer, str]]:
    """A running server and its address."""
    state = OpenAiServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.requests.append(str(self.headers).encode() + self.path.encode() + body)
            try:
                _respond(self, state, body)
            except OSError:
                self.close_connection = True  # the caller has hung up, as it should

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state, f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        state.stop.set()
        server.shutdown()
        server.server_close()


def _respond(handler: BaseHTTPRequestHandler, state: OpenAiServer, body: bytes) -> None:
    if state.manner == "error":
        return _send(handler, 500, b'{"error": {"message": "something broke", "type": "server_error"}}')
    if state.manner == "not_json":
        return _send(handler, 200, b"<html>gateway</html>")
    if state.manner == "slow":
        state.stop.wait(100)
    words = "x" * 5_000_000 if state.manner == "huge" else state.answer(json.loads(body))
    if state.manner == "broken":
        words = words[: len(words) // 2]
    made = {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "tiny",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    content = json.dumps(made).encode()
    if state.manner == "cut":
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content) * 2))
        handler.end_headers()
        handler.wfile.write(content[:20])
        handler.close_connection = True
    elif state.manner == "drip":
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        for byte in content:
            if state.stop.is_set():
                return None
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(0.3)
        state.said_all += 1
    else:
        # Counted before it is sent: whoever has the answer finds it counted.
        state.said_all += 1
        _send(handler, 200, content)
    return None


def _send(handler: BaseHTTPRequestHandler, status: int, content: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
