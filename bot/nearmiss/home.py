"""What a person sees on a page of their own: reports they made by name, and the lessons of the month."""

from datetime import datetime, timedelta

from bot.domain.card import Card, CardKind
from bot.domain.nearmiss import Lesson, LessonState, Report, Way
from bot.domain.people import Person
from bot.domain.ports.reports import Wanted
from bot.nearmiss.needs import Needs
from bot.nearmiss.taxonomy import DECISION_WORDS, STATUS_WORDS, kind_words

LATEST = 200
"""Reports that are looked through: who made one is sealed with it, so there is no list by person."""

MOST = 5
"""Reports and lessons shown."""

MONTH = timedelta(days=31)


class Home:
    """Own reports and fresh lessons; confidential and anonymous reports are read with their code alone."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs

    def __call__(self, person: Person, now: datetime) -> tuple[Card, ...]:
        """The newest first; raises StoreError."""
        mine = [report for report in self._needs.reports.list(Wanted(limit=LATEST)) if self._is_theirs(report, person)]
        lessons = [lesson for lesson in self._needs.lessons.list(LessonState.APPROVED) if _is_fresh(lesson, now)]
        return (*(self._report(report) for report in mine[:MOST]), *(_lesson(lesson) for lesson in lessons[:MOST]))

    def _is_theirs(self, report: Report, person: Person) -> bool:
        if report.filed.way is not Way.NAMED:
            return False
        reporter = self._needs.reports.reporter(report.filed.receipt)
        made_by = reporter.person if reporter else None
        return made_by is not None and (made_by.platform, made_by.id) == (person.platform, person.id)

    def _report(self, report: Report) -> Card:
        receipt = report.filed.receipt
        said = [note.text.text for note in self._needs.reports.notes(receipt) if note.by == "team" and note.text.text]
        decided = next((words for kind, words in DECISION_WORDS.items() if kind == report.decision), "")
        details = [("Reported", kind_words(report.filed.kind)), ("Stands at", STATUS_WORDS[report.status])]
        if decided:
            details.append(("Decided", decided))
        lines = (f"The information team: {said[-1]}",) if said else ()
        return Card(CardKind.REPORT, f"Your report {receipt}", lines, tuple(details), about=receipt)


def _is_fresh(lesson: Lesson, now: datetime) -> bool:
    return lesson.approved is not None and lesson.approved >= (now - MONTH).date()


def _lesson(lesson: Lesson) -> Card:
    lines = (lesson.learned.text, f"What changed: {lesson.changed.text}")
    return Card(CardKind.LESSON, "A lesson of this month", lines, about=lesson.id)
