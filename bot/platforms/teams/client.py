"""Talks to the connector: one token for all, retries as Teams asks for them, in order for each conversation."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from botbuilder.schema import Activity, Entity, ErrorResponseException
from botframework.connector import ConnectorClient
from botframework.connector.auth import AppCredentials
from msrest.exceptions import ClientException, HttpOperationError
from urllib3.exceptions import MaxRetryError

from bot.domain.ports.post import DeliveryError
from bot.platforms.teams.blocks import Posting, size
from bot.platforms.teams.incoming import Chat, Json

SECONDS = 20
RETRY = frozenset({408, 412, 429, 500, 502, 503, 504})
"""What Teams asks to try again (learn.microsoft.com, rate limiting in bots)."""
TRIES = 4
LONGEST_WAIT = 8.0
"""Seconds; when Teams asks for more, the whole answer is tried again later."""
LARGEST_MESSAGE = 80_000
"""Bytes; Teams refuses messages from about 100 kB on."""
CARD = "application/vnd.microsoft.card.adaptive"
_LOCKS = 64


BY_MODEL = {
    "type": "https://schema.org/Message", "@type": "Message", "@context": "https://schema.org",
    "additionalType": ["AIGeneratedContent"],
}  # fmt: skip
"""What has Teams label a message as written by a language model."""


class ByModel(Entity):  # type: ignore[misc]  # the SDK has no types
    """The same for the SDK, whose own entity keeps nothing but the type."""

    _attribute_map = {  # noqa: RUF012 - the SDK's way to describe a model
        "type": {"key": "type", "type": "str"},
        "kind": {"key": "@type", "type": "str"},
        "context": {"key": "@context", "type": "str"},
        "additional": {"key": "additionalType", "type": "[str]"},
    }

    def __init__(self) -> None:
        super().__init__(type=BY_MODEL["type"])
        self.kind, self.context, self.additional = "Message", "https://schema.org", ["AIGeneratedContent"]


@dataclass(frozen=True)
class Posted:
    """An activity that Teams has taken."""

    id: str
    """Teams' id of it."""
    perhaps_twice: bool = False
    """True when an earlier try may have been taken too, although Teams did not say so."""


@dataclass(frozen=True)
class Sender:
    """The app's own account, as activities name it."""

    id: str
    name: str = "Can I send this?"


