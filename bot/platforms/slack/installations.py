"""The workspaces that installed this app: their tokens, kept sealed, and the way to install it."""

import json
import secrets
from functools import partial
from urllib.parse import urljoin

import anyio.to_thread
from slack_sdk import WebClient
from slack_sdk.oauth import AuthorizeUrlGenerator
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.domain.ports.kept import Kept
from bot.domain.ports.post import DeliveryError
from bot.platforms.slack.client import call
from bot.platforms.slack.scopes import BOT_SCOPES, OPTIONAL_SCOPES
from bot.platforms.slack.site import Site

KIND = "slack_workspace"
COOKIE = "slack_install"
STATE_SECONDS = 600


class Installations:
    """Bot tokens by workspace; the token of SLACK_BOT_TOKEN serves a site that has one workspace only."""

    def __init__(self, kept: Kept, single_token: str | None) -> None:
        self._kept = kept
        self._single = single_token
        self._single_team = ""

    @property
    def has_single(self) -> bool:
        """Whether SLACK_BOT_TOKEN is set."""
        return self._single is not None

    def learn(self, team: str) -> None:
        """The workspace that SLACK_BOT_TOKEN is of: from now on it serves no other."""
        self._single_team = team

    def token(self, team: str) -> str | None:
        """The bot token of a workspace, None when this app is not installed there; raises StoreError."""
        found = self._kept.get(KIND, team) if team else None
        if found:
            return str(json.loads(found)["token"])
        return self._single if not team or self._single_team in ("", team) else None

    def keep(self, team: str, token: str, scopes: str) -> None:
        """Remember an installation; raises StoreError."""
        self._kept.put(KIND, team, json.dumps({"token": token, "scopes": scopes}).encode())

    def forget(self, team: str) -> None:
        """Forget a workspace that removed this app; raises StoreError."""
        self._kept.drop(KIND, team)

    def teams(self) -> tuple[str, ...]:
        """The workspaces installed by OAuth; raises StoreError."""
        return tuple(self._kept.keys(KIND))


class InstallPages:
    """`/slack/install` and `/slack/oauth_redirect`: an administrator adds the app to a workspace."""

    def __init__(self, site: Site, installations: Installations, client_id: str, client_secret: str) -> None:
        self._site = site
        self._installations = installations
        self._client_id = client_id
        self._client_secret = client_secret

    async def install(self, _: Request) -> Response:
        """On to Slack, which asks the administrator."""
        state = secrets.token_urlsafe(24)
        where = AuthorizeUrlGenerator(
            client_id=self._client_id,
            scopes=[*BOT_SCOPES, *OPTIONAL_SCOPES],
            authorization_url=urljoin(self._site.clients.api_url, "/oauth/v2/authorize"),
        ).generate(state)
        answer = RedirectResponse(where, status_code=302)
        # The way back must come from the same browser, and soon.
        answer.set_cookie(COOKIE, state, max_age=STATE_SECONDS, httponly=True, samesite="lax", secure=True)
        return answer

    async def oauth_redirect(self, request: Request) -> Response:
        """Back from Slack, with a code that is exchanged for a token."""
        state = request.query_params.get("state", "")
        if not state or not secrets.compare_digest(request.cookies.get(COOKIE, "").encode(), state.encode()):
            self._site.count("bad_install_state")
            return _said("This link is too old or was opened elsewhere. Start again at /slack/install.", 400)
        if "error" in request.query_params:
            return _said("Slack says that the installation was not allowed. Nothing was changed.", 400)
        client = WebClient(base_url=self._site.clients.api_url, timeout=20)
        given = {"client_id": self._client_id, "client_secret": self._client_secret}
        exchange = partial(client.oauth_v2_access, **given, code=request.query_params.get("code", ""))
        try:
            found = await anyio.to_thread.run_sync(partial(call, exchange))
        except DeliveryError:
            self._site.count("bad_install_code")
            return _said("Slack did not accept the installation. Start again at /slack/install.", 400)
        if not found.get("team"):
            return _said("Install the app in one workspace, not for the whole organisation. Nothing was kept.", 400)
        token, scopes = str(found["access_token"]), str(found.get("scope") or "")
        keep = partial(self._installations.keep, str(found["team"]["id"]), token, scopes)
        await anyio.to_thread.run_sync(keep)
        return _said("Installed. Open the app in Slack and ask it something.", 200)


def _said(text: str, status: int) -> Response:
    answer = PlainTextResponse(f"{text}\n", status)
    # Good once.
    answer.delete_cookie(COOKIE)
    return answer
