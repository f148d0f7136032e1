"""The code by which somebody who reported reads the answer and talks with the team.

The receipt, NM-7F3K-92QD, is the report's number and known to the team. The code adds eight letters that only the
reporter has; of them a digest under the site key is kept. 29^8 is 5e11, so that with the few tries an hour that are
let through a guess takes longer than reports are kept.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

LETTERS = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""Without 0, 1 and vowels: a receipt is read out over the phone and must spell nothing, least of all a name."""

TRIES_A_REPORT = 5
TRIES_IN_ALL = 200
"""Wrong codes an hour, for one report and for all."""
_HOUR = timedelta(hours=1)
# Earlier receipts had vowels.
_WRITTEN = re.compile(r"(NM[2-9A-Z]{8})([2-9A-Z]{8})?")


def new_receipt() -> str:
    """A receipt such as NM-7F3K-92QD, from the system's randomness and nothing else."""
    return f"NM-{_four()}-{_four()}"


def new_code(receipt: str) -> str:
    """The receipt with a secret part."""
    return f"{receipt}-{_four()}-{_four()}"


def digest(code: str, site_key: bytes) -> str:
    """What is kept of a code."""
    return hmac.new(site_key, b"report code " + code.encode(), hashlib.sha256).hexdigest()


def parted(typed: str) -> tuple[str, str]:
    """Receipt and whole code of what somebody typed, however they wrote it; empty where it is none."""
    found = _WRITTEN.fullmatch(re.sub(r"[^A-Z0-9]", "", typed.upper()))
    if not found:
        return "", ""
    number, secret = found.group(1), found.group(2) or ""
    receipt = f"NM-{number[2:6]}-{number[6:]}"
    return receipt, f"{receipt}-{secret[:4]}-{secret[4:]}" if secret else receipt


def fits(code: str, kept: str, site_key: bytes) -> bool:
    """Whether it is the code; reports from before there were codes are read by their receipt alone."""
    return hmac.compare_digest(digest(code, site_key), kept) if kept else len(code) == len("NM-7F3K-92QD")


@dataclass
class Guesses:
    """Counts wrong codes, in memory and without who tried."""

    _wrong: list[tuple[datetime, str]] = field(default_factory=list, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def too_many(self, receipt: str, now: datetime) -> bool:
        """Whether no more tries are let through for now."""
        with self._lock:
            self._wrong = [entry for entry in self._wrong if now - entry[0] < _HOUR]
            here = sum(1 for _, tried in self._wrong if tried == receipt)
            return here >= TRIES_A_REPORT or len(self._wrong) >= TRIES_IN_ALL

    def wrong(self, receipt: str, now: datetime) -> None:
        """One more wrong code."""
        with self._lock:
            self._wrong.append((now, receipt))


def _four() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))
