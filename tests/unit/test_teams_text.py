"""Text on its way to and from Teams, and the app package."""

import io
import json
import zipfile
from typing import Any

import pytest
from PIL import Image

from bot.errors import SettingError
from bot.platforms.chat.text import clip, split
from bot.platforms.teams.client import is_trusted
from bot.platforms.teams.events import key_of
from bot.platforms.teams.incoming import chat_of, said
from bot.platforms.teams.package import Publisher, manifest, package
from bot.platforms.teams.text import LONGEST_PART, escape, from_html, plain
from bot.settings import read_settings

APP = "0c0ffee0-5e4d-4c8e-9b1a-000000000001"
SITE = Publisher("An organisation", "https://www.example.org")


@pytest.mark.parametrize(
    "text, shown",
    [
        ("[click](http://x)", r"\[click\]\(http://x\)"),
        ("**bold** and _more_", r"\*\*bold\*\* and \_more\_"),
        ("{{DATE(2026-11-20)}}", r"\{\{DATE\(2026-11-20\)\}\}"),
        ("<at>all</at>", r"\<at\>all\</at\>"),
        ("- first", r"\- first"),
        ("Don't send: 3 of 4", "Don't send: 3 of 4"),
    ],
)
def test_marks_are_shown_as_they_stand(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(
    "typed, words",
    [
        ("<at>Check</at> may I?", "may I?"),
        ('<at id="0">Can I send this?</at>&nbsp;may I?', "may I?"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("  two   spaces ", "two spaces"),
    ],
)
def test_what_was_typed_comes_without_mentions(typed: str, words: str) -> None:
    assert plain(typed) == words


@pytest.mark.parametrize(
    "page, words",
    [
        ("<div><p>One</p><p>two</p></div>", "One\ntwo"),
        ("a<br/>b", "a\nb"),
        ("<script>alert(1)</script>x", "alert(1)x"),
        ("1 &lt; 2", "1 < 2"),
    ],
)
def test_a_message_in_html_is_read_as_its_words(page: str, words: str) -> None:
    assert from_html(page) == words


def test_long_text_is_cut_at_spaces_and_nothing_is_lost() -> None:
    text = "word " * 4000
    parts = list(split(text, LONGEST_PART))
    assert all(len(part) <= 6000 for part in parts)
    assert " ".join(parts).split() == text.split()
    assert clip("abcdef", 4) == "abc…"


@pytest.mark.parametrize("broken", ["conversation", "channelData", "recipient", "from", "entities", "attachments"])
@pytest.mark.parametrize("value", [None, 1, "x", [], [1], {}, {"tenant": 1}])
def test_an_activity_that_is_not_as_it_should_be_is_read_all_the_same(broken: str, value: Any) -> None:
    whole = {"type": "message", "conversation": {"id": "a:1"}, "from": {"id": "29:x"}, "text": "Hello"}
    if broken in ("entities", "attachments") and not isinstance(value, list):
        return
    read = said({**whole, broken: value})
    assert read.text == "Hello"
    assert chat_of({**whole, broken: value}).kind == "personal"
    assert key_of({**whole, broken: value})


@pytest.mark.parametrize(
    "service, loopback, trusted",
    [
        ("https://smba.trafficmanager.net/emea/", False, True),
        ("http://smba.trafficmanager.net/emea/", False, False),
        ("http://127.0.0.1:5000", False, False),
        ("http://127.0.0.1:5000", True, True),
        ("https://smba.trafficmanager.net/emea/", True, False),
        ("", True, False),
        ("file:///etc/passwd", False, False),
    ],
)
def test_our_token_is_told_to_a_connector_alone(service: str, loopback: bool, trusted: bool) -> None:
    assert is_trusted(service, loopback=loopback) is trusted


def test_the_package_holds_manifest_and_icons_and_is_the_same_each_time() -> None:
    made = package(APP, SITE)
    assert made == package(APP, SITE)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.namelist() == ["manifest.json", "color.png", "outline.png"]
        read = json.loads(opened.read("manifest.json"))
        sizes = [Image.open(io.BytesIO(opened.read(name))).size for name in ("color.png", "outline.png")]
        outline = Image.open(io.BytesIO(opened.read("outline.png"))).convert("RGBA")
    assert sizes == [(192, 192), (32, 32)]
    assert {pixel[:3] for _, pixel in outline.getcolors() or [] if pixel[3] > 0} == {(255, 255, 255)}
    assert read == manifest(APP, SITE)


def test_the_manifest_asks_for_files_three_scopes_and_no_wide_permissions() -> None:
    made = manifest(APP, SITE)
    (bot,) = made["bots"]
    assert (bot["supportsFiles"], set(bot["scopes"])) == (True, {"personal", "team", "groupChat"})
    assert "authorization" not in made
    assert made["id"] != APP
    assert made["validDomains"] == ["www.example.org"]


@pytest.mark.parametrize(
    "app, publisher, version, said_so",
    [
        ("not-a-guid", SITE, "1.0.0", "MicrosoftAppId"),
        (APP, Publisher("x" * 33, "https://www.example.org"), "1.0.0", "publisher"),
        (APP, Publisher("x", "http://www.example.org"), "1.0.0", "--website"),
        (APP, Publisher("x", "https://www.example.org", "ftp://x"), "1.0.0", "--privacy"),
        (APP, SITE, "1", "version"),
    ],
)
def test_what_teams_would_not_take_is_said_before_it_is_written(
    app: str, publisher: Publisher, version: str, said_so: str
) -> None:
    with pytest.raises(SettingError, match=said_so):
        package(app, publisher, version)


@pytest.mark.parametrize(
    "given, named",
    [
        ({"teams_app_id": APP}, "MicrosoftAppPassword"),
        ({"teams_app_id": APP, "teams_app_password": "x"}, "MicrosoftAppTenantId"),
        ({"teams_anonymous": True, "host": "0.0.0.0"}, "SENDCHECK_TEAMS_ANONYMOUS"),
        ({"teams_anonymous": True, "teams_app_id": APP, "teams_app_password": "x"}, "SENDCHECK_TEAMS_ANONYMOUS"),
        ({"teams_issuer": "https://x"}, "TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL"),
    ],
)
def test_a_wrong_setting_of_teams_is_named(given: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingError, match=named):
        read_settings(**given)
