"""Plug point for what a conversation remembers: facts in terms of the vocabulary, never text."""

from datetime import datetime
from typing import Protocol

from bot.domain.message import Remembered


class Threads(Protocol):
    """Keeps what each conversation remembers, for a while."""

    def recall(self, thread: str) -> Remembered | None:
        """What the conversation of this key remembers, if anything; raises StoreError."""

    def keep(self, thread: str, remembered: Remembered, now: datetime) -> None:
        """Remember this in place of what was remembered before; raises StoreError."""
