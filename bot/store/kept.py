"""Small secrets of platforms in the database, sealed."""

from collections.abc import Sequence

from sqlalchemy import Engine, delete, insert, select

from bot.store.failures import plain_errors
from bot.store.sealed import Sealer
from bot.store.tables.kept import kept


class SqlKept:
    """Values by kind and key."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine = engine
        self._sealer = sealer

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value, in place of the one kept before; raises StoreError."""
        row = {"kind": kind, "key": key, "value": self._sealer.seal(value)}
        with plain_errors(), self._engine.execution_options(immediate=True).begin() as connection:
            connection.execute(delete(kept).where(kept.c.kind == kind, kept.c.key == key))
            connection.execute(insert(kept), row)

    def get(self, kind: str, key: str) -> bytes | None:
        """The value, if there is one; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            found = connection.execute(select(kept.c.value).where(kept.c.kind == kind, kept.c.key == key)).scalar()
        return None if found is None else self._sealer.open(bytes(found))

    def drop(self, kind: str, key: str) -> None:
        """Delete a value; raises StoreError."""
        with plain_errors(), self._engine.begin() as connection:
            connection.execute(delete(kept).where(kept.c.kind == kind, kept.c.key == key))

    def keys(self, kind: str) -> Sequence[str]:
        """The keys of a kind, in order; raises StoreError."""
        with plain_errors(), self._engine.connect() as connection:
            return tuple(
                connection.execute(select(kept.c.key).where(kept.c.kind == kind).order_by(kept.c.key)).scalars()
            )
