"""Teams as the server runs it: its route, its workers, and how it is."""

import anyio.to_thread
from starlette.routing import Route

from bot.domain.component import Checked
from bot.domain.ports.post import DeliveryError, Inbox
from bot.platforms.teams.client import Connectors, is_trusted
from bot.platforms.teams.door import Door
from bot.platforms.teams.events import Events
from bot.platforms.teams.incoming import PLATFORM, conversation
from bot.platforms.teams.invokes import Invokes
from bot.platforms.teams.lanes import reads_files
from bot.platforms.teams.site import Site
from bot.platforms.teams.tokens import Credentials, Tokens
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


def checked(connectors: Connectors) -> Checked:
    """Whether the Bot Framework gives this app a token."""
    try:
        connectors.token()
    except DeliveryError as error:
        return Checked("Teams", False, f"{error} Check MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId.")
    return Checked("Teams", True, "a token was given out")
