"""Reporting, triage and lessons as one part of the product."""

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.component import Act, Alarm, Answered, Component, Extras
from bot.domain.verdict import Verdict
from bot.nearmiss import digest as digests
from bot.nearmiss import filing, spoken
from bot.nearmiss.boards import Boards
from bot.nearmiss.catches import Catches
from bot.nearmiss.digest import Digest
from bot.nearmiss.home import Home
from bot.nearmiss.known import known_of
from bot.nearmiss.lessons import LessonBook
from bot.nearmiss.needs import Needs
from bot.nearmiss.reporting import REPORT_BUTTON, Reporting
from bot.nearmiss.talk import Talk
from bot.nearmiss.triage import Triage

__all__ = ["Needs", "component"]


def component(needs: Needs) -> Component:
    """The part, standing on what it needs."""
    file = filing.File(needs)
    lessons, catches, digest = LessonBook(needs), Catches(needs), Digest(needs)
    boards = Boards(needs, lessons)
    acts: dict[str, Act] = {}
    for one in (Reporting(needs, file), Talk(needs), Triage(needs), lessons, catches):
        acts.update(one.acts())
    alarms: dict[str, Callable[[Alarm, datetime], None]] = {
        filing.SETTLE: file.settle,
        filing.SOON: file.remind,
        filing.DUE: file.remind,
        digests.WEEK: digest.send_week,
        digests.MONTH: digest.send_month,
    }

    def start(now: datetime) -> None:
        file.wake(now)
        digest.wake(now)

    return Component(
        acts=acts,
        pages={"reports": boards.reports, "lessons": boards.lessons, "measures": boards.measures},
        downloads={"lessons": boards.lesson_file, "measures": boards.measures_file},
        alarms=alarms,
        after=_after(needs, lessons, catches),
        home=Home(needs),
        start=start,
        purge=lambda now: needs.reports.purge(months_before(now, needs.keep_months)),
    )


def _after(needs: Needs, lessons: LessonBook, catches: Catches) -> Callable[[Answered], Extras]:
    """What is added to a reply: the lesson that concerns it, and the buttons of near misses."""

    def after(answered: Answered) -> Extras:
        reply = answered.reply
        known = known_of(reply)
        said = spoken.words_of(answered.message.text)
        begun = () if said is None else (spoken.offer(reply.id, bool(said)),)
        try:
            needs.memory.keep(reply.id, known, answered.now)
            if said:
                needs.spoken.keep(reply.id, said, answered.now)
            catches.noticed(answered)
            cards = lessons.under(answered)
        except Exception:  # whatever is wrong with the store, the answer itself must go out
            cards = ()
        asked = not begun and (reply.verdict is not Verdict.NOT_COVERED or reply.files)
        button = (replace(REPORT_BUTTON, about=reply.id),)
        return Extras((*begun, *cards), (*catches.button(reply.id, known), *(button if asked else ())))

    return after


def months_before(now: datetime, months: int) -> datetime:
    """The same day so many months earlier, or the last of its month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, calendar.monthrange(year, month + 1)[1]))
