"""The Teams part of a site in a process of its own: -m tests.teams_process DATABASE METADATA_URL PORT."""

import sys
import threading
import time

import uvicorn
from starlette.applications import Starlette

import bot.turns
from bot.desk import Desk
from bot.domain.message import Message
from bot.domain.ports import Progress
from bot.domain.ports.assistant import Ready
from bot.domain.reply import Reply
from bot.platforms.teams.client import Connectors, Sender, is_trusted
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
from tests.emulators.teams import APP_ID, BOT, ISSUER, TENANT
from tests.teams_site import KEY, FixedToken
from tests.web_assistant import FixedAssistant

THINKING_SECONDS = 0.05


class SlowAssistant(FixedAssistant):
    """Takes its time, so that a process can be ended in the middle."""

    def respond(self, message: Message, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """The fixed answer, after a while."""
        time.sleep(THINKING_SECONDS)
        return super().respond(message, progress, ready)


def main(address: str, metadata_url: str, port: int) -> None:
    """Serve until the process is ended."""
    bot.turns.LEASE_SECONDS = 2
    bot.turns.LOOK_SECONDS = 0.2
    engine = open_engine(address)
    migrate(engine)
    connectors = Connectors(FixedToken(), Sender(BOT), lambda service: is_trusted(service, loopback=True))
    references = References(SqlKept(engine, Sealer(KEY)))
    files = Files(frozenset(), 1024, connectors.token)
    site = Site(SlowAssistant(), Desk(()), connectors, files, references, Gate(TENANT))
    given = Credentials(
        APP_ID, "secret", TENANT, metadata_url=metadata_url, issuer=ISSUER,
        login_url="https://login.example/adfs", scope="https://api.botframework.com",
    )  # fmt: skip
    platform = TeamsPlatform(site, SqlInbox(engine, KEY), given, local=True)
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=platform.routes()), port=port, log_config=None))
    threading.Thread(target=platform._turns.start).start()
    server.run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
