"""What a process that reads guidance gives up before it opens a file: network, memory, writing, other processes.

Each limit is set where the system has it and skipped where it has not (macOS knows no network namespaces, for one).
"""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_MEMORY_BYTES = 2 << 30
"""On top of what the process holds when it starts: a page drawn for OCR takes a tenth of it."""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "os.kill")
"""Audit events (PEP 578) that no reading of a file needs."""


def confine() -> None:
    """Set every limit on this process for the rest of its life."""
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # As root the network alone can be left behind; anyone else needs a user namespace of their own for it.
        _ = libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, _address_space() + _MEMORY_BYTES)
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _address_space() -> int:
    """Bytes of address space in use."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 8 << 30
    return pages * resource.getpagesize()


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (ceiling, ceiling))
    except (ValueError, OSError):
        # macOS refuses some of them below what is in use; the others still hold.
        return


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse sockets, processes and writing, from inside Python; it cannot be taken off again."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError("not allowed while guidance is read")
    if event == "open" and len(arguments) == 3 and not isinstance(arguments[0], int):
        flags = arguments[2]
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            raise PermissionError("not allowed while guidance is read")
