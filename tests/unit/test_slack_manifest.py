"""What Slack is told of the app, what the app asks for, and what the documents say of it are the same."""

import json
from pathlib import Path

import pytest

from bot.platforms.slack import manifest
from bot.platforms.slack.scopes import BOT_SCOPES, OPTIONAL_SCOPES, missing

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "slack.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "socket"), [("slack-manifest.json", False), ("slack-manifest-socket.json", True)])
def test_the_files_to_paste_are_the_manifest_of_this_version(name: str, socket: bool) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == manifest.written(socket=socket)


def test_it_asks_for_the_scopes_that_the_doctor_looks_for_and_no_more() -> None:
    asked = manifest.manifest()["oauth_config"]["scopes"]
    assert set(asked["bot"]) == BOT_SCOPES.keys() | OPTIONAL_SCOPES.keys()
    assert asked["bot_optional"] == sorted(OPTIONAL_SCOPES)
    assert missing(",".join(asked["bot"])) == []


@pytest.mark.parametrize("scope", [*BOT_SCOPES, *OPTIONAL_SCOPES])
def test_every_scope_is_explained_to_the_security_team(scope: str) -> None:
    assert f"| `{scope}` | {({**BOT_SCOPES, **OPTIONAL_SCOPES})[scope]} |" in PAGE


def test_with_a_socket_no_address_is_named() -> None:
    assert "https://" not in manifest.written(socket=True)
    assert manifest.manifest(socket=True)["settings"]["socket_mode_enabled"] is True


def test_an_address_of_ones_own_stands_everywhere() -> None:
    text = manifest.written(host="https://check.example.gov")
    assert manifest.HOST not in text
    assert text.count("https://check.example.gov/slack/events") == 3


def test_texts_are_within_the_manifests_limits() -> None:
    whole = manifest.manifest()
    assert len(whole["display_information"]["name"]) <= 35
    assert len(whole["display_information"]["description"]) <= 140
    assert len(whole["features"]["agent_view"]["suggested_prompts"]) <= 4
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in whole["features"]["shortcuts"])


def test_from_nothing_to_the_first_answer_takes_at_most_ten_steps() -> None:
    steps = PAGE.split("## From nothing to the first answer")[1].split("##")[0]
    numbered = [line for line in steps.splitlines() if line[:1].isdigit()]
    assert 1 <= len(numbered) <= 10
    assert json.loads((DOCS / "slack-manifest.json").read_text(encoding="utf-8"))
