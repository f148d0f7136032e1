"""Teams as the server runs it: its route, its workers, and how it is."""

from collections.abc import Iterable

import anyio.to_thread
import requests
from starlette.routing import Route

from bot.domain.component import Checked
from bot.domain.ports.post import DeliveryError, Inbox
from bot.platforms.teams.client import Connectors, is_trusted
from bot.platforms.teams.door import Door
from bot.platforms.teams.events import Events
from bot.platforms.teams.gate import Gate
from bot.platforms.teams.incoming import PLATFORM, conversation
from bot.platforms.teams.invokes import Invokes
from bot.platforms.teams.keys import fetched
from bot.platforms.teams.lanes import reads_files
from bot.platforms.teams.references import References
from bot.platforms.teams.site import Site
from bot.platforms.teams.tokens import Credentials, Tokens, metadata_url
from bot.turns import Turns, Work


class TeamsPlatform:
    """Everything of Teams in one process."""

    name = "Teams"

    def __init__(self, site: Site, inbox: Inbox, credentials: Credentials, *, local: bool = False) -> None:
        """With `local` the connector may be on this machine, without encryption: for tests and local clients."""
        events = Events(site)
        self._credentials = credentials
        work = Work(PLATFORM, conversation, events.handle, events.give_up, reads_files)
        self._turns = Turns(inbox, work)
        self._invokes = Invokes(site, inbox)
        self._door = Door(
            Tokens(credentials),
            self._turns,
            self._invokes,
            lambda service: is_trusted(service, loopback=local),
            site.count,
            loopback_only=credentials.anonymous,
        )

    def routes(self) -> list[Route]:
        """The address that Teams calls."""
        return [Route("/api/messages", self._door.__call__, methods=["POST"], name="teams_messages")]

    async def start(self) -> None:
        """Work off what was accepted before."""
        self._turns.start()

    async def stop(self) -> None:
        """Finish what is in hand."""
        await anyio.to_thread.run_sync(self._turns.close)
        await anyio.to_thread.run_sync(self._invokes.close)

    @property
    def state(self) -> str:
        """How Teams is on, in a phrase."""
        given = self._credentials
        return "on: /api/messages, without tokens, for this machine alone" if given.anonymous else "on: /api/messages"


def doctor(
    connectors: Connectors, credentials: Credentials, references: References, gate: Gate, channels: Iterable[str]
) -> Iterable[Checked]:
    """Whether a token is given out, callers can be checked, and who reads the team's `channels`."""
    found = checked(connectors)
    yield found
    if not credentials.anonymous:
        yield _keys(metadata_url(credentials))
    if found.fine:
        yield from (_of_team(connectors, references, gate, channel) for channel in channels)


def checked(connectors: Connectors) -> Checked:
    """Whether the Bot Framework gives this app a token."""
    try:
        connectors.token()
    except DeliveryError as error:
        return Checked("Teams", False, f"{error} Check MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId.")
    return Checked("Teams", True, "a token was given out")


def _keys(address: str) -> Checked:
    try:
        fetched(str(fetched(address)["jwks_uri"]))
    except (requests.RequestException, LookupError, TypeError, ValueError):
        said = "cannot be fetched, so nobody from Teams would be let in: is the way to it open from here?"
        return Checked("Teams' keys", False, f"{address} {said}")
    return Checked("Teams' keys", True, "can be fetched")


def _of_team(connectors: Connectors, references: References, gate: Gate, channel: str) -> Checked:
    what = f"Teams channel {channel}"
    chat = references.chat(channel)
    if chat is None:
        return Checked(what, False, "never met: add the app to that team, and mention it there once")
    try:
        outsiders = gate.outsiders_listen(connectors, chat)
    except DeliveryError as error:
        return Checked(what, False, str(error))
    if outsiders:
        return Checked(what, False, "not found, not joined by the app, or read by guests or other organisations")
    return Checked(what, True, "the information team's, read by members only")
