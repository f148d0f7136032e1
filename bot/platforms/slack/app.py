"""Slack's requests, by HTTP or a socket: what can wait is kept and acknowledged, what needs a dialog is done."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import anyio.to_thread
import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ports.post import DeliveryError
from bot.logs import where
from bot.platforms.slack.blocks import FORM, asked_for
from bot.platforms.slack.dialogs import Dialogs
from bot.platforms.slack.forms import is_filled_in
from bot.platforms.slack.home import OPEN_CHECK
from bot.platforms.slack.site import Site
from bot.turns import Turns

CHECK_MESSAGE = "check_message"
"""Callback id of the shortcut on a message."""
COMMANDS_WITH_A_DIALOG = frozenset({"check", "report"})
_EVERYTHING = re.compile(".*", re.S)
Json = dict[str, Any]
log = structlog.get_logger("sendcheck.slack")


class SlackApp:
    """Bolt, told what to do with each kind of request."""

    def __init__(
        self, site: Site, turns: Turns, signing_secret: str | None, uninstalled: Callable[[str], None]
    ) -> None:
        """Without a `signing_secret` only a socket may bring requests; `uninstalled` forgets a workspace."""
        self._site = site
        self._turns = turns
        self._uninstalled = uninstalled
        self._dialogs = Dialogs(site)
        self.bolt = AsyncApp(
            name="slack_bolt",  # its warnings quote what people typed, so that they are told by this name
            signing_secret=signing_secret or "a socket needs none",
            authorize=_authorizing(site),  # type: ignore[arg-type]  # it may give nothing, as Bolt's own base class says
            before_authorize=self._keep,
            client=AsyncWebClient(base_url=site.clients.api_url),
            request_verification_enabled=signing_secret is not None,
        )
        self.bolt.error(_failed)
        # What is not kept by `_keep` needs its answer now: a dialog opened, or a sent dialog accepted.
        self.bolt.command(_EVERYTHING)(self._dialogs.command)
        self.bolt.shortcut(_EVERYTHING)(self._dialogs.shortcut)
        self.bolt.action(_EVERYTHING)(self._dialogs.action)
        self.bolt.view_submission(_EVERYTHING)(self._dialogs.sent)
        self.bolt.view_closed(_EVERYTHING)(_acknowledge)
        self.bolt.options(_EVERYTHING)(_acknowledge)

    async def _keep(self, req: AsyncBoltRequest, next: Callable[[], Awaitable[Any]]) -> BoltResponse | None:  # noqa: A002
        """Keep what can be answered later, and acknowledge it: nothing that was acknowledged is lost."""
        body: Json = req.body
        kept = await self._key(body)
        if kept is None:
            await next()
            return None
        if not self._known(body):
            self._site.count("unknown_workspace")
            return BoltResponse(status=200, body="")
        payload = json.dumps(body, ensure_ascii=False).encode()
        if not await anyio.to_thread.run_sync(self._turns.accept, kept, payload):
            self._site.count("repeated")
        return BoltResponse(status=200, body="")

    async def _key(self, body: Json) -> str | None:
        """What tells a request from all others, for those that can wait; None for the rest."""
        kind = body.get("type")
        if kind == "event_callback":
            event = body.get("event") or {}
            if _is_gone(event):
                await anyio.to_thread.run_sync(self._uninstalled, str(body.get("team_id")))
            return _edit(event) or str(body.get("event_id"))
        if kind == "block_actions":
            later = asked_for((body.get("actions") or [{}])[0])[0] not in (FORM, OPEN_CHECK)
            return f"press/{body.get('trigger_id')}" if later else None
        if kind == "message_action" and body.get("callback_id") == CHECK_MESSAGE:
            return f"press/{body.get('trigger_id')}"
        if kind == "view_submission" and body["view"].get("callback_id") == "check":
            return f"view/{body['view'].get('id')}" if is_filled_in(body["view"]) else None
        if "command" in body and str(body.get("text") or "").strip().lower() not in COMMANDS_WITH_A_DIALOG:
            return f"command/{body.get('trigger_id')}"
        return None

    def _known(self, body: Json) -> bool:
        team = body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
        try:
            self._site.clients.of(str(team or ""))
        except DeliveryError:
            return False
        return True


def _authorizing(site: Site) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """Bolt looks at the names of the arguments, so this is a function and no method."""

    async def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult | None:
        try:
            client = site.clients.of(team_id or "")
        except DeliveryError:
            site.count("unknown_workspace")
            return None
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    return authorize


def _is_gone(event: Json) -> bool:
    """Whether the app was removed, or its own token taken back; tokens of users are none of ours."""
    kind = event.get("type")
    return kind == "app_uninstalled" or (kind == "tokens_revoked" and bool((event.get("tokens") or {}).get("bot")))


def _edit(event: Json) -> str | None:
    """What tells an edit from all others: Slack may tell of it as a changed message and as a mention."""
    message = event.get("message") if event.get("subtype") == "message_changed" else event
    edited = (message or {}).get("edited") or {}
    return f"edit/{event.get('channel')}/{message['ts']}/{edited['ts']}" if message and "ts" in edited else None


async def _failed(error: Exception) -> BoltResponse:
    """A request that could not be served: its kind and place are logged, its content is not."""
    log.error("request_failed", error=type(error).__name__, where=where(error))
    return BoltResponse(status=500, body="")


async def _acknowledge(ack: AsyncAck) -> None:
    """Nothing to do but to say that it was heard."""
    await ack()
