"""What people do in Teams, sent to the app as Teams sends it: signed, and again when it is not acknowledged in time."""

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.emulators.teams import BOT, CHANNEL, TENANT, Json, Teams
from tests.emulators.teams_limits import dialog_faults

MOST_SENDINGS = 3
SECONDS = 15.0
HOLDING = ("Reading ", "Checking your file", "Making the copy")
"""How messages begin that only hold the place of what is to come."""


@dataclass
class People:
    """Everybody in the tenant; `app` is the address of the app's `/api/messages`."""

    teams: Teams
    app: str
    signs: bool = True
    seconds: list[float] = field(default_factory=list)
    """How long each acknowledgement took."""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._http = httpx.Client(timeout=SECONDS, trust_env=False)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    # Messages

    def write(self, user: str, text: str, files: tuple[Json, ...] = (), **more: Any) -> Json:
        """Write to the app in the chat with it alone."""
        words = {"contentType": "text/html", "content": f"<div><div>{text}</div></div>"}
        return self.send(self.activity(user, "message", text=text, attachments=[*files, words], **more))

    def mention(self, user: str, text: str, chat: str = CHANNEL, thread: str = "1700", **more: Any) -> Json:
        """Mention the app in a channel or a group chat."""
        return self.send(self.mentioning(user, text, chat, thread, **more))

    def mentioning(self, user: str, text: str, chat: str = CHANNEL, thread: str = "1700", **more: Any) -> Json:
        """A message that mentions the app, not sent yet."""
        where = f"{chat};messageid={thread}" if chat == CHANNEL else chat
        mentioned = {"type": "mention", "mentioned": {"id": BOT, "name": "Check"}, "text": "<at>Check</at>"}
        return self.activity(user, "message", chat=where, text=f"<at>Check</at> {text}", entities=[mentioned], **more)

    def edit(self, message: Json, text: str) -> Json:
        """Edit a message."""
        more = {"channelData": {**message["channelData"], "eventType": "editMessage"}}
        return self.send({**message, **more, "type": "messageUpdate", "text": text, "timestamp": _now()})

    def delete(self, message: Json) -> Json:
        """Delete a message."""
        more = {"channelData": {**message["channelData"], "eventType": "softDeleteMessage"}}
        return self.send({**message, **more, "type": "messageDelete", "text": "", "timestamp": _now()})

    def react(self, user: str, message: Json) -> Json:
        """Put a heart under a message."""
        return self.send(
            self.activity(user, "messageReaction", replyToId=message["id"], reactionsAdded=[{"type": "heart"}])
        )  # fmt: skip

    def install(self, user: str) -> None:
        """Install the app: Teams tells of it twice."""
        both = [{"id": user}, {"id": BOT}]
        self.send(self.activity(user, "conversationUpdate", membersAdded=both))
        self.send(self.activity(user, "installationUpdate", action="add"))

    # Buttons and dialogs

    def press(self, user: str, message: Json, title: str, chat: str = "", **inputs: str) -> Json:
        """Press a button of a card; gives the answer to the request."""
        action = _button(message, title)
        data = {**action.get("data", {}), **inputs}
        if action.get("associatedInputs") != "none":
            needed = {one["id"] for one in _inputs(message.get("attachments") or []) if one.get("isRequired")}
            assert needed <= set(inputs), f"Teams asks for {needed - set(inputs)} first"
        if action["type"] == "Action.Execute":
            value: Json = {"action": {"type": action["type"], "verb": action["verb"], "id": action["id"], "data": data}}
            return self.invoke(user, "adaptiveCard/action", value, chat, replyToId=message.get("id"))
        if (data.get("msteams") or {}).get("type") == "task/fetch":
            return self.dialog(user, "task/fetch", {"data": data, "context": {"theme": "default"}}, chat)
        return self.submit_in_chat(user, data, chat)

    def submit_in_chat(self, user: str, data: Json, chat: str = "") -> Json:
        """What a client without Execute and without dialogs does: a message with a value and no words."""
        return self.send(self.activity(user, "message", chat=chat, value=data))

    def submit(self, user: str, dialog: Json, chat: str = "", name: str = "task/submit", **fields: str) -> Json:
        """Fill in a dialog and send it; gives what follows."""
        card = dialog["task"]["value"]["card"]["content"]
        action = next(one for one in _actions(card) if one["type"] == "Action.Submit")
        filled = {one["id"]: one["value"] for one in _inputs(card) if one.get("value")}
        filled |= {f"field-{key}": value for key, value in fields.items()}
        return self.dialog(user, name, {"data": {**action["data"], **filled}}, chat)

    def dialog(self, user: str, name: str, value: Json, chat: str = "") -> Json:
        """An invoke whose answer is a dialog; it is checked as Teams does."""
        body = self.invoke(user, name, value, chat)
        if "composeExtension" not in body:
            faults = dialog_faults(body)
            assert faults == [], faults
        return body

    def extension(self, user: str, command: str, text: str = "", context: str = "message") -> Json:
        """Use the message extension, on a message or in the compose box."""
        payload = {"id": "1", "body": {"contentType": "html", "content": f"<div>{text}</div>"}}
        value = {"commandId": command, "commandContext": context, "messagePayload": payload if text else None}
        return self.dialog(user, "composeExtension/fetchTask", value, chat="19:elsewhere@thread.v2")

    def feel(self, user: str, message: Json, reaction: str, text: str = "") -> Json:
        """Press the thumb under a message."""
        value = {"actionName": "feedback", "actionValue": {"reaction": reaction, "feedback": _feedback(text)}}
        return self.invoke(user, "message/submitAction", value, replyToId=message["id"])

    def consent(self, user: str, message: Json, action: str, upload: Json | None = None) -> Json:
        """Accept or decline a copy."""
        card = message["attachments"][0]["content"]
        context = card["acceptContext"] if action == "accept" else card["declineContext"]
        value = {"type": "fileUpload", "action": action, "context": context, "uploadInfo": upload}
        return self.invoke(user, "fileConsent/invoke", value, replyToId=message["id"])

    # What Teams sends for it

    def invoke(self, user: str, name: str, value: Json, chat: str = "", **more: Any) -> Json:
        """Send an invoke; gives the body of the answer."""
        answer = self.post(self.activity(user, "invoke", chat=chat, name=name, value=value, **more))
        assert answer.status_code == 200, answer.status_code
        return dict(answer.json()) if answer.content else {}

    def activity(self, user: str, kind: str, chat: str = "", **more: Any) -> Json:
        """An activity as Teams makes it."""
        where = chat or self.teams.chat_of(user)
        what = "personal" if where.startswith("a:") else "channel" if "tacv2" in where else "groupChat"
        tenant = more.pop("tenant", TENANT)
        sender = {"id": user, "name": user.removeprefix("29:").title(), "aadObjectId": f"aad-{user[3:]}"}
        return {
            "type": kind, "id": f"{next(self._numbers)}", "timestamp": _now(), "serviceUrl": self.teams.service,
            "channelId": "msteams", "from": sender, "recipient": {"id": BOT, "name": "Check"},
            "conversation": {"id": where, "conversationType": what, "tenantId": tenant, "isGroup": what != "personal"},
            "channelData": {"tenant": {"id": tenant}}, "locale": "en-GB", "textFormat": "plain", **more,
        }  # fmt: skip

    def send(self, activity: Json) -> Json:
        """Send an activity as often as Teams would; gives it. Raises AssertionError when it was never taken."""
        answers: list[str] = []
        for _ in range(MOST_SENDINGS):
            try:
                answer = self.post(activity)
            except httpx.HTTPError as error:
                answers.append(type(error).__name__)
                time.sleep(0.2)
            else:
                if answer.status_code < 300:
                    return activity
                answers.append(str(answer.status_code))
        raise AssertionError(f"the app took it at none of {MOST_SENDINGS} sendings: {', '.join(answers)}")

    def post(self, activity: Json | bytes, header: str | None = "own") -> httpx.Response:
        """Send anything; with the right token unless another header is given."""
        headers = {"Content-Type": "application/json"}
        if header == "own" and self.signs:
            headers["Authorization"] = f"Bearer {self.teams.token()}"
        elif header and header != "own":
            headers["Authorization"] = header
        began = time.perf_counter()
        try:
            if isinstance(activity, bytes):
                return self._http.post(self.app, content=activity, headers=headers)
            return self._http.post(self.app, json=activity, headers=headers)
        finally:
            self.seconds.append(time.perf_counter() - began)

    def wait(self, chat: str, many: int = 1, seconds: float = 20.0) -> list[Json]:
        """What the app has posted in a conversation, once so much stands there and nothing is on its way any more."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            found = self.teams.of(chat)
            if len(found) >= many and not any(_is_holding(one) for one in found):
                return found
            time.sleep(0.02)
        raise AssertionError(f"{len(self.teams.of(chat))} messages after {seconds} s, and {many} were expected")


def words_of(message: Json) -> str:
    """All words of a card, in order."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.extend(str(value[name]) for name in ("text", "title", "label") if isinstance(value.get(name), str))
            for name, part in value.items():
                if name not in ("data", "fallback"):
                    walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    for attachment in message.get("attachments") or []:
        walk(attachment.get("content"))
    return "\n".join(found)


