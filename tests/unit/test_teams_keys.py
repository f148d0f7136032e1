"""Keys of Teams are fetched when they are needed, used for a day, and a little longer when they cannot be had."""

import asyncio
import json
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.platforms.teams.keys import KEEP_SECONDS, Keys, KeysUnreachableError, UnknownKeyError

PUBLIC = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
HOUR = 3600.0


class Published:
    """The two addresses, and a clock."""

    def __init__(self) -> None:
        self.names = ["a"]
        self.away = False
        self.fetched = 0
        self.now = 0.0
        self.keys = Keys("metadata", lambda: self.now, self.fetch)

    def fetch(self, address: str) -> Any:
        if self.away:
            raise requests.ConnectTimeout
        if address == "metadata":
            return {"jwks_uri": "keys"}
        self.fetched += 1
        made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(PUBLIC))
        return {"keys": [{**made, "kid": name, "endorsements": ["msteams"]} for name in self.names]}

    def get(self, name: str) -> tuple[str, ...]:
        return asyncio.run(self.keys.get(name)).endorsements


@pytest.fixture
def published() -> Published:
    return Published()


def test_they_are_fetched_once_a_day(published: Published) -> None:
    for published.now in (0, HOUR, KEEP_SECONDS - 1):
        assert published.get("a") == ("msteams",)
    assert published.fetched == 1
    published.now = KEEP_SECONDS
    published.get("a")
    assert published.fetched == 2


def test_a_new_one_is_asked_for_at_once_and_then_only_now_and_then(published: Published) -> None:
    published.get("a")
    published.names.append("b")
    assert published.get("b") == ("msteams",)
    for published.now in (1, 2, 59):
        with pytest.raises(UnknownKeyError):
            published.get("nobody's")
    assert published.fetched == 2


def test_one_that_is_withdrawn_is_no_longer_taken(published: Published) -> None:
    published.get("a")
    published.names, published.now = ["b"], KEEP_SECONDS
    with pytest.raises(UnknownKeyError):
        published.get("a")


def test_while_they_cannot_be_had_known_ones_serve_on_for_two_days_more(published: Published) -> None:
    published.get("a")
    published.away, published.now = True, 2.9 * KEEP_SECONDS
    assert published.get("a") == ("msteams",)
    published.now = 3 * KEEP_SECONDS
    with pytest.raises(KeysUnreachableError):
        published.get("a")


def test_an_unknown_one_cannot_be_judged_while_they_cannot_be_had(published: Published) -> None:
    published.get("a")
    published.away = True
    with pytest.raises(KeysUnreachableError):
        published.get("b")
    published.names, published.away, published.now = ["b"], False, 10.0
    assert published.get("b") == ("msteams",)


@pytest.mark.parametrize(
    "answer", [{}, [], {"jwks_uri": 1}, {"jwks_uri": "keys", "keys": [{"kid": "a", "kty": "RSA"}]}]
)
def test_an_address_that_tells_something_else_counts_as_away(answer: Any) -> None:
    with pytest.raises(KeysUnreachableError):
        asyncio.run(Keys("metadata", lambda: 0.0, lambda address: answer).get("a"))
