"""THE FLOW: a message in, a reply out. Read this first."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.ask.answer import answer, files_only
from bot.ask.courtesy import courtesy
from bot.ask.evidence import Book
from bot.ask.facts import FactReader
from bot.ask.question import Question
from bot.ask.revise import choices
from bot.ask.rule import rule
from bot.ask.thread import to_remember
from bot.ask.writer import Writer, answered
from bot.domain.card import CardKind
from bot.domain.component import Answered, Component
from bot.domain.copy import Copy, CopyKind
from bot.domain.finding import FileReport, Inspection, Unread, UnreadReason
from bot.domain.message import Attachment, Message, Remembered
from bot.domain.nearmiss import NearMiss, NearMissKind, ScrubbedText
from bot.domain.ports import AllowList, Examiner, NearMissStore, Progress
from bot.domain.ports.assistant import Ready
from bot.domain.ports.threads import Threads
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict, strictest
from bot.domain.words import headline
from bot.nearmiss.nearest import Embed
from bot.nearmiss.record import file_report, preview
from bot.nearmiss.scrub import Scrubber
from bot.scan.assess import Rulebook, assess
from bot.scan.claims import contradictions
from bot.scan.compare import NOBODY, NamedCase, case_named, compared
from knowledge import Facts, Library

OUT_OF_BOUNDS = "indecent_images"
"""Material that must not be opened, copied or previewed (Protection of Children Act 1978 s.1)."""
_MOST_TURNS = 6
"""Earlier messages of a conversation that are gone through, where nothing is remembered of them."""


class Parts(Protocol):
    """What the assistant is made of; `bot.wiring` loads each when it is first used."""

    @property
    def library(self) -> Library:
        """The guidance."""

    @property
    def reader(self) -> FactReader:
        """Reads facts from questions."""

    @property
    def examiner(self) -> Examiner:
        """Looks into files."""

    @property
    def scrubber(self) -> Scrubber:
        """Takes personal data out of free text."""

    @property
    def embed(self) -> Embed:
        """Turns texts into vectors."""

    @property
    def site_key(self) -> bytes:
        """The key under which values are compared without being kept."""

    @property
    def near_misses(self) -> NearMissStore:
        """Keeps near misses."""

    @property
    def allow_list(self) -> AllowList:
        """Keeps what is not personal data here."""

    @property
    def note_gap(self) -> Callable[[str, Verdict], None]:
        """Is told of each question that the guidance did not settle."""

    @property
    def threads(self) -> Threads:
        """Keeps what conversations remember."""

    @property
    def writer(self) -> Writer:
        """The optional language model."""

    @property
    def components(self) -> Sequence[Component]:
        """What may add to a reply."""


@dataclass(frozen=True)
class Assistant:
    """What every platform talks to."""

    parts: Parts = field(repr=False)
    contact: str = "your information manager"
    """Whom to ask when no document names an owner."""

    def respond(self, message: Message, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """Read the question, check the attachments, decide by the guidance, and answer.

        `ready` is told of each file as soon as it has been checked, before the files are compared with one another.
        """
        started = time.perf_counter()
        message = replace(message, remembered=self._remembered(message))
        question = self.parts.reader.read(message)
        case = self._case_of(message, question.follows)
        reports = self.check(message.attachments, question.facts, case, progress, ready, message.missing)
        reply = self._answer(question, message, reports)
        if self._is_gap(message, reply):
            self.parts.note_gap(message.text, reply.verdict)
        reply = replace(together(reply, reports, question), id=secrets.token_urlsafe(9))
        found = tuple(material for report in reports for material in report.inspection.materials)
        reply = replace(reply, remember=to_remember(reply, question, found))
        if message.thread and reply.remember is not None:
            self.parts.threads.keep(message.thread, reply.remember, datetime.now(UTC))
        return replace(self._with_extras(message, reply), seconds=time.perf_counter() - started)

    def revise(self, remembered: Remembered, changes: Mapping[str, str]) -> Reply:
        """The answer to what is remembered with some facts changed (fact to term), from the facts alone."""
        started = time.perf_counter()
        question = self.parts.reader.revised(remembered, changes)
        reply = replace(self._ruled(question), id=secrets.token_urlsafe(9))
        reply = replace(reply, remember=to_remember(reply, question))
        return replace(reply, seconds=time.perf_counter() - started)

    def choices(self, fact: str, remembered: Remembered) -> tuple[tuple[str, str], ...]:
        """The (term, words) that a fact may be changed to, likely ones first, at most twenty."""
        library = self.parts.library
        return choices(fact, remembered.facts, Book(library.rules, library.rule_by_id, library.vocabulary))

    def _remembered(self, message: Message) -> Remembered | None:
        """What the conversation carries: as given, as kept under its key, or as its earlier texts come to."""
        if message.remembered is not None:
            return message.remembered
        if message.thread and (kept := self.parts.threads.recall(message.thread)) is not None:
            return kept
        remembered = None
        for turn in [turn for turn in message.history if turn.role == "user"][-_MOST_TURNS:]:
            question = self.parts.reader.read(Message(turn.text, remembered=remembered))
            remembered = to_remember(self._ruled(question), question)
        return remembered

    def _is_gap(self, message: Message, reply: Reply) -> bool:
        """Whether the guidance left a question open.

        What has already gone wrong is an incident and asks for no new row; "thanks" asks nothing.
        """
        if not message.text.strip() or reply.clarify or courtesy(message.text):
            return False
        terms = self.parts.library.vocabulary.terms
        went = any(terms[material].happened for material in reply.facts.materials)
        return reply.verdict in (Verdict.ASK, Verdict.NOT_COVERED) and not went

    def _with_extras(self, message: Message, reply: Reply) -> Reply:
        """The reply with what other parts add to it: lessons, the breach path, buttons."""
        answered = Answered(message, reply, datetime.now(UTC))
        extras = [component.after(answered) for component in self.parts.components if component.after]
        cards = tuple(card for one in extras for card in one.cards)
        gone = any(card.kind is CardKind.BREACH and card.steps for card in cards)
        if gone and reply.verdict in (Verdict.OK, Verdict.SAFEGUARDS):
            # How it may be sent is no answer to somebody who says that it went astray.
            reply = replace(reply, verdict=Verdict.ASK, headline=headline(Verdict.ASK, self.contact))
        return replace(
            reply,
            cards=cards,
            buttons=tuple(button for one in extras for button in one.buttons),
        )

    def case(self, *said: str) -> NamedCase:
        """The case that a sender's words name, by reference or as "R v …"."""
        return case_named(said, self.parts.site_key)

    def check(
        self,
        attachments: Sequence[Attachment],
        facts: Facts,
        case: NamedCase,
        progress: Progress | None = None,
        ready: Ready | None = None,
        missing: Sequence[tuple[str, str]] = (),
    ) -> tuple[FileReport, ...]:
        """Look into each attachment, compare them with the case and one another, and judge them by the guidance.

        Suspected indecent images are not opened, and `missing` files (name, why) are reported as not checked.
        """
        library = self.parts.library
        book = Rulebook(library.rules, library.documents, library.vocabulary)
        allowed = self.parts.allow_list.digests() if attachments else frozenset()
        inspections: list[Inspection] = []
        for one in attachments:
            if OUT_OF_BOUNDS in facts.materials:
                inspections.append(_not_opened(one))
            else:
                inspections.append(_without(self.parts.examiner.examine(one, progress), allowed))
            if ready:
                alone = compared(inspections[-1:], case)[0]
                ready(assess(alone, facts.recipients, book, case))
        inspections += [_not_had(name, why) for name, why in missing]
        return tuple(assess(one, facts.recipients, book, case) for one in compared(inspections, case))

    def copy(self, attachment: Attachment, kind: CopyKind, progress: Progress | None = None) -> Copy:
        """A copy of one attachment, marked, redacted or cleaned; what the site allows is left alone."""
        return self.parts.examiner.copy(attachment, kind, progress, self.parts.allow_list.digests())

    def _case_of(self, message: Message, follows: bool) -> NamedCase:
        """The case named in the message, or for a follow-up the one named before it."""
        if not message.attachments:
            return NOBODY
        earlier = [turn.text for turn in reversed(message.history) if turn.role == "user"] if follows else []
        said = (self.case(f"case {message.case or ''}", message.text), *(self.case(text) for text in earlier))
        return next((named for named in said if named), NOBODY)

    def _answer(self, question: Question, message: Message, reports: tuple[FileReport, ...]) -> Reply:
        library = self.parts.library
        if reports:
            seen = tuple(material for report in reports for material in report.inspection.materials)
            facts = replace(question.facts, materials=library.vocabulary.narrowest((*question.facts.materials, *seen)))
            question = replace(question, facts=facts)
            if not message.text.strip() or not facts.materials:
                return files_only(question, library, self.contact)
        return answered(question, library, self.contact, self.parts.writer)

    def _ruled(self, question: Question) -> Reply:
        """The answer by the guidance to a question as understood."""
        library = self.parts.library
        book = Book(library.rules, library.rule_by_id, library.vocabulary)
        return answer(question, rule(question, library, book), library, self.contact)

    def preview(self, text: str) -> ScrubbedText:
        """What would be stored of a report, for its author to see first; raises ReportError."""
        return preview(text, self.parts.scrubber)

    def report(
        self,
        text: str,
        kind: NearMissKind | None = None,
        anonymous: bool = False,
        finding_categories: tuple[str, ...] = (),
    ) -> NearMiss:
        """Log a near miss; raises ReportError, StoreError."""
        return file_report(
            text,
            kind,
            anonymous,
            finding_categories,
            self.parts.near_misses,
            self.parts.scrubber,
            datetime.now(UTC),
            embed=self.parts.embed,
            site_key=self.parts.site_key,
        )

    def not_personal_data(self, digest: str, category: str) -> None:
        """Remember that a value is no personal data at this site; raises StoreError."""
        self.parts.allow_list.add(digest, category)


