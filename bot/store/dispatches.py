"""Dispatches in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, case, delete, insert, select, update

from bot.domain.dispatch import OPEN, Dispatch, DispatchState, Watch
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Place
from bot.store.answers import open_place, seal_place
from bot.store.checks import require_scrubbed, require_token
from bot.store.failures import plain_errors
from bot.store.sealed import Sealer
from bot.store.tables.dispatches import dispatches


class SqlDispatches:
    """One row a dispatch; the sender's place is sealed and goes when it is settled."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def add(self, dispatch: Dispatch, sender: Place | None) -> None:
        """Keep a new one; raises StoreError, and TypeError for text that was not scrubbed."""
        row = {**_row(dispatch), "sender": seal_place(self._sealer, sender)}
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(insert(dispatches), row)

    def get(self, code: str) -> Dispatch | None:
        """One by its code; raises StoreError."""
        found = self._several(select(dispatches).where(dispatches.c.code == code))
        return found[0] if found else None

    def change(self, changed: Dispatch, was: DispatchState) -> bool:
        """Write a change; False when somebody else had changed its state before. Raises StoreError."""
        row = _row(changed) if changed.open else {**_row(changed), "sender": None}
        this = (dispatches.c.code == changed.code) & (dispatches.c.state == str(was))
        with plain_errors(), self._engine.begin() as connection:
            return connection.execute(update(dispatches).where(this).values(row)).rowcount == 1

    def sender(self, code: str) -> Place | None:
        """Where its sender can be told, while it is on its way; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            sealed = connection.execute(select(dispatches.c.sender).where(dispatches.c.code == code)).scalar()
        return open_place(self._sealer, sealed)

    def listed(self, most: int, skip: int = 0) -> Sequence[Dispatch]:
        """The open ones first, the most urgent of them first; then the newest. Raises StoreError."""
        is_open = dispatches.c.state.in_([str(state) for state in OPEN])
        order = (
            case((is_open, 0), else_=1),
            case((is_open, dispatches.c.expected_at)),
            dispatches.c.created_at.desc(),
            dispatches.c.code,
        )
        return self._several(select(dispatches).order_by(*order).limit(most).offset(skip))

    def awaited(self) -> Sequence[Dispatch]:
        """All that somebody waits for; raises StoreError."""
        waiting = dispatches.c.state.in_([str(state) for state in OPEN])
        return self._several(select(dispatches).where(waiting).order_by(dispatches.c.expected_at, dispatches.c.code))

    def purge(self, settled_before: datetime) -> int:
        """Delete what was settled before; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            return connection.execute(delete(dispatches).where(dispatches.c.settled_at < settled_before)).rowcount

    def _several(self, chosen: Select[Any]) -> Sequence[Dispatch]:
        with plain_errors(), self._engine.connect() as connection:
            return tuple(_dispatch(row) for row in connection.execute(chosen))


def _row(dispatch: Dispatch) -> dict[str, Any]:
    return {
        "code": dispatch.code,
        "state": str(dispatch.state),
        "channel": require_token(dispatch.channel),
        "what": require_scrubbed(dispatch.what).text,
        "destination": require_scrubbed(dispatch.destination).text,
        "bag": require_token(dispatch.bag),
        "encrypted": require_token(dispatch.encrypted),
        "agreed": dispatch.agreed,
        "expected_at": dispatch.expected_at,
        "created_at": dispatch.created_at,
        "watch": str(dispatch.watch),
        "attended": dispatch.attended,
        "sent_at": dispatch.sent_at,
        "settled_at": dispatch.settled_at,
        "delays": dispatch.delays,
        "note": require_scrubbed(dispatch.note).text,
        "incident": dispatch.incident,
    }


def _dispatch(row: Row[Any]) -> Dispatch:
    return Dispatch(
        code=row.code,
        state=DispatchState(row.state),
        channel=row.channel,
        what=ScrubbedText(row.what),
        destination=ScrubbedText(row.destination),
        bag=row.bag,
        encrypted=row.encrypted,
        agreed=row.agreed,
        expected_at=row.expected_at,
        created_at=row.created_at,
        watch=Watch(row.watch),
        attended=row.attended,
        sent_at=row.sent_at,
        settled_at=row.settled_at,
        delays=row.delays,
        note=ScrubbedText(row.note),
        incident=row.incident,
    )
