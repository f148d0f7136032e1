"""Joins what happens after an answer: records, buttons, a person's help, feedback, gaps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.answers import State
from bot.domain.component import Act, Answered, Checked, Component, Extras
from bot.domain.ports.answers import AnswerBook, GapBook, Opinions, Questions
from bot.followup.buttons import buttons, lasting
from bot.followup.candidates import MOST, AnswersPage
from bot.followup.change import ChangeDesk
from bot.followup.feedback import FeedbackDesk
from bot.followup.gaps import GapDesk
from bot.followup.human import DUE, LATE, HumanDesk
from bot.followup.records import Recorder
from bot.followup.weekly import WEEKLY, WeeklyNotice

KEEP_ANSWERS = timedelta(days=90)
KEEP_THREADS = timedelta(days=30)
KEEP_FEEDBACK = KEEP_GAPS = KEEP_QUESTIONS = timedelta(days=365)
CLOSE_ANSWERED = timedelta(days=14)
"""After this an answered question is closed: nobody who asked or answered is kept any longer."""


@dataclass(frozen=True)
class Stores:
    """Where it is all kept; opened when first used."""

    book: Callable[[], AnswerBook]
    opinions: Callable[[], Opinions]
    questions: Callable[[], Questions]
    gaps: Callable[[], GapBook]
    purge_threads: Callable[[datetime], int]


@dataclass(frozen=True)
class Desks:
    """The acts, by what they are about."""

    human: HumanDesk
    change: ChangeDesk
    feedback: FeedbackDesk
    gaps: GapDesk
    answers: AnswersPage
    weekly: WeeklyNotice


def component(stores: Stores, desks: Desks, recorder: Recorder, changed: Callable[[], None]) -> Component:
    """All of it as one part of the product; `changed` tells those whose answer is another by the guidance in use."""

    def start(now: datetime) -> None:
        desks.weekly.start(now)
        changed()

    human, change, feedback, gaps = desks.human, desks.change, desks.feedback, desks.gaps
    return Component(
        acts={
            "answer.helpful": Act(feedback.helpful),
            "answer.not_helpful": Act(feedback.not_helpful, feedback.form),
            "answer.ask_human": Act(human.ask, human.form),
            "answer.read": Act(human.read, human.read_form),
            "answer.change": Act(change.change, change.form),
            "answer.mute": Act(change.mute),
            "human.answer": Act(human.answer, human.answer_form, team=True),
            "human.close": Act(human.close, team=True),
            "gap.done": Act(gaps.done, team=True),
        },
        pages={"gaps": gaps.page, "answers": desks.answers.page, "feedback": feedback.page},
        downloads={"gaps": gaps.download, "answers": desks.answers.download},
        alarms={DUE: human.due, LATE: human.due, WEEKLY: desks.weekly.run},
        after=lambda answered: _after(answered, recorder),
        start=start,
        purge=lambda now: _purge(stores, now),
        doctor=lambda: _doctor(stores),
    )


def _after(answered: Answered, recorder: Recorder) -> Extras:
    """Remember the answer in the background, and offer what can be done with it."""
    reply = answered.reply
    if not reply.id or not (answered.message.text.strip() or reply.files):
        return Extras()
    shown = buttons(reply, reachable=lasting(answered.message.sender) is not None)
    recorder(answered, keep_question=True)
    return Extras(buttons=shown)


def _purge(stores: Stores, now: datetime) -> int:
    """Delete what is past its time."""
    today = now.date()
    return sum(
        (
            stores.book().purge(today - KEEP_ANSWERS),
            stores.opinions().purge(today - KEEP_FEEDBACK),
            stores.questions().purge(now - CLOSE_ANSWERED, now - KEEP_QUESTIONS),
            stores.gaps().purge(today - KEEP_GAPS),
            stores.purge_threads(now - KEEP_THREADS),
        )
    )


def _doctor(stores: Stores) -> Iterable[Checked]:
    waiting = sum(one.state is State.OPEN for one in stores.questions().latest(MOST))
    yield Checked("questions to a person", True, f"{waiting} waiting" if waiting else "none waiting")
