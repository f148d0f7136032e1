"""The door in front of Bolt: what is not from Slack, or is no request at all, is refused and counted."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive

from bot.platforms.chat.refusing import Refusals
from bot.platforms.slack.app import SlackApp
from bot.platforms.slack.incoming import PLATFORM

MOST_BYTES = 1024 * 1024
"""Slack's own payloads stay far below; files come by address."""


class Door:
    """The handler of `/slack/events`."""

    def __init__(self, app: SlackApp, signing_secret: str, count: Callable[[str], None]) -> None:
        self._handler = AsyncSlackRequestHandler(app.bolt)
        self._verifier = SignatureVerifier(signing_secret)
        self._refusals = Refusals(PLATFORM, count)

    async def __call__(self, request: Request) -> Response:
        """Check size, age, signature and shape before anything is read from it."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return self._refuse("too_large", 413)
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 16 and signature):
            return self._refuse("unsigned", 401)
        try:
            signed = self._verifier.is_valid(body, stamp, signature)
        except UnicodeDecodeError:
            return self._refuse("not_a_request", 400)
        if not signed:
            return self._refuse("bad_signature", 401)
        if not _is_request(body, request.headers.get("content-type", "")):
            return self._refuse("not_a_request", 400)
        return await self._handler.handle(Request(request.scope, _once(body)))

    def _refuse(self, why: str, status: int) -> Response:
        self._refusals.note(why)
        return PlainTextResponse(f"{why}\n", status_code=status)


def _once(body: bytes) -> Receive:
    """What was read already, for whoever reads it next."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _is_request(body: bytes, media_type: str) -> bool:
    """A JSON object, a form with a JSON object as its payload, or a command."""
    try:
        text = body.decode()
        if media_type.startswith("application/json"):
            return isinstance(json.loads(text), dict)
        form = parse_qs(text)
        if "payload" in form:
            return isinstance(json.loads(form["payload"][0]), dict)
        return "command" in form or "ssl_check" in form
    except ValueError:
        return False
