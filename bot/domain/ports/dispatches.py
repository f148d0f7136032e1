"""The plug point of dispatches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.dispatch import Dispatch, DispatchState
from bot.domain.people import Place


class Dispatches(Protocol):
    """Dispatches, and where their senders can be told; the latter only as long as it may be needed."""

    def add(self, dispatch: Dispatch, sender: Place | None) -> None:
        """Keep a new one; raises StoreError."""

    def get(self, code: str) -> Dispatch | None:
        """One by its code; raises StoreError."""

    def change(self, changed: Dispatch, was: DispatchState) -> bool:
        """Write a change; False when somebody else had changed its state before. Raises StoreError."""

    def sender(self, code: str) -> Place | None:
        """Where its sender can be told, while it is on its way; raises StoreError."""

    def listed(self, most: int, skip: int = 0) -> Sequence[Dispatch]:
        """The open ones first, the most urgent of them first; then the newest. Raises StoreError."""

    def awaited(self) -> Sequence[Dispatch]:
        """All that somebody waits for; raises StoreError."""

    def purge(self, settled_before: datetime) -> int:
        """Delete what was settled before; raises StoreError."""
