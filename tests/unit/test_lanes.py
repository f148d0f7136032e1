"""What reads files is told from what does not, so that questions never wait for others' files."""

import json
from typing import Any

import pytest

from bot.platforms.slack import lanes as slack
from bot.platforms.slack.blocks import SEPARATOR
from bot.platforms.slack.outgoing import COPY
from bot.platforms.slack.presses import PRIVATE_CHECK
from bot.platforms.teams import lanes as teams
from bot.platforms.teams.blocks import KEY
from bot.platforms.teams.incoming import FILE

MESSAGE = {"type": "message", "channel": "D1", "ts": "1.1", "user": "U1", "text": '"files": what may go?'}


def pressed(action_id: str, value: str) -> dict[str, Any]:
    return {"type": "block_actions", "actions": [{"action_id": action_id, "value": value}]}


def form(*files: dict[str, str]) -> dict[str, Any]:
    return {"type": "view_submission", "view": {"state": {"values": {"files": {"files": {"files": list(files)}}}}}}


@pytest.mark.parametrize(
    "event, long",
    [
        ({"event": MESSAGE}, False),
        ({"event": {**MESSAGE, "files": [{"id": "F1"}]}}, True),
        ({"event": {**MESSAGE, "subtype": "message_changed", "message": {"files": [{"id": "F1"}]}}}, True),
        ({"type": "message_action", "message": {"text": "hello", "files": [{"id": "F1"}]}}, True),
        ({"type": "message_action", "message": {"text": "hello"}}, False),
        (form({"id": "F1"}), True),
        (form(), False),
        (pressed(SEPARATOR.join((COPY, "redacted", "F1")), "F1"), True),
        (pressed(PRIVATE_CHECK, "F1,F2"), True),
        (pressed(SEPARATOR.join(("act", "answer.helpful", "0")), "A-1"), False),
        ({"command": "/cansend", "text": "can I email it?"}, False),
    ],
)
def test_slack_events_that_read_files_are_long(event: dict[str, Any], long: bool) -> None:
    assert slack.reads_files(json.dumps(event).encode()) is long


@pytest.mark.parametrize(
    "activity, long",
    [
        ({"type": "message", "text": "can I email it?", "attachments": [{"contentType": "text/html"}]}, False),
        ({"type": "message", "attachments": [{"contentType": FILE}]}, True),
        ({"type": "messageUpdate", "attachments": [{"contentType": "image/png"}]}, True),
        ({"type": "message", "value": {KEY: {"do": "copy", "kind": "redacted", "file": "1"}}}, True),
        ({"type": "invoke", "value": {"action": {"data": {KEY: {"do": "copy"}}}}}, True),
        ({"type": "invoke", "value": {"action": {"data": {KEY: {"do": "clarify"}}}}}, False),
        ({"type": "invoke", "name": "fileConsent/invoke", "value": {"action": "accept"}}, True),
        ({"type": "invoke", "name": "message/submitAction", "value": [1]}, False),
    ],
)
def test_teams_activities_that_read_files_are_long(activity: dict[str, Any], long: bool) -> None:
    assert teams.reads_files(json.dumps(activity).encode()) is long
