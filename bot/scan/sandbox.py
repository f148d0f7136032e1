"""Checks and copies files in processes of their own, so that a hostile file costs that file and nothing else.

Nothing that reads files or holds a model is imported here: the server stays small, and what is attacked is elsewhere.
"""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import bot
from bot.domain.copy import Copy, CopyKind
from bot.domain.finding import Inspection, Unread, UnreadReason
from bot.domain.message import Attachment
from bot.domain.ports import Progress
from bot.errors import SandboxError
from bot.scan import wire
from bot.scan.copies.wire import COPY_TIMES, copy_from_json

_START_SECONDS = 120
_GRACE_SECONDS = 10
"""On top of a file's own time, before the process that should have stopped it is taken for dead."""
_PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "SYSTEMROOT",
    "DYLD_LIBRARY_PATH",
    "LD_LIBRARY_PATH",
    "PYTHONDONTWRITEBYTECODE",
)
"""All of the environment that a checking process sees: no token, no password, no database address."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_QUIET = {**dict.fromkeys(_THREADS, "1"), "ORT_DISABLE_TELEMETRY": "1"}
"""One thread, because a forked process has none of its parent's threads and would wait for them for ever; and the OCR
runtime's reports to its maker off, which are on by default and start threads of their own."""


class Sandbox:
    """An Examiner with `workers` checking processes, started when first needed and again when one dies."""

    def __init__(self, site_key: bytes, max_bytes: int, seconds: int, memory_mb: int, workers: int) -> None:
        self._max_bytes = max_bytes
        self._helpers = [_Helper(site_key, seconds, memory_mb) for _ in range(workers)]
        self._idle: queue.LifoQueue[_Helper] = queue.LifoQueue()
        for helper in self._helpers:
            self._idle.put(helper)

    def examine(self, attachment: Attachment, progress: Progress | None = None) -> Inspection:
        """Inspect one attachment; raises SandboxError only when no checking process can be started."""
        if len(attachment.content) > self._max_bytes:
            return _refused(attachment, UnreadReason.TOO_LARGE, _too_large(self._max_bytes))
        helper = self._idle.get()
        try:
            return helper.examine(attachment, progress)
        finally:
            self._idle.put(helper)

    def copy(
        self,
        attachment: Attachment,
        kind: CopyKind,
        progress: Progress | None = None,
        allowed: frozenset[str] = frozenset(),
    ) -> Copy:
        """Make a copy of one attachment; digests in `allowed` are left alone. Raises SandboxError as `examine` does."""
        if len(attachment.content) > self._max_bytes:
            return Copy(why=_too_large(self._max_bytes))
        helper = self._idle.get()
        try:
            return helper.copy(attachment, kind, progress, allowed)
        finally:
            self._idle.put(helper)

    def warm_up(self) -> None:
        """Start the checking processes in the background; a failure shows at the first check."""
        for helper in self._helpers:
            threading.Thread(target=helper.warm_up, name="sandbox-warm-up", daemon=True).start()

    @property
    def is_warm(self) -> bool:
        """Whether every checking process has its models loaded."""
        return all(helper.is_ready for helper in self._helpers)

    def close(self) -> None:
        """End the checking processes and remove their folders."""
        for helper in self._helpers:
            helper.close()


