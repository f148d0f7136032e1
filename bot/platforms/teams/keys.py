"""The keys that Teams signs its tokens with: fetched when they are needed, and used on for a while if they cannot be.

They take the place of the SDK's own, which wait without end for an answer, and do not know a new key for up to a day.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import structlog
from jwt import PyJWK, PyJWTError

KEEP_SECONDS = 24 * 60 * 60.0
"""How long keys are used before they are fetched again."""
LONGEST_KEEP_SECONDS = 3 * KEEP_SECONDS
"""How long they are used when they cannot be fetched again."""
AGAIN_SECONDS = 60.0
"""How soon a token that names an unknown key makes us fetch them again."""
FAILED_SECONDS = 5.0
"""How soon they are tried again after they could not be fetched."""
TIMEOUT_SECONDS = 3.0
log = structlog.get_logger("sendcheck.teams")
Json = Mapping[str, Any]
Fetch = Callable[[str], Json]


class KeysUnreachableError(Exception):
    """They cannot be fetched now, so that nobody can tell whether a token is good."""


class UnknownKeyError(Exception):
    """A token names a key that is not published."""


@dataclass(frozen=True)
class Key:
    """One key, in the words of the SDK."""

    public_key: Any = field(repr=False)
    endorsements: tuple[str, ...]


def fetched(address: str) -> Json:
    """A JSON object from an address; raises RequestException or ValueError."""
    answer = requests.get(address, timeout=TIMEOUT_SECONDS)
    answer.raise_for_status()
    found: Json = answer.json()
    return found


class Keys:
    """The published keys; safe to use from any thread."""

    def __init__(self, url: str, clock: Callable[[], float], fetch: Fetch = fetched) -> None:
        self._url = url
        self._clock = clock
        self._fetch = fetch
        self._keys: dict[str, Key] = {}
        self._fetched_at = self._failed_at = self._asked_at = float("-inf")
        self._lock = threading.Lock()

    async def get(self, key_id: str | None) -> Key:
        """One of them, as the SDK asks for it; raises KeysUnreachableError, UnknownKeyError."""
        name = key_id or ""
        age = self._clock() - self._fetched_at
        if name not in self._keys or age >= LONGEST_KEEP_SECONDS:
            self._wait_for(name)
        elif age >= KEEP_SECONDS and self._lock.acquire(blocking=False):
            # Whoever comes first fetches them, and the others go on with what is known.
            try:
                self._refresh()
            except KeysUnreachableError:
                log.warning("keys_out_of_date")
            finally:
                self._lock.release()
        found = self._keys.get(name)
        if found is None:
            raise UnknownKeyError
        return found

    def _wait_for(self, name: str) -> None:
        """Fetch them where that may help, one thread at a time."""
        with self._lock:
            if self._clock() - self._fetched_at >= LONGEST_KEEP_SECONDS:
                self._refresh()
            elif name not in self._keys and self._clock() - self._asked_at >= AGAIN_SECONDS:
                self._refresh()
                self._asked_at = self._clock()

    def _refresh(self) -> None:
        if self._clock() - self._failed_at < FAILED_SECONDS:
            raise KeysUnreachableError
        try:
            published = self._fetch(str(self._fetch(self._url)["jwks_uri"]))["keys"]
            self._keys = {str(one["kid"]): _key(one) for one in published if one.get("kty") == "RSA" and "kid" in one}
        except (requests.RequestException, PyJWTError, LookupError, TypeError, ValueError) as error:
            self._failed_at = self._clock()
            log.warning("keys_not_fetched", error=type(error).__name__)
            raise KeysUnreachableError from error
        self._fetched_at = self._clock()


def _key(published: Json) -> Key:
    return Key(PyJWK(dict(published), "RS256").key, tuple(published.get("endorsements") or ()))
