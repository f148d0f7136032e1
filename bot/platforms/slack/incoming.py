"""What Slack sends, read into what the assistant knows; nothing here does input or output."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.people import Person, Place
from bot.platforms.slack.text import plain

PLATFORM = "slack"
SLACKBOT = "USLACKBOT"
"""Slack's own notices come as messages of this user."""
Json = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """A message to the assistant."""

    team: str
    channel: str
    user: str
    ts: str
    """Slack's id of the message."""
    thread: str
    """The message that the thread hangs on."""
    text: str = field(repr=False)
    files: tuple[Json, ...] = field(repr=False, default=())
    direct: bool = True
    """True in a direct message, false in a channel."""


def said(team: str, event: Mapping[str, Any]) -> Said:
    """A message event, an edited message, or a mention."""
    ts = str(event.get("ts") or "")
    return Said(
        team=team,
        channel=str(event.get("channel") or ""),
        user=str(event.get("user") or ""),
        ts=ts,
        thread=str(event.get("thread_ts") or ts),
        text=plain(str(event.get("text") or "")),
        files=tuple(event.get("files") or ()),
        direct=event.get("channel_type") == "im",
    )


def from_a_person(event: Mapping[str, Any], bot_user: str) -> bool:
    """Whether somebody wrote it: our own and other bots' messages are left alone."""
    writer = event.get("user")
    return bool(writer) and not event.get("bot_id") and writer not in (bot_user, SLACKBOT)


def is_user(id: str) -> bool:  # noqa: A002 - Slack's word
    """Whether an id is somebody's; others are those of channels."""
    return id.startswith(("U", "W"))


def thread_key(team: str, channel: str, thread: str) -> str:
    """The key under which the facts of a thread are remembered."""
    return f"{PLATFORM}:{team}/{channel}/{thread}"


def person(team: str, user: str, *, of_team: bool = False) -> Person:
    """Somebody in Slack; they are written to in a direct message."""
    return Person(PLATFORM, f"{team}/{user}", Place(PLATFORM, f"{team}/{user}"), of_team)


def conversation(payload: bytes) -> str:
    """The conversation that an accepted event belongs to: what is in one is answered in order."""
    envelope = json.loads(payload)
    event = envelope.get("event") or envelope
    if "command" in envelope:
        # A command stands alone.
        return f"command/{envelope.get('trigger_id')}"
    team = envelope.get("team_id") or (envelope.get("team") or {}).get("id")
    channel = event.get("channel") or event.get("user")
    if isinstance(channel, dict):
        channel = channel.get("id")
    message = event.get("message") or event.get("previous_message") or event
    root = message.get("thread_ts") or message.get("ts") or ""
    return f"{team}/{channel}/{root}"
