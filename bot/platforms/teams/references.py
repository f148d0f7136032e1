"""What must outlive a restart, kept sealed: how conversations are reached, and which message answers which."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.ports.kept import Kept
from bot.platforms.teams.incoming import Chat, Json

CHATS, PEOPLE = "teams_chat", "teams_person"
ANSWERS, ASKED, FILES, SENT = "teams_answer", "teams_asked", "teams_file", "teams_sent"
_DATED = {ANSWERS: timedelta(days=30), ASKED: timedelta(days=30), FILES: timedelta(days=1), SENT: timedelta(days=30)}
"""How long each is kept: an answer can be judged, changed or taken back for a month, a file's link for a day."""
_LATEST = "latest"


@dataclass
class References:
    """Conversations by id, the chat with each person, and dated notes that are purged."""

    kept: Kept = field(repr=False)
    _known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def remember(self, chat: Chat, user: str = "") -> None:
        """Keep how a conversation is reached, and whose chat it is; raises StoreError."""
        value = json.dumps([chat.service, chat.id if chat.personal else chat.base, chat.tenant, chat.kind])
        self._put(CHATS, _digest(chat.base), value)
        self._put(CHATS, _LATEST, json.dumps([chat.service, "", chat.tenant, chat.kind]))
        if chat.personal and user:
            self._put(PEOPLE, _digest(user), value)

    def chat(self, id: str) -> Chat | None:  # noqa: A002 - Teams' word
        """A conversation by its id: as it was met, or with the address last met elsewhere; raises StoreError."""
        found = self._chat(CHATS, _digest(id.partition(";")[0]))
        if found is not None:
            return Chat(found.service, id, found.tenant, found.kind)
        latest = self._chat(CHATS, _LATEST)
        return Chat(latest.service, id, latest.tenant, "channel") if latest else None

    def with_person(self, user: str) -> Chat | None:
        """The chat with somebody, if they ever wrote or installed the app; raises StoreError."""
        return self._chat(PEOPLE, _digest(user))

    def latest(self) -> Chat | None:
        """The address of the connector met last, as a conversation without id; raises StoreError."""
        return self._chat(CHATS, _LATEST)

    def forget(self, chat: Chat, user: str = "") -> None:
        """Forget a conversation that removed the app; raises StoreError."""
        self._known.clear()
        self.kept.drop(CHATS, _digest(chat.base))
        if chat.personal and user:
            self.kept.drop(PEOPLE, _digest(user))

    def note(self, kind: str, key: str, value: Json, now: datetime) -> None:
        """Keep something for as long as its kind is kept; raises StoreError."""
        self.kept.put(kind, f"{now.date().isoformat()}/{_digest(key)}", json.dumps(value).encode())

    def noted(self, kind: str, key: str, now: datetime) -> Json | None:
        """What was kept last under a key; raises StoreError."""
        for ago in range(_DATED[kind].days + 1):
            found = self.kept.get(kind, f"{(now.date() - timedelta(days=ago)).isoformat()}/{_digest(key)}")
            if found is not None:
                value = json.loads(found)
                return value if isinstance(value, dict) else None
        return None

    def purge(self, now: datetime) -> int:
        """Delete what is past its time; gives how much."""
        gone = 0
        for kind, long in _DATED.items():
            oldest = now.date() - long
            for key in self.kept.keys(kind):
                if date.fromisoformat(key[:10]) < oldest:
                    self.kept.drop(kind, key)
                    gone += 1
        return gone

    def _put(self, kind: str, key: str, value: str) -> None:
        if self._known.get((kind, key)) == value:
            return
        if len(self._known) > 10_000:
            self._known.clear()
        self.kept.put(kind, key, value.encode())
        self._known[(kind, key)] = value

    def _chat(self, kind: str, key: str) -> Chat | None:
        found = self.kept.get(kind, key)
        if found is None:
            return None
        service, id_, tenant, what = json.loads(found)
        return Chat(service, id_, tenant, what)


def _digest(key: str) -> str:
    """Ids of Teams are longer than a key may be, and name people."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]