@dataclass
class Connectors:
    """A client for each address of the connector; safe to use from any thread."""

    credentials: AppCredentials
    app: Sender
    trusted: Callable[[str], bool]
    """Whether an address may be told our token."""
    sleep: Callable[[float], None] = time.sleep
    _clients: dict[str, ConnectorClient] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _order: list[threading.Lock] = field(default_factory=lambda: [threading.Lock() for _ in range(_LOCKS)], repr=False)

    def post(self, chat: Chat, activity: Json, reply_to: str = "") -> Posted:
        """Post an activity; raises DeliveryError."""
        conversations = self._of(chat).conversations
        made = self._activity(chat, activity)
        if reply_to and not chat.personal:
            return self._do(chat, lambda: conversations.reply_to_activity(chat.id, reply_to, made))
        return self._do(chat, lambda: conversations.send_to_conversation(chat.id, made))

    def update(self, chat: Chat, id: str, activity: Json) -> None:  # noqa: A002 - Teams' word
        """Put an activity in place of one of ours; raises DeliveryError."""
        made = self._activity(chat, {**activity, "id": id})
        self._do(chat, lambda: self._of(chat).conversations.update_activity(chat.id, id, made))

    def delete(self, chat: Chat, id: str) -> None:  # noqa: A002 - Teams' word
        """Take one of our activities back; one that is gone already is fine. Raises DeliveryError."""
        try:
            self._do(chat, lambda: self._of(chat).conversations.delete_activity(chat.id, id))
        except DeliveryError as error:
            if not error.permanent:
                raise

    def member(self, chat: Chat, user: str) -> Json:
        """What Teams says of somebody in a conversation; raises DeliveryError."""
        conversations = self._of(chat).conversations
        return self._read(chat, lambda: conversations.get_conversation_member(chat.id, user, raw=True))

    def members(self, chat: Chat, after: str | None) -> Json:
        """A page of the members of a conversation; raises DeliveryError."""
        ask = self._of(chat).conversations.get_conversation_paged_members
        return self._read(chat, lambda: ask(chat.base, page_size=500, continuation_token=after, raw=True))

    def open_chat(self, service: str, tenant: str, user: str) -> Chat:
        """The chat with one person, made when there is none; raises DeliveryError."""
        chat = Chat(service, "", tenant)
        wanted = {
            "isGroup": False, "bot": {"id": self.app.id}, "members": [{"id": user}], "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }  # fmt: skip
        made = self._do(chat, lambda: self._of(chat).conversations.create_conversation(wanted))
        return Chat(service, made.id, tenant)

    def token(self) -> str:
        """Our token, for pictures that the connector keeps; raises DeliveryError."""
        if not self.credentials.microsoft_app_id:
            return ""
        return str(self._try(self.credentials.get_access_token)[0])

    def _activity(self, chat: Chat, activity: Json) -> Activity:
        whole = {"from": {"id": self.app.id, "name": self.app.name}, "conversation": {"id": chat.id}, **activity}
        if size(whole) > LARGEST_MESSAGE:
            raise DeliveryError("The message is larger than Teams takes.", permanent=True)
        made: Activity = Activity.from_dict(whole)
        if whole.get("entities"):
            made.entities = [ByModel()]
        return made

    def _of(self, chat: Chat) -> ConnectorClient:
        if not self.trusted(chat.service):
            raise DeliveryError("That is no address of Teams.", permanent=True)
        with self._lock:
            if chat.service not in self._clients:
                made = ConnectorClient(self.credentials, base_url=chat.service.rstrip("/"))
                # Retries are our own: the client would repeat what must not be, and knows no 412.
                made.config.retry_policy.retries = 0
                made.config.retry_policy.policy.status_forcelist = ()
                made.config.connection.timeout = SECONDS
                self._clients[chat.service] = made
            return self._clients[chat.service]

    def _do(self, chat: Chat, call: Callable[[], Any]) -> Posted:
        with self._order[hash(chat.id) % _LOCKS]:
            answer, unsure = self._try(call)
        return Posted(str(getattr(answer, "id", "") or ""), unsure)

    def _read(self, chat: Chat, call: Callable[[], Any]) -> Json:
        # The models of the SDK drop what they do not know, such as whether somebody is a guest.
        answer = self._try(call)[0].response.json()
        return answer if isinstance(answer, dict) else {}

    def _try(self, call: Callable[[], Any]) -> tuple[Any, bool]:
        """The answer, and whether an earlier try may have been heard all the same."""
        unsure = False
        for number in range(TRIES):
            try:
                return call(), unsure
            except (ErrorResponseException, HttpOperationError) as error:
                failed = _refused(error)
                unsure = unsure or getattr(error.response, "status_code", 0) >= 500
            except (ClientException, requests.RequestException, PermissionError, ValueError) as error:
                # The error's own text may name addresses and tokens.
                failed = DeliveryError(f"Teams cannot be reached: {type(error).__name__}.", permanent=False)
                unsure = unsure or _may_be_heard(error)
            wait = failed.retry_after if failed.retry_after is not None else 0.5 * 2**number
            if failed.permanent or wait > LONGEST_WAIT or number == TRIES - 1:
                raise failed
            self.sleep(wait)
        raise AssertionError("the last try raises")


def _refused(error: HttpOperationError) -> DeliveryError:
    status = getattr(error.response, "status_code", 0)
    asked = str(getattr(error.response, "headers", {}).get("Retry-After") or "")
    wait = float(asked) if asked.replace(".", "", 1).isdigit() else None
    return DeliveryError(f"Teams said {status}.", permanent=status not in RETRY and status != 401, retry_after=wait)


def _may_be_heard(error: Exception) -> bool:
    """Whether a request may have arrived although its answer did not: not when there was no connection at all."""
    inner = getattr(error, "inner_exception", error)
    if isinstance(inner, requests.ConnectionError):
        return not (inner.args and isinstance(inner.args[0], MaxRetryError))
    return isinstance(inner, requests.RequestException)


def message(posting: Posting) -> Json:
    """A card as an activity; under an answer Teams shows its own buttons to say whether it helped."""
    made: Json = {
        "type": "message",
        "summary": posting.text,
        "attachments": [{"contentType": CARD, "content": posting.card}],
    }
    if posting.by_model:
        made["entities"] = [BY_MODEL]
    if posting.answer:
        made["channelData"] = {"feedbackLoop": {"type": "default"}}
    return made


def is_trusted(service: str, *, loopback: bool) -> bool:
    """Whether an address may be the connector: over https, or on this machine where that is asked for."""
    split = urlsplit(service)
    on_this_machine = split.hostname in ("127.0.0.1", "localhost", "::1")
    return bool(split.hostname) and (on_this_machine if loopback else split.scheme == "https")
