"""A site whose people use Slack: the real platform and the real inbox, with fixed answers, against the emulator."""

import socket
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import Engine
from starlette.applications import Starlette

from bot.desk import Desk
from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form
from bot.domain.component import Act, ActError, Component, Outcome, Press
from bot.domain.finding import FileReport
from bot.domain.message import Message
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Person
from bot.domain.ports import Progress
from bot.domain.ports.assistant import Ready
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from bot.platforms.chat.team import Team
from bot.platforms.slack.client import Clients
from bot.platforms.slack.installations import Installations
from bot.platforms.slack.platform import Credentials, SlackPlatform
from bot.platforms.slack.site import Site
from bot.store import migrate, open_engine
from bot.store.inbox import SqlInbox
from bot.store.kept import SqlKept
from bot.store.sealed import Sealer
from tests.emulators.slack import BOT_TOKEN, BOT_USER, SECRET, Json, Slack
from tests.emulators.slack_people import People
from tests.web_assistant import FixedAssistant, _reply

KEY = b"k" * 32
ASHA, BEN, LEAD, GUEST, STRANGER = "U0ASHA", "U0BEN", "U0LEAD", "U0GUEST", "U0STRANGER"
OPEN, TEAM_CHANNEL, SHARED, WITH_GUEST = "C0OPEN", "C0TEAM", "C0SHARED", "C0GUEST"
SECONDS = 40.0
BUTTONS = (
    Button("answer.ask_human", "Ask a person", "A-1", opens_form=True),
    Button("answer.change", "Not what I meant", "A-1", opens_form=True),
    Button("answer.helpful", "Helpful", "A-1"),
    Button("answer.not_helpful", "Not helpful", "A-1", opens_form=True),
    Button("answer.mute", "Don't tell me of changes", "A-1"),
    Button("report.new", "Log a near miss", "A-1", opens_form=True),
)


