"""Slack as an app meets it: the Web API, file downloads, Socket Mode and signed events, over loopback.

It checks tokens, the documented limits of every payload, trigger ids and response addresses; it slows down, refuses
with 429, 5xx or any error when told to. What people do in Slack is in slack_people.py.
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.emulators.listening import Listener
from tests.emulators.slack_limits import faults, view_faults

Json = dict[str, Any]
TEAM, APP, BOT_USER, BOT = "T0SITE", "A0CHECK", "U0BOT", "B0BOT"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-site-bot", "xapp-site-socket", "signing-secret-of-the-site"
_SCOPES = {
    "users.info": "users:read",
    "conversations.info": "{kind}:read",
    "conversations.members": "{kind}:read",
    "conversations.open": "im:write",
    "conversations.replies": "{kind}:history",
    "conversations.history": "{kind}:history",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "assistant.threads.setStatus": "assistant:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "files.info": "files:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
"""What each method needs, by the kind of conversation where that matters."""
LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in to Slack</title></head><body>Sign in</body></html>"


@dataclass
class Failure:
    """How the next call of a method goes wrong; `error` alone is a refusal with status 200, as Slack's are."""

    status: int = 200
    error: str = ""
    retry_after: int = 0
    delay: float = 0.0


@dataclass
class Slack:
    """The state of one workspace, and the server in front of it."""

    tokens: dict[str, str] = field(default_factory=lambda: {BOT_TOKEN: TEAM})
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    ephemeral: list[Json] = field(default_factory=list)
    homes: dict[str, Json] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    statuses: list[Json] = field(default_factory=list)
    prompts: list[Json] = field(default_factory=list)
    deferred: list[tuple[str, Json]] = field(default_factory=list)
    """What came to response addresses."""
    calls: list[tuple[str, Json]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Payloads that Slack would not take, with the reason; a test expects none."""
    scopes: str = (
        "app_mentions:read,assistant:write,channels:history,channels:read,chat:write,commands,files:read,files:write,"
        "groups:read,im:history,im:read,im:write,users:read"
    )
    oauth_codes: dict[str, Json] = field(default_factory=dict)
    failures: dict[str, deque[Failure]] = field(default_factory=lambda: defaultdict(deque))
    triggers: dict[str, float] = field(default_factory=dict)
    responses_left: dict[str, int] = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._sockets: list[web.WebSocketResponse] = []
        self._acknowledged: dict[str, asyncio.Future[Json]] = {}
        self._listener = Listener()
        self.add_user(BOT_USER, "sendcheck", is_bot=True)

    # Running

    def start(self) -> "Slack":
        """Listen on a free port of loopback."""
        self.url = self._listener.start(self._add_routes)
        return self

    def stop(self) -> None:
        """Close every socket and stop."""
        self._listener.run(self._close_sockets())
        self._listener.stop()

    def _add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_route("*", "/api/{method}", self._call)
        router.add_get("/files-pri/{id}/{name}", self._download)
        router.add_get("/login", self._login)
        router.add_post("/upload/{id}", self._upload)
        router.add_post("/response/{id}", self._respond)
        router.add_get("/socket", self._socket)

    async def _close_sockets(self) -> None:
        for socket in self._sockets:
            await socket.close()

    # What tests set up

    def add_user(self, id: str, name: str, **more: Any) -> str:  # noqa: A002
        """A member, a guest (`is_restricted=True`) or a stranger from another workspace (`is_stranger=True`)."""
        self.users[id] = {
            "id": id,
            "team_id": TEAM,
            "name": name,
            "real_name": name.title(),
            "tz": "Europe/London",
            **more,
        }
        return id

    def add_channel(self, id: str, members: tuple[str, ...] = (), **more: Any) -> str:  # noqa: A002
        """A channel, by default one inside the workspace."""
        self.channels[id] = {
            "id": id,
            "is_channel": True,
            "is_im": False,
            "is_ext_shared": False,
            "members": members,
            **more,
        }
        return id

    def add_file(self, name: str, content: bytes, user: str = "U0ASHA", **more: Any) -> Json:
        """A file as an event carries it; it needs the bot's token to be read."""
        id_ = f"F{next(self._numbers):06d}"
        address = f"{self.url}/files-pri/{id_}/{name}"
        self.contents[id_] = content
        self.files[id_] = {
            "id": id_, "name": name, "title": name, "size": len(content), "user": user, "mode": "hosted",
            "is_external": False, "file_access": "visible", "mimetype": "application/octet-stream",
            "url_private": address, "url_private_download": address, **more,
        }  # fmt: skip
        return self.files[id_]

    def fail(self, method: str, *failures: Failure) -> None:
        """Let the next calls of a method go wrong, one failure each."""
        self.failures[method].extend(failures)

    def trigger(self) -> str:
        """A trigger id: good once, for three seconds."""
        id_ = f"trigger.{next(self._numbers)}"
        self.triggers[id_] = time.monotonic() + 3
        return id_

    def response_address(self) -> str:
        """A response address: good five times."""
        id_ = str(next(self._numbers))
        self.responses_left[id_] = 5
        return f"{self.url}/response/{id_}"

    def of(self, channel: str, thread: str | None = None) -> list[Json]:
        """What the bot has posted there and not deleted, oldest first."""
        return [
            one for one in self.messages[channel]
            if one.get("user") == BOT_USER and (thread is None or one.get("thread_ts") == thread)
        ]  # fmt: skip

    # Web API

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await self._arguments(request)
        self.calls.append((method, args))
        if self.failures[method]:
            failure = self.failures[method].popleft()
            await asyncio.sleep(failure.delay)
            if failure.status != 200 or failure.retry_after:
                headers = {"Retry-After": str(failure.retry_after)} if failure.retry_after else {}
                status = failure.status if failure.status != 200 else 429
                return web.json_response(
                    {"ok": False, "error": failure.error or "ratelimited"}, status=status, headers=headers
                )
            if failure.error:
                return web.json_response({"ok": False, "error": failure.error})
        answer = self._answer(method, args, _token(request, args))
        headers = {"x-oauth-scopes": self.scopes} if method == "auth.test" else {}
        return web.json_response(answer, headers=headers)

    async def _arguments(self, request: web.Request) -> Json:
        if request.content_type == "application/json":
            body = await request.read()
            return dict(json.loads(body)) if body else {}
        form = await request.post()
        return {key: _maybe_json(key, value) for key, value in {**request.query, **form}.items()}

    def _answer(self, method: str, args: Json, token: str) -> Json:
        handler: Callable[[Json], Json] | None = getattr(self, "_" + method.replace(".", "_"), None)
        if handler is None:
            self.refused.append(f"{method}: unknown method")
            return {"ok": False, "error": "unknown_method"}
        needed = APP_TOKEN if method == "apps.connections.open" else None
        if method != "oauth.v2.access" and (token != needed if needed else token not in self.tokens):
            return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        try:
            self._check_scope(method, args)
            return {"ok": True, **handler(args)}
        except SlackError as refusal:
            if refusal.fault:
                self.refused.append(f"{method}: {refusal.error}: {refusal.fault}")
            return {"ok": False, "error": refusal.error}

    def _auth_test(self, _: Json) -> Json:
        return {
            "team_id": TEAM,
            "team": "Site",
            "user_id": BOT_USER,
            "bot_id": BOT,
            "url": self.url,
            "user": "sendcheck",
        }

    def _oauth_v2_access(self, args: Json) -> Json:
        if args.get("code") not in self.oauth_codes:
            raise SlackError("invalid_code")
        return self.oauth_codes.pop(args["code"])

    def _apps_connections_open(self, _: Json) -> Json:
        return {"url": f"{self.url.replace('http', 'ws')}/socket?ticket={next(self._numbers)}"}

    def _users_info(self, args: Json) -> Json:
        if args.get("user") not in self.users:
            raise SlackError("user_not_found")
        return {"user": self.users[args["user"]]}

    def _conversations_info(self, args: Json) -> Json:
        return {"channel": self._channel(args)}

    def _conversations_members(self, args: Json) -> Json:
        return {"members": list(self._channel(args)["members"]), "response_metadata": {"next_cursor": ""}}

    def _conversations_open(self, args: Json) -> Json:
        user = args.get("users") or ""
        if user not in self.users:
            raise SlackError("user_not_found")
        return {"channel": {"id": self.dm_of(user)}}

    def dm_of(self, user: str) -> str:
        """The direct conversation of a user with the bot."""
        id_ = "D" + user[1:]
        if id_ not in self.channels:
            self.add_channel(id_, (user, BOT_USER), is_channel=False, is_im=True, user=user)
        return id_

    def _conversations_replies(self, args: Json) -> Json:
        channel, ts = self._channel(args)["id"], args.get("ts")
        found = [one for one in self.messages[channel] if ts in (one["ts"], one.get("thread_ts"))]
        if not found:
            raise SlackError("thread_not_found")
        start = int(args.get("cursor") or 0)
        end = start + int(args.get("limit") or 100)
        cursor = str(end) if end < len(found) else ""
        return {"messages": found[start:end], "response_metadata": {"next_cursor": cursor}}

    def _conversations_history(self, args: Json) -> Json:
        newest = list(reversed(self.messages[self._channel(args)["id"]]))
        return {"messages": newest[: int(args.get("limit") or 100)], "has_more": False}

    def _chat_getPermalink(self, args: Json) -> Json:
        return {
            "permalink": f"https://site.slack.example/archives/{args['channel']}/p{args['message_ts'].replace('.', '')}"
        }

    def _chat_postMessage(self, args: Json) -> Json:
        channel = args.get("channel") or ""
        if channel.startswith("U"):
            channel = self.dm_of(channel)
        self._channel({"channel": channel})
        self._check_message(args)
        message = {
            "type": "message", "ts": self.next_ts(), "user": BOT_USER, "bot_id": BOT, "text": args.get("text", ""),
            "blocks": self._named(args.get("blocks") or []), "metadata": args.get("metadata"),
        }  # fmt: skip
        if args.get("thread_ts"):
            message["thread_ts"] = args["thread_ts"]
        self.messages[channel].append(message)
        return {"channel": channel, "ts": message["ts"], "message": message}

    def _named(self, blocks: list[Json]) -> list[Json]:
        """Slack gives an id to each block that has none."""
        return [{"block_id": f"b{next(self._numbers)}", **block} for block in blocks]

    def _chat_update(self, args: Json) -> Json:
        self._check_message(args)
        message = self._find(args)
        # With text alone the old blocks are dropped.
        message |= {"text": args.get("text", ""), "blocks": args.get("blocks", []), "edited": {"ts": self.next_ts()}}
        return {"channel": args["channel"], "ts": message["ts"], "message": message}

    def _chat_delete(self, args: Json) -> Json:
        self.messages[args["channel"]].remove(self._find(args))
        return {"ts": args["ts"]}

    def _chat_postEphemeral(self, args: Json) -> Json:
        channel = self._channel(args)
        if args.get("user") not in channel["members"]:
            raise SlackError("user_not_in_channel")
        self._check_message(args)
        self.ephemeral.append({**args, "ts": self.next_ts(), "blocks": self._named(args.get("blocks") or [])})
        return {"message_ts": self.next_ts()}

    def _assistant_threads_setStatus(self, args: Json) -> Json:
        if not args.get("channel_id") or not args.get("thread_ts") or "status" not in args:
            raise SlackError("invalid_arguments", "channel_id, thread_ts and status are needed")
        if len(args.get("loading_messages") or []) > 10:
            raise SlackError("invalid_arguments", "more than 10 loading messages")
        self.statuses.append(dict(args))
        return {}

    def _assistant_threads_setSuggestedPrompts(self, args: Json) -> Json:
        prompts = args.get("prompts") or []
        if not 1 <= len(prompts) <= 4 or any(not one.get("title") or not one.get("message") for one in prompts):
            raise SlackError("invalid_arguments", "one to four prompts with title and message")
        if args.get("thread_ts"):
            raise SlackError("invalid_arguments", "thread_ts is for the old assistant surface")
        self.prompts.append(dict(args))
        return {}

    def _views_open(self, args: Json) -> Json:
        self._use_trigger(args)
        return self._show(args.get("view") or {})

    def _views_push(self, args: Json) -> Json:
        return self._views_open(args)

    def _views_update(self, args: Json) -> Json:
        view = next((one for one in self.views.values() if one["id"] == args.get("view_id")), None)
        if view is None:
            raise SlackError("not_found")
        self._check_view(args.get("view") or {})
        view |= args["view"]
        return {"view": view}

    def _views_publish(self, args: Json) -> Json:
        self._check_view(args.get("view") or {})
        self.homes[args["user_id"]] = args["view"]
        return {"view": {"id": f"V{next(self._numbers)}", **args["view"]}}

    def _files_info(self, args: Json) -> Json:
        if args.get("file") not in self.files:
            raise SlackError("file_not_found")
        return {"file": {**self.files[args["file"]], "file_access": "visible"}}

    def _files_getUploadURLExternal(self, args: Json) -> Json:
        id_ = f"F{next(self._numbers):06d}"
        self.files[id_] = {"id": id_, "name": args["filename"], "size": int(args["length"]), "user": BOT_USER}
        self.files[id_] |= {"alt_txt": args["alt_txt"]} if args.get("alt_txt") else {}
        return {"upload_url": f"{self.url}/upload/{id_}", "file_id": id_}

    def _files_completeUploadExternal(self, args: Json) -> Json:
        shared = [self.files[one["id"]] | {"title": one.get("title", "")} for one in args["files"]]
        if channel := args.get("channel_id") or args.get("channels"):
            message = {"type": "message", "ts": self.next_ts(), "user": BOT_USER, "files": shared, "text": ""}
            message["text"] = args.get("initial_comment", "")
            if args.get("thread_ts"):
                message["thread_ts"] = args["thread_ts"]
            self.messages[channel].append(message)
        return {"files": shared}

    # Checks of what comes in

    def next_ts(self) -> str:
        """Slack's message id: seconds and a counter, unique in a channel."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def _check_scope(self, method: str, args: Json) -> None:
        channel = self.channels.get(str(args.get("channel") or args.get("channel_id") or ""), {})
        needed = _SCOPES.get(method, "").format(kind="im" if channel.get("is_im") else "channels")
        if needed and needed not in self.scopes.split(","):
            raise SlackError("missing_scope")

    def _channel(self, args: Json) -> Json:
        channel = args.get("channel") or ""
        if channel not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel]

    def _find(self, args: Json) -> Json:
        for message in self.messages[args.get("channel") or ""]:
            if message["ts"] == args.get("ts"):
                if message["user"] != BOT_USER:
                    raise SlackError("cant_update_message")
                return message
        raise SlackError("message_not_found")

    def _check_message(self, args: Json) -> None:
        if not args.get("text") and not args.get("blocks"):
            raise SlackError("no_text", "neither text nor blocks")
        if len(args.get("text") or "") > 40_000:
            raise SlackError("msg_too_long", "text")
        if args.get("blocks") and not args.get("text"):
            raise SlackError("invalid_blocks", "no text beside the blocks for notifications")
        if found := faults(args.get("blocks") or [], "message"):
            raise SlackError("invalid_blocks", "; ".join(found))

    def _check_view(self, view: Json) -> None:
        if found := view_faults(view):
            raise SlackError("invalid_arguments", "; ".join(found))

    def _use_trigger(self, args: Json) -> None:
        ends = self.triggers.pop(args.get("trigger_id") or "", None)
        if ends is None:
            raise SlackError("exchanged_trigger_id", "unknown or used trigger id")
        if ends < time.monotonic():
            raise SlackError("expired_trigger_id")

    def _show(self, view: Json) -> Json:
        self._check_view(view)
        id_ = f"V{next(self._numbers)}"
        self.views[id_] = {"id": id_, "team_id": TEAM, "state": {"values": {}}, "hash": id_, **view}
        return {"view": self.views[id_]}

    # Files, response addresses, sockets

    async def _download(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            raise web.HTTPFound("/login")
        content = self.contents.get(request.match_info["id"])
        if content is None:
            return web.Response(status=404, text="file_deleted")
        return web.Response(body=content, content_type="application/octet-stream")

    async def _login(self, _: web.Request) -> web.Response:
        return web.Response(body=LOGIN_PAGE, content_type="text/html")

    async def _upload(self, request: web.Request) -> web.Response:
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            part: Any = next(iter(form.values()))
            self.contents[request.match_info["id"]] = part.file.read() if hasattr(part, "file") else str(part).encode()
        else:
            self.contents[request.match_info["id"]] = await request.read()
        return web.Response(text="OK")

    async def _respond(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        if self.responses_left.get(id_, 0) <= 0:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        self.responses_left[id_] -= 1
        body = await request.json()
        if found := faults(body.get("blocks") or [], "message"):
            self.refused.append(f"response address: {'; '.join(found)}")
        self.deferred.append((id_, body))
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await socket.send_json(
            {"type": "hello", "num_connections": len(self._sockets), "connection_info": {"app_id": APP}}
        )
        async for message in socket:
            if message.type is WSMsgType.TEXT and (answer := _maybe_object(message.data)):
                waiting = self._acknowledged.pop(answer.get("envelope_id", ""), None)
                if waiting and not waiting.done():
                    waiting.set_result(answer.get("payload") or {})
        self._sockets.remove(socket)
        return socket

    @property
    def connected(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    def disconnect(self) -> None:
        """Close every socket, as Slack does now and then."""

        async def close() -> None:
            for socket in list(self._sockets):
                await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
                await socket.close()

        self._listener.run(close(), 5)

    def send_through_socket(self, kind: str, payload: Json, seconds: float = 3.0) -> Json | None:
        """Send one envelope; gives what came with the acknowledgement, None when there was none in time."""

        async def send() -> Json | None:
            envelope = f"env-{next(self._numbers)}"
            waiting = self._acknowledged[envelope] = self._listener.loop.create_future()
            await self._sockets[-1].send_json(
                {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
            )
            try:
                return await asyncio.wait_for(waiting, seconds)
            except TimeoutError:
                return None

        return self._listener.run(send(), seconds + 5)


class SlackError(Exception):
    """A call is refused; `fault` says what a real payload must not do."""

    def __init__(self, error: str, fault: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.fault = fault


def _token(request: web.Request, args: Json) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token") or "")


def _maybe_json(key: str, value: Any) -> Any:
    if key in {"blocks", "view", "files", "prompts", "metadata", "loading_messages"} and isinstance(value, str):
        return json.loads(value)
    return value


def _maybe_object(text: str) -> Json | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
