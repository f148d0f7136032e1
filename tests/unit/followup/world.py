"""A small site for tests of what happens after an answer: guidance of two pages, a database file, a post that keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from bot.ask.decide import decide
from bot.ask.evidence import Book
from bot.ask.question import Question
from bot.ask.retrieve import retrieve
from bot.domain.card import Form
from bot.domain.citation import cite
from bot.domain.component import Act, Answered, Component, Outcome, Press
from bot.domain.message import Message, Remembered
from bot.domain.nearmiss import ScrubbedText
from bot.domain.people import Person, Place
from bot.domain.reply import Reply
from bot.domain.verdict import Verdict
from bot.domain.words import headline
from bot.followup.candidates import AnswersPage
from bot.followup.change import ChangeDesk
from bot.followup.clusters import Clusters
from bot.followup.component import Desks, Stores, component
from bot.followup.feedback import FeedbackDesk
from bot.followup.gaps import GapDesk, Gaps, Read
from bot.followup.human import HumanDesk, HumanParts
from bot.followup.records import Recorder
from bot.followup.weekly import WeeklyNotice
from bot.nearmiss.scrub import Scrubber
from bot.store import SqlGapLog
from bot.store.answers import SqlAnswerBook, SqlGapBook, SqlOpinions, SqlThreads
from bot.store.meanwhile import SqlMeanwhile
from bot.store.post import SqlAlarms
from bot.store.questions import SqlQuestions
from bot.store.sealed import Sealer
from knowledge import Facts, Library, embedder
from tests.post_read import ReadOutbox

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
KEY = b"k" * 32
TEAM = Place("slack", "C0TEAM")
LEAD = Place("mail", "lead@example.org")
ASKER = Person("slack", "U0ASKER", Place("slack", "D0ASKER"))
TEAMMATE = Person("slack", "U0TEAM", Place("slack", "D0TEAM"), team=True)
PHONE = "07700 900123"

STATEMENTS = """---
title: Witness statements
owner: Disclosure lead
contact: the disclosure lead
reviewed: 2026-10-01
---
# Witness statements

## Sending a statement

Take the contact page off before a statement is copied.

| Sending | To | By | Answer | Only if |
| --- | --- | --- | --- | --- |
| witness statement (MG11) | defence | any | {defence} | contact page taken off; case number checked |
| witness statement (MG11) | journalist | any | don't send | |
| witness statement (MG11) | interpreter | any | ask first: the reviewing lawyer | |
"""
VIDEO = """---
title: Video
owner: Video lead
reviewed: 2026-10-01
---
# Video

## Discs

A video disc must not be left in a reception.

