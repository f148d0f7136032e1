"""The tables, a file an area. A change needs a new migration; a test proves that both say the same."""

from bot.store.tables import answers, dispatches, incidents, kept, meanwhile, post, reports
from bot.store.tables.base import UtcDateTime, allowed_values, gaps, metadata, near_misses

__all__ = [
    "UtcDateTime",
    "allowed_values",
    "answers",
    "dispatches",
    "gaps",
    "incidents",
    "kept",
    "meanwhile",
    "metadata",
    "near_misses",
    "post",
    "reports",
]
