"""Teams as an app meets it: the connector, its tokens and keys, files and pictures, over loopback.

It checks our token, validates every activity against Teams' limits and the schema of Adaptive Cards, and slows down or
refuses with 429 or 5xx when told to. What people do in Teams is in teams_people.py.
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import uuid4

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.emulators.listening import Listener
from tests.emulators.teams_limits import message_faults

Json = dict[str, Any]
APP_ID, APP_SECRET = "0c0ffee0-5e4d-4c8e-9b1a-000000000001", "secret-of-the-app"
TENANT, OTHER_TENANT = "7e4a4000-0000-4000-8000-000000000001", "7e4a4000-0000-4000-8000-000000000002"
BOT = f"28:{APP_ID}"
ISSUER = "https://api.botframework.com"
OUR_TOKEN = "token-of-the-app"
CHANNEL, GROUP = "19:general@thread.tacv2", "19:group@thread.v2"


@cache
def _first_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Failure:
    """How the next call goes wrong."""

    status: int
    """0 when it goes well after all."""
    retry_after: int = 0
    before: float = 0.0
    """Seconds until then."""
    kept: bool = False
    """True when the call is done all the same, and only its answer is lost."""


@dataclass
class Teams:
    """The state of one tenant, and the server in front of it."""

    members: dict[str, Json] = field(default_factory=dict)
    rosters: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    activities: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))
    """What the app has posted and not deleted, by conversation, oldest first."""
    typing: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, bytes | None] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[str, str, float]] = field(default_factory=list)
    """(method, path, when)."""
    history: list[tuple[str, Json]] = field(default_factory=list)
    """Each version of each activity, with its conversation, in the order they came."""
    refused: list[str] = field(default_factory=list)
    """What Teams would not take, with the reason; a test expects none."""
    failures: deque[Failure] = field(default_factory=deque)
    tokens: set[str] = field(default_factory=lambda: {OUR_TOKEN})
    needs_token: bool = True
    uninstalled: set[str] = field(default_factory=set)
    """People that the app is not installed for, so that it can open no chat with them."""
    keys_away: bool = False
    """True while nobody can have the keys that tokens are signed with."""
    file_tokens: list[str] = field(default_factory=list)
    """Authorization headers that came to the file host; a test expects none."""
    url: str = ""

    def __post_init__(self) -> None:
        self.keys = {"key-1": _first_key()}
        # Clients keep keys by this address, and ports are used again: without it one test would get another's keys.
        self._metadata_path = f"/{uuid4().hex}/.well-known/openidconfiguration"
        self.published = ["key-1"]
        self._numbers = itertools.count(1)
        self._listener = Listener()

    # Running

    def start(self) -> "Teams":
        """Listen on a free port of loopback."""
        self.url = self._listener.start(self._add_routes)
        return self

    def stop(self) -> None:
        """Stop listening."""
        self._listener.stop()

    def _add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get(self._metadata_path, self._metadata)
        router.add_get("/keys", self._keys)
        router.add_route("*", "/connector/v3/{path:.*}", self._connector)
        router.add_get("/files/{id}", self._file)
        router.add_put("/upload/{id}", self._upload)

    @property
    def service(self) -> str:
        """The address of the connector, as activities name it."""
        return f"{self.url}/connector/"

    @property
    def metadata_url(self) -> str:
        """Where the keys that tokens are signed with are told."""
        return f"{self.url}{self._metadata_path}"

    # What tests set up

    def add_person(self, name: str, *chats: str, tenant: str = TENANT, **more: Any) -> str:
        """A member of the tenant, or with `userRole="guest"` or another tenant somebody from outside."""
        id_ = f"29:{name}"
        named = f"{name}@site.example"
        self.members[id_] = {
            "id": id_, "name": name.title(), "tenantId": tenant, "userRole": "user", "userPrincipalName": named,
            "aadObjectId": f"aad-{name}", **more,
        }  # fmt: skip
        for chat in (self.chat_of(id_), *chats):
            self.rosters[chat].append(id_)
        return id_

    @staticmethod
    def chat_of(user: str) -> str:
        """The chat of one person with the app."""
        return f"a:{user.removeprefix('29:')}"

    def add_file(self, name: str, content: bytes, **more: Any) -> Json:
        """A file as a message in a personal chat carries it: its link needs no token, and the words come once more."""
        id_ = f"f{next(self._numbers)}"
        self.files[id_] = content
        inside = {"downloadUrl": f"{self.url}/files/{id_}", "uniqueId": id_, "fileType": name.rpartition(".")[2]}
        return {
            "contentType": "application/vnd.microsoft.teams.file.download.info",
            "contentUrl": f"https://site-my.sharepoint.com/{name}", "name": name, "content": {**inside, **more},
        }  # fmt: skip

    def add_picture(self, content: bytes) -> Json:
        """A pasted picture: kept at the connector, and read with the app's token."""
        id_ = f"p{next(self._numbers)}"
        self.pictures[id_] = content
        return {"contentType": "image/png", "contentUrl": f"{self.service}v3/attachments/{id_}/views/original"}

    def add_upload(self) -> Json:
        """Where an accepted copy may be put."""
        id_ = f"u{next(self._numbers)}"
        self.uploads[id_] = None
        return {
            "contentUrl": f"https://site-my.sharepoint.com/{id_}.pdf", "name": f"{id_}.pdf", "uniqueId": id_,
            "fileType": "pdf", "uploadUrl": f"{self.url}/upload/{id_}",
        }  # fmt: skip

    def fail(self, *failures: Failure) -> None:
        """Let the next calls of the connector go wrong, one failure each."""
        self.failures.extend(failures)

    def rotate(self, *, publish: bool = True) -> None:
        """Sign with a new key from now on."""
        name = f"key-{len(self.keys) + 1}"
        self.keys[name] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if publish:
            self.published.append(name)

    def token(self, **more: Any) -> str:
        """A token as Teams sends it; `more` replaces claims (None leaves one out), `kid`, `key` and `alg` the rest."""
        kid = more.pop("kid", list(self.keys)[-1])
        key = more.pop("key", self.keys.get(kid) or next(iter(self.keys.values())))
        alg = more.pop("alg", "RS256")
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": APP_ID, "serviceurl": self.service, "nbf": now - 60, "exp": now + 3600, **more}
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid} if kid else {})

    def of(self, chat: str) -> list[Json]:
        """What the app has posted there and not deleted, oldest first."""
        return list(self.activities[chat])

    # Keys and connector

    async def _metadata(self, _: web.Request) -> web.Response:
        if self.keys_away:
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        def public(name: str) -> Json:
            made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.keys[name].public_key()))
            return {**made, "kid": name, "use": "sig", "endorsements": ["msteams"]}

        return web.json_response({"keys": [public(name) for name in self.published]})

    async def _connector(self, request: web.Request) -> web.Response:
        self.calls.append((request.method, request.match_info["path"], time.monotonic()))
        if self.needs_token and request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return web.json_response({"error": {"code": "Unauthorized"}}, status=401)
        failure = self.failures.popleft() if self.failures else None
        failure = failure if failure and failure.status else None
        if failure:
            await asyncio.sleep(failure.before)
        if failure and not failure.kept:
            headers = {"Retry-After": str(failure.retry_after)} if failure.retry_after else {}
            return web.json_response({"error": {"code": "told to"}}, status=failure.status, headers=headers)
        answer = await self._answer(request)
        return web.json_response({}, status=failure.status) if failure else answer

    async def _answer(self, request: web.Request) -> web.Response:
        what, *parts = request.match_info["path"].strip("/").split("/")
        body = await request.json() if request.can_read_body else {}
        if what == "attachments":
            return web.Response(body=self.pictures[parts[0]], content_type="image/png")
        if what != "conversations":
            return web.json_response({}, status=404)
        if not parts:
            return self._open(body)
        chat, rest = parts[0], parts[1:]
        if rest[:1] == ["activities"]:
            return self._activity(request.method, chat, rest[1:], body)
        if rest == ["pagedmembers"] and chat.partition(";")[0] in self.rosters:
            return web.json_response({"members": [self.members[one] for one in self.rosters[chat.partition(";")[0]]]})
        if rest[:1] == ["members"] and rest[1] in self.rosters[chat.partition(";")[0]]:
            return web.json_response(self.members[rest[1]])
        return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)

    def _open(self, body: Json) -> web.Response:
        # Somebody is named by their id in Teams or in Microsoft Entra.
        named = body["members"][0]["id"]
        user = next((id_ for id_, one in self.members.items() if named in (id_, one["aadObjectId"])), "")
        tenant = body.get("tenantId") or body.get("tenantID")
        if user in self.uninstalled or user not in self.members or tenant != self.members[user]["tenantId"]:
            return web.json_response({"error": {"code": "Forbidden"}}, status=403)
        return web.json_response({"id": self.chat_of(user)}, status=201)

    def _activity(self, method: str, chat: str, rest: list[str], body: Json) -> web.Response:
        mine = self.activities[chat]
        if method == "POST":
            return self._post(chat, body)
        found = next((one for one in mine if one["id"] == rest[0]), None)
        if found is None:
            return web.json_response({"error": {"code": "ActivityNotFoundInConversation"}}, status=404)
        if method == "DELETE":
            mine.remove(found)
            return web.Response(status=200)
        if faults := message_faults(body):
            return self._refuse(faults)
        mine[mine.index(found)] = {**body, "id": rest[0]}
        self.history.append((chat, {**body, "id": rest[0]}))
        return web.json_response({"id": rest[0]})

    def _post(self, chat: str, body: Json) -> web.Response:
        if faults := message_faults(body):
            return self._refuse(faults)
        if body["type"] == "typing":
            self.typing.append(chat)
            return web.json_response({"id": ""}, status=201)
        id_ = f"1:{next(self._numbers)}"
        self.activities[chat].append({**body, "id": id_})
        self.history.append((chat, {**body, "id": id_}))
        return web.json_response({"id": id_}, status=201)

    def _refuse(self, faults: list[str]) -> web.Response:
        self.refused += faults
        return web.json_response({"error": {"code": "BadSyntax"}}, status=400)

    # Files

    async def _file(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            self.file_tokens.append(request.headers["Authorization"])
        id_ = request.match_info["id"]
        if id_ in self.redirects:
            return web.Response(status=302, headers={"Location": self.redirects[id_]})
        if id_ not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[id_])

    async def _upload(self, request: web.Request) -> web.Response:
        content, id_ = await request.read(), request.match_info["id"]
        wanted = f"bytes 0-{len(content) - 1}/{len(content)}"
        if self.uploads.get(id_, b"") is not None or request.headers.get("Content-Range") != wanted:
            return web.Response(status=409)
        self.uploads[id_] = content
        return web.Response(status=201)
