"""Holds the library in use and puts a newer one in its place, whole and at once."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from knowledge.errors import GuidanceError
from knowledge.index import exists
from knowledge.library import Library
from knowledge.source import Source

Changed = Callable[[Library, Library], None]
"""Told the library before and the library now."""
_LONGEST_BUILD = 6 * 3600


class Shelf:
    """The library in use. `library` never waits and is never half-built; threads may share it."""

    def __init__(self, library: Library, data_dir: Path, vocabulary_file: Path | None = None) -> None:
        self._library = library
        self._source = Source(data_dir / "index", library.folder, vocabulary_file)
        self._seen = ""
        self._words = self._source.words()
        self._changed: list[Changed] = []
        self._refreshing = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._builder: subprocess.Popen[str] | None = None
        self._problem = library.problem

    @property
    def library(self) -> Library:
        """The library in use."""
        return self._library

    @property
    def problem(self) -> str:
        """Why the library in use is not the newest; empty when it is."""
        return self._problem

    def on_change(self, told: Changed) -> None:
        """Have `told` called after each change, in the watching thread; what it raises is kept as the problem."""
        self._changed.append(told)

    def watch(self, seconds: float = 5.0) -> None:
        """Look for changes from now on, in a thread of its own."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._watch, args=(seconds,), name="guidance", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop watching; a build under way is ended and goes on from there next time."""
        self._stop.set()
        if self._builder is not None and self._builder.poll() is None:
            self._builder.terminate()
        if self._thread is not None:
            self._thread.join(timeout=10)
            self._thread = None

    def refresh(self) -> bool:
        """Look once, and take a newer index into use; True when the library changed. Never raises GuidanceError."""
        with self._refreshing:
            try:
                newer = self._newer()
            except GuidanceError as error:
                # An unreadable folder, a broken vocabulary, a full disk: what was in use stays in use.
                self._problem = str(error)
                return False
            self._problem = ""
            if newer is None:
                return False
            newer.warm_up()
            earlier, self._library = self._library, newer
            for told in self._changed:
                told(earlier, newer)
            return True

    def _newer(self) -> Library | None:
        glance = self._source.glance()
        if glance == self._seen and not self._problem:
            return None
        name = self._source.current()
        if name == self._library.stamp:
            self._seen = glance
            return None
        if not exists(self._source.root, name):
            self._build_elsewhere()
            if not exists(self._source.root, name):
                if self._source.current() != name:
                    return None  # changed again meanwhile: the next look builds what is there then
                raise GuidanceError("the program was changed while the server runs; restart the server")
        # The same words stay the same object: whoever keeps something made from them need not make it anew.
        same = self._source.words() == self._words
        newer = Library.open_built(self._source, name, self._library.vocabulary if same else None)
        self._words = self._source.words()
        # Seen is what was there before the build: a change during the build is found by the next look.
        self._seen = glance
        return newer

    def _build_elsewhere(self) -> None:
        """Build in a process of its own with low priority, so that answers stay quick; raises GuidanceError."""
        arguments = [str(self._source.root), str(self._source.folder), str(self._source.vocabulary_file or "")]
        # -P: a folder named "knowledge" where the server was started is not the program.
        self._builder = subprocess.Popen(
            [sys.executable, "-P", "-m", "knowledge.build", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _, said = self._builder.communicate(timeout=_LONGEST_BUILD)
        except subprocess.TimeoutExpired as error:
            self._builder.kill()
            self._builder.communicate()
            raise GuidanceError("reading the guidance took longer than six hours and was stopped") from error
        if self._builder.returncode != 0:
            lines = [line for line in said.splitlines() if line.strip()]
            raise GuidanceError(lines[-1] if lines else "reading the guidance was ended from outside")

    def _watch(self, seconds: float) -> None:
        while not self._stop.wait(seconds):
            try:
                self.refresh()
            except Exception as error:  # the watch must go on; the reason is shown, never the text of a document
                self._problem = (
                    f"looking for new guidance failed ({type(error).__name__}); the earlier index stays in use"
                )
