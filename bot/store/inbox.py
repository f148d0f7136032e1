"""Events acknowledged to a chat platform, in the database until they are answered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import Engine, delete, func, insert, or_, select, update

from bot.domain.ports.post import Accepted
from bot.errors import StoreError
from bot.store.failures import plain_errors
from bot.store.post_keys import PostKeys, writing
from bot.store.sealed import Sealer
from bot.store.tables.post import inbox

KEEP_IDS = timedelta(days=30)
"""How long an answered event is recognised; platforms repeat one for hours, not weeks."""

GRACE = timedelta(seconds=10)
"""Between accepting an event and holding it, nobody else may claim it."""

UNREADABLE = "unreadable"


class SqlInbox:
    """Accepted events; id, payload and note are sealed, and deleted with the row once answered.

    One instance is one holder: several threads that share it must see to it themselves that only one works on an event.
    """

    def __init__(
        self, engine: Engine, site_key: bytes, today: Callable[[], date] = lambda: datetime.now(UTC).date()
    ) -> None:
        self._engine = engine
        self._keys = PostKeys(site_key, "event", today)
        self._sealer = Sealer(site_key)
        self._me = uuid4().hex

    def accept(self, platform: str, id: str, payload: bytes, now: datetime) -> bool:  # noqa: A002 - the platform's word
        """Keep an event before it is acknowledged; False when it was accepted before. Raises StoreError."""
        mark = self._keys.mark(platform, id)
        name = id.encode()
        row = {
            "mark": mark,
            "platform": platform,
            "accepted_at": now,
            "free_at": now + GRACE,
            "holder": self._me,
            "content": self._sealer.seal(len(name).to_bytes(4) + name + payload),
        }
        with writing(self._engine) as connection:
            if not self._keys.take(connection, mark):
                return False
            connection.execute(insert(inbox), row)
            return True

    def claim(self, platform: str, now: datetime, most: int, lease_seconds: int = 120) -> Sequence[Accepted]:
        """Take events that nobody works on, the oldest first."""
        ready = (inbox.c.platform == platform) & (inbox.c.free_at <= now)
        chosen = select(inbox).where(ready).order_by(inbox.c.accepted_at, inbox.c.mark).limit(most)
        with plain_errors(), self._engine.connect() as connection:
            if connection.execute(chosen.limit(1)).first() is None:
                return ()
        with writing(self._engine) as connection:
            rows = connection.execute(chosen.with_for_update(skip_locked=True)).all()
            lease = {"free_at": now + timedelta(seconds=lease_seconds), "holder": self._me}
            connection.execute(update(inbox).where(inbox.c.mark.in_([row.mark for row in rows])).values(lease))
        opened = [self._open(row.mark, row.content, row.note) for row in rows]
        return tuple(one for one in opened if one)

    def hold(self, platform: str, id: str, now: datetime, lease_seconds: int = 120) -> bool:  # noqa: A002
        """Claim one event just accepted, or prolong the lease on it; False when another process has it."""
        mine = (inbox.c.mark == self._keys.mark(platform, id)) & or_(inbox.c.holder == self._me, inbox.c.free_at <= now)
        lease = {"free_at": now + timedelta(seconds=lease_seconds), "holder": self._me}
        with writing(self._engine) as connection:
            return connection.execute(update(inbox).where(mine).values(lease)).rowcount == 1

    def note(self, platform: str, id: str, note: str) -> None:  # noqa: A002
        """Keep the platform's own note with the event."""
        this = inbox.c.mark == self._keys.mark(platform, id)
        with writing(self._engine) as connection:
            connection.execute(update(inbox).where(this).values(note=self._sealer.seal(note.encode())))

    def done(self, platform: str, id: str) -> None:  # noqa: A002
        """Answered: the row is deleted, and a digest of the id stays until it is purged."""
        self._end(self._keys.mark(platform, id))

    def waiting(self, platform: str) -> int:
        """How many are accepted and not answered."""
        return self.waiting_by_platform().get(platform, 0)

    def waiting_by_platform(self) -> Mapping[str, int]:
        """How many are accepted and not answered, on each platform; raises StoreError."""
        counted = select(inbox.c.platform, func.count()).group_by(inbox.c.platform)
        with plain_errors(), self._engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(counted)}

    def purge(self, now: datetime) -> int:
        """Forget events that were answered long ago; gives how many digests went."""
        with writing(self._engine) as connection:
            return self._keys.purge(connection, (now - KEEP_IDS).date())

    def _open(self, mark: str, content: bytes, note: bytes | None) -> Accepted | None:
        try:
            opened = self._sealer.open(content)
            noted = "" if note is None else self._sealer.open(note).decode()
        except StoreError:
            # Sealed under another site key: nobody can ever answer it.
            self._end(mark, given_up=UNREADABLE)
            return None
        end = 4 + int.from_bytes(opened[:4])
        return Accepted(opened[4:end].decode(), opened[end:], noted)

    def _end(self, mark: str, given_up: str | None = None) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(inbox).where(inbox.c.mark == mark))
            self._keys.settle(connection, mark, given_up)