class _Helper:
    """One checking process, seen from the server."""

    def __init__(self, site_key: bytes, seconds: int, memory_mb: int) -> None:
        self._start = {"site_key": site_key.hex(), "seconds": seconds, "memory_mb": memory_mb}
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._closed = False
        self.is_ready = False

    def examine(self, attachment: Attachment, progress: Progress | None) -> Inspection:
        """Send one file over and wait for its result; a process that dies of it is replaced at the next file."""
        started = time.monotonic()
        inspection = self._ask({}, attachment, progress, self._seconds)
        if not isinstance(inspection, Inspection):
            late = isinstance(inspection, TimeoutError)
            reason = UnreadReason.TIMED_OUT if late else UnreadReason.CORRUPT
            detail = "Checking it took too long." if late else "It could not be read safely."
            return _refused(attachment, reason, detail)
        seconds = round(time.monotonic() - started, 3)
        return replace(inspection, name=attachment.name, size=len(attachment.content), seconds=seconds)

    def copy(self, attachment: Attachment, kind: CopyKind, progress: Progress | None, allowed: frozenset[str]) -> Copy:
        """Send one file over and wait for the copy of it."""
        request = {"copy": kind.value, "allowed": sorted(allowed)}
        copy = self._ask(request, attachment, progress, self._seconds * COPY_TIMES)
        if not isinstance(copy, Copy):
            late = isinstance(copy, TimeoutError)
            return Copy(why="Making the copy took too long." if late else "The file could not be read safely.")
        return copy

    def _ask(
        self, request: dict[str, Any], attachment: Attachment, progress: Progress | None, seconds: float
    ) -> Inspection | Copy | Exception:
        """The answer to one request, or what went wrong with the process."""
        with self._lock:
            into, out = self._pipes()
            until = time.monotonic() + seconds + _GRACE_SECONDS
            try:
                message = {**request, "name": attachment.name, "size": len(attachment.content)}
                wire.send(into, message, attachment.content)
                return self._answer(out, progress, until)
            except (TimeoutError, wire.ClosedError, ValueError, KeyError, TypeError, AttributeError) as error:
                self._stop()
                return error
            except BaseException:
                # The caller's own progress failed: the process is in the middle of a file, so it must go.
                self._stop()
                raise

    def warm_up(self) -> None:
        """Start the process ahead of the first file."""
        with self._lock:
            try:
                self._pipes()
            except SandboxError:
                # Said at the first check, to someone who can be told.
                return

    def close(self) -> None:
        """End the process; a file being checked comes back as not read."""
        self._closed = True
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()
        with self._lock:
            self._stop()

    def _answer(self, out: int, progress: Progress | None, until: float) -> Inspection | Copy:
        while True:
            message = wire.receive(out, until)
            if "result" in message:
                return wire.from_json(message["result"])
            if "copy" in message:
                return copy_from_json(message["copy"], out, until)
            done, total, what = message["progress"]
            if progress is not None:
                progress(int(done), int(total), str(what))

    def _pipes(self) -> tuple[int, int]:
        """Both ends of a living process, started if there is none."""
        if self._closed:
            raise SandboxError("The checking process has been closed.")
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._launch()
        return _pipes_of(self._process)

    def _launch(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sendcheck-"))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.scan.sandbox_child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Libraries complain about broken files in words of the file: none of that reaches a log.
                stderr=subprocess.DEVNULL,
                env=_environment(self._folder),
                cwd=self._folder,
                bufsize=0,
                start_new_session=True,
            )
            into, out = _pipes_of(self._process)
            wire.send(into, self._start)
            ready = wire.receive(out, time.monotonic() + _START_SECONDS)
        except (OSError, wire.ClosedError, TimeoutError, ValueError) as error:
            self._stop()
            raise SandboxError("The process that checks files could not be started.") from error
        self.is_ready = bool(ready.get("ready"))

    def _stop(self) -> None:
        self.is_ready = False
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None


def _pipes_of(process: subprocess.Popen[bytes] | None) -> tuple[int, int]:
    if process is None or process.stdin is None or process.stdout is None:
        raise SandboxError("The process that checks files could not be started.")
    return process.stdin.fileno(), process.stdout.fileno()


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    root = str(Path(next(iter(bot.__path__))).parent)
    return {**kept, "TMPDIR": str(folder), "PYTHONPATH": root, "PYTHONUNBUFFERED": "1", **_QUIET}


def _too_large(max_bytes: int) -> str:
    return f"It is larger than the {max_bytes / (1024 * 1024):.0f} MB that are checked."


def _refused(attachment: Attachment, reason: UnreadReason, detail: str) -> Inspection:
    # The digest is left out on purpose: hashing what is refused for its size would take as long as reading it.
    return Inspection(
        name=attachment.name,
        media_type="application/octet-stream",
        size=len(attachment.content),
        sha256="",
        inspected="none",
        unread=(Unread("file", reason, detail),),
    )