def together(reply: Reply, reports: tuple[FileReport, ...], question: Question) -> Reply:
    """The answer and the file reports as one reply: the strictest verdict, the files' reasons first."""
    if not reports:
        return reply
    denied = [
        sentence
        for report in reports
        for sentence in contradictions(question.facts, question.counted, report.inspection)
    ]
    verdict = strictest([reply.verdict, *(report.verdict for report in reports), *([Verdict.STOP] if denied else [])])
    named = len(reports) > 1
    # A file that may go is worth a line only where all may.
    telling = [one for one in reports if one.verdict is not Verdict.OK or verdict is Verdict.OK]
    found = [f"{one.inspection.name}: {reason}" if named else reason for one in telling for reason in one.because]
    cited = {(citation.document, citation.quote): citation for one in telling for citation in one.citations}
    cited.update({(citation.document, citation.quote): citation for citation in reply.citations})
    return replace(
        reply,
        verdict=verdict,
        headline=headline(verdict, reply.contact),
        because=(*denied, *found, *(reply.because if reply.verdict is not Verdict.NOT_COVERED else ())),
        conditions=tuple(dict.fromkeys((*reply.conditions, *(text for one in reports for text in one.conditions))))
        if verdict in (Verdict.SAFEGUARDS, Verdict.ASK)
        else reply.conditions,
        citations=tuple(cited.values()),
        clarify=reply.clarify if verdict is Verdict.ASK else None,
        files=reports,
    )


def _without(inspection: Inspection, allowed: frozenset[str]) -> Inspection:
    """The inspection without the values that the site has said are not personal data."""
    return replace(inspection, findings=tuple(f for f in inspection.findings if f.digest not in allowed))


def _not_had(name: str, why: str) -> Inspection:
    return Inspection(name, "", 0, "", "none", unread=(Unread("", UnreadReason.UNSUPPORTED, why),))


def _not_opened(attachment: Attachment) -> Inspection:
    detail = (
        "Not opened: suspected indecent images must not be copied or previewed. "
        "Follow the procedure for indecent images."
    )
    unread = Unread("", UnreadReason.UNSUPPORTED, detail)
    return Inspection(attachment.name, "", len(attachment.content), "", "none", unread=(unread,))
