"""Calls to a language model that may be slow, broken or hostile: a deadline, a limit on size, and a circuit breaker."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, Queue
from typing import Any

import httpx
import structlog

MOST_BYTES = 200_000
"""Of an answer; a few sentences are a few thousand."""
MOST_CALLS = 4
"""At the same time; a call that hangs keeps its place until its connection is cut."""
TROUBLES = 3
"""Failures in a row after which the model is left alone."""
REST_SECONDS = 60.0
log = structlog.get_logger("sendcheck.model")


class ModelTrouble(Exception):  # noqa: N818 - nobody is shown it: the plain answer is given instead
    """The model gave nothing that can be used."""


class Calls:
    """Asks the model and never waits longer than it was told to."""

    def __init__(self, ask: Callable[[str, str], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._places = threading.BoundedSemaphore(MOST_CALLS)
        self._lock = threading.Lock()
        self._failed = 0
        self._resting_until = 0.0

    @property
    def resting(self) -> bool:
        """True while the model is left alone after failures."""
        with self._lock:
            return self._clock() < self._resting_until

    def __call__(self, told: str, asked: str, seconds: float) -> str:
        """What the model answers; raises ModelTrouble."""
        if seconds <= 0 or self.resting or not self._places.acquire(blocking=False):
            raise ModelTrouble("no time, or the model is busy or resting")
        answers: Queue[str | None] = Queue()
        # A daemon: a call that hangs must not hold up the end of the process.
        threading.Thread(target=self._run, args=(told, asked, answers), name="model", daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except Empty:
            answer = None
            log.warning("the language model took too long")
        self._note(well=answer is not None)
        if answer is None:
            raise ModelTrouble("no answer in time")
        return answer

    def useless(self) -> None:
        """The answer came and could not be used: that counts as a failure too."""
        self._note(well=False)

    def _run(self, told: str, asked: str, answers: "Queue[str | None]") -> None:
        try:
            answers.put(self._ask(told, asked)[:MOST_BYTES])
        except Exception as error:  # whatever a provider's package raises; its text may quote the question
            log.warning("the language model failed", error=type(error).__name__)
            answers.put(None)
        finally:
            self._places.release()

    def _note(self, *, well: bool) -> None:
        with self._lock:
            self._failed = 0 if well else self._failed + 1
            if self._failed >= TROUBLES:
                self._failed, self._resting_until = 0, self._clock() + REST_SECONDS
                log.warning("the language model is left alone for a while", seconds=REST_SECONDS)


class LimitedTransport(httpx.BaseTransport):
    """Cuts an answer that is too large or trickles in for too long."""

    def __init__(self, seconds: float, inner: httpx.BaseTransport | None = None) -> None:
        self._seconds = seconds
        # No connection is kept: questions come seldom, and an idle one may be dead when the next comes.
        self._inner = inner or httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, as far as it is within the limits; raises httpx.ReadError beyond them."""
        ends = time.monotonic() + self._seconds
        response = self._inner.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        return httpx.Response(
            response.status_code, headers=response.headers, stream=_Limited(response.stream, ends, request)
        )

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


class _Limited(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, ends: float, request: httpx.Request) -> None:
        self._stream, self._ends, self._request = stream, ends, request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            size += len(part)
            if size > MOST_BYTES or time.monotonic() > self._ends:
                raise httpx.ReadError("the answer is too large or too slow", request=self._request)
            yield part

    def close(self) -> None:
        with suppress(httpx.HTTPError):
            self._stream.close()


def chat(model: str, url: str | None, key: str | None, seconds: float) -> Callable[[str, str], str]:
    """Asks a chat model by LangChain; any provider whose package is installed. It is loaded by the first call."""
    provider, _, name = model.partition(":")
    made: list[Any] = []
    lock = threading.Lock()

    def ask(told: str, asked: str) -> str:
        from langchain_core.messages import HumanMessage, SystemMessage
        from langsmith import tracing_context

        with lock:
            if not made:
                made.append(_model(provider, name, url, key, seconds))
        # Whatever the environment says of traces: a question goes to the configured model and to nobody else.
        with tracing_context(enabled=False):
            answer = made[0].invoke([SystemMessage(told), HumanMessage(asked)])
        return answer.content if isinstance(answer.content, str) else str(answer.text)

    return ask


def _model(provider: str, name: str, url: str | None, key: str | None, seconds: float) -> Any:
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"temperature": 0, "max_tokens": 600, "max_retries": 0, "timeout": seconds}
    if url:
        options["base_url"] = url
    if key or (url and provider == "openai"):
        options["api_key"] = key or "none"  # a local server wants none, and the package wants something
    if provider == "openai":
        options["http_client"] = httpx.Client(transport=LimitedTransport(seconds), timeout=seconds)
    return init_chat_model(name, model_provider=provider, **options)
