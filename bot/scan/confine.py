"""What a checking process gives up before it opens a hostile file: memory, time, network, processes, files.

Each limit is set where the system has it and skipped where it has not (macOS knows no network namespaces, for one).
"""

import ctypes
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_WRITTEN_BYTES = 64 * 1024 * 1024
_OPEN_FILES = 64
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "os.kill",
    "signal.pthread_kill",
    "pty.",
    "webbrowser.",
)
"""Audit events (PEP 578) that no reading of a file needs."""


def cut_network() -> bool:
    """Move this process into a network namespace with nothing in it; False where the system does not allow it."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # As root the network alone can be left behind; anyone else needs a user namespace of their own for it.
    return bool(libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def confine(folder: Path, seconds: int, memory_mb: int) -> None:
    """Set every limit on this process for the rest of its life; `folder` is all it may write to."""
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.chdir(folder)
    tempfile.tempdir = str(folder)
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_AS", _address_space() + memory_mb * 1024 * 1024)
    _limit("RLIMIT_CPU", seconds + 5)
    _limit("RLIMIT_FSIZE", _WRITTEN_BYTES)
    _limit("RLIMIT_NOFILE", _OPEN_FILES)
    _limit("RLIMIT_NPROC", 0)
    sys.addaudithook(_Guard(folder))


def _address_space() -> int:
    """Bytes of address space in use; what a check may add comes on top."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 8 << 30
    return pages * resource.getpagesize()


def _limit(name: str, value: int) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    hard = resource.getrlimit(kind)[1]
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (ceiling, ceiling))
    except (ValueError, OSError):
        # macOS refuses some of them below what is in use; the others still hold.
        return


class _Guard:
    """Refuses what no reading of a file needs, from inside Python; it cannot be taken off again."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Refuse sockets, processes, and writing outside the private folder."""
        if event.startswith(_FORBIDDEN):
            raise PermissionError("not allowed while a file is checked")
        if event == "open" and len(arguments) == 3:
            path, _, flags = arguments
            writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            if writing and not (isinstance(path, int) or os.path.realpath(os.fsdecode(path)).startswith(self._folder)):  # type: ignore[arg-type]
                raise PermissionError("not allowed while a file is checked")