| Sending | To | By | Answer | Only if |
| --- | --- | --- | --- | --- |
| body-worn video | police | any | ok | |
"""


def guidance(folder: Path, defence: str = "only with safeguards", extra: str = "") -> Path:
    """A guidance folder in which the answer for the defence is as given."""
    folder.mkdir()
    (folder / "statements.md").write_text(STATEMENTS.format(defence=defence) + extra, encoding="utf-8")
    (folder / "video.md").write_text(VIDEO, encoding="utf-8")
    return folder


def opened(folder: Path, data: Path) -> Library:
    """The library of a folder."""
    return Library.open(data, folder)


@dataclass
class Site:
    """Everything of the component, on one database."""

    engine: Engine
    library: Library

    def __post_init__(self) -> None:
        self.post = ReadOutbox(self.engine, KEY)
        self.alarms = SqlAlarms(self.engine, KEY)
        sealer = Sealer(KEY)
        self.book = SqlAnswerBook(self.engine, sealer)
        self.opinions = SqlOpinions(self.engine)
        self.questions = SqlQuestions(self.engine, sealer)
        self.gaps = SqlGapBook(self.engine)
        self.gap_log = SqlGapLog(self.engine)
        self.threads = SqlThreads(self.engine, KEY)
        self.recorder = Recorder(lambda: self.book, lambda: SqlMeanwhile(self.engine, KEY), lambda: self.library, scrub)
        self.component = self._component()

    def _component(self) -> Component:
        human = HumanDesk(
            HumanParts(
                questions=lambda: self.questions,
                book=lambda: self.book,
                outbox=lambda: self.post,
                alarms=lambda: self.alarms,
                library=lambda: self.library,
                recorder=self.recorder,
                scrub=scrub,
                team=(TEAM,),
                lead=(LEAD,),
                next_working_day=lambda moment: moment + timedelta(days=3),
                local=lambda moment: moment,
            )
        )
        say = self.library.vocabulary.say
        gaps = Gaps(
            lambda: self.gaps,
            lambda: Clusters(embedder(), self.library.spell_out),
            lambda: self.library,
            self.read,
            "the information manager",
        )
        desks = Desks(
            human=human,
            change=ChangeDesk(lambda: self.book, lambda: self.questions, lambda: self, self.recorder, say),
            feedback=FeedbackDesk(lambda: self.book, lambda: self.opinions, lambda: self.library, scrub),
            gaps=GapDesk(gaps, lambda: self.gaps, lambda: self.questions),
            answers=AnswersPage(
                lambda: self.questions, lambda: self.library, human, lambda moment: moment, now=lambda: NOW
            ),
            weekly=WeeklyNotice(
                gaps,
                lambda: self.post,
                lambda: self.alarms,
                (TEAM,),
                lambda moment: moment + timedelta(days=7),
            ),
        )
        stores = Stores(
            lambda: self.book,
            lambda: self.opinions,
            lambda: self.questions,
            lambda: self.gaps,
            lambda before: self.threads.purge(before.date()),
        )
        return component(stores, desks, self.recorder, lambda: None)

    def answer(
        self, facts: Facts, text: str = "may I send it?", by: Person | None = ASKER, name: str = "a1", row: int = 0
    ) -> Reply:
        """An answer by the rows of the guidance, told to the component; `row` is the one it cites."""
        rule = self.library.rules[row]
        verdict = Verdict(rule.answer)
        cited = cite(self.library.documents[rule.document], rule.section, rule.quote)
        reply = Reply(verdict, headline(verdict, "x"), (), (), (cited,), "x", facts, id=name)
        return self.told(reply, text, by)

    def told(self, reply: Reply, text: str = "may I send it?", by: Person | None = ASKER) -> Reply:
        """A reply told to the component, with the buttons it adds."""
        after = self.component.after
        assert after is not None
        extras = after(Answered(Message(text, sender=by), reply, NOW))
        self.recorder._worker.submit(lambda: None).result()  # what was handed in before is done
        return Reply(**{**vars(reply), "buttons": extras.buttons})

    def press(self, act: str, about: str = "", by: Person | None = None, **values: str) -> Outcome:
        """Press a button or send a form."""
        return self.act(act).run(Press(act, about, NOW, {name: (value,) for name, value in values.items()}, by))

    def form(self, act: str, about: str = "", by: Person | None = None) -> Form:
        """The form that comes before an act."""
        make = self.act(act).form
        assert make is not None
        return make(Press(act, about, NOW, by=by))

    def act(self, name: str) -> Act:
        return self.component.acts[name]

    def revise(self, remembered: Remembered, changes: Mapping[str, str]) -> Reply:
        """What an assistant would answer: stop, with the facts put right."""
        facts = Facts(materials=(changes.get("material", "witness_statement"),), recipients=("media",))
        return Reply(Verdict.STOP, "Don't send", (), (), (), "x", facts, id="revised")

    def choices(self, fact: str, remembered: Remembered) -> tuple[tuple[str, str], ...]:
        """What a fact could be instead."""
        return (("media", "the media"), ("police", "the police")) if fact == "recipient" else ()

    def read(self, text: str) -> Read:
        """Facts by the vocabulary alone, decided by the guidance as it is."""
        found = self.library.vocabulary.find(text)
        facts = Facts(
            tuple(m.term for m in found if m.fact == "material"),
            tuple(m.term for m in found if m.fact == "recipient"),
            tuple(m.term for m in found if m.fact == "channel"),
        )
        book = Book(self.library.rules, self.library.rule_by_id, self.library.vocabulary)
        return Read(facts, decide(facts, retrieve(Question(text, facts), self.library), book))


def scrub(text: str) -> ScrubbedText:
    """The real scrubber without the recognisers of names: numbers, addresses and e-mail addresses go."""
    return Scrubber(lambda _: []).scrub(text)
