"""Slack as the server runs it: its routes, its workers, its socket, and how it is."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

import anyio.to_thread
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from starlette.routing import Route

from bot.domain.component import Checked
from bot.domain.ports.post import DeliveryError, Inbox
from bot.errors import SendcheckError
from bot.platforms.slack.app import SlackApp
from bot.platforms.slack.client import Clients, call
from bot.platforms.slack.door import Door
from bot.platforms.slack.events import Events
from bot.platforms.slack.gate import Gate
from bot.platforms.slack.incoming import PLATFORM, conversation
from bot.platforms.slack.installations import Installations, InstallPages
from bot.platforms.slack.lanes import reads_files
from bot.platforms.slack.scopes import missing
from bot.platforms.slack.site import Site
from bot.turns import Turns, Work, Workers

LEARN_AGAIN_SECONDS = 20.0
log = structlog.get_logger("sendcheck.slack")


@dataclass(frozen=True)
class Credentials:
    """What the operator set for Slack."""

    signing_secret: str | None = field(repr=False, default=None)
    app_token: str | None = field(repr=False, default=None)
    client_id: str | None = None
    client_secret: str | None = field(repr=False, default=None)


class SlackPlatform:
    """Everything of Slack in one process."""

    name = "Slack"

    def __init__(self, site: Site, inbox: Inbox, credentials: Credentials, installations: Installations) -> None:
        events = Events(site)
        self._site = site
        self._credentials = credentials
        self._installations = installations
        work = Work(PLATFORM, conversation, events.handle, events.give_up, reads_files)
        # Slack's library is busy for long with each request: with more workers beside it the acknowledgement is late
        # (`python -m bench chat`), and no answer comes sooner.
        self._turns = Turns(inbox, work, workers=Workers(quick=1, long=1), now=site.now)
        self._app = SlackApp(site, self._turns, credentials.signing_secret, installations.forget)
        self._socket: AsyncSocketModeHandler | None = None
        self._learning: asyncio.Task[None] | None = None

    def routes(self) -> list[Route]:
        """The addresses that Slack calls, and for several workspaces those of the installation."""
        routes = []
        given = self._credentials
        if given.signing_secret:
            door = Door(self._app, given.signing_secret, self._site.count)
            routes.append(Route("/slack/events", door.__call__, methods=["POST"], name="slack_events"))
        if given.client_id and given.client_secret:
            pages = InstallPages(self._site, self._installations, given.client_id, given.client_secret)
            routes += [Route("/slack/install", pages.install), Route("/slack/oauth_redirect", pages.oauth_redirect)]
        return routes

    async def start(self) -> None:
        """Work off what was accepted before, and open the socket where one is set."""
        self._turns.start()
        if self._installations.has_single:
            self._learning = asyncio.create_task(self._learn())
        if self._credentials.app_token:
            self._socket = AsyncSocketModeHandler(self._app.bolt, self._credentials.app_token)
            await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        """Close the socket, and finish what is in hand."""
        if self._learning is not None:
            self._learning.cancel()
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        await anyio.to_thread.run_sync(self._turns.close)

    async def _learn(self) -> None:
        """Ask Slack which workspace the one token is of, until it says so; from then on no other is served."""
        while True:
            try:
                found = await anyio.to_thread.run_sync(lambda: call(self._site.clients.of("").auth_test))
            except DeliveryError:
                await asyncio.sleep(LEARN_AGAIN_SECONDS)
                continue
            self._installations.learn(str(found["team_id"]))
            return

    @property
    def state(self) -> str:
        """How Slack is on, in a phrase."""
        ways = [
            "socket" if self._credentials.app_token else "",
            "/slack/events" if self._credentials.signing_secret else "",
            "installable at /slack/install" if self._credentials.client_id else "",
        ]
        return f"on: {', '.join(way for way in ways if way)}"


def doctor(clients: Clients, installations: Installations, channels: Iterable[str]) -> Iterable[Checked]:
    """Whether each workspace lets this app in, with the scopes it needs, and who reads the team's `channels`."""
    for team in installations.teams() or ("",):
        found = checked(clients, team)
        yield found
        if found.fine:
            yield from (_of_team(clients, team, channel) for channel in channels)


def _of_team(clients: Clients, team: str, channel: str) -> Checked:
    what = f"Slack channel {channel}"
    try:
        outsiders = call(lambda: Gate().outsiders_listen(clients.of(team), team or _own(clients), channel))
    except DeliveryError as error:
        return Checked(what, False, str(error))
    if outsiders:
        return Checked(what, False, "not found, not joined by the app, or read by guests or other organisations")
    return Checked(what, True, "the information team's, read by members only")


def _own(clients: Clients) -> str:
    return str(call(clients.of("").auth_test)["team_id"])


def checked(clients: Clients, team: str) -> Checked:
    """One workspace: reached, and with all scopes."""
    what = f"Slack {team}".strip()
    try:
        answer = call(clients.of(team).auth_test)
    except (DeliveryError, SendcheckError) as error:
        return Checked(what, False, str(error))
    lacking = missing(str(answer.headers.get("x-oauth-scopes") or ""))
    if lacking:
        return Checked(what, False, f"reached, but these scopes are not granted: {', '.join(lacking)}")
    return Checked(what, True, f"{answer.get('team')}: reached, all scopes granted")