@dataclass
class SlackAssistant(FixedAssistant):
    """Answers by a word in the question, remembers threads, and tells of files as they are ready."""

    known: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def respond(self, message: Message, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """Answer; facts chosen earlier in a thread count."""
        facts = (*self.known.get(message.thread, ()), *message.answers)
        if "to the defence" in message.text:
            facts = (*facts, ("recipient", "defence"))
        self.known[message.thread] = facts
        self.tell_early(message, ready)
        if "it went" in message.text:
            breach = Card(
                CardKind.BREACH, "It has already gone: breach BR-1", ("Do these in order:",), steps=("Ring.",)
            )
            return replace(_reply(Verdict.ASK, "Ask first: the disclosure lead", ()), cards=(breach,))
        reply = self._respond(replace(message, answers=facts), progress)
        missing = tuple(_missing(name, why) for name, why in message.missing)
        return replace(reply, id="A-1", buttons=BUTTONS, files=(*reply.files, *missing))

    def preview(self, text: str) -> ScrubbedText:
        """A telephone number is personal data here."""
        return ScrubbedText(text, int("07700 900" in text))


def _missing(name: str, why: str) -> FileReport:
    from bot.respond import _not_had

    return FileReport(_not_had(name, why), Verdict.ASK, (), ())


@dataclass
class Acts:
    """What buttons and forms do here, and what was asked of them."""

    pressed: list[Press] = field(default_factory=list)
    slow: threading.Event | None = None
    """An act waits for this."""

    def component(self) -> Component:
        """With the names that the real parts have."""
        return Component(
            acts={
                "report.new": Act(self._new, self._form),
                "report.send": Act(self._send),
                "report.talk": Act(self._note, lambda press: _one_line("report.talk", press.about)),
                "report.read": Act(self._note, lambda press: _one_line("report.read", press.about)),
                "report.decide": Act(self._note, lambda press: _one_line("report.decide", press.about), team=True),
                "report.acknowledge": Act(self._note, team=True),
                "answer.helpful": Act(self._note),
                "answer.not_helpful": Act(self._note, lambda press: _one_line("answer.not_helpful", press.about)),
                "answer.ask_human": Act(self._note, lambda press: _one_line("answer.ask_human", press.about)),
                "answer.change": Act(self._change, lambda press: _one_line("answer.change", press.about)),
                "answer.mute": Act(self._note),
                "catch.fixed": Act(self._note),
            },
            home=self._home,
        )

    def _form(self, press: Press) -> Form:
        if self.slow is not None:
            self.slow.wait(SECONDS)
        ways = (
            ("named", "With my name"),
            ("anonymous", "Anonymous: nothing about me is kept, and with a code I can read the answer later"),
        )
        fields = (
            Field("text", "What nearly happened?", FieldKind.TEXT, required=True),
            Field(
                "kind", "What kind?", FieldKind.CHOICE, options=(("", "Work it out"), ("other", "Other")), value=("",)
            ),
            Field("way", "How do you want to report?", FieldKind.CHOICE, True, ways, ("named",)),
        )
        return Form("report.new", "Log a near miss", fields, press.about, ("Nobody is blamed.", "a\nb"), "Go on")

    def _new(self, press: Press) -> Outcome:
        self.pressed.append(press)
        if self.slow is not None:
            self.slow.wait(SECONDS)
        if "???" in press.value("text"):
            raise ActError("Please say in a few words what happened.", wrong="text")
        if "store is down" in press.value("text"):
            raise StoreError("The database cannot be reached.")
        if "it crashes" in press.value("text"):
            raise RuntimeError(f"could not keep {press.value('text')}")
        shown = Field("text", "This is what will be kept", FieldKind.TEXT, True, value=(press.value("text"),))
        return Form("report.send", "Check before sending", (shown,), press.value("way"), submit="Send report")

    def _send(self, press: Press) -> Outcome:
        self.pressed.append(press)
        code = (("Your code", "7QK2-MM4X"),)
        buttons = (Button("report.talk", "Write to the team", "R-1", opens_form=True),)
        private = press.about == "anonymous"
        return Card(CardKind.REPORT, "Your report is in", ("Thank you.",), code, buttons=buttons, private=private)

    def _note(self, press: Press) -> Outcome:
        self.pressed.append(press)
        return Card(CardKind.NOTE, f"Noted: {press.act}")

    def _change(self, press: Press) -> Outcome:
        self.pressed.append(press)
        return _reply(Verdict.OK, "OK to send after all.", ())

    def _home(self, person: Person, now: datetime) -> tuple[Card, ...]:
        return (Card(CardKind.REPORT, "Your reports", (f"NM-7 of {person.id.rpartition('/')[2]}",)),)


def _one_line(act: str, about: str) -> Form:
    return Form(act, "One question", (Field("text", "What is it?"),), about)


class Running:
    """The platform on a free port of loopback."""

    def __init__(self, slack: Slack, database: str, assistant: SlackAssistant, acts: Acts, **credentials: Any) -> None:
        self.counted: Counter[str] = Counter()
        self.engine: Engine = open_engine(database)
        migrate(self.engine)
        single = credentials.pop("single", BOT_TOKEN)
        now: Callable[[], datetime] = credentials.pop("now", lambda: datetime.now(UTC))
        self.installations = Installations(SqlKept(self.engine, Sealer(KEY)), single)
        desk = Desk((acts.component(),))
        clients = Clients(self.installations.token, f"{slack.url}/api/")
        self.site = Site(
            assistant, desk, clients, 1024 * 1024, Team(frozenset({TEAM_CHANNEL, LEAD})), now=now,
            count=lambda what: self.counted.update([what]),
        )  # fmt: skip
        given = Credentials(**({"signing_secret": SECRET} | credentials))
        self.inbox = SqlInbox(self.engine, KEY)
        self.platform = SlackPlatform(self.site, self.inbox, given, self.installations)
        self.clients = clients

        @asynccontextmanager
        async def running(_: Starlette) -> AsyncIterator[None]:
            await self.platform.start()
            yield
            await self.platform.stop()

        self._listener = socket.create_server(("127.0.0.1", 0))
        app = Starlette(routes=self.platform.routes(), lifespan=running)
        self._server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=2))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)
        self._thread.start()
        wait_for(lambda: self._server.started)
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = f"{self.base}/slack/events"

    def stop(self) -> None:
        """Stop as on SIGTERM."""
        self._server.should_exit = True
        self._thread.join(SECONDS)
        self._listener.close()
        self.engine.dispose()

    def settled(self) -> bool:
        """Whether everything accepted is answered."""
        return self.inbox.waiting("slack") == 0


