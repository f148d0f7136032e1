"""Answers under way: each runs in a thread, so that a long check keeps nobody else waiting."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

import anyio
import anyio.to_thread
import structlog

from bot.domain.message import Message
from bot.domain.ports import Progress
from bot.domain.ports.assistant import Ready
from bot.domain.reply import Reply
from bot.errors import SendcheckError
from bot.platforms.web.conversation import Conversation, Exchange

FILES_AT_ONCE = 4
QUESTIONS_AT_ONCE = 8
MOST_UNDER_WAY = 32
MOST_REMEMBERED = 64

OUR_FAULT = "Something went wrong on our side, so there is no answer yet. Try again in a minute."
BUSY = "A lot of checks are running just now, and this one was not started. Try again in a minute."

log = structlog.get_logger(__name__)


class Responds(Protocol):
    """The part of the assistant that answers."""

    def respond(self, message: Message, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """Answer one message."""


@dataclass(frozen=True)
class Failure:
    """What to tell a person when there is no reply, and the HTTP status that goes with it."""

    text: str
    status: int


@dataclass
class Check:
    """One answer under way and how far it has got."""

    id: str
    owner: str = field(repr=False)
    """Key of the conversation; nobody else is told anything about it."""
    done: int = 0
    total: int = 0
    what: str = ""
    outcome: "asyncio.Task[Exchange | Failure] | None" = field(default=None, repr=False)

    @property
    def under_way(self) -> bool:
        """True until there is a reply or a failure."""
        return self.outcome is None or not self.outcome.done()

    def progress(self, done: int, total: int, what: str) -> None:
        """Note how far the check has got; called from the thread that does it."""
        self.done, self.total, self.what = done, total, what


class Checks:
    """The answers under way. Questions do not queue behind files."""

    def __init__(self, assistant: Responds, now: Callable[[], datetime]) -> None:
        """`now` gives the time of day shown with a reply."""
        self._assistant = assistant
        self._now = now
        self._files = anyio.CapacityLimiter(FILES_AT_ONCE)
        self._questions = anyio.CapacityLimiter(QUESTIONS_AT_ONCE)
        self._checks: dict[str, Check] = {}

    def start(self, message: Message, owner: str, conversation: Conversation) -> Check:
        """Begin to answer; the outcome is also added to the conversation, so that a reload of the page shows it."""
        check = Check(secrets.token_urlsafe(12), owner)
        self._drop_old()
        busy = sum(1 for other in self._checks.values() if other.under_way) >= MOST_UNDER_WAY
        work = self._refuse() if busy else self._answer(check, message, conversation)
        check.outcome = asyncio.create_task(work)
        self._checks[check.id] = check
        return check

    def find(self, check_id: str, owner: str) -> Check | None:
        """The check of that id, if it belongs to that conversation."""
        check = self._checks.get(check_id)
        return check if check and check.owner == owner else None

    async def _answer(self, check: Check, message: Message, conversation: Conversation) -> Exchange | Failure:
        limiter = self._files if message.attachments else self._questions
        try:
            work = partial(self._assistant.respond, message, check.progress)
            reply = await anyio.to_thread.run_sync(work, limiter=limiter)
        except SendcheckError as error:
            return Failure(str(error), 500 if error.permanent else 503)
        except Exception as error:  # whatever it was, the person gets an answer and the log gets no content
            log.error("answer_failed", error=type(error).__name__)
            return Failure(OUR_FAULT, 500)
        exchange = Exchange.of(message, reply, self._now())
        conversation.add(exchange)
        return exchange

    async def _refuse(self) -> Exchange | Failure:
        return Failure(BUSY, 503)

    def _drop_old(self) -> None:
        ended = [check.id for check in self._checks.values() if not check.under_way]
        for check_id in ended[:-MOST_REMEMBERED]:
            del self._checks[check_id]
