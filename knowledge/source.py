"""Where an index comes from: tells whether it is current, and brings it up to date, one process at a time."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from knowledge.embed import embedder
from knowledge.errors import GuidanceError
from knowledge.everyday import Everyday
from knowledge.gather import gather
from knowledge.index import build, exists, stamp
from knowledge.keep import Progress, Readings, VectorStore, only_one
from knowledge.load import files, fingerprint
from knowledge.vocabulary import SHIPPED, Vocabulary


class BuildFailed(GuidanceError):  # noqa: N818 - what happened, as it is told
    """The index could not be written, though the guidance can be read: a full disk, a missing right."""


@dataclass(frozen=True)
class Source:
    """A guidance folder, a vocabulary, and the folder of indexes made from them."""

    root: Path
    """Holds the index, and what is kept for the next build."""
    folder: Path
    vocabulary_file: Path | None = None

    def current(self) -> str:
        """The name of the index that belongs to the guidance as it is now; raises GuidanceError."""
        return stamp(fingerprint(self.folder), self.words())

    def glance(self) -> str:
        """A cheap sign that changes whenever a file is written, added, renamed or deleted; raises GuidanceError."""
        there = [*(path for _, path in files(self.folder)), *filter(None, [self.vocabulary_file])]
        seen = []
        for path in there:
            try:
                found = path.stat()
            except OSError:
                continue  # deleted this moment: the next look sees it
            seen.append(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0{found.st_ino}")
        return hashlib.sha256("\n".join(seen).encode()).hexdigest()

    def last(self) -> str | None:
        """The name of the last whole index of this folder, if there is one."""
        try:
            noted = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        name = str(noted.get("name"))
        return name if noted.get("folder") == str(self.folder.resolve()) and exists(self.root, name) else None

    def bring_up_to_date(self, progress: Progress) -> str:
        """Build the index if there is none for the guidance as it is now; gives its name; raises GuidanceError."""
        name = self.current()
        if exists(self.root, name):
            return name
        try:
            with only_one(
                self.root, lambda: progress(0, 1, "waiting for another process that is reading the guidance")
            ):
                # Named anew: while this process waited, the other may have built it, or a file may have changed.
                name = self.current()
                if not exists(self.root, name):
                    self._build(name, progress)
            return name
        except GuidanceError:
            raise
        except Exception as error:  # Chroma, SQLite, numpy and the system each have their own word for a full disk
            raise BuildFailed(_said(error)) from error

    def _build(self, name: str, progress: Progress) -> None:
        readings = Readings(self.root / "readings.db")
        try:
            vocabulary = Vocabulary.load(self.vocabulary_file)
            content = gather(self.folder, vocabulary, self.words(), readings, progress, self.vocabulary_file)
        finally:
            readings.close()
        everyday = Everyday.load().with_those_of(document.text for document in content.documents)
        store = VectorStore(self.root / "vectors", embedder())
        try:
            build(self.root, name, content, everyday, vocabulary, store, progress)
        finally:
            store.close()
        partial = self._note.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps({"name": name, "folder": str(self.folder.resolve())}), encoding="utf-8")
        partial.replace(self._note)

    @property
    def _note(self) -> Path:
        return self.root / "last.json"

    def words(self) -> str:
        """Names the vocabulary in use: the shipped one and the site's own."""
        own = self.vocabulary_file.read_bytes() if self.vocabulary_file else b""
        return hashlib.sha256(SHIPPED.read_bytes() + b"\0" + own).hexdigest()


def _said(error: Exception) -> str:
    full = "full" in str(error).lower() or "no space" in str(error).lower()
    what = "the disk is full" if full else f"{type(error).__name__}: {error}"
    return f"the index could not be brought up to date ({what}); then run `sendcheck guidance index`"