@dataclass
class World:
    """The workspace, its people, and the site that runs."""

    slack: Slack
    database: str
    assistant: SlackAssistant = field(default_factory=SlackAssistant)
    acts: Acts = field(default_factory=Acts)

    def __post_init__(self) -> None:
        people(self.slack)
        self.run: Running
        self.people: People

    def start(self, **credentials: Any) -> "World":
        """Start the site, again if it was stopped."""
        if hasattr(self, "people"):
            self.people.close()
        self.run = Running(self.slack, self.database, self.assistant, self.acts, **credentials)
        self.people = People(self.slack, self.run.url)
        return self

    def close(self) -> None:
        """Stop all; a payload that Slack refuses fails the test."""
        self.people.close()
        self.run.stop()
        self.slack.stop()
        assert self.slack.refused == []

    def dm(self, user: str = ASHA) -> str:
        """The direct conversation with somebody."""
        return self.slack.dm_of(user)

    def ask(self, text: str, files: tuple[Json, ...] = (), user: str = ASHA, thread: str | None = None) -> list[Json]:
        """Write directly, and wait for what is posted in the thread."""
        message = self.people.dm(user, text, files, thread)
        self.settle()
        return self.slack.of(self.dm(user), thread or message["ts"])

    def settle(self) -> None:
        """Wait until everything is answered."""
        wait_for(self.run.settled)

    def view(self) -> Json:
        """The dialog on top."""
        return list(self.slack.views.values())[-1]

    def opened(self, title: str) -> Json:
        """Wait for a dialog with that title, and give it."""
        wait_for(lambda: any(view["title"]["text"] == title for view in self.slack.views.values()))
        return next(view for view in reversed(self.slack.views.values()) if view["title"]["text"] == title)


def people(slack: Slack) -> None:
    """Staff, a guest, somebody of another organisation, and the channels they are in."""
    slack.add_user(ASHA, "asha")
    slack.add_user(BEN, "ben")
    slack.add_user(LEAD, "lead")
    slack.add_user(GUEST, "guest", is_restricted=True)
    slack.add_user(STRANGER, "stranger", is_stranger=True, team_id="T0OTHER")
    slack.add_channel(OPEN, (ASHA, BEN, BOT_USER))
    slack.add_channel(TEAM_CHANNEL, (BEN, BOT_USER))
    slack.add_channel(SHARED, (ASHA, STRANGER, BOT_USER), is_ext_shared=True)
    slack.add_channel(WITH_GUEST, (ASHA, GUEST, BOT_USER))


def world(folder: Path) -> World:
    """A workspace and a site on SQLite, not started yet."""
    return World(Slack().start(), f"sqlite:///{folder / 'sendcheck.db'}")


def wait_for(true: Callable[[], Any], seconds: float = SECONDS) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never came about")


def words(messages: Sequence[Json]) -> str:
    """Everything that messages or views say, as people read it."""
    return "\n".join(text for message in messages for text in _texts(message.get("blocks") or []))


def actions(messages: Sequence[Json]) -> list[str]:
    """The action ids of all buttons and lists."""
    found = [
        element.get("action_id")
        for message in messages
        for block in message.get("blocks") or []
        for element in (*block.get("elements", []), block.get("accessory") or {})
    ]
    return [one for one in found if one]


def filled(text: str) -> Json:
    """A text typed into a dialog."""
    return {"type": "plain_text_input", "value": text}


def chosen(value: str) -> Json:
    """An option chosen in a dialog."""
    return {"type": "radio_buttons", "selected_option": {"value": value}}


def _texts(blocks: Sequence[Json]) -> list[str]:
    found = []
    for block in blocks:
        for part in (block.get("text"), *block.get("elements", []), block.get("label"), block.get("hint")):
            text = (part or {}).get("text")
            found.append(text.get("text") if isinstance(text, dict) else text)
    return [text for text in found if text]
