"""Correcting a misread fact: the answer is decided again from the facts, and the misreading may be noted."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from bot.domain.answers import AnswerRecord, Misread
from bot.domain.card import Card, CardKind, Field, FieldKind, Form
from bot.domain.component import ActError, Answered, Outcome, Press
from bot.domain.message import Message, Remembered
from bot.domain.ports.answers import AnswerBook, Questions
from bot.domain.reply import Reply
from bot.followup.buttons import buttons, lasting
from bot.followup.feedback import GONE
from bot.followup.records import Recorder
from knowledge import Facts

_LABELS = (("material", "What you send"), ("recipient", "Who receives it"), ("channel", "How it goes"))
_MOST_OPTIONS = 100


class Reviser(Protocol):
    """Decides again from facts that were put right; `bot.respond.Assistant` is one."""

    def revise(self, remembered: Remembered, changes: Mapping[str, str]) -> Reply:
        """The answer with some facts (fact to term) in the place of those remembered."""

    def choices(self, fact: str, remembered: Remembered) -> tuple[tuple[str, str], ...]:
        """What else a fact could be, as (term, words), most likely first."""


class ChangeDesk:
    """The acts of putting an answer's facts right, and of hearing no more of it."""

    def __init__(
        self,
        book: Callable[[], AnswerBook],
        questions: Callable[[], Questions],
        reviser: Callable[[], Reviser],
        recorder: Recorder,
        say: Callable[[str], str],
    ) -> None:
        self._book = book
        self._questions = questions
        self._reviser = reviser
        self._recorder = recorder
        self._say = say

    def form(self, press: Press) -> Form:
        """What was read, fact by fact, to be put right."""
        record = self._record(press)
        remembered = Remembered(facts=record.facts)
        fields = [self._field(fact, label, remembered) for fact, label in _LABELS]
        question = self._recorder.question(press.about, press.now)
        intro = ["Change what was misread. The answer follows from the facts, so it is made again."]
        if question is not None:
            intro.append(f"Your question without personal data: {question.text}")
            label = "May the information team learn from it?"
            hint = "They see the question as shown above and what you change, not who you are."
            fields.append(Field("note", label, FieldKind.YES_NO, value=("no",), hint=hint))
        return Form("answer.change", "What was misread?", tuple(fields), press.about, tuple(intro), "Answer again")

    def change(self, press: Press) -> Outcome:
        """The answer to the facts as they are now."""
        record = self._record(press)
        stated = _stated(record.facts)
        changes = {
            fact: press.value(fact) for fact, _ in _LABELS if press.value(fact) not in ("", stated.get(fact, ""))
        }
        if not changes:
            raise ActError("Nothing was changed. Choose what you meant, or ask again in other words.", wrong="material")
        reply = self._reviser().revise(Remembered(facts=record.facts), changes)
        question = self._recorder.question(press.about, press.now)
        if press.value("note") == "yes" and question is not None:
            note = Misread(secrets.token_urlsafe(9), question, record.facts, reply.facts, press.now.date())
            self._questions().misread(note)
        self._recorder(Answered(Message(sender=press.by), reply, press.now), keep_question=False)
        return replace(reply, buttons=buttons(reply, reachable=lasting(press.by) is not None))

    def mute(self, press: Press) -> Outcome:
        """Forget where the person can be told of changes to this answer."""
        if not self._book().mute(press.about):
            raise ActError("This answer is no longer kept, so you will hear nothing more of it.")
        return Card(CardKind.NOTE, "No more news of this answer", ("Where to reach you was deleted.",))

    def _field(self, fact: str, label: str, remembered: Remembered) -> Field:
        now = _stated(remembered.facts).get(fact, "")
        read = ((now, self._say(now)),) if now else ()
        others = tuple(option for option in self._reviser().choices(fact, remembered) if option[0] != now)
        options = (*read, *others)[:_MOST_OPTIONS]
        return Field(fact, label, FieldKind.CHOICE, options=options, value=(now,) if now else ())

    def _record(self, press: Press) -> AnswerRecord:
        record = self._book().find(press.about)
        if record is None:
            raise ActError(GONE)
        return record


def _stated(facts: Facts) -> dict[str, str]:
    """The first term of each fact."""
    pairs = (("material", facts.materials), ("recipient", facts.recipients), ("channel", facts.channels))
    return {fact: terms[0] for fact, terms in pairs if terms}
