"""Small secrets of a platform that outlive a restart: tokens of workspaces, references of conversations."""

from collections.abc import Sequence
from typing import Protocol


class Kept(Protocol):
    """Values by kind and key, sealed under the site key."""

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value, in place of the one kept before; raises StoreError."""

    def get(self, kind: str, key: str) -> bytes | None:
        """The value, if there is one; raises StoreError."""

    def drop(self, kind: str, key: str) -> None:
        """Delete a value; raises StoreError."""

    def keys(self, kind: str) -> Sequence[str]:
        """The keys of a kind, in order; raises StoreError."""
