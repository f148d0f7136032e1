"""Joins the parts: the only file that names concrete classes. What is heavy is loaded when it is first used."""

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as clock_time
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.ask.facts import FactReader
from bot.ask.writer import ModelWriter, NoWriter, Writer
from bot.desk import Desk
from bot.domain.component import Component
from bot.domain.people import Place
from bot.domain.ports.assistant import ActDesk, Helper
from bot.domain.ports.post import Courier
from bot.domain.verdict import Verdict
from bot.errors import SendcheckError, SettingError
from bot.platforms.web.conversation import Conversations
from bot.respond import Assistant
from bot.scan.sandbox import Sandbox
from bot.settings import Settings
from knowledge import GuidanceError, Library, Shelf, Vocabulary

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.ask.meaning import Meanings
    from bot.metrics import ChatPlatform
    from bot.nearmiss.nearest import Embed
    from bot.nearmiss.scrub import Scrubber
    from bot.office_hours import OfficeHours
    from bot.store.answers import SqlThreads
    from bot.store.inbox import SqlInbox
    from bot.store.meanwhile import SqlMeanwhile
    from bot.store.memory import MemoryThreads
    from bot.store.post import SqlAlarms, SqlOutbox
    from bot.store.sql import SqlAllowList, SqlGapLog, SqlNearMissStore

Progress = Callable[[int, int, str], None]


