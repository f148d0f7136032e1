"""The workspaces that installed this app: their tokens, kept sealed, and the way to install it."""

import json
import secrets
from datetime import datetime, timedelta

from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.domain.ports.kept import Kept
from bot.platforms.slack.scopes import BOT_SCOPES
from bot.platforms.slack.site import Site

KIND, STATE = "slack_workspace", "slack_install"
STATE_MINUTES = 10


class Installations:
    """Bot tokens by workspace; the token of SLACK_BOT_TOKEN serves a site that has one workspace only."""

    def __init__(self, kept: Kept, single_token: str | None) -> None:
        self._kept = kept
        self._single = single_token

    def token(self, team: str) -> str | None:
        """The bot token of a workspace, None when this app is not installed there; raises StoreError."""
        found = self._kept.get(KIND, team) if team else None
        return str(json.loads(found)["token"]) if found else self._single

    def keep(self, team: str, token: str, scopes: str) -> None:
        """Remember an installation; raises StoreError."""
        self._kept.put(KIND, team, json.dumps({"token": token, "scopes": scopes}).encode())

    def forget(self, team: str) -> None:
        """Forget a workspace that removed this app; raises StoreError."""
        self._kept.drop(KIND, team)

    def teams(self) -> tuple[str, ...]:
        """The workspaces installed by OAuth; raises StoreError."""
        return tuple(self._kept.keys(KIND))

    def new_state(self, now: datetime) -> str:
        """A value that ties the way back from Slack to somebody who set out here, good for ten minutes."""
        state = secrets.token_urlsafe(24)
        self._kept.put(STATE, state, (now + timedelta(minutes=STATE_MINUTES)).isoformat().encode())
        return state

    def use_state(self, state: str, now: datetime) -> bool:
        """Whether it was given out and is not too old; it is good once."""
        until = self._kept.get(STATE, state)
        self._kept.drop(STATE, state)
        return until is not None and datetime.fromisoformat(until.decode()) >= now


class InstallPages:
    """`/slack/install` and `/slack/oauth_redirect`: an administrator adds the app to a workspace."""

    def __init__(self, site: Site, installations: Installations, client_id: str, client_secret: str) -> None:
        self._site = site
        self._installations = installations
        self._client_id = client_id
        self._client_secret = client_secret

    async def install(self, _: Request) -> Response:
        """On to Slack, which asks the administrator."""
        state = self._installations.new_state(self._site.now())
        where = AuthorizeUrlGenerator(client_id=self._client_id, scopes=list(BOT_SCOPES)).generate(state)
        answer = RedirectResponse(where, status_code=302)
        # The way back must come from the same browser.
        answer.set_cookie(
            "slack_install", state, max_age=STATE_MINUTES * 60, httponly=True, samesite="lax", secure=True
        )
        return answer

    async def oauth_redirect(self, request: Request) -> Response:
        """Back from Slack, with a code that is exchanged for a token."""
        state = request.query_params.get("state", "")
        same_browser = secrets.compare_digest(request.cookies.get("slack_install", ""), state)
        if not state or not same_browser or not self._installations.use_state(state, self._site.now()):
            self._site.count("bad_install_state")
            return PlainTextResponse(
                "This link is too old or was opened elsewhere. Start again at /slack/install.\n", 400
            )
        if "error" in request.query_params:
            return PlainTextResponse("Slack says that the installation was not allowed. Nothing was changed.\n", 400)
        client = AsyncWebClient(base_url=self._site.clients.api_url)
        found = await client.oauth_v2_access(
            client_id=self._client_id, client_secret=self._client_secret, code=request.query_params.get("code", "")
        )
        self._installations.keep(str(found["team"]["id"]), str(found["access_token"]), str(found.get("scope") or ""))
        return PlainTextResponse("Installed. Open the app in Slack and ask it something.\n")
