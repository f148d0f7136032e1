"""Ask a person: the scrubbed question goes to the information team with a clock, and the answer comes back."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.answers import AnswerRecord, HumanQuestion, State
from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form, Style
from bot.domain.component import ActError, Alarm, Outcome, Press
from bot.domain.people import Place
from bot.domain.ports.answers import AnswerBook, Questions
from bot.domain.ports.post import Alarms, Outbox
from bot.domain.words import HEADLINES
from bot.followup.buttons import lasting
from bot.followup.changed import day_words, in_words
from bot.followup.records import Recorder, Scrub
from bot.followup.typed import TAKEN_OUT, text_field, typed
from bot.nearmiss.record import LETTERS
from knowledge import Facts, Library

LONGEST_QUESTION = 1500
LONGEST_ANSWER = 3000
DUE, LATE = "human.due", "human.late"
"""Kinds of alarm: the answer was due; a working day later it still is."""
NO_SUCH = "There is no question with that code. Check the code: it looks like HQ-7F3K-92QD."
SETTLED = "Somebody was quicker: this question has been answered or closed."
TEAM = "the information team"


def new_receipt() -> str:
    """A code such as HQ-7F3K-92QD, from the system's randomness and nothing else."""
    first, second = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    return f"HQ-{first}-{second}"


@dataclass(frozen=True)
class HumanParts:
    """What asking a person needs; stores are opened when they are first used."""

    questions: Callable[[], Questions]
    book: Callable[[], AnswerBook]
    outbox: Callable[[], Outbox]
    alarms: Callable[[], Alarms]
    library: Callable[[], Library]
    recorder: Recorder
    scrub: Scrub
    team: tuple[Place, ...] = field(repr=False)
    lead: tuple[Place, ...] = field(repr=False)
    next_working_day: Callable[[datetime], datetime]
    """The same time one working day later; outside office hours counted from when the office opens."""
    local: Callable[[datetime], datetime]
    """A moment as the office's clock shows it."""
    receipt: Callable[[], str] = new_receipt


