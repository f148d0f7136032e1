"""The connection to a language model by LangChain, with limits on what comes back."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx

from bot.ask.model_calls import MOST_BYTES
from bot.errors import SettingError


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


class Chat:
    """Asks a chat model by LangChain; any provider whose package is installed. It is loaded when it is first used."""

    def __init__(self, model: str, url: str | None, key: str | None, seconds: float) -> None:
        self._provider, _, self._name = model.partition(":")
        self._url, self._key, self._seconds = url, key, seconds
        self._model: Any = None
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Load it, so that the first answer need not wait for that; raises SettingError when it cannot be used."""
        try:
            self._loaded()
        except Exception as error:  # each provider's package has errors of its own: none installed, no key, …
            why = str(error).strip().partition("\n")[0]
            raise SettingError(f"SENDCHECK_MODEL: {self._provider}:{self._name} cannot be used: {why}") from error

    def __call__(self, told: str, asked: str) -> str:
        """The words of the model's answer; raises whatever the provider's package raises."""
        from langchain_core.messages import HumanMessage, SystemMessage
        from langsmith import tracing_context

        # Whatever the environment says of traces: a question goes to the configured model and to nobody else.
        with tracing_context(enabled=False):
            answer = self._loaded().invoke([SystemMessage(told), HumanMessage(asked)])
        return answer.content if isinstance(answer.content, str) else str(answer.text)

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = _model(self._provider, self._name, self._url, self._key, self._seconds)
            return self._model


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
