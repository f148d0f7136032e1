"""What Teams sends, read into what the assistant knows; nothing here does input or output."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.people import Person, Place
from bot.platforms.teams.text import from_html, plain

PLATFORM = "teams"
PERSON = "person/"
"""Before a user's id, where a place is the chat with one person."""
FILE = "application/vnd.microsoft.teams.file.download.info"
Json = dict[str, Any]


@dataclass(frozen=True)
class Chat:
    """A conversation, and how it is reached."""

    service: str
    """Address of the connector."""
    id: str = field(repr=False)
    tenant: str = field(repr=False, default="")
    kind: str = "personal"
    """"personal", "groupChat" or "channel"."""

    @property
    def personal(self) -> bool:
        """Whether one person is alone with this app; Teams also calls the chat of two people personal."""
        return self.kind == "personal" and not self.id.startswith("19:")

    @property
    def base(self) -> str:
        """The channel itself, without its thread."""
        return self.id.partition(";")[0]


@dataclass(frozen=True)
class Said:
    """A message to the assistant."""

    chat: Chat
    user: str = field(repr=False)
    entra: str = field(repr=False)
    """Their object id in Microsoft Entra, which administrators know them by; empty in a local client."""
    id: str
    """Teams' id of the message."""
    text: str = field(repr=False)
    files: tuple[Json, ...] = field(repr=False, default=())
    lost_files: bool = False
    """True when files were attached that do not reach an app here."""
    bot: Json = field(repr=False, default_factory=dict)
    """The app's own account in this conversation."""


def chat_of(activity: Mapping[str, Any]) -> Chat:
    """Where an activity happened."""
    conversation = _object(activity.get("conversation"))
    kind = str(conversation.get("conversationType") or ("groupChat" if conversation.get("isGroup") else "personal"))
    # The models of the SDK lose the tenant of a conversation; the channel's own data has it.
    tenant = _object(_object(activity.get("channelData")).get("tenant")).get("id") or conversation.get("tenantId")
    return Chat(str(activity.get("serviceUrl") or ""), str(conversation.get("id") or ""), str(tenant or ""), kind)


def said(activity: Mapping[str, Any]) -> Said:
    """A message, new or edited."""
    chat = chat_of(activity)
    attached = [one for one in activity.get("attachments") or () if isinstance(one, dict)]
    files = tuple(one for one in attached if is_file(one))
    pages = "".join(str(one.get("content") or "") for one in attached if one.get("contentType") == "text/html")
    text = str(activity.get("text") or "")
    words = from_html(text) if activity.get("textFormat") == "xml" else plain(text)
    return Said(
        chat,
        user_of(activity),
        entra_of(activity),
        str(activity.get("id") or ""),
        words,
        files if chat.personal else (),
        lost_files=not chat.personal and bool(files or "<attachment" in pages),
        bot=_object(activity.get("recipient")),
    )


def is_file(attachment: Mapping[str, Any]) -> bool:
    """Whether an attachment is a file or a pasted picture; cards and the words once more as HTML are not."""
    kind = str(attachment.get("contentType") or "")
    return kind == FILE or kind.startswith("image/")


def user_of(activity: Mapping[str, Any]) -> str:
    """Teams' id of whoever did it."""
    return str(_object(activity.get("from")).get("id") or "")


def entra_of(activity: Mapping[str, Any]) -> str:
    """The object id in Microsoft Entra of whoever did it."""
    return str(_object(activity.get("from")).get("aadObjectId") or "")


def from_a_person(activity: Mapping[str, Any]) -> bool:
    """Whether a person did it: our own echo and other apps are left alone."""
    sender, me = _object(activity.get("from")), _object(activity.get("recipient")).get("id")
    apps = sender.get("role") in ("bot", "skill") or str(sender.get("id") or "").startswith("28:")
    return bool(sender.get("id")) and sender.get("id") != me and not apps


def mentions_me(activity: Mapping[str, Any]) -> bool:
    """Whether the app is addressed; with wider permissions it would hear everything."""
    me = _object(activity.get("recipient")).get("id")
    entities = [one for one in activity.get("entities") or () if isinstance(one, dict)]
    return any(one.get("type") == "mention" and _object(one.get("mentioned")).get("id") == me for one in entities)


def person(tenant: str, user: str, *, of_team: bool = False) -> Person:
    """Somebody in Teams; they are written to in a chat of their own."""
    return Person(PLATFORM, f"{tenant}/{user}", Place(PLATFORM, f"{PERSON}{user}"), of_team)


def thread_key(chat: Chat) -> str:
    """The key under which the facts of a conversation are remembered; a thread of a channel has an id of its own."""
    return f"{PLATFORM}:{chat.id}"


def conversation(payload: bytes) -> str:
    """The conversation that an accepted activity belongs to: what is in one is answered in order."""
    return chat_of(json.loads(payload)).id


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
