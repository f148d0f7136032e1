"""Who gets in: Teams with a good token and nobody else; and how our own token is had."""

import time
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.emulators.teams import APP_ID, ISSUER, TENANT, Teams
from tests.teams_site import ASHA, World, the_teams, the_world  # noqa: F401

CHAT = "a:asha"
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def asked(world: World, **more: Any) -> dict[str, Any]:
    return world.people.activity(ASHA, "message", text="Can I email the crime report?", **more)


def refused(world: World, header: str | None, **more: Any) -> int:
    status = world.people.post(asked(world, **more), header).status_code
    assert world.assistant.asked == []
    assert world.teams.calls == []
    return status


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "0c0ffee0-0000-0000-0000-00000000dead"},
        {"aud": None},
        {"iss": "https://sts.windows.net/somebody/"},
        {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "ver": "1.0", "appid": APP_ID},
        {"iss": None},
        {"exp": int(time.time()) - 3600},
        {"nbf": int(time.time()) + 3600},
        {"key": STRANGER},
        {"kid": "key-9", "key": STRANGER},
        {"kid": None},
        {"key": None, "alg": "none"},
        {"key": "a secret that is long enough for the length check", "alg": "HS256"},
        {"serviceurl": "https://evil.example/"},
        {"serviceurl": None},
        {"ver": "1.0", "aud": "0c0ffee0-0000-0000-0000-00000000dead", "appid": APP_ID},
    ],
)
def test_a_bad_token_is_refused_and_counted(world: World, claims: dict[str, Any]) -> None:
    assert refused(world, f"Bearer {world.teams.token(**claims)}") == 401
    assert world.counted["bad_token"] == 1


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer a.b.c", "Basic YTpi", "x y z", "."])
def test_a_header_that_is_no_token_is_refused(world: World, header: str) -> None:
    assert refused(world, header) == 401


def test_no_header_is_refused(world: World) -> None:
    assert refused(world, None) == 401
    assert world.counted["no_token"] == 1


NO_ACTIVITIES = {
    "nothing": b"",
    "half": b"{",
    "a list": b"[]",
    "a text": b'"x"',
    "an empty object": b"{}",
    "no conversation": b'{"type": "message"}',
    "no type": b'{"type": 1, "conversation": {"id": "a"}}',
    "very deep": b"[" * 50_000,
}


@pytest.mark.parametrize("body", NO_ACTIVITIES.values(), ids=NO_ACTIVITIES)
def test_what_is_no_activity_is_refused_as_such(world: World, body: bytes) -> None:
    assert world.people.post(body).status_code == 400


def test_a_body_that_is_too_large_is_refused(world: World) -> None:
    assert world.people.post(b" " * (1024 * 1024 + 1)).status_code == 413


def test_a_token_for_another_service_does_not_send_our_token_there(world: World) -> None:
    evil = "https://evil.example/"
    header = f"Bearer {world.teams.token(serviceurl=evil)}"
    assert refused(world, header, serviceUrl=evil) == 401


def test_a_newly_published_key_is_taken_at_once(world: World) -> None:
    world.people.write(ASHA, "Can I email the crime report?")
    world.people.wait(CHAT)
    world.teams.rotate()
    world.people.write(ASHA, "Can I email the cake?")
    assert len(world.people.wait(CHAT, 2)) == 2


def test_unknown_keys_make_us_ask_for_keys_only_now_and_then(world: World) -> None:
    world.teams.rotate(publish=False)
    for _ in range(5):
        assert world.people.post(asked(world), f"Bearer {world.teams.token()}").status_code == 401
    world.teams.published.append("key-2")
    assert world.people.post(asked(world), f"Bearer {world.teams.token()}").status_code == 401


def test_one_token_serves_all_calls_at_the_token_endpoint(teams: Teams) -> None:
    """Our own token comes over TLS from an authority like that of the cloud, and is asked for once."""
    from bot.platforms.teams.client import Connectors, Sender, is_trusted
    from bot.platforms.teams.incoming import Chat
    from bot.platforms.teams.tokens import Credentials, outbound
    from tests.emulators.teams_authority import Authority

    with Authority() as authority:
        given = Credentials(
            APP_ID, "secret", TENANT, metadata_url="x", issuer=ISSUER, login_url=authority.url,
            scope="https://api.botframework.com",
        )  # fmt: skip
        teams.tokens = {authority.token}
        connectors = Connectors(outbound(given), Sender("28:x"), lambda service: is_trusted(service, loopback=True))
        for _ in range(3):
            connectors.post(Chat(teams.service, "a:asha"), {"type": "typing"})
        assert connectors.token() == authority.token
        assert teams.typing == ["a:asha"] * 3
        assert authority.asked == 1


def test_the_emulated_connector_refuses_another_token(teams: Teams) -> None:
    answer = httpx.post(f"{teams.service}v3/conversations/a:asha/activities", json={"type": "typing"})
    assert answer.status_code == 401
