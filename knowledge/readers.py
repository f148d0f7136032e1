"""Reads guidance files side by side in confined processes, so that a hostile or broken one costs that file alone."""

import hashlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import GuidanceError
from knowledge.formats.registry import is_typed
from knowledge.load import Folder, files
from knowledge.reading import READ_FILE, READY, ReadFile, read_whole
from knowledge.vocabulary import Vocabulary

_SHORT = 100_000
"""Bytes of typed text that take less time to read than a process takes to start."""
_LEAST_SECONDS, _MOST_SECONDS = 60, 1800
_BYTES_A_SECOND = 10_000
_BACKSTOP = 10
"""How many times its seconds a reader may be silent: one that waits for ever uses no processor."""
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "DYLD_LIBRARY_PATH", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
"""All of the environment that a reader sees: no token, no password, no database address."""
TOO_LONG = "reading it took too long and was stopped; save it anew or print it to PDF, or split it"
_BROKE = "it broke the program that reads it; open it in its own program and save it anew"
Allowed = Callable[[int], float]
"""Seconds of the processor that a file of so many bytes may take."""


@dataclass(frozen=True)
class Done:
    """A file that was read."""

    name: str
    sha256: str
    """Of the content as it was read."""
    reading: ReadFile


def seconds_for(size: int) -> float:
    """A minute, and for large files as long as a dense scan takes, at most half an hour."""
    return min(_MOST_SECONDS, _LEAST_SECONDS + size / _BYTES_A_SECOND)


def load(folder: Path, vocabulary: Vocabulary | None = None) -> Folder:
    """Read every document below the folder; raises GuidanceError when there is none."""
    there = files(folder)
    with closing(read_files(there, vocabulary or Vocabulary.load())) as reading:
        done = {one.name: one.reading for one in reading}
    read = [done[name] for name, _ in there]
    documents = tuple(one.document for one in read if one.document)
    if not documents:
        raise nothing_in(folder)
    return Folder(documents, tuple((name, done[name].problem) for name, _ in there if done[name].problem))


def nothing_in(folder: Path) -> GuidanceError:
    """The error for a folder without a document."""
    return GuidanceError(
        f"{folder} holds no guidance that can be read (Word, PDF, OpenDocument, RTF, HTML, Markdown, text)"
    )


def read_files(
    wanted: Sequence[tuple[str, Path]],
    vocabulary: Vocabulary,
    vocabulary_file: Path | None = None,
    allowed: Allowed = seconds_for,
) -> Generator[Done]:
    """Read files in whatever order they are done; close the iterator to stop. Raises GuidanceError without readers."""
    short = [one for one in wanted if _is_short(one)]
    # The largest first, so that none of them is left for the end.
    others = sorted((one for one in wanted if one not in short), key=lambda one: -_size(one[1]))
    readers = [_Reader(vocabulary_file) for _ in range(min(_processors(), len(others)))]
    idle: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
    for reader in readers:
        idle.put(reader)

    def elsewhere(name: str, path: Path) -> Done:
        reader = idle.get()
        try:
            return _done(name, path, lambda content: reader.read(name, content, allowed(len(content))))
        finally:
            idle.put(reader)

    pool = ThreadPoolExecutor(max(1, len(readers)), thread_name_prefix="reading")
    try:
        waiting = [pool.submit(elsewhere, *one) for one in others]
        for name, path in short:
            yield _done(name, path, lambda content, name=name: read_whole(name, content, vocabulary))  # type: ignore[misc]
        for done in as_completed(waiting):
            yield done.result()
    finally:
        for reader in readers:
            reader.end()
        pool.shutdown(cancel_futures=True)
        for reader in readers:
            reader.close()


def _done(name: str, path: Path, read: Callable[[bytes], ReadFile]) -> Done:
    try:
        content = path.read_bytes()
    except OSError as error:
        return Done(name, "", ReadFile(None, problem=f"it cannot be opened: {error.strerror}", passing=True))
    return Done(name, hashlib.sha256(content).hexdigest(), read(content))


def _is_short(one: tuple[str, Path]) -> bool:
    name, path = one
    with suppress(OSError):
        return path.stat().st_size <= _SHORT and is_typed(name, path.read_bytes())
    return False


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Reader:
    """One reading process; started when first needed, and again when a file was its end."""

    def __init__(self, vocabulary_file: Path | None) -> None:
        self._vocabulary_file = vocabulary_file
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()

    def read(self, name: str, content: bytes, seconds: float) -> ReadFile:
        """What the process makes of the file; when it dies of it, why. Raises GuidanceError when none starts."""
        process = self._running()
        silent = threading.Timer(_BACKSTOP * seconds, process.kill)
        silent.start()
        try:
            answer = _ask(process, name, content, seconds)
        finally:
            waited = not silent.is_alive()
            silent.cancel()
        if answer is not None:
            return READ_FILE.validate_json(answer)
        process.kill()
        late = process.wait() == -signal.SIGPROF
        self.close()
        return ReadFile(None, problem=TOO_LONG if late or waited else _BROKE, passing=not late)

    def end(self) -> None:
        """Stop the process, also in the middle of a file, and start no other."""
        self._ended.set()
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Let go of what is left of the process."""
        process, self._process = self._process, None
        if process is not None:
            process.wait()
            _close(process)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            self._process = _started(self._vocabulary_file)
        if self._ended.is_set():
            self._process.kill()
        return self._process


def _started(vocabulary_file: Path | None) -> "subprocess.Popen[bytes]":
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    try:
        process = subprocess.Popen(
            # -P: a folder named "knowledge" where this was started is not the program.
            [sys.executable, "-P", "-m", "knowledge.reader", str(vocabulary_file or "")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Libraries complain about broken files in words of the file: none of that reaches a log.
            stderr=subprocess.DEVNULL,
            env={**kept, "PYTHONPATH": str(Path(__file__).parents[1]), "ORT_DISABLE_TELEMETRY": "1"},
            # Ctrl-C in the terminal is for the one who started this; it ends the readers.
            process_group=0,
        )
    except OSError as error:
        raise GuidanceError(f"no process can be started to read the guidance: {error.strerror}") from error
    if process.stdout is None or process.stdout.read(1) != READY:
        process.kill()
        process.wait()
        _close(process)
        raise GuidanceError("the process that reads guidance does not start; run `sendcheck doctor`")
    return process


def _ask(process: subprocess.Popen[bytes], name: str, content: bytes, seconds: float) -> bytes | None:
    """The process's answer; None when it ended instead."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        wanted = json.dumps({"name": name, "size": len(content), "seconds": seconds})
        process.stdin.write(wanted.encode() + b"\n" + content)
        process.stdin.flush()
        length = process.stdout.read(8)
        answer = process.stdout.read(int.from_bytes(length, "big"))
    except (OSError, ValueError):
        return None
    return answer if len(length) == 8 and len(answer) == int.from_bytes(length, "big") else None


def _close(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            # What was still to be written has nobody to read it.
            with suppress(OSError):
                pipe.close()
