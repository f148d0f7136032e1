"""The Teams part of a site on a real server, with a real database, in front of the emulated Teams."""

import json
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import uvicorn
from botframework.connector.auth import AppCredentials
from starlette.applications import Starlette

from bot.desk import Desk
from bot.domain.card import Button, Card, CardKind
from bot.domain.component import Act, Component, Press
from bot.domain.message import Message
from bot.domain.ports import Progress
from bot.domain.ports.assistant import Ready
from bot.domain.ports.post import Accepted
from bot.domain.reply import Reply
from bot.platforms.chat.team import Team
from bot.platforms.teams.client import Connectors, Sender, is_trusted
from bot.platforms.teams.courier import TeamsCourier
from bot.platforms.teams.events import Events
from bot.platforms.teams.files import Files
from bot.platforms.teams.gate import Gate
from bot.platforms.teams.platform import TeamsPlatform
from bot.platforms.teams.references import References
from bot.platforms.teams.site import Site
from bot.platforms.teams.tokens import Credentials
from bot.store import migrate, open_engine
from bot.store.inbox import SqlInbox
from bot.store.kept import SqlKept
from bot.store.sealed import Sealer
from bot.turns import Turn
from tests.emulators.teams import APP_ID, BOT, CHANNEL, GROUP, ISSUER, OUR_TOKEN, TENANT, Json, Teams
from tests.emulators.teams_people import People
from tests.web_assistant import FixedAssistant
from tests.web_component import Tried

KEY = b"a site key for tests of Teams..."
TEAM_CHANNEL = "19:team@thread.tacv2"
ASHA, BEN, LEAD = "29:asha", "29:ben", "29:lead"
LEAD_IN_ENTRA = "aad-lead"
"""How the operator names the lead."""


class AskedAssistant(FixedAssistant):
    """Every answer may be judged."""

    def respond(self, message: Message, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """The fixed answer, with the button for it; several files are told of as they are ready."""
        self.tell_early(message, ready)
        reply = super().respond(message, progress, ready)
        return replace(reply, buttons=(*reply.buttons, Button("answer.helpful", "Helpful", "A-1")))


class FixedToken(AppCredentials):
    """Our token without asking for it; how it is asked for is tried elsewhere."""

    def __init__(self) -> None:
        super().__init__(APP_ID)
        self.asked = 0

    def get_access_token(self, force_refresh: bool = False) -> str:
        self.asked += 1
        return OUR_TOKEN


@dataclass
class World:
    """Everything that a test needs."""

    teams: Teams
    people: People
    assistant: FixedAssistant
    tried: Tried
    site: Site
    courier: TeamsCourier
    platform: TeamsPlatform
    counted: Counter[str]
    felt: list[Press] = field(default_factory=list)

    def asked(self) -> list[str]:
        """The words of every question that reached the assistant."""
        return [message.text for message in self.assistant.asked]


def until(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + 15
    while time.monotonic() < ends:
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come true")


def answered(world: World) -> Json:
    """A reply with all its buttons, in the chat."""
    world.people.write(ASHA, "Can I email the crime report?")
    return world.people.wait("a:asha")[0]


class Tries:
    """One activity as it is worked off, by one try after another."""

    def __init__(self, world: World, activity: Json) -> None:
        self._events = Events(world.site)
        self._payload = json.dumps(activity).encode()
        self.note = ""
        self._number = 0

    def next(self) -> None:
        """Try, or try again."""
        self._number += 1
        self._events.handle(self._turn())

    def give_up(self) -> None:
        """No more tries."""
        self._events.give_up(self._turn())

    def _turn(self) -> Turn:
        def note(text: str) -> None:
            self.note = text

        return Turn(Accepted("E1", self._payload, self.note, self._number > 1), note, lambda: self.note)


@pytest.fixture(name="teams")
def the_teams() -> Iterator[Teams]:
    teams = Teams().start()
    teams.add_person("asha", CHANNEL, GROUP, TEAM_CHANNEL)
    teams.add_person("ben", CHANNEL, GROUP)
    teams.add_person("lead")
    yield teams
    teams.stop()


@pytest.fixture(name="world")
def the_world(teams: Teams, tmp_path: Path) -> Iterator[World]:
    engine = open_engine(f"sqlite:///{tmp_path / 'teams.db'}")
    migrate(engine)
    counted: Counter[str] = Counter()
    connectors = Connectors(
        FixedToken(), Sender(BOT), lambda service: is_trusted(service, loopback=True), lambda seconds: time.sleep(0.01)
    )
    felt: list[Press] = []
    tried, assistant = Tried(), AskedAssistant()
    assistant.tried = tried
    desk = Desk((tried.component(), _feeling(felt)))
    references = References(SqlKept(engine, Sealer(KEY)))
    site = Site(
        assistant,
        desk,
        connectors,
        Files(frozenset({"127.0.0.1", "sharepoint.com"}), 1024 * 1024, connectors.token),
        references,
        Gate(TENANT),
        Team(frozenset({TEAM_CHANNEL, LEAD_IN_ENTRA})),
        count=lambda what: counted.update([what]),
    )
    given = Credentials(
        APP_ID, "secret", TENANT, metadata_url=teams.metadata_url, issuer=ISSUER,
        login_url="https://login.example/adfs", scope="https://api.botframework.com",
    )  # fmt: skip
    platform = TeamsPlatform(site, SqlInbox(engine, KEY), given, local=True)
    with served(platform) as address:
        people = People(teams, f"{address}/api/messages")
        yield World(
            teams, people, assistant, tried, site, TeamsCourier(connectors, references, site.now), platform, counted,
            felt,
        )  # fmt: skip
        people.close()
    engine.dispose()
    # Teams took all that was sent, and its file host was shown no token.
    assert teams.refused == []
    assert teams.file_tokens == []


class served:  # noqa: N801 - reads as a word of the test
    """A platform on a server of its own."""

    def __init__(self, platform: TeamsPlatform) -> None:
        @asynccontextmanager
        async def running(_: Starlette) -> AsyncIterator[None]:
            await platform.start()
            yield
            await platform.stop()

        app = Starlette(routes=platform.routes(), lifespan=running)
        config = uvicorn.Config(app, port=0, log_config=None, access_log=False, timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)


def _feeling(felt: list[Press]) -> Component:
    """The two acts behind Teams' own buttons under an answer."""

    def note(press: Press) -> Card:
        felt.append(press)
        return Card(CardKind.NOTE, "Thank you.")

    mine = Card(CardKind.REPORT, "Your reports", ("NM-7F3K-92QD",))
    acts = {"answer.helpful": Act(note), "answer.not_helpful": Act(note)}
    return Component(acts=acts, home=lambda person, now: (mine,))
