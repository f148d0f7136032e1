"""What staff see of it all: a weekly digest, and each month what changed."""

from datetime import date, datetime, time, timedelta

from bot.domain.card import Button, Card, CardKind
from bot.domain.component import Alarm
from bot.domain.nearmiss import Lesson, LessonState
from bot.domain.ports.reports import Pattern
from bot.nearmiss import picture
from bot.nearmiss.catches import ALL
from bot.nearmiss.needs import Needs
from bot.nearmiss.periods import Period, month_before, week_before
from bot.nearmiss.suppress import LEAST
from bot.nearmiss.taxonomy import kind_words, plain

WEEK = "digest.week"
MONTH = "digest.month"
WEEKS_DRAWN = 8
MOST_PATTERNS = 3
_MORNING = time(9, 30)
_DAY = timedelta(days=1)
_REPORT = (Button("report.new", "Log a near miss", opens_form=True),)


class Digest:
    """Makes the digests and sends each once."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs

    def week(self, day: date) -> Card | None:
        """The digest of the week before the one of `day`; None when there is nothing to tell."""
        week = week_before(day)
        reported, before = self._count(week), self._count(week_before(day, 2))
        caught = self._needs.catches.between(week.first, week.last).get(ALL, 0)
        lessons = self._lessons(week)
        if not (reported or caught or lessons):
            return None
        lines = [
            f"{_number(reported)} near misses were reported{_change(reported, before)}. "
            f"Good catches by the check: {_number(caught)}.",
            *(["What is reported most:"] if self._patterns(week) else [NO_PATTERNS]),
            *self._patterns(week),
            *(f"Changed: {lesson.changed.text}" for lesson in lessons[:5]),
        ]
        title = f"Near misses, week of {week.first.day} {week.first:%B}"
        shown = picture.weeks(self.counted(day))
        return Card(CardKind.DIGEST, title, tuple(lines), buttons=_REPORT, picture=shown)

    def counted(self, day: date) -> list[tuple[str, int]]:
        """Reports by week, for the picture."""
        drawn = [week_before(day, back) for back in range(WEEKS_DRAWN, 0, -1)]
        return [(f"{one.first.day} {one.first:%b}", self._count(one)) for one in drawn]

    def month(self, day: date) -> Card | None:
        """“You said, we changed”, of the month before that of `day`; None when nothing changed."""
        month = month_before(day)
        lessons = self._lessons(month)
        if not lessons:
            return None
        lines = [f"You said: {one.learned.text} We changed: {one.changed.text}" for one in lessons[:10]]
        title = f"You said, we changed: {month.first:%B %Y}"
        return Card(CardKind.DIGEST, title, (*lines, "Thank you to everybody who reported."), buttons=_REPORT)

    def send_week(self, alarm: Alarm, now: datetime) -> None:
        """On the first working morning of a week; sets the next."""
        self._send(self.week(date.fromisoformat(alarm.about)), alarm.key)
        self.wake(now)

    def send_month(self, alarm: Alarm, now: datetime) -> None:
        """On the first working morning of a month; sets the next."""
        self._send(self.month(date.fromisoformat(alarm.about)), alarm.key)
        self.wake(now)

    def wake(self, now: datetime) -> None:
        """Set the digests to come; one that was missed for less than its own period comes now."""
        if not self._needs.audience.staff:
            return
        today = self._needs.day(now)
        for first in (week_before(today, 0).first, week_before(today, -1).first):
            self._needs.alarms.set(f"{WEEK}:{first}", WEEK, str(first), self._morning(first))
        month = today.replace(day=1)
        for first in (month, (month + timedelta(days=32)).replace(day=1)):
            self._needs.alarms.set(f"{MONTH}:{first}", MONTH, str(first), self._morning(first))

    def _morning(self, first: date) -> datetime:
        """Half past nine, or when the office opens if that is later, on the first working day from then."""
        opening = self._needs.opening(first)
        day = self._needs.day(opening)
        at = datetime.combine(day, _MORNING, self._needs.office.zone)
        return max(opening, at.astimezone(opening.tzinfo))

    def _send(self, card: Card | None, key: str) -> None:
        if card is not None:
            self._needs.outbox.send(card, self._needs.audience.staff, key)

    def _count(self, period: Period) -> int:
        return sum(self._needs.reports.count_by("kind", *period.edges(self._needs)).values())

    def _patterns(self, week: Period) -> list[str]:
        """The commonest patterns of the week, else of the quarter, that are of five or more."""
        for period in (week, Period("", week.last - 90 * _DAY, week.last)):
            found = self._needs.reports.patterns(*period.edges(self._needs), MOST_PATTERNS)
            large = [one for one in found if one.count >= LEAST]
            if large:
                return [f"{number}. {pattern_words(one)}" for number, one in enumerate(large, start=1)]
        return []

    def _lessons(self, period: Period) -> list[Lesson]:
        approved = self._needs.lessons.list(LessonState.APPROVED)
        return [one for one in approved if one.approved and period.first <= one.approved <= period.last]


NO_PATTERNS = "Too few were alike to show what they have in common without pointing at anybody."


def pattern_words(pattern: Pattern) -> str:
    """What reports have in common."""
    facts = [plain(fact) for fact in (pattern.material, pattern.recipient, pattern.channel) if fact]
    return kind_words(pattern.kind) + (f" ({', '.join(facts)})" if facts else "")


def _number(count: int) -> str:
    return str(count) if count >= LEAST or not count else "Fewer than five"


def _change(now: int, before: int) -> str:
    """Against the week before, where both may be shown; more is good news (facts part 5.3, rule 8)."""
    if now < LEAST or before < LEAST or now == before:
        return ""
    return f", {abs(now - before)} {'more' if now > before else 'fewer'} than the week before"
