"""What reporting, triage and lessons stand on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.domain.ports.meanwhile import Meanwhile
from bot.domain.ports.post import Alarms, Outbox
from bot.domain.ports.reports import Audience, GoodCatches, Lessons, OnBreach, Reports
from bot.nearmiss.codes import Guesses
from bot.nearmiss.drafts import Drafts
from bot.nearmiss.known import Memory
from bot.nearmiss.nearest import Embed
from bot.nearmiss.scrub import Scrubber
from bot.nearmiss.spoken import Spoken
from bot.office_hours import OfficeHours

WORKING_DAYS = 5
"""Within how many working days a report is to be answered."""


@dataclass(frozen=True)
class Needs:
    """The parts; the models behind `scrubber` and `embed` are loaded when they are first used."""

    reports: Reports
    lessons: Lessons
    catches: GoodCatches
    outbox: Outbox
    alarms: Alarms
    scrubber: Callable[[], Scrubber]
    embed: Callable[[], Embed]
    office: OfficeHours
    audience: Audience
    site_key: bytes = field(repr=False)
    on_breach: OnBreach
    meanwhile: Meanwhile = field(repr=False)
    guidance_dir: Path | None = None
    keep_months: int = 24
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    """Board pages are asked for without a moment."""
    contact: str = "your information manager"
    guesses: Guesses = field(default_factory=Guesses, repr=False)

    @property
    def memory(self) -> Memory:
        """What recent replies knew."""
        return Memory(self.meanwhile)

    @property
    def drafts(self) -> Drafts:
        """Reports between typing and sending."""
        return Drafts(self.meanwhile)

    @property
    def spoken(self) -> Spoken:
        """The words of messages that ask to report."""
        return Spoken(self.meanwhile)

    def day(self, moment: datetime) -> date:
        """The office's day."""
        return self.office.local(moment).date()

    def midnight(self, day: date) -> datetime:
        """When a day begins at the office."""
        return datetime.combine(day, time(0), self.office.zone).astimezone(UTC)

    def opening(self, day: date) -> datetime:
        """When the office opens on that day, or on the next working day."""
        return self.office.next_open(self.midnight(day))

    def working_day_before(self, day: date) -> date:
        """The last working day before that day."""
        day -= timedelta(days=1)
        while not self.office.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def due(self, day: date) -> date:
        """By when a report of that day is to be answered."""
        noon = datetime.combine(day, time(12), self.office.zone)
        return self.day(self.office.add_working_days(noon, WORKING_DAYS))


def day_words(day: date) -> str:
    """A date as written in British English, such as Friday 4 December."""
    return f"{day:%A} {day.day} {day:%B}"
