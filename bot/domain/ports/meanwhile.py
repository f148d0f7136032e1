"""What waits for minutes or hours between two presses, so that whichever process gets the second one knows of it."""

from datetime import datetime, timedelta
from typing import Protocol, TypeVar

T = TypeVar("T")


class Meanwhile(Protocol):
    """Values by kind and key, sealed, and gone after a while."""

    def put(self, kind: str, key: str, value: object, now: datetime, keep: timedelta) -> None:
        """Keep a value at least so long, in place of the one kept before; raises StoreError."""

    def get(self, kind: str, key: str, shape: type[T], now: datetime) -> T | None:
        """The value, if it is still kept; raises StoreError."""

    def drop(self, kind: str, key: str) -> None:
        """Delete a value; raises StoreError."""

    def first(self, kind: str, key: str, now: datetime, keep: timedelta) -> bool:
        """Whether nobody has said this before, in any process; raises StoreError."""

    def purge(self, now: datetime) -> int:
        """Delete what is past its time; raises StoreError."""