class HumanDesk:
    """The acts of asking a person, for the one who asks and for those who answer."""

    def __init__(self, parts: HumanParts) -> None:
        self._parts = parts

    def form(self, press: Press) -> Form:
        """The scrubbed question to look over, with who will see it."""
        kept = self._parts.recorder.question(press.about, press.now)
        return self._question_form(press, kept.text if kept else "", self._intro(press))

    def ask(self, press: Press) -> Outcome:
        """Put the question to the team; a text that scrubbing changed is shown first."""
        missing = "Say in a sentence or two what you want to know."
        text, changed = typed(press, "question", self._parts.scrub, LONGEST_QUESTION, missing)
        if changed:
            return self._question_form(press, text.text, (TAKEN_OUT,))
        record = self._parts.book().find(press.about) if press.about else None
        question = HumanQuestion(
            receipt=self._parts.receipt(),
            question=text,
            facts=record.facts if record else Facts(),
            verdict=record.verdict if record else None,
            document=record.document if record else "",
            owner=self._owner(record),
            asked_at=press.now,
            due=self._parts.next_working_day(press.now),
            place=press.by.place if press.by else None,
        )
        self._parts.questions().ask(question)
        self._parts.alarms().set(f"human:{question.receipt}", DUE, question.receipt, question.due)
        self._parts.outbox().send(self.card(question), self._parts.team, f"human:{question.receipt}")
        return self._asked(question)

    def card(self, question: HumanQuestion, kind: CardKind = CardKind.QUESTION, title: str = "") -> Card:
        """What the team sees: the question, what the guidance said, by when; not who asks."""
        say = self._parts.library().vocabulary.say
        document = self._parts.library().documents.get(question.document)
        details = [
            ("Code", question.receipt),
            ("For", question.owner),
            ("Read as", in_words(question.facts, say)),
            ("The guidance said", HEADLINES[question.verdict] if question.verdict else ""),
            ("Page", document.title if document else ""),
            ("Answer by", moment_words(self._parts.local(question.due))),
        ]
        buttons = (
            Button("human.answer", "Answer", question.receipt, Style.PRIMARY, opens_form=True),
            Button("human.close", "Close without an answer", question.receipt),
        )
        return Card(
            kind,
            title or "Somebody asks a person",
            (question.question.text,),
            tuple((label, value) for label, value in details if value),
            buttons=buttons if question.state is State.OPEN else (),
            about=question.receipt,
        )

    def answer_form(self, press: Press) -> Form:
        """What the team writes back."""
        question = self._open(press.about)
        return self._answer_form(press, "", "no", (f"They ask: {question.question.text}",))

    def answer(self, press: Press) -> Outcome:
        """Send the answer back to whoever asked, and offer it to the guidance if that was chosen."""
        question = self._open(press.about)
        text, changed = typed(press, "answer", self._parts.scrub, LONGEST_ANSWER, "Write the answer first.")
        offered = press.value("offer") == "yes"
        if changed:
            return self._answer_form(press, text.text, "yes" if offered else "no", (TAKEN_OUT,))
        by = press.by.id if press.by else ""
        if not self._parts.questions().answer(question.receipt, text, by, press.now, offered=offered):
            raise ActError(SETTLED)
        self._parts.alarms().cancel(question.receipt)
        card = _answer_card(question.question.text, text.text, question.receipt)
        if question.place is not None:
            self._parts.outbox().send(card, [question.place], f"human:{question.receipt}:answer")
        reaches = "It is on its way to them." if question.place else "They read it with their code."
        also = ("It is listed among the candidates on the board’s page of answers.",) if offered else ()
        return Card(CardKind.NOTE, "Answered", (reaches, *also), about=question.receipt)

    def close(self, press: Press) -> Outcome:
        """Close a question; whoever asked and still waits is told that no answer comes."""
        question = self._found(press.about)
        if not self._parts.questions().close(question.receipt):
            raise ActError(SETTLED)
        self._parts.alarms().cancel(question.receipt)
        if question.state is State.OPEN and question.place is not None:
            text = f"Your question was closed without an answer. Please ask {question.owner} directly."
            card = Card(CardKind.ANSWER, "About your question", (text,), about=question.receipt)
            self._parts.outbox().send(card, [question.place], f"human:{question.receipt}:closed")
        return Card(CardKind.NOTE, "Closed", ("Nothing is kept of who asked or who answered.",), about=question.receipt)

    def read_form(self, press: Press) -> Form:
        """Asks for the code."""
        code = Field("code", "Your code", required=True, value=(press.about,) if press.about else (), longest=20)
        return Form("answer.read", "Read an answer", (code,), submit="Show")

    def read(self, press: Press) -> Outcome:
        """The answer, for whoever has the code."""
        code = (press.value("code") or press.about).upper().replace(" ", "")
        question = self._parts.questions().find(code)
        if question is None:
            raise ActError(NO_SUCH, wrong="code")
        if question.answer is not None:
            return replace(_answer_card(question.question.text, question.answer.text, code), private=True)
        if question.state is State.CLOSED:
            line = f"It was closed without an answer. Please ask {question.owner} directly."
        else:
            line = f"There is no answer yet. It is due by {moment_words(self._parts.local(question.due))}."
        return Card(CardKind.ANSWER, "Your question", (question.question.text, line), about=code, private=True)

    def due(self, alarm: Alarm, now: datetime) -> None:
        """Reminds the team; a working day later the lead."""
        question = self._parts.questions().find(alarm.about)
        if question is None or question.state is not State.OPEN:
            return
        late = alarm.kind == LATE
        title = "A question has waited for two working days" if late else "A question still waits for an answer"
        places = self._parts.lead or self._parts.team if late else self._parts.team
        self._parts.outbox().send(self.card(question, CardKind.REMINDER, title), places, alarm.key + ":reminder")
        if not late:
            due = self._parts.next_working_day(now)
            self._parts.alarms().set(f"human:{question.receipt}:late", LATE, question.receipt, due)

    def _asked(self, question: HumanQuestion) -> Card:
        lasts = question.place is not None and question.place.platform != "web"
        back = "The answer comes back to you here." if lasts else "Keep the code: you read the answer by it."
        return Card(
            CardKind.NOTE,
            "Your question is with a person",
            (f"It went to {TEAM}. {back}", f"What they see: {question.question.text}"),
            (("Code", question.receipt), ("Answer due by", moment_words(self._parts.local(question.due)))),
            buttons=(Button("answer.read", "Read the answer", question.receipt, opens_form=True),),
            about=question.receipt,
        )

    def _owner(self, record: AnswerRecord | None) -> str:
        document = self._parts.library().documents.get(record.document) if record else None
        return ((document.contact or document.owner) if document else "")[:200] or TEAM

    def _intro(self, press: Press) -> tuple[str, ...]:
        back = "The answer comes back to you here." if lasting(press.by) else "You get a code to read it by."
        return (f"The information team sees this text, not who you are. {back} Usually within one working day.",)

    def _question_form(self, press: Press, text: str, intro: tuple[str, ...]) -> Form:
        hint = "What you want to send, to whom, how. No names or case numbers: they are taken out."
        question = text_field("question", "Your question", text, hint, LONGEST_QUESTION, required=True)
        return Form("answer.ask_human", "Ask a person", (question,), press.about, intro)

    def _answer_form(self, press: Press, text: str, offer: str, intro: tuple[str, ...]) -> Form:
        hint = "Plain words. No names or case numbers: they are taken out."
        fields = (
            text_field("answer", "Your answer", text, hint, LONGEST_ANSWER, required=True),
            Field(
                "offer",
                "Offer this to the guidance?",
                FieldKind.YES_NO,
                value=(offer,),
                hint="It is drafted as a row on the board; only a person publishes it.",
            ),
        )
        return Form("human.answer", "Answer a question", fields, press.about, intro)

    def _found(self, receipt: str) -> HumanQuestion:
        question = self._parts.questions().find(receipt)
        if question is None:
            raise ActError("This question is no longer kept.")
        return question

    def _open(self, receipt: str) -> HumanQuestion:
        question = self._found(receipt)
        if question.state is not State.OPEN:
            raise ActError(SETTLED)
        return question


def moment_words(moment: datetime) -> str:
    """A moment for people: "3 October 2026, 14:05"."""
    return f"{day_words(moment)}, {moment:%H:%M}"


def _answer_card(question: str, answer: str, receipt: str) -> Card:
    lines = (f"You asked: {question}", answer, "A person of the information team wrote this.")
    return Card(CardKind.ANSWER, "A person answered your question", lines, (("Code", receipt),), about=receipt)
