"""Talks to Slack: one client a workspace, with retries as Slack asks for them, and postings that go out once."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.domain.ports.post import DeliveryError
from bot.platforms.slack.blocks import Posting

EVENT_TYPE = "sendcheck_reply"
_SECONDS = 20
WAITS = (0.5, 2.0)
"""Seconds before something is tried a second and a third time."""
_TRY_LATER = {
    "ratelimited",
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "team_access_not_granted",
    # A revoked token is renewed by whoever runs this; what was accepted meanwhile waits.
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
}
_MOST_PAGES = 10
"""Of two hundred messages each: as far as a thread is searched for what was posted already."""
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
        # Being told to slow down is the one failure after which nothing was done for certain; `call` knows the others.
        client.retry_handlers = [RateLimitErrorRetryHandler(max_retry_count=3)]
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


def call(do: Callable[[], Any], waits: Sequence[float] = WAITS) -> Any:
    """Do something with Slack, again after each wait when Slack was in trouble; raises DeliveryError.

    Without `waits` it is done once: what adds something may have been done although Slack did not say so.
    """
    for wait in (*waits, None):
        try:
            return do()
        except (SlackClientError, URLError, OSError) as error:
            problem = failed(error)
            if problem.permanent or wait is None:
                raise problem from error
        time.sleep(wait)
    raise AssertionError("unreachable")


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
        add = partial(client.chat_postMessage, **arguments, metadata=metadata, unfurl_links=False, unfurl_media=False)
        _add_once(client, add, channel, thread, mark)


def _add_once(client: WebClient, add: Callable[[], Any], channel: str, thread: str | None, mark: str) -> None:
    """Post one message; when Slack does not say whether it took it, look before posting it again."""
    for wait in (*WAITS, None):
        try:
            call(add, waits=())
        except DeliveryError as error:
            if error.permanent or wait is None:
                raise
        else:
            return
        time.sleep(wait)
        if mark in keys_in(client, channel, thread):
            return


def keys_in(client: WebClient, channel: str, thread: str | None) -> dict[str, str]:
    """What this app has posted in a thread already: key to Slack's id of the message."""
    return {payload["key"]: ts for ts, payload in _ours(client, channel, thread) if "key" in payload}


def answers_to(client: WebClient, channel: str, thread: str | None, ts: str, but: str = "") -> list[str]:
    """Slack's ids of the messages that answer one message; those of the event `but` are left out."""
    return [
        answer for answer, payload in _ours(client, channel, thread)
        if payload.get("of") == ts and not (but and payload.get("key", "").startswith(f"{but}/"))
    ]  # fmt: skip


def files_in(client: WebClient, channel: str) -> set[str]:
    """The names of the latest files in a channel."""
    return {str(file.get("name")) for one in _messages(client, channel, None) for file in one.get("files") or ()}


def _ours(client: WebClient, channel: str, thread: str | None) -> list[tuple[str, dict[str, str]]]:
    marked = [(one["ts"], one.get("metadata") or {}) for one in _messages(client, channel, thread)]
    return [(ts, one.get("event_payload") or {}) for ts, one in marked if one.get("event_type") == EVENT_TYPE]


def _messages(client: WebClient, channel: str, thread: str | None) -> list[dict[str, Any]]:
    """The latest messages of a channel, or all of a thread.

    Where this app may not read a channel's history, nothing: then an answer that was interrupted goes out twice at
    worst, which is better than never.
    """
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        try:
            if thread is None:
                page = client.conversations_history(channel=channel, limit=50, include_all_metadata=True)
            else:
                page = client.conversations_replies(
                    channel=channel, ts=thread, limit=200, cursor=cursor, include_all_metadata=True
                )
        except SlackApiError as error:
            if error.response.get("error") in ("missing_scope", "thread_not_found"):
                return found
            raise failed(error) from error
        except (SlackClientError, URLError, OSError) as error:
            raise failed(error) from error
        found += page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if thread is None or not cursor:
            break
    return found
