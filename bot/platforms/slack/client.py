"""Talks to Slack: one client a workspace, with retries as Slack asks for them, and postings that go out once."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.domain.ports.post import DeliveryError
from bot.platforms.slack.blocks import Posting

EVENT_TYPE = "sendcheck_reply"
_SECONDS = 20
_TRY_LATER = {
    "ratelimited",
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "team_access_not_granted",
}
Tokens = Callable[[str], str | None]
"""The bot token of a workspace; the empty id is the one workspace of a single-workspace site."""


class Clients:
    """A client for each workspace."""

    def __init__(self, tokens: Tokens, api_url: str) -> None:
        self._tokens = tokens
        self.api_url = api_url if api_url.endswith("/") else f"{api_url}/"

    def of(self, team: str) -> WebClient:
        """The client of a workspace; raises DeliveryError when this app is not installed there (any more)."""
        token = self._tokens(team)
        if token is None:
            raise DeliveryError("This app is not installed in that Slack workspace.", permanent=True)
        client = WebClient(token, base_url=self.api_url, timeout=_SECONDS)
        client.retry_handlers = [
            RateLimitErrorRetryHandler(max_retry_count=3),
            ServerErrorRetryHandler(max_retry_count=2),
            ConnectionErrorRetryHandler(max_retry_count=2),
        ]
        return client


def failed(error: Exception) -> DeliveryError:
    """What an error of Slack's client means: later, or never."""
    if isinstance(error, SlackApiError):
        answer = error.response
        wait = answer.headers.get("Retry-After") if hasattr(answer, "headers") else None
        later = answer.get("error") in _TRY_LATER or getattr(answer, "status_code", 200) >= 429
        return DeliveryError(
            f"Slack said {answer.get('error') or 'no'}.", permanent=not later, retry_after=float(wait) if wait else None
        )
    return DeliveryError("Slack cannot be reached.", permanent=False)


def call(do: Callable[[], Any]) -> Any:
    """Do something with Slack; raises DeliveryError."""
    try:
        return do()
    except (SlackClientError, URLError, OSError) as error:
        raise failed(error) from error


def post(
    client: WebClient,
    channel: str,
    thread: str | None,
    postings: Sequence[Posting],
    key: str,
    *,
    again: bool,
    of: str = "",
) -> None:
    """Post messages in order, each once: with `again`, those that are there already are left out. Raises DeliveryError.

    `key` marks the messages as the answer to one event, and `of` names the message that they answer.
    """
    there = keys_in(client, channel, thread) if again else {}
    for number, posting in enumerate(postings):
        mark = f"{key}/{number}"
        if mark in there:
            continue
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": mark, "of": of}}
        arguments: dict[str, Any] = {
            "channel": channel,
            "thread_ts": thread,
            "text": posting.text,
            "blocks": list(posting.blocks),
        }
        call(partial(client.chat_postMessage, **arguments, metadata=metadata, unfurl_links=False, unfurl_media=False))


def keys_in(client: WebClient, channel: str, thread: str | None) -> dict[str, str]:
    """What this app has posted in a thread already: key to Slack's id of the message."""
    return {payload["key"]: ts for ts, payload in _ours(client, channel, thread) if "key" in payload}


def answers_to(client: WebClient, channel: str, thread: str, ts: str) -> list[str]:
    """Slack's ids of the messages that answer one message."""
    return [answer for answer, payload in _ours(client, channel, thread) if payload.get("of") == ts]


def _ours(client: WebClient, channel: str, thread: str | None) -> list[tuple[str, dict[str, str]]]:
    if thread is None:
        found = call(lambda: client.conversations_history(channel=channel, limit=50, include_all_metadata=True))
    else:
        found = call(
            lambda: client.conversations_replies(channel=channel, ts=thread, limit=200, include_all_metadata=True)
        )
    marked = [(one["ts"], one.get("metadata") or {}) for one in found["messages"]]
    return [(ts, one.get("event_payload") or {}) for ts, one in marked if one.get("event_type") == EVENT_TYPE]
