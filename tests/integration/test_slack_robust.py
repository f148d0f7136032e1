"""What goes wrong around Slack: forged and repeated requests, bad files, limits, outages, restarts."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.domain.finding import Category, Finding
from bot.domain.message import Message
from bot.domain.reply import Reply
from bot.platforms.slack.platform import checked, doctor
from tests.emulators.slack import APP_TOKEN, BOT_TOKEN, TEAM, Failure
from tests.emulators.slack_people import signed
from tests.emulators.slack_site import ASHA, OPEN, SHARED, TEAM_CHANNEL, World, actions, wait_for, words, world


@pytest.fixture
def site(tmp_path: Path) -> Iterator[World]:
    made = world(tmp_path).start()
    yield made
    made.close()


# At the door


def posted(
    site: World, body: bytes, headers: dict[str, str] | None = None, media_type: str = "application/json"
) -> int:
    sent = {"Content-Type": media_type, **(signed(body) if headers is None else headers)}
    return httpx.post(site.run.url, content=body, headers=sent, trust_env=False).status_code


EVENT = json.dumps(
    {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": {"type": "message"}}
).encode()


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "unsigned"),
        (signed(EVENT, secret="somebody else's"), "bad_signature"),
        (signed(EVENT, at=time.time() - 600), "bad_signature"),
        ({**signed(EVENT), "X-Slack-Request-Timestamp": "yesterday"}, "unsigned"),
        ({**signed(EVENT), "X-Slack-Request-Timestamp": "9" * 400}, "unsigned"),
        (signed(b"other words"), "bad_signature"),
    ],
)
def test_what_is_not_signed_by_slack_now_is_refused_and_counted(site: World, headers: dict[str, str], why: str) -> None:
    assert posted(site, EVENT, headers) == 401
    assert site.run.counted[why] == 1
    assert site.run.inbox.waiting("slack") == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[1, 2]", b'"text"', b"\xff\xfe"])
def test_what_is_no_request_is_refused_even_signed(site: World, body: bytes) -> None:
    assert posted(site, body) == 400
    assert site.run.counted["not_a_request"] == 1


def test_a_body_without_end_is_cut_off(site: World) -> None:
    assert posted(site, b"a" * (2 * 1024 * 1024)) == 413
    assert site.run.counted["too_large"] == 1


def test_the_challenge_of_a_new_address_is_answered(site: World) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-1"}).encode()
    answer = httpx.post(
        site.run.url, content=body, headers={"Content-Type": "application/json", **signed(body)}, trust_env=False
    )
    assert "c-1" in answer.text


def test_an_unknown_workspace_is_not_served(site: World) -> None:
    site.ask("May I send it?")
    event = {"type": "message", "channel": site.dm(), "channel_type": "im", "user": ASHA, "text": "Hi", "ts": "1.2"}
    site.people.event(event, team="T0OTHER")
    site.settle()
    assert site.run.counted["unknown_workspace"] == 1
    assert len(site.slack.of(site.dm())) == 1


# Slack in trouble


def test_when_slack_asks_to_slow_down_the_answers_come_later_and_in_order(site: World) -> None:
    site.slack.fail("chat.postMessage", Failure(retry_after=1))
    first = site.people.dm(ASHA, "May I send it?")
    site.people.dm(ASHA, "A piece of cake?", thread=first["ts"])
    began = time.monotonic()
    site.settle()
    assert time.monotonic() - began >= 1
    said = [words([one]) for one in site.slack.of(site.dm(), first["ts"])]
    assert ["Don't send" in said[0], "isn’t about sending" in said[1]] == [True, True]


@pytest.mark.parametrize(
    "failure", [Failure(status=503), Failure(status=500), Failure(error="token_revoked"), Failure(error="fatal_error")]
)
def test_while_slack_is_down_nothing_is_lost(site: World, failure: Failure) -> None:
    site.slack.fail("chat.postMessage", *[failure] * 4)
    assert len(site.ask("May I send it?")) == 1


def test_an_answer_that_slack_took_without_saying_so_is_not_posted_twice(site: World) -> None:
    site.ask("May I send it?")
    original = site.slack._chat_postMessage
    lost = iter([True])

    def posts_and_breaks(args: dict[str, Any]) -> dict[str, Any]:
        answer = original(args)
        if next(lost, False):
            raise ConnectionResetError
        return answer

    site.slack._chat_postMessage = posts_and_breaks  # type: ignore[method-assign]
    message = site.people.dm(ASHA, "May I send that?")
    site.settle()
    assert len(site.slack.of(site.dm(), message["ts"])) == 1


def test_a_channel_that_is_closed_to_the_app_gets_the_asker_a_word(site: World) -> None:
    site.slack.fail("chat.postMessage", Failure(error="is_archived"))
    site.people.mention(ASHA, OPEN, "may I send it?")
    site.settle()
    assert "I could not answer that" in words(site.slack.of(site.dm()))


def test_a_question_that_cannot_be_answered_gets_a_word_and_keeps_nobody_waiting(site: World) -> None:
    site.people.dm(ASHA, "This will break")
    assert len(site.ask("May I send it?")) == 1
    assert "Something went wrong on our side" in words(site.slack.of(site.dm()))


def test_a_question_of_the_day_before_is_no_longer_answered(site: World) -> None:
    event = {"type": "message", "channel": site.dm(), "channel_type": "im", "user": ASHA, "text": "Hi?", "ts": "1.2"}
    site.people.send_again({
        "type": "event_callback", "team_id": TEAM, "event_id": "Ev-old", "event_time": int(time.time()) - 90_000,
        "event": event,
    })  # fmt: skip
    site.settle()
    assert site.slack.of(site.dm()) == []
    assert site.run.counted["too_old"] == 1


def test_without_leave_to_read_a_channel_an_answer_still_goes_out(site: World) -> None:
    site.slack.scopes = site.slack.scopes.replace("channels:history,", "")
    site.slack.fail("chat.postMessage", *[Failure(status=503)] * 4)
    site.people.mention(ASHA, OPEN, "may I send it?")
    site.settle()
    assert len(site.slack.of(OPEN)) == 1


# Files


@pytest.mark.parametrize(
    ("described", "why"),
    [
        ({"size": 1024**3}, "larger than the 1 MB"),
        ({"mode": "tombstone"}, "deleted before it could be checked"),
        ({"is_external": True, "mode": "external"}, "kept outside Slack"),
        (
            {"url_private_download": "https://slack.example/secret", "url_private": "https://slack.example/secret"},
            "cannot be read by this app",
        ),
        ({"file_access": "check_file_info", "id": "F404"}, "gone or not shared"),
    ],
)
def test_a_file_that_cannot_be_had_is_reported_as_not_checked(site: World, described: dict[str, Any], why: str) -> None:
    file = {**site.slack.add_file("statement.pdf", b"%PDF"), **described}
    assert why in words(site.ask("May I send it?", (file,)))
    assert not any(method == "download" for method, _ in site.slack.calls)


def test_a_file_of_a_shared_channel_is_asked_for_by_its_id(site: World) -> None:
    file = site.slack.add_file("statement.pdf", b"%PDF")
    assert "*statement.pdf*" in words(site.ask("", ({"id": file["id"], "file_access": "check_file_info"},)))


@pytest.mark.parametrize("name, size", [("statement.pdf", 35), ("page.html", 9_000)])
def test_a_login_page_is_no_file(site: World, name: str, size: int) -> None:
    file = site.slack.add_file(name, b"<!DOCTYPE html><html>Sign in</html>", size=size)
    assert "asks this app to sign in" in words(site.ask("", (file,)))


def test_a_page_that_was_attached_is_read(site: World) -> None:
    page = b"<!DOCTYPE html><html>A statement</html>"
    site.ask("", (site.slack.add_file("page.html", page),))
    assert site.assistant.asked[0].attachments[0].content == page


def test_a_file_that_was_deleted_meanwhile_is_said_to_be(site: World) -> None:
    file = site.slack.add_file("statement.pdf", b"%PDF")
    del site.slack.contents[file["id"]]
    assert "did not hand it out" in words(site.ask("", (file,)))


def test_a_file_larger_than_it_says_is_cut_off(site: World) -> None:
    file = site.slack.add_file("statement.pdf", b"x" * 1_200_000)
    assert "larger than the 1 MB" in words(site.ask("", ({**file, "size": 10},)))


def test_the_token_goes_to_slack_alone(site: World) -> None:
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization", ""))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://localhost:{server.server_port}/secret"
    file = {**site.slack.add_file("statement.pdf", b"%PDF"), "url_private_download": address, "url_private": address}
    said = words(site.ask("", (file,)))
    server.shutdown()
    server.server_close()
    assert "cannot be read by this app" in said
    assert heard == []


# Long


def long_reply(reply: Reply) -> Reply:
    findings = tuple(
        Finding(category, f"page {page}", f"•••• •{page}", 1, 0.9, digest=f"d{page}")
        for category in Category
        for page in range(1, 40)
    )
    report = reply.files[0]
    whole = replace(report, inspection=replace(report.inspection, findings=findings))
    return replace(reply, files=(whole,) * 10, because=("A reason that goes on & on <for ever>. " * 300,))


def test_a_reply_far_beyond_the_limits_is_folded_and_says_so(site: World) -> None:
    plainly = site.assistant.respond
    site.assistant.respond = lambda message, progress=None, ready=None: long_reply(plainly(message, progress))  # type: ignore[method-assign]
    answers = site.ask("May I send it?", (site.slack.add_file("statement.pdf", b"%PDF"),))
    assert 1 < len(answers) <= 4
    assert "not shown here" in words(answers[-1:])
    assert isinstance(site.assistant.asked[0], Message)
    # What can be done stands where the reply begins to be read, not in what was folded away.
    assert "form|answer.ask_human|0" in actions(answers)


# Socket Mode


def test_over_a_socket_everything_works_and_again_after_it_was_closed(tmp_path: Path) -> None:
    site = world(tmp_path).start(signing_secret=None, app_token=APP_TOKEN)
    site.people.app = None
    wait_for(lambda: site.slack.connected)
    assert "Don't send" in words(site.ask("May I send it?"))
    site.people.shortcut(ASHA, "report_near_miss")
    assert site.opened("Log a near miss")
    site.slack.disconnect()
    wait_for(lambda: site.slack.connected, seconds=30)
    assert "Don't send" in words(site.ask("May I send that?"))
    assert httpx.post(site.run.url, content=b"{}", trust_env=False).status_code == 404
    site.close()


# Installing


def test_a_workspace_installs_the_app_and_its_token_lies_sealed(tmp_path: Path) -> None:
    site = world(tmp_path).start(single=None, client_id="1.2", client_secret="secret")
    away = httpx.get(f"{site.run.base}/slack/install", trust_env=False)
    state = httpx.URL(away.headers["location"]).params["state"]
    site.slack.oauth_codes["code-1"] = {"team": {"id": TEAM}, "access_token": BOT_TOKEN, "scope": site.slack.scopes}
    back = {"code": "code-1", "state": state}
    address = f"{site.run.base}/slack/oauth_redirect"
    stolen = httpx.get(address, params=back, trust_env=False)
    assert stolen.status_code == 400
    done = httpx.get(address, params=back, headers={"Cookie": f"slack_install={state}"}, trust_env=False)
    assert done.text == "Installed. Open the app in Slack and ask it something.\n"
    assert "Don't send" in words(site.ask("May I send it?"))
    assert BOT_TOKEN.encode() not in (tmp_path / "sendcheck.db").read_bytes()
    site.people.event({"type": "app_uninstalled"})
    site.people.dm(ASHA, "And now?")
    site.settle()
    assert site.run.counted["unknown_workspace"] == 2
    assert site.run.installations.teams() == ()
    site.close()


def test_a_code_that_slack_does_not_know_installs_nothing(tmp_path: Path) -> None:
    site = world(tmp_path).start(single=None, client_id="1.2", client_secret="secret")
    address = f"{site.run.base}/slack/oauth_redirect?code=made-up&state=s"
    answer = httpx.get(address, headers={"Cookie": "slack_install=s"}, trust_env=False)
    assert (answer.status_code, site.run.installations.teams()) == (400, ())
    site.close()


def test_a_users_token_that_was_revoked_changes_nothing(site: World) -> None:
    site.run.installations.keep(TEAM, BOT_TOKEN, "")
    site.people.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    assert site.run.installations.teams() == (TEAM,)
    site.people.event({"type": "tokens_revoked", "tokens": {"bot": ["U1"]}})
    assert site.run.installations.teams() == ()


# The doctor


def test_the_doctor_names_the_scopes_that_are_missing(site: World) -> None:
    whole = checked(site.run.clients, "")
    site.slack.scopes = site.slack.scopes.replace("files:read,", "")
    lacking = checked(site.run.clients, "")
    assert whole.fine
    assert (lacking.fine, "files:read" in lacking.said) == (False, True)


def test_the_doctor_looks_who_reads_the_teams_channel(site: World) -> None:
    said = list(doctor(site.run.clients, site.run.installations, [TEAM_CHANNEL, SHARED]))
    assert [one.fine for one in said] == [True, True, False]


def test_the_doctor_says_that_the_token_is_not_accepted(site: World) -> None:
    site.slack.tokens.clear()
    found = checked(site.run.clients, "")
    assert (found.fine, found.said) == (False, "Slack said invalid_auth.")