def titles(message: Json) -> list[str]:
    """The words on the buttons of a message."""
    return [str(one["title"]) for a in message.get("attachments") or [] for one in _actions(a.get("content"))]


def _is_holding(message: Json) -> bool:
    """Whether a message only holds the place of what is to come."""
    return str(message.get("summary") or "").startswith(HOLDING) and not titles(message)


def _button(message: Json, title: str) -> Json:
    for attachment in message.get("attachments") or []:
        for one in _actions(attachment.get("content")):
            if one["title"] == title:
                return one
    raise AssertionError(f"no such button here: {title}; there are {titles(message)}")


def _actions(value: Any) -> list[Json]:
    if isinstance(value, dict):
        if str(value.get("type", "")).startswith("Action."):
            return [value]
        return [one for part in value.values() for one in _actions(part)]
    return [one for part in value for one in _actions(part)] if isinstance(value, list) else []


def _inputs(value: Any) -> list[Json]:
    if isinstance(value, dict):
        mine = [value] if str(value.get("type", "")).startswith("Input.") else []
        return [*mine, *(one for part in value.values() for one in _inputs(part))]
    return [one for part in value for one in _inputs(part)] if isinstance(value, list) else []


def _feedback(text: str) -> str:
    return '{"feedbackText":"' + text + '"}'


def _now() -> str:
    return datetime.now(UTC).isoformat()
