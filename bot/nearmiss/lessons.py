"""Lessons: drafted from reports, approved by a person, shown where they matter, made into guidance."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock

from bot.domain.board import Download
from bot.domain.card import Button, Card, CardKind, Field, FieldKind, Form, Style
from bot.domain.component import Act, ActError, Answered, Outcome, Press
from bot.domain.nearmiss import Lesson, LessonState, Note, Report, ScrubbedText, Step
from bot.domain.ports.reports import Pattern, Wanted
from bot.nearmiss import guidance_row
from bot.nearmiss.alike import concerns
from bot.nearmiss.known import likely_kind
from bot.nearmiss.needs import Needs, day_words
from bot.nearmiss.suppress import LEAST
from bot.nearmiss.taxonomy import kind_words, plain
from bot.nearmiss.tell import Teller
from bot.nearmiss.triage import GONE
from bot.nearmiss.worded import settled

LONGEST = 1000
REFRESH = timedelta(minutes=1)
MONTH = timedelta(days=30)
MOST_SHOWN = 1
"""Lessons under one reply: more would not be read."""


class LessonBook:
    """The acts about lessons, and the lesson under a reply."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._teller = Teller(needs)
        self._fresh: tuple[datetime, tuple[Lesson, ...], tuple[Pattern, ...]] | None = None
        self._lock = Lock()

    def acts(self) -> dict[str, Act]:
        """By name."""
        return {
            "report.lesson": Act(self.record, self.record_form, team=True),
            "lesson.edit": Act(self.edit, self.edit_form, team=True),
            "lesson.discard": Act(self.discard, team=True),
            "lesson.approve": Act(self.approve, team=True),
            "lesson.row": Act(self.row, self.row_form, team=True),
        }

    def record_form(self, press: Press) -> Form:
        """What was learned, and what changed."""
        self._report(press.about)
        return _form("report.lesson", "Record a lesson", press.about)

    def record(self, press: Press) -> Outcome:
        """Keep a draft; a person approves it before anybody else sees it."""
        report = self._report(press.about)
        words = self._words(press, self.record_form(press))
        if isinstance(words, Form):
            return words
        around = report.filed.around
        lesson = Lesson(
            id=secrets.token_hex(12),
            kind=report.filed.kind,
            learned=words["learned"],
            changed=words["changed"],
            made=self._needs.day(press.now),
            material=around.material,
            recipient=around.recipient,
            channel=around.channel,
            theme=report.theme or report.filed.receipt,
        )
        self._needs.lessons.add(lesson)
        for one in self._group(lesson):
            self._needs.reports.mark(one.filed.receipt, lesson=lesson.id)
        return lesson_card(lesson, "A draft: read it as everybody will")

    def edit_form(self, press: Press) -> Form:
        """The words of a draft."""
        lesson = self._draft(press.about)
        return _form("lesson.edit", "Change the draft", lesson.id, lesson.learned.text, lesson.changed.text)

    def edit(self, press: Press) -> Outcome:
        """Put the words of a draft right; what is approved stays as staff read it."""
        draft = self._draft(press.about)
        stood = {"learned": draft.learned, "changed": draft.changed}
        words = self._words(press, self.edit_form(press), stood)
        if isinstance(words, Form):
            return words
        if not self._needs.lessons.reword(press.about, words["learned"], words["changed"]):
            raise ActError(NO_DRAFT)
        return lesson_card(self._lesson(press.about), "A draft: read it as everybody will")

    def discard(self, press: Press) -> Outcome:
        """Delete a draft; its reports can have another."""
        if not self._needs.lessons.discard(self._draft(press.about).id):
            raise ActError(NO_DRAFT)
        return Card(CardKind.NOTE, "The draft is gone", ("Nobody but the team has seen it.",), about=press.about)

    def approve(self, press: Press) -> Outcome:
        """Publish it: in the digests, under replies, and to whoever reported it."""
        lesson = self._lesson(press.about)
        today = self._needs.day(press.now)
        if not self._needs.lessons.approve(lesson.id, today):
            return lesson_card(lesson, "It was approved already")
        with self._lock:
            self._fresh = None
        approved = self._lesson(lesson.id)
        for one in self._group(lesson):
            receipt = one.filed.receipt
            note = Note("team", Step.LESSON, self._needs.scrubber().scrub(approved.changed.text), today)
            turn = self._needs.reports.note(receipt, note)
            lines = (approved.learned.text, approved.changed.text, "Thank you: this changed because it was reported.")
            key = f"report:{receipt}:{turn}"
            self._teller.reporter(receipt, "You said, we changed", lines, key, CardKind.CHANGED)
        return lesson_card(approved, "Approved: it goes into the next digest and under answers that it concerns")

    def row_form(self, press: Press) -> Form:
        """A drafted guidance row, to be put right by a person."""
        return guidance_row.form(self._lesson(press.about), self._folder() is not None)

    def row(self, press: Press) -> Outcome:
        """The row to copy; written into the guidance only when that was ticked."""
        lesson = self._lesson(press.about)
        row = guidance_row.row_of(press)
        text = guidance_row.document(lesson, row, self._needs.contact, self._needs.day(press.now))
        lines = [guidance_row.table(row)]
        if press.value("write") == "yes":
            lines.append(self._written(lesson, text))
        else:
            lines.append("Copy it into the guidance document where it belongs, or download it from the lessons page.")
        return Card(CardKind.LESSON, "A guidance row from a lesson", tuple(lines), about=lesson.id)

    def download(self, id: str, today: date) -> Download:  # noqa: A002 - the field's name
        """The drafted document with the row; raises ActError."""
        lesson = self._lesson(id.removesuffix(".md"))
        text = guidance_row.document(lesson, guidance_row.drafted(lesson), self._needs.contact, today)
        return Download(f"lesson-{lesson.id[:8]}.md", "text/markdown; charset=utf-8", text.encode())

    def under(self, answered: Answered) -> tuple[Card, ...]:
        """The lesson that concerns a reply, if there is one."""
        reply = answered.reply
        lessons, patterns = self._recent(answered.now)
        seen = [material for report in reply.files for material in report.inspection.materials]
        materials = (*reply.facts.materials, *seen)
        kind = str(likely_kind(reply) or "")
        if not lessons or not (kind or materials):
            return ()
        hits = [one for one in lessons if concerns(one, kind, materials, reply.facts.recipients, reply.facts.channels)]
        return tuple(
            Card(
                CardKind.LESSON,
                "Learned from a near miss",
                (one.learned.text, f"What changed: {one.changed.text}", *caught_words(one, patterns)),
                about=one.id,
            )
            for one in hits[:MOST_SHOWN]
        )

    def _recent(self, now: datetime) -> tuple[tuple[Lesson, ...], tuple[Pattern, ...]]:
        """Approved lessons and last month's patterns, read once a minute."""
        with self._lock:
            if self._fresh is None or now - self._fresh[0] > REFRESH:
                lessons = tuple(self._needs.lessons.list(LessonState.APPROVED))
                # Whole days: a count that rises within a day shows when somebody reported.
                end = self._needs.midnight(self._needs.day(now))
                patterns = tuple(self._needs.reports.patterns(end - MONTH, end, 500)) if lessons else ()
                self._fresh = (now, lessons, patterns)
            return self._fresh[1], self._fresh[2]

    def _group(self, lesson: Lesson) -> list[Report]:
        """The reports that it was drawn from."""
        return list(self._needs.reports.list(Wanted(theme=lesson.theme, limit=500)))

    def _written(self, lesson: Lesson, text: str) -> str:
        folder = self._folder()
        if folder is None:
            return "The guidance folder is not set or cannot be written, so nothing was written. Copy the row instead."
        path = folder / f"lesson-{lesson.id[:8]}.md"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            return f"{path.name} is there already and was left as it is."
        except OSError as error:
            raise ActError(f"{path.name} could not be written: {error.strerror}. Copy the row instead.") from error
        return f"Written to {path.name} in the guidance folder. It counts from the next time the guidance is read."

    def _folder(self) -> Path | None:
        folder = self._needs.guidance_dir
        return folder if folder and guidance_row.writable(folder) else None

    def _words(
        self, press: Press, form: Form, stood: Mapping[str, ScrubbedText] | None = None
    ) -> Mapping[str, ScrubbedText] | Form:
        """What was learned and what changed, or the form again with what was taken out of it; raises ActError."""
        for name in ("learned", "changed"):
            text = press.value(name)
            if not text:
                raise ActError("Please write it in a sentence or two.", wrong=name)
            if len(text) > LONGEST:
                raise ActError(f"That is {len(text):,} characters; the most is {LONGEST:,}.", wrong=name)
        return settled(press, form, ("learned", "changed"), self._needs.scrubber(), stood)

    def _draft(self, id: str) -> Lesson:  # noqa: A002
        lesson = self._lesson(id)
        if lesson.state is not LessonState.DRAFT:
            raise ActError(NO_DRAFT)
        return lesson

    def _report(self, receipt: str) -> Report:
        report = self._needs.reports.find(receipt)
        if report is None:
            raise ActError(GONE)
        return report

    def _lesson(self, id: str) -> Lesson:  # noqa: A002
        lesson = self._needs.lessons.find(id)
        if lesson is None:
            raise ActError("That lesson is no longer here.")
        return lesson


