"""A small assistant with fixed answers, so that the web chat is tested by itself."""

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.desk import Desk
from bot.domain.citation import Citation
from bot.domain.component import Answered
from bot.domain.copy import Copy, CopyKind, copy_name
from bot.domain.finding import Category, FileReport, Finding, Hazard, HazardKind, Inspection, Role, Unread, UnreadReason
from bot.domain.message import Attachment, Message
from bot.domain.nearmiss import ScrubbedText
from bot.domain.ports import Progress
from bot.domain.ports.assistant import Ready
from bot.domain.reply import Clarify, Reply
from bot.domain.verdict import Verdict
from bot.errors import StoreError
from bot.platforms.web.conversation import Conversations
from knowledge import Facts
from tests.web_component import Tried

ROW = "| witness contact details | defence | any | don't send | |"
PROSE = "A witness's address never goes to the defence. Take the contact page off before the statement is copied."
CITATIONS = (
    Citation(
        "disclosure/statements.md",
        "Witness statements (MG11)",
        "Sharing › With the defence",
        ROW,
        None,
        date(2026, 10, 3),
    ),
    Citation(
        "disclosure/statements.md",
        "Witness statements (MG11)",
        "The contact page",
        PROSE,
        None,
        date(2026, 10, 3),
        superseded=True,
        page=4,
        version="2.1",
        owner="the disclosure lead",
    ),
)
CLARIFY = Clarify(
    "recipient", "Who is it going to?", (("defence", "The defence"), ("court", "The court"), ("police", "The police"))
)


@dataclass
class FixedAssistant:
    """Answers by a word in the question; keeps what it was asked so that a test can look at it."""

    asked: list[Message] = field(default_factory=list)
    allowed: list[tuple[str, str]] = field(default_factory=list)
    copied: list[tuple[str, CopyKind]] = field(default_factory=list)
    desk: Desk = field(default_factory=lambda: Desk(()))
    between: threading.Event | None = None
    """After the first of several files, a check waits for this."""
    conversations: Conversations = field(default_factory=lambda: Conversations(time.monotonic))
    go_on: threading.Event | None = None
    """A check waits for this, so that a test can look at the progress."""

    tried: Tried | None = None
    """With it, replies carry the cards and buttons of that part, as the flow adds them."""

    def platforms(self, helper: object, desk: object, count: object) -> tuple[()]:
        """No chat platform beside the web."""
        return ()

    def respond(self, message: Message, progress: Progress | None = None, ready: Ready | None = None) -> Reply:
        """Answer by the words of the message and by its files, with what the part adds."""
        reply = self._respond(message, progress)
        after = self.tried.component().after if self.tried else None
        if after is None:
            return reply
        extras = after(Answered(message, reply, datetime.now(UTC)))
        return replace(reply, id="A-1", cards=extras.cards, buttons=extras.buttons)

    def tell_early(self, message: Message, ready: Ready | None) -> None:
        """Tell of each file as it is ready."""
        for number, one in enumerate(message.attachments if ready else ()):
            assert ready is not None
            ready(_report(one))
            if number == 0 and self.between is not None:
                self.between.wait(20)

    def _respond(self, message: Message, progress: Progress | None) -> Reply:
        self.asked.append(message)
        if "store is down" in message.text:
            raise StoreError("The database cannot be reached.")
        if "break" in message.text:
            raise RuntimeError(f"could not read {message.text}")
        if message.attachments and self.go_on is not None:
            assert progress is not None
            progress(3, 10, "page 3 of 10")
            self.go_on.wait(20)
        if "cake" in message.text:
            return _reply(Verdict.NOT_COVERED, "This isn’t about sending information.", ())
        if "statement" in message.text and not message.answers:
            return _reply(Verdict.ASK, "That depends on who it is for.", (), clarify=CLARIFY)
        return _reply(
            Verdict.STOP,
            "Don't send it with the contact page.",
            tuple(_report(attachment) for attachment in message.attachments),
        )

    def preview(self, text: str) -> ScrubbedText:
        """Nothing is taken out."""
        return ScrubbedText(text, 0)

    def copy(self, attachment: Attachment, kind: CopyKind, progress: Progress | None = None) -> Copy:
        """Copy a file by adding a word; refuse one that says so."""
        self.copied.append((attachment.name, kind))
        if b"refuse" in attachment.content:
            return Copy(why="No redacted copy was made: personal data could still be found in it (page 1).")
        name = copy_name(attachment.name, kind, "pdf", verified=True)
        return Copy(attachment.content + b" copied", name, ("10 places painted over on 2 pages",), True)

    def not_personal_data(self, digest: str, category: str) -> None:
        """Remember the digest."""
        self.allowed.append((digest, category))

    def ready(self) -> tuple[bool, dict[str, str]]:
        """Ready unless told to wait."""
        return True, {"guidance documents": "34", "store": "reachable"}


@dataclass(frozen=True)
class Chat:
    """A running web chat and the assistant behind it."""

    url: str
    assistant: FixedAssistant


def _reply(verdict: Verdict, headline: str, files: tuple[FileReport, ...], clarify: Clarify | None = None) -> Reply:
    covered = verdict is not Verdict.NOT_COVERED
    return Reply(
        verdict=verdict,
        headline=headline,
        because=("A witness's contact details never go to the defence, whatever the channel.",) if covered else (),
        conditions=("Take the contact page off", "Check the case number on every page") if covered else (),
        citations=CITATIONS if covered else (),
        contact="the disclosure lead",
        facts=Facts(),
        understood="You want to send a witness statement to the defence by email." if covered else "",
        clarify=clarify,
        files=files,
        seconds=0.01,
    )


def _report(attachment: Attachment) -> FileReport:
    phones = tuple(
        Finding(
            Category.PHONE,
            f"page {page}",
            "•••••••••12",
            1,
            0.95,
            page == 2,
            Role.WITNESS,
            "person 1",
            f"digest-{page}",
        )
        for page in range(1, 9)
    )
    others = (
        Finding(Category.NHS_NUMBER, "page 4", "•••• ••• •21", 2, 0.7, False, Role.VICTIM, "person 2", "digest-nhs"),
        Finding(Category.ADDRESS, "page 4", "•• ••••••• ••••••", 1, 0.4),
    )
    inspection = Inspection(
        name=attachment.name,
        media_type="application/pdf",
        size=len(attachment.content),
        sha256="0" * 64,
        inspected="partial",
        findings=phones + others,
        hazards=(Hazard(HazardKind.FAILED_REDACTION, "page 4", "The text under the black box can still be copied."),),
        unread=(Unread("page 7", UnreadReason.LOW_CONFIDENCE, "The handwriting is faint."),),
    )
    because = ("Page 4 still has the address of a witness.",)
    return FileReport(inspection, Verdict.STOP, because, CITATIONS[:1])
