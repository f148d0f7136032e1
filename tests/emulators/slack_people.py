"""What people do in Slack, sent to the app as Slack sends it: signed, and again when it is not acknowledged in time."""

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx

from tests.emulators.slack import APP, BOT_USER, SECRET, TEAM, Json, Slack

ACKNOWLEDGE_WITHIN = 3.0
MOST_SENDINGS = 4  # the first, and three more


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers of a request from Slack (docs.slack.dev/authentication/verifying-requests-from-slack)."""
    moment = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


@dataclass
class People:
    """Everybody in the workspace; `app` is the address of the app's events, or None for Socket Mode."""

    slack: Slack
    app: str | None
    seconds: list[float] = field(default_factory=list)
    """How long each acknowledgement took."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._mark = uuid4().hex[:8]
        self._http = httpx.Client(timeout=ACKNOWLEDGE_WITHIN, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    # Messages

    def dm(self, user: str, text: str, files: tuple[Json, ...] = (), thread: str | None = None, **more: Any) -> Json:
        """Write to the bot directly; gives the message."""
        return self.write(user, self.slack.dm_of(user), text, files, thread, **more)

    def mention(
        self, user: str, channel: str, text: str, files: tuple[Json, ...] = (), thread: str | None = None
    ) -> Json:
        """Mention the bot in a channel: Slack tells of it twice, as a mention and as a message."""
        message = self._post(user, channel, f"<@{BOT_USER}> {text}", files, thread)
        if "channels:history" in self.slack.scopes:
            self.event({**message, "channel": channel, "channel_type": "channel"})
        self.event({**message, "type": "app_mention", "channel": channel})
        return message

    def write(
        self, user: str, channel: str, text: str, files: tuple[Json, ...] = (), thread: str | None = None, **more: Any
    ) -> Json:
        """Write in a conversation the bot is in."""
        message = self._post(user, channel, text, files, thread)
        kind = "im" if self.slack.channels[channel]["is_im"] else "channel"
        self.event({**message, "channel": channel, "channel_type": kind, **more})
        return message

    def edit(self, message: Json, channel: str, text: str) -> None:
        """Edit a message: Slack tells of a changed message, and of a mention again."""
        old = dict(message)
        message |= {"text": text, "edited": {"user": message["user"], "ts": self.slack.next_ts()}}
        changed = {"message": dict(message), "previous_message": old, "subtype": "message_changed"}
        kind = "im" if self.slack.channels[channel]["is_im"] else "channel"
        self.event({"type": "message", "channel": channel, "channel_type": kind, "ts": self.slack.next_ts(), **changed})
        if kind == "channel" and f"<@{BOT_USER}>" in text:
            self.event({**message, "type": "app_mention", "channel": channel})

    def delete(self, message: Json, channel: str) -> None:
        """Delete a message."""
        self.slack.messages[channel].remove(message)
        gone = {"subtype": "message_deleted", "deleted_ts": message["ts"], "previous_message": message}
        kind = "im" if self.slack.channels[channel]["is_im"] else "channel"
        self.event({"type": "message", "channel": channel, "channel_type": kind, "ts": self.slack.next_ts(), **gone})

    def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home or Messages tab."""
        channel = self.slack.dm_of(user)
        self.event({"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": "1.1"})

    def _post(self, user: str, channel: str, text: str, files: tuple[Json, ...], thread: str | None) -> Json:
        message: Json = {"type": "message", "user": user, "text": text, "ts": self.slack.next_ts(), "team": TEAM}
        if files:
            message |= {"files": list(files), "subtype": "file_share"}
        if thread:
            message["thread_ts"] = thread
        self.slack.messages[channel].append(message)
        return message

    # What Slack sends for it

    def event(self, event: Json, event_id: str | None = None, team: str = TEAM) -> Json:
        """Send one event until it is acknowledged; gives the envelope."""
        envelope = {
            "type": "event_callback", "team_id": team, "api_app_id": APP, "event": event,
            "event_time": int(time.time()), "event_id": event_id or f"Ev{self._mark}{next(self._numbers):04d}",
            "authorizations": [{"team_id": team, "is_bot": True}],
        }  # fmt: skip
        self.send_again(envelope)
        return envelope

    def send_again(self, envelope: Json) -> None:
        """Send an envelope as often as Slack would."""
        for number in range(MOST_SENDINGS):
            more = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"} if number else {}
            if self._send("events_api", envelope, json.dumps(envelope).encode(), "application/json", more) is not None:
                return

    def press(self, user: str, message: Json, channel: str, action_id: str, **more: Any) -> Json | None:
        """Press a button of a message, or choose in its select; gives the answer to the request."""
        action = _element(message.get("blocks") or [], action_id)
        if option := more.pop("option", None):
            # One of the lines behind three dots, or of the two thumbs.
            more |= {"selected_option": {"value": option}} if action["type"] == "overflow" else {"value": option}
        return self.interact(
            user, "block_actions", channel={"id": channel}, container={"type": "message", "message_ts": message["ts"]},
            message={key: message[key] for key in ("ts", "text", "blocks", "thread_ts") if key in message},
            actions=[{**action, "action_ts": "1.1", **more}], trigger_id=self.slack.trigger(),
            response_url=self.slack.response_address(),
        )  # fmt: skip

    def press_modal(self, user: str, view: Json, action_id: str) -> Json | None:
        """Press a button inside a dialog."""
        action = _element(view["blocks"], action_id)
        return self.interact(
            user, "block_actions", container={"type": "view", "view_id": view["id"]}, view=view,
            actions=[action], trigger_id=self.slack.trigger(),
        )  # fmt: skip

    def press_home(self, user: str, action_id: str, **more: Any) -> Json | None:
        """Press a button of the Home tab."""
        view = self.slack.homes[user]
        action = _element(view["blocks"], action_id)
        return self.interact(
            user, "block_actions", container={"type": "view"}, view={**view, "id": "VHOME", "type": "home"},
            actions=[{**action, **more}], trigger_id=self.slack.trigger(),
        )  # fmt: skip

    def submit(self, user: str, view: Json, values: dict[str, Any]) -> Json:
        """Send a modal; `values` maps a block_id to what was filled in. The answer may hold errors or the next view."""
        state = {block: {_input(view, block)["action_id"]: filled} for block, filled in values.items()}
        for block in view["blocks"]:
            if block["type"] == "input" and block.get("block_id") not in state:
                state[block["block_id"]] = {block["element"]["action_id"]: _untouched(block["element"])}
        sent = {**view, "state": {"values": state}}
        answer = self.interact(user, "view_submission", view=sent, trigger_id=self.slack.trigger()) or {}
        if answer.get("response_action") in ("push", "update"):
            self.slack._show(answer["view"])  # checks it as Slack does
        return answer

    def shortcut(self, user: str, callback_id: str, message: Json | None = None, channel: str = "") -> Json | None:
        """Use a global shortcut, or one on a message."""
        if message is None:
            return self.interact(user, "shortcut", callback_id=callback_id, trigger_id=self.slack.trigger())
        return self.interact(
            user, "message_action", callback_id=callback_id, trigger_id=self.slack.trigger(), message=message,
            channel={"id": channel}, response_url=self.slack.response_address(), message_ts=message["ts"],
        )  # fmt: skip

    def command(self, user: str, channel: str, text: str, command: str = "/cansend") -> Json | None:
        """Type a slash command."""
        form = {
            "command": command, "text": text, "user_id": user, "channel_id": channel, "team_id": TEAM,
            "api_app_id": APP, "trigger_id": self.slack.trigger(), "response_url": self.slack.response_address(),
        }  # fmt: skip
        return self._send("slash_commands", form, urlencode(form).encode(), "application/x-www-form-urlencoded")

    def interact(self, user: str, kind: str, **payload: Any) -> Json | None:
        """Send one interaction; Slack sends these once."""
        whole = {
            "type": kind,
            "user": {"id": user, "team_id": TEAM},
            "team": {"id": TEAM},
            "api_app_id": APP,
            **payload,
        }
        body = urlencode({"payload": json.dumps(whole)}).encode()
        return self._send("interactive", whole, body, "application/x-www-form-urlencoded")

    def _send(
        self, kind: str, payload: Json, body: bytes, media_type: str, more: dict[str, str] | None = None
    ) -> Json | None:
        began = time.perf_counter()
        try:
            if self.app is None:
                return self.slack.send_through_socket(kind, payload, ACKNOWLEDGE_WITHIN)
            headers = {**signed(body), "Content-Type": media_type, **(more or {})}
            answer = self._http.post(self.app, content=body, headers=headers)
        except httpx.HTTPError:
            return None
        finally:
            self.seconds.append(time.perf_counter() - began)
        if answer.status_code != 200:
            return None
        return dict(answer.json()) if answer.content.startswith(b"{") else {"text": answer.text}


def _element(blocks: list[Json], action_id: str) -> Json:
    for block in blocks:
        for element in (*block.get("elements", []), block.get("accessory") or {}, block.get("element") or {}):
            if element.get("action_id") == action_id:
                kept = {key: element[key] for key in ("type", "action_id", "value", "text") if key in element}
                return {**kept, "block_id": block.get("block_id", "b")}
    known = [e.get("action_id") for b in blocks for e in (*b.get("elements", []), b.get("accessory") or {})]
    raise AssertionError(f"no such action here: {action_id}; there are {[one for one in known if one]}")


def _input(view: Json, block_id: str) -> Json:
    return next(dict(block["element"]) for block in view["blocks"] if block.get("block_id") == block_id)


def _untouched(element: Json) -> Json:
    """What Slack sends for a field that nobody touched."""
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in ("multi_static_select", "checkboxes"):
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": element.get("initial_date_time")}
    return {"type": kind, "files": []}
