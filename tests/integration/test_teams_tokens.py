"""Who gets in: Teams with a good token and nobody else; and how our own token is had."""

import time
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.domain.ports.post import DeliveryError
from bot.platforms.teams.client import Connectors, Sender, is_trusted
from bot.platforms.teams.incoming import Chat
from bot.platforms.teams.platform import TeamsPlatform
from bot.platforms.teams.tokens import Credentials, Tokens, outbound
from tests.emulators.teams import APP_ID, ISSUER, TENANT, Failure, Teams
from tests.emulators.teams_authority import Authority
from tests.emulators.teams_people import People
from tests.teams_site import ASHA, World, served, the_teams, the_world  # noqa: F401

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
    "claims, why",
    [
        ({"aud": "0c0ffee0-0000-0000-0000-00000000dead"}, "bad_token"),
        ({"aud": None}, "bad_token"),
        ({"iss": "https://sts.windows.net/somebody/"}, "bad_token"),
        (
            {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "ver": "1.0", "appid": APP_ID},
            "bad_token",
        ),
        ({"iss": None}, "bad_token"),
        ({"exp": int(time.time()) - 3600}, "token_out_of_time"),
        ({"nbf": int(time.time()) + 3600}, "token_out_of_time"),
        ({"key": STRANGER}, "bad_token"),
        ({"kid": "key-9", "key": STRANGER}, "unknown_key"),
        ({"kid": None}, "unknown_key"),
        ({"key": None, "alg": "none"}, "bad_token"),
        ({"key": "a secret that is long enough for the length check", "alg": "HS256"}, "bad_token"),
        ({"serviceurl": "https://evil.example/"}, "bad_token"),
        ({"serviceurl": None}, "bad_token"),
        ({"ver": "1.0", "aud": "0c0ffee0-0000-0000-0000-00000000dead", "appid": APP_ID}, "bad_token"),
    ],
)
def test_a_bad_token_is_refused_counted_and_said_in_the_log(
    world: World, claims: dict[str, Any], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    token = world.teams.token(**claims)
    assert refused(world, f"Bearer {token}") == 401
    assert world.counted == {why: 1}
    logged = capsys.readouterr().out
    assert why in logged
    assert token[:40] not in logged


@pytest.mark.parametrize("claims", [{"exp": -240}, {"nbf": 240}, {"iat": 240}], ids=str)
def test_clocks_may_differ_by_a_few_minutes(world: World, claims: dict[str, int]) -> None:
    token = world.teams.token(**{name: int(time.time()) + ahead for name, ahead in claims.items()})
    assert world.people.post(asked(world), f"Bearer {token}").status_code == 200


def test_while_keys_cannot_be_had_teams_is_asked_to_send_again(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.platforms.teams.keys.FAILED_SECONDS", 0.0)
    world.teams.keys_away = True
    message = asked(world)
    assert world.people.post(message).status_code == 503
    assert world.counted == {"keys_unreachable": 1}
    assert "keys_not_fetched" in capsys.readouterr().out
    world.teams.keys_away = False
    world.people.send(message)
    assert len(world.people.wait(CHAT)) == 1


def test_keys_that_are_known_serve_on_while_they_cannot_be_had_again(world: World) -> None:
    world.people.write(ASHA, "Can I email the crime report?")
    world.people.wait(CHAT)
    world.teams.keys_away = True
    world.people.write(ASHA, "Can I email the cake?")
    assert len(world.people.wait(CHAT, 2)) == 2


def test_teams_away_at_the_start_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turns.LONGEST_REST_SECONDS", 0.05)
    world.teams.fail(*[Failure(503)] * 9)
    world.people.write(ASHA, "Can I email the crime report?")
    assert len(world.people.wait(CHAT)) == 1
    assert world.asked() == ["Can I email the crime report?"]


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


def test_a_local_client_needs_no_token_when_that_is_asked_for(world: World) -> None:
    platform = TeamsPlatform(world.site, world.platform._turns._inbox, Credentials(), local=True)
    assert "without tokens" in platform.state
    with served(platform) as address:
        people = People(world.teams, f"{address}/api/messages", signs=False)
        people.write(ASHA, "Can I email the crime report?")
        assert len(people.wait(CHAT)) == 1
        people.close()


def test_an_authority_that_is_away_means_later(teams: Teams) -> None:
    given = Credentials(APP_ID, "secret", TENANT, login_url="https://127.0.0.1:1/adfs")
    waited: list[float] = []
    connectors = Connectors(outbound(given), Sender("28:x"), lambda service: True, waited.append)
    with pytest.raises(DeliveryError) as caught:
        connectors.post(Chat(teams.service, "a:asha"), {"type": "typing"})
    assert not caught.value.permanent
    assert len(waited) == 3
    assert teams.calls == []


@pytest.mark.parametrize(
    "channel_service, metadata_url, issuer",
    [
        ("", "https://login.botframework.com/v1/.well-known/openidconfiguration", "https://api.botframework.com"),
        (
            "https://botframework.azure.us",
            "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
            "https://api.botframework.us",
        ),
    ],
)
def test_without_addresses_of_its_own_the_app_asks_its_cloud_for_keys(
    teams: Teams, channel_service: str, metadata_url: str, issuer: str
) -> None:
    published = httpx.get(f"{teams.url}/keys").json()
    addresses: dict[str, Any] = {metadata_url: {"jwks_uri": "https://keys.example"}, "https://keys.example": published}
    given = Credentials(APP_ID, "secret", TENANT, channel_service=channel_service)
    tokens = Tokens(given, fetch=addresses.__getitem__)
    activity = People(teams, "").activity(ASHA, "message")
    assert tokens.refusal(activity, f"Bearer {teams.token(iss=issuer)}") is None
    assert tokens.refusal(activity, f"Bearer {teams.token(iss='https://elsewhere.example')}") == "bad_token"


def test_one_token_serves_all_calls_at_the_token_endpoint(teams: Teams) -> None:
    """Our own token comes over TLS from an authority like that of the cloud, and is asked for once."""
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
