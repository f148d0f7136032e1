"""What is counted for Prometheus, and the assistant and the desk with what they do counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import anyio.to_thread
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk import Desk
from bot.domain.board import Download, Page
from bot.domain.card import Card, Form
from bot.domain.component import ActError, Outcome, Press
from bot.domain.copy import Copy, CopyKind
from bot.domain.message import Attachment
from bot.domain.message import Message as Asked
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Person
from bot.domain.ports import Progress
from bot.domain.ports.assistant import ActDesk, Helper, Ready
from bot.domain.reply import Reply
from bot.errors import StoreError
from bot.jobs.queues import Queues
from bot.platforms.web.app import ChatAssistant
from bot.platforms.web.conversation import Conversations

STAFF = "staff"
"""What everything that is not the team's is counted as."""


class ServedAssistant(ChatAssistant, Protocol):
    """What the server needs of the assistant."""

    @property
    def desk(self) -> Desk:
        """Does what buttons and forms ask for."""

    @property
    def conversations(self) -> Conversations:
        """The open conversations of the web chat."""

    def platforms(self, helper: Helper, desk: ActDesk, count: Callable[[str, str], None]) -> "Sequence[ChatPlatform]":
        """The chat platforms that have credentials."""

    def preview(self, text: str) -> ScrubbedText:
        """The text without personal data; raises ReportError."""

    def ready(self) -> tuple[bool, dict[str, str]]:
        """Whether questions can be answered now, and how each part is."""


class ChatPlatform(Protocol):
    """A chat platform as the server runs it."""

    name: str
    """As people know it: "Slack"."""

    @property
    def state(self) -> str:
        """How it is on, in a phrase."""

    def routes(self) -> list[Route]:
        """The addresses that it calls."""

    async def start(self) -> None:
        """Work off what was accepted before, and listen."""

    async def stop(self) -> None:
        """Finish what is in hand."""


class Metrics:
    """Counts and times for Prometheus: no text, no file name, no person."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "sendcheck_requests", "Requests answered.", ("handler", "method", "status"), registry=self.registry
        )
        self.request_seconds = Histogram(
            "sendcheck_request_seconds", "Time to answer a request.", ("handler",), registry=self.registry
        )
        self.replies = Counter("sendcheck_replies", "Replies given.", ("verdict",), registry=self.registry)
        self.reply_seconds = Histogram("sendcheck_reply_seconds", "Time to make a reply.", registry=self.registry)
        self.files = Counter("sendcheck_files_checked", "Files checked.", ("verdict",), registry=self.registry)
        self.copies = Counter("sendcheck_copies", "Copies asked for.", ("kind", "outcome"), registry=self.registry)
        self.not_personal = Counter(
            "sendcheck_not_personal_data",
            "Findings marked as not personal data.",
            ("category",),
            registry=self.registry,
        )
        self.acts = Counter(
            "sendcheck_acts", "Things done with a button or a form.", ("act", "outcome"), registry=self.registry
        )

        self.refused = Counter(
            "sendcheck_refused",
            "Requests of chat platforms refused or ignored.",
            ("platform", "why"),
            registry=self.registry,
        )

    def count_refused(self, platform: str, why: str) -> None:
        """One request of a chat platform was refused or ignored."""
        self.refused.labels(platform, why).inc()

    def watch(self, queues: Callable[[], Queues]) -> None:
        """Show how much waits in the post office as well."""
        self.registry.register(QueueGauges(queues))

    async def show(self, _: Request) -> Response:
        """The metrics in the text format of Prometheus."""
        # In a thread, because how much waits is asked of the database.
        text = await anyio.to_thread.run_sync(generate_latest, self.registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST)


class QueueGauges(Collector):
    """How much waits in the post office, counted when the metrics are asked for."""

    def __init__(self, queues: Callable[[], Queues]) -> None:
        self._queues = queues

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: the database need not be there yet."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """The gauges; none while the database cannot be reached."""
        try:
            queues = self._queues()
        except StoreError:
            return
        for name, said, label, numbers in (
            ("sendcheck_cards_waiting", "Cards not delivered yet.", "platform", queues.parcels),
            ("sendcheck_cards_given_up", "Cards that could not be delivered lately.", "platform", queues.given_up),
            ("sendcheck_alarms_set", "Alarms still to come.", "kind", queues.alarms),
            ("sendcheck_alarms_overdue", "Alarms that should have gone off.", "kind", queues.late),
            ("sendcheck_messages_waiting", "Messages not answered yet.", "platform", queues.events),
        ):
            gauge = GaugeMetricFamily(name, said, labels=[label])
            for of, number in numbers.items():
                gauge.add_metric([of], number)
            yield gauge


class CountedAssistant:
    """The assistant, with what it does counted."""

    def __init__(self, assistant: ServedAssistant, metrics: Metrics) -> None:
        self._assistant = assistant
        self._metrics = metrics

    def respond(self, message: Asked, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """Answer, and count the verdicts."""
        with self._metrics.reply_seconds.time():
            reply = self._assistant.respond(message, progress, ready)
        self._metrics.replies.labels(reply.verdict.value).inc()
        for report in reply.files:
            self._metrics.files.labels(report.verdict.value).inc()
        return reply

    def preview(self, text: str) -> ScrubbedText:
        """The text as it would be stored."""
        return self._assistant.preview(text)

    def copy(self, attachment: Attachment, kind: CopyKind, progress: Progress | None = None) -> Copy:
        """Make a copy, and count it by kind."""
        copy = self._assistant.copy(attachment, kind, progress)
        self._metrics.copies.labels(kind.value, "made" if copy.content else "refused").inc()
        return copy

    def not_personal_data(self, digest: str, category: str) -> None:
        """Remember a value that is not personal data, and count its category."""
        self._assistant.not_personal_data(digest, category)
        self._metrics.not_personal.labels(category).inc()


class CountedDesk:
    """The desk, with what is done counted.

    Only what the team does is counted by its name: a counter that went up at three minutes past ten because somebody
    sent a report would say when an anonymous one came, which is kept nowhere else.
    """

    def __init__(self, desk: Desk, metrics: Metrics) -> None:
        self._desk = desk
        self._metrics = metrics

    def offers(self, act: str) -> bool:
        """Whether there is such an act."""
        return self._desk.offers(act)

    @property
    def pages(self) -> tuple[str, ...]:
        """The first parts of the addresses of the board."""
        return self._desk.pages

    def form(self, act: str, about: str, by: Person | None, now: datetime) -> Form:
        """The form that comes before an act; raises ActError."""
        return self._desk.form(act, about, by, now)

    def press(self, press: Press) -> Outcome:
        """Do what was asked, and count it; raises ActError."""
        act = press.act if self._desk.for_team(press.act) else STAFF
        outcome = "failed"
        try:
            came = self._desk.press(press)
            # Which steps a form has would tell what it is for.
            outcome = "done"
            return came
        except ActError:
            outcome = "refused"
            raise
        finally:
            self._metrics.acts.labels(act, outcome).inc()

    def home(self, person: Person, now: datetime) -> tuple[Card, ...]:
        """What a person sees on a page of their own."""
        return self._desk.home(person, now)

    def page(self, address: str, query: Mapping[str, str]) -> Page:
        """A page of the board; raises ActError."""
        return self._desk.page(address, query)

    def download(self, address: str, query: Mapping[str, str]) -> Download:
        """A file of the board; raises ActError."""
        return self._desk.download(address, query)