_STAFF = "All staff read it. Names and numbers are taken out before it is kept."
NO_DRAFT = "It is approved already, and staff have read it so. Record another lesson if it has to be put right."


def _form(act: str, title: str, about: str, learned: str = "", changed: str = "") -> Form:
    """What was learned, and what changed."""
    texts = (("learned", "What can others learn?", learned), ("changed", "What changed, or changes now?", changed))
    fields = tuple(
        Field(name, label, FieldKind.TEXT, True, value=(text,) if text else (), hint=_STAFF, longest=LONGEST)
        for name, label, text in texts
    )
    return Form(act, title, fields, about, submit="Keep as a draft")


def lesson_card(lesson: Lesson, title: str) -> Card:
    """A lesson as the team sees it."""
    facts = ", ".join(plain(fact) for fact in (lesson.material, lesson.recipient, lesson.channel) if fact)
    details = (
        ("Kind", kind_words(lesson.kind)),
        ("About", facts),
        ("Approved", day_words(lesson.approved) if lesson.approved else "not yet"),
        ("Came back", f"{lesson.recurred} times" if lesson.recurred else ""),
    )
    draft = (
        Button("lesson.approve", "Approve and publish", lesson.id, Style.PRIMARY),
        Button("lesson.edit", "Change the draft", lesson.id, opens_form=True),
        Button("lesson.discard", "Discard it", lesson.id),
    )
    row = Button("lesson.row", "Make a guidance row", lesson.id, opens_form=True)
    return Card(
        CardKind.LESSON,
        title,
        (lesson.learned.text, f"What changed: {lesson.changed.text}"),
        tuple(pair for pair in details if pair[1]),
        buttons=(*(draft if lesson.state is LessonState.DRAFT else ()), row),
        about=lesson.id,
    )


def caught_words(lesson: Lesson, patterns: tuple[Pattern, ...]) -> tuple[str, ...]:
    """How many caught it lately, where they are enough not to be told apart."""
    alike = [
        one.count
        for one in patterns
        if concerns(lesson, one.kind, _some(one.material), _some(one.recipient), _some(one.channel))
    ]
    number = sum(alike)
    return (f"{number} colleagues caught this last month.",) if number >= LEAST else ()


def _some(fact: str) -> tuple[str, ...]:
    return (fact,) if fact else ()
