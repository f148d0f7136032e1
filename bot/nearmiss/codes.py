"""The code by which somebody who reported reads the answer and talks with the team.

The receipt, NM-7F3K-92QD, is the report's number and known to the team. The code adds eight letters that only the
reporter has; of them a digest under the site key is kept. Both are one of 29^8, which is 5e11.

Wrong codes are counted for a number that there is, and for no other: nobody outside the team can hit on a number, so
nobody can lock reporters out by typing codes. Ten tries an hour for two years open a report with a chance of 4 in ten
million.
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

MOST_TRIES = 10
"""Wrong codes an hour for one report, or wrong bag numbers for one dispatch."""
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
    """Counts wrong tries by what was tried to be opened, in memory and without who tried."""

    _wrong: dict[str, list[datetime]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def lately(self, number: str, now: datetime) -> int:
        """How many tries were wrong in the last hour."""
        with self._lock:
            return len(self._fresh(number, now))

    def too_many(self, number: str, now: datetime) -> bool:
        """Whether no more tries are let through for now."""
        return self.lately(number, now) >= MOST_TRIES

    def wrong(self, number: str, now: datetime) -> None:
        """One more wrong try at a number that there is."""
        with self._lock:
            self._wrong[number] = [*self._fresh(number, now), now]

    def _fresh(self, number: str, now: datetime) -> list[datetime]:
        self._wrong = {one: tries for one, tries in self._wrong.items() if now - tries[-1] < _HOUR}
        return [tried for tried in self._wrong.get(number, ()) if now - tried < _HOUR]


def _four() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))
