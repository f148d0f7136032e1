"""Says so when a pattern comes back after its lesson: then the change did not work."""

from bot.domain.card import Button, Card, CardKind
from bot.domain.nearmiss import Lesson, LessonState, NearMiss
from bot.nearmiss.alike import concerns
from bot.nearmiss.needs import Needs, day_words
from bot.nearmiss.taxonomy import kind_words
from bot.nearmiss.tell import Teller


class Recurrence:
    """Holds new reports against approved lessons."""

    def __init__(self, needs: Needs, teller: Teller) -> None:
        self._needs = needs
        self._teller = teller

    def look(self, report: NearMiss) -> None:
        """Tell the team once of each lesson whose pattern this report is."""
        around = report.around
        for lesson in self._needs.lessons.list(LessonState.APPROVED):
            facts = [(fact,) if fact else () for fact in (around.material, around.recipient, around.channel)]
            later = lesson.approved is not None and report.reported_at.date() > lesson.approved
            if later and concerns(lesson, report.kind, facts[0], facts[1], facts[2]):
                self.back(lesson, report.receipt)

    def back(self, lesson: Lesson, receipt: str) -> None:
        """One more report of the pattern of a lesson."""
        report = self._needs.reports.find(receipt)
        times = lesson.recurred
        if report is not None and report.lesson != lesson.id:
            self._needs.reports.mark(receipt, lesson=lesson.id)
            times = self._needs.lessons.recurred(lesson.id)
        since = day_words(lesson.approved) if lesson.approved else ""
        card = Card(
            CardKind.REMINDER,
            "It happened again after a change",
            (
                f"Report {receipt} is of the same pattern as a lesson of {since}: {lesson.learned.text}",
                f"What was changed: {lesson.changed.text}",
                "The change did not stop it. Look at it again with whoever owns it.",
            ),
            (("Kind", kind_words(lesson.kind)), ("Since the lesson", f"{times} more")),
            buttons=(Button("report.lesson", "Record a new lesson", receipt, opens_form=True),),
            about=receipt,
        )
        self._teller.team(card, f"lesson:{lesson.id}:again:{receipt}")
