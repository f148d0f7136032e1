"""What a build keeps for the next: readings of files in SQLite, vectors in Chroma, and a lock against a second build.

Both are written as the work goes on, so that a build that is interrupted, or that runs into a full disk, goes on from
where it stopped.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from knowledge.embed import NAME, Embedder, Vectors

Progress = Callable[[int, int, str], None]
_BATCH = 256
_FETCH = 5000
_WAIT_SECONDS = 3600


@contextmanager
def only_one(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of the index folder; the system gives it back when the process ends in whatever way."""
    root.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(root / "lock", timeout=0.2, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            waiting()
            lock.execute(f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000}")
            lock.execute("BEGIN EXCLUSIVE")
        yield


class Readings:
    """What was read from each file, by the content of the file."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, reading BLOB NOT NULL)")

    def get(self, key: str) -> bytes | None:
        """The reading kept under the key."""
        row = self._database.execute("SELECT reading FROM readings WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, key: str, reading: bytes) -> None:
        """Keep a reading."""
        self._database.execute("INSERT OR REPLACE INTO readings VALUES (?, ?)", (key, reading))

    def forget_others(self, keys: Iterable[str]) -> None:
        """Keep these readings and no others: a deleted document is gone from the disk, too."""
        known = {row[0] for row in self._database.execute("SELECT key FROM readings")}
        gone = known - set(keys)
        if gone:
            self._database.execute("PRAGMA secure_delete = ON")
            self._database.executemany("DELETE FROM readings WHERE key = ?", [(key,) for key in gone])
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file."""
        self._database.close()


class VectorStore:
    """Vectors by the text they stand for, in Chroma through LangChain's client.

    Only a build opens it. Questions are answered from the finished index, by exact search in memory: at 50,000 passages
    that takes no longer than Chroma's approximate search, misses nothing and starts at once.
    """

    def __init__(self, folder: Path, embed: Embedder) -> None:
        self._named = _Named(embed)
        try:
            self._store = _opened(folder, self._named)
            self._store.get(limit=1, include=["embeddings"])
        except Exception:  # whatever a damaged store provokes: its vectors can all be made again
            self.close()
            shutil.rmtree(folder, ignore_errors=True)
            self._store = _opened(folder, self._named)

    def vectors(self, texts: Sequence[str], progress: Progress) -> Vectors:
        """Vectors of the texts in order; those not yet known are made and kept, batch by batch."""
        keys = [key_of(text) for text in texts]
        known = self._known(list(dict.fromkeys(keys)))
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        # In the order of their hashes: long and short ones are mixed, so that the time left can be told.
        waiting = sorted(fresh)
        self._named.texts = fresh
        for start in range(0, len(waiting), _BATCH):
            chosen = waiting[start : start + _BATCH]
            self._store.add_texts(chosen, ids=chosen)
            progress(min(start + _BATCH, len(waiting)), len(waiting), "reading the guidance: sentences")
        known.update(self._known(waiting))
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), 384)

    def forget_others(self, keys: Iterable[str]) -> None:
        """Keep these vectors and no others."""
        wanted = set(keys)
        gone = [key for key in self._store.get(include=[])["ids"] if key not in wanted]
        for start in range(0, len(gone), _FETCH):
            self._store.delete(ids=gone[start : start + _FETCH])

    def close(self) -> None:
        """Let go of the store's files and memory."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()

    def _known(self, keys: list[str]) -> dict[str, Vectors]:
        known: dict[str, Vectors] = {}
        for start in range(0, len(keys), _FETCH):
            found = self._store.get(ids=keys[start : start + _FETCH], include=["embeddings"])
            known.update(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))
        return known


class _Named(Embeddings):
    """The packaged model as LangChain wants it, told texts by their keys: Chroma keeps the words of what is deleted."""

    def __init__(self, embed: Embedder) -> None:
        self._embed = embed
        self.texts: dict[str, str] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of the texts with these keys."""
        vectors: list[list[float]] = self._embed([self.texts[key] for key in texts], os.cpu_count() or 1).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of the text with this key."""
        return self.embed_documents([text])[0]


def _opened(folder: Path, named: _Named) -> Chroma:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    # Chroma's graph is never searched here, so it is kept as small as it may be.
    graph = {"hnsw:space": "ip", "hnsw:M": 4, "hnsw:construction_ef": 4}
    return Chroma("vectors", named, client=client, collection_metadata=graph)


def key_of(text: str) -> str:
    """What a text's vector is kept under."""
    return hashlib.sha256(f"{NAME}\n{text}".encode()).hexdigest()