class Loaded:
    """The parts, each loaded when it is first used and once."""

    def __init__(self, settings: Settings, progress: Progress | None = None, *, serving: bool = False) -> None:
        self._settings = settings
        self._serving = serving
        self._progress = progress
        self._reader: tuple[Vocabulary, FactReader] | None = None
        self._meanings: tuple[Vocabulary, Meanings] | None = None

    @cached_property
    def shelf(self) -> Shelf:
        """Holds the guidance in use; where a server runs, it follows the folder. Raises SettingError."""
        shelf = Shelf(
            open_library(self._settings, self._progress), self._settings.data_dir, self._settings.vocabulary_file
        )
        if self._serving:
            shelf.on_change(lambda before, now: self._guidance_changed())
            shelf.watch()
        return shelf

    @property
    def index_state(self) -> str:
        """Says "current", or why what is served is not the newest."""
        return f"not current: {self.shelf.problem}" if self.shelf.problem else "current"

    def _guidance_changed(self) -> None:
        from bot.wiring.answers import changed

        _ = self.reader
        changed(self)

    @property
    def library(self) -> Library:
        """The guidance library in use; raises SettingError."""
        return self.shelf.library

    @property
    def reader(self) -> FactReader:
        """The reader of questions, in the words of the guidance in use."""
        vocabulary = self.library.vocabulary
        if self._reader is None or self._reader[0] is not vocabulary:
            from bot.language import pipeline

            self._reader = vocabulary, FactReader(vocabulary, pipeline(), self.meanings)
        return self._reader[1]

    @property
    def meanings(self) -> "Meanings":
        """Likens phrases that the vocabulary does not know to those that it knows."""
        vocabulary = self.library.vocabulary
        if self._meanings is None or self._meanings[0] is not vocabulary:
            from bot.ask.meaning import Meanings

            self._meanings = vocabulary, Meanings(vocabulary, self.embed, self._settings.data_dir / "phrases.npz")
        return self._meanings[1]

    @cached_property
    def examiner(self) -> Sandbox:
        """The checking processes; started by the first file."""
        settings = self._settings
        return Sandbox(
            site_key=self.site_key,
            max_bytes=settings.check_max_bytes,
            seconds=settings.check_seconds,
            memory_mb=settings.check_memory_mb,
            workers=settings.check_workers,
        )

    @cached_property
    def scrubber(self) -> "Scrubber":
        """The scrubber of free text."""
        from bot.nearmiss.scrub import Scrubber
        from bot.scan.recognise.engine import Recogniser

        return Scrubber(Recogniser.load(self.site_key).spans)

    @cached_property
    def embed(self) -> "Embed":
        """The embedding model."""
        from knowledge import embedder

        return embedder()

    @cached_property
    def near_misses(self) -> "SqlNearMissStore":
        """The near misses in the database; raises StoreError."""
        from bot.store.sql import SqlNearMissStore

        return SqlNearMissStore(self.engine)

    @cached_property
    def allow_list(self) -> "SqlAllowList":
        """The allow-list in the database; raises StoreError."""
        from bot.store.sql import SqlAllowList

        return SqlAllowList(self.engine, today=lambda: datetime.now(UTC).date())

    @cached_property
    def gaps(self) -> "SqlGapLog":
        """The gaps in the database; raises StoreError."""
        from bot.store.sql import SqlGapLog

        return SqlGapLog(self.engine)

    @cached_property
    def note_gap(self) -> Callable[[str, Verdict], None]:
        """Keeps gaps where a server runs; a single command does not load the recognisers for it."""
        from bot.followup.gap_notes import GapNotes, not_noted

        return GapNotes(lambda: self.scrubber, lambda: self.gaps) if self._serving else not_noted

    @cached_property
    def threads(self) -> "MemoryThreads | SqlThreads":
        """What conversations remember: a server keeps it in the database, a single command in memory."""
        from bot.store.answers import SqlThreads
        from bot.store.memory import MemoryThreads

        return SqlThreads(self.engine, self.site_key) if self._serving else MemoryThreads()

    @cached_property
    def writer(self) -> Writer:
        """The optional language model; off unless one is set. A server raises SettingError for one it cannot use."""
        settings = self._settings
        if settings.model is None:
            return NoWriter()
        from bot.ask.model_calls import Calls
        from bot.ask.model_chat import Chat

        key = settings.model_key.get_secret_value() if settings.model_key else None
        chat = Chat(settings.model, settings.model_url, key, settings.model_seconds)
        if self._serving:
            chat.warm_up()
        return ModelWriter(Calls(chat), lambda text: self.scrubber.scrub(text).text, settings.model_seconds)

    @cached_property
    def outbox(self) -> "SqlOutbox":
        """Cards on their way; raises StoreError."""
        from bot.store.post import SqlOutbox

        return SqlOutbox(self.engine, self.site_key)

    @cached_property
    def alarms(self) -> "SqlAlarms":
        """Moments at which something must happen; raises StoreError."""
        from bot.store.post import SqlAlarms

        return SqlAlarms(self.engine, self.site_key)

    @cached_property
    def meanwhile(self) -> "SqlMeanwhile":
        """What waits between two presses; raises StoreError."""
        from bot.store.meanwhile import SqlMeanwhile

        return SqlMeanwhile(self.engine, self.site_key)

    @cached_property
    def inbox(self) -> "SqlInbox":
        """Events accepted and not answered yet; raises StoreError."""
        from bot.store.inbox import SqlInbox

        return SqlInbox(self.engine, self.site_key)

    @cached_property
    def couriers(self) -> "Mapping[str, Courier]":
        """Who delivers cards, by platform that is on; raises SettingError."""
        from bot.wiring.post import couriers

        return couriers(self)

    @cached_property
    def office(self) -> "OfficeHours":
        """When the office works."""
        from bot.office_hours import OfficeHours

        opens, _, closes = self._settings.office_hours.partition("-")
        zone, region = ZoneInfo(self._settings.time_zone), self._settings.office_region
        return OfficeHours(zone, region, clock_time.fromisoformat(opens), clock_time.fromisoformat(closes))

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """What comes after asking and checking; a single command keeps nothing of it."""
        from bot.wiring.components import at_the_terminal, components

        return components(self) if self._serving else at_the_terminal(self)

    @cached_property
    def desk(self) -> Desk:
        """Does what buttons and forms ask for."""
        return Desk(self.components)

    @cached_property
    def conversations(self) -> Conversations:
        """The open conversations of the web chat, kept in the memory of this process alone; their keys outlive it."""
        return Conversations(time.monotonic, hashlib.sha256(b"web chat " + self.site_key).digest())

    def places(self, setting: str | None) -> tuple[Place, ...]:
        """The places that a setting such as SENDCHECK_TEAM names."""
        named = (one.strip().partition(":") for one in (setting or "").split(",") if one.strip())
        return tuple(Place(platform, where) for platform, _, where in named)

    @property
    def settings(self) -> Settings:
        """What the operator set."""
        return self._settings

    @cached_property
    def engine(self) -> "Engine":
        """The database, brought up to date when it is first opened; raises StoreError."""
        from bot.store.engine import open_engine
        from bot.store.migrate import migrate

        engine = open_engine(self._settings.database)
        migrate(engine)
        return engine

    @cached_property
    def site_key(self) -> bytes:
        """The key under which values are compared without being kept."""
        return site_key(self._settings.data_dir)


