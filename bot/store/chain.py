"""How entries of the register are chained, and the file outside the database that remembers the heads.

Every entry is sealed with HMAC-SHA-256 under a key made from the site key, over the seal of the entry before it.
Whoever has the database alone can change or delete rows but cannot make the seals fit. Cutting off the newest entries
leaves a chain that fits; the heads noted in DATA_DIR and printed on alerts show that.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.ports.incidents import Head

START = "0" * 64
"""What the first entry is chained to."""


def chain_key(site_key: bytes) -> bytes:
    """The register's own key."""
    return hmac.new(site_key, b"breach register", hashlib.sha256).digest()


def body_of(new: Mapping[str, str], old: Mapping[str, str], by: str) -> str:
    """The contents of an entry, with a salt: once deleted, nothing about them can be guessed from the digest."""
    contents = {"new": dict(new), "old": dict(old), "by": by, "salt": secrets.token_hex(16)}
    return json.dumps(contents, ensure_ascii=False, sort_keys=True)


def digest_of(key: bytes, body: str) -> str:
    """What stands for the contents in the chain."""
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


def seal(key: bytes, before: str, number: int, incident: str, at: datetime, what: str, digest: str) -> str:
    """The hash of an entry, over the hash of the one before."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    line = json.dumps([before, number, incident, moment, what, digest])
    return hmac.new(key, line.encode(), hashlib.sha256).hexdigest()


class NotedHeads:
    """A file of heads, one line each; only ever appended to, so that several processes can write it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, head: Head) -> None:
        """Write one head down."""
        # One short write to a file opened for appending is not torn by another process's.
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, f"{head.number} {head.hash}\n".encode())
        finally:
            os.close(descriptor)

    def noted(self) -> Iterator[Head]:
        """All heads that were noted."""
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="ascii", errors="replace").splitlines():
            number, _, hashed = line.partition(" ")
            if number.isdigit():
                yield Head(int(number), hashed)
