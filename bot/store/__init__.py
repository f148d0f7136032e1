"""Where near misses, gaps and the allow-list are kept: SQLite by default, PostgreSQL when DATABASE_URL says so."""

from bot.store.engine import open_engine
from bot.store.memory import MemoryAllowList, MemoryGapLog, MemoryNearMissStore
from bot.store.migrate import is_current, migrate
from bot.store.sql import SqlAllowList, SqlGapLog, SqlNearMissStore

__all__ = [
    "MemoryAllowList",
    "MemoryGapLog",
    "MemoryNearMissStore",
    "SqlAllowList",
    "SqlGapLog",
    "SqlNearMissStore",
    "is_current",
    "migrate",
    "open_engine",
]