@dataclass(frozen=True)
class Service(Assistant):
    """The assistant as a running service: it can be warmed, asked how it is, and closed."""

    parts: Loaded = field(repr=False)
    settings: Settings = field(repr=False, kw_only=True)

    def warm_up(self) -> None:
        """Load what a first question and a first report need, and start the checking process beside it."""
        from bot.incident.likeness import warm_up as warm_reports

        self.parts.examiner.warm_up()
        _ = self.parts.reader, self.parts.scrubber
        self.parts.library.warm_up()
        _ = self.parts.writer
        self.parts.allow_list.digests()
        # Seconds that a first report would take longer, and that a start need not wait for. An end waits: the model's
        # own threads must not be cut off.
        Thread(target=warm_reports, args=(self.parts.embed,), name="warm-reports").start()

    @property
    def desk(self) -> Desk:
        """Does what buttons and forms ask for."""
        return self.parts.desk

    @property
    def conversations(self) -> Conversations:
        """The open conversations of the web chat."""
        return self.parts.conversations

    def platforms(self, helper: Helper, desk: ActDesk, count: Callable[[str, str], None]) -> "Sequence[ChatPlatform]":
        """The chat platforms that have credentials."""
        from bot.wiring.platforms import platforms

        return platforms(self.parts, helper, desk, count)

    def ready(self) -> tuple[bool, dict[str, str]]:
        """Whether questions can be answered now, and how each part is."""
        from bot.wiring.post import states

        try:
            library = self.parts.library
            self.parts.near_misses.count()
            post = dict(states(self.parts))
        except SendcheckError as error:
            return False, {"problem": str(error)}
        kind = "PostgreSQL" if self.settings.database.startswith("postgres") else "SQLite"
        return True, {
            "guidance": f"{len(library.documents)} documents, {len(library.rules)} rules",
            "index": self.parts.index_state,
            "store": kind,
            **post,
        }

    def close(self) -> None:
        """End the checking processes and finish what is being noted."""
        if "shelf" in vars(self.parts):
            self.parts.shelf.close()
        noting = vars(self.parts).get("note_gap")
        if noting is not None and hasattr(noting, "close"):
            noting.close()
        if "examiner" in vars(self.parts):
            self.parts.examiner.close()


def build(settings: Settings, progress: Progress | None = None, *, serving: bool = False) -> Service:
    """Everything for one process; nothing heavy is loaded yet. A server (`serving`) also notes gaps in the guidance."""
    return Service(Loaded(settings, progress, serving=serving), settings.contact, settings=settings)


def open_library(settings: Settings, progress: Progress | None = None) -> Library:
    """The guidance library of these settings; raises SettingError when the folder cannot be used."""
    try:
        return Library.open(settings.data_dir, settings.guidance_dir, settings.vocabulary_file, progress)
    except GuidanceError as error:
        raise SettingError(f"GUIDANCE_DIR: {error}") from error


def site_key(data_dir: Path) -> bytes:
    """The site's own secret for keyed digests, made once and readable by its owner alone; raises SettingError."""
    path = data_dir / "site.key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            partial = data_dir / f"site.key.{os.getpid()}"
            partial.touch(mode=0o600)
            partial.write_bytes(secrets.token_bytes(32))
            # A link fails if another process was first: then its key is the site's.
            with suppress(FileExistsError):
                os.link(partial, path)
            partial.unlink()
        return path.read_bytes()
    except OSError as error:
        raise SettingError(f"DATA_DIR: {data_dir} cannot be written: {error.strerror}") from error
