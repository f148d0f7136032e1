"""Files a report: stored, told to the team, given its clock, held against lessons; a breach goes its way at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.card import Card, CardKind
from bot.domain.component import Alarm
from bot.domain.finding import Category
from bot.domain.nearmiss import (
    AlreadySent,
    Circumstances,
    NearMiss,
    NearMissKind,
    Report,
    Reporter,
    ScrubbedText,
    Status,
    Way,
)
from bot.nearmiss import codes
from bot.nearmiss.alike import packed
from bot.nearmiss.needs import Needs
from bot.nearmiss.recurrence import Recurrence
from bot.nearmiss.tell import Teller, report_card

SETTLE = "report.settle"
SOON = "report.soon"
DUE = "report.due"
_DAY = timedelta(days=1)


class File:
    """Makes reports and sees them on their way."""

    def __init__(self, needs: Needs) -> None:
        self._needs = needs
        self._teller = Teller(needs)
        self._recurrence = Recurrence(needs, self._teller)

    def make(
        self,
        text: ScrubbedText,
        *,
        kind: NearMissKind,
        sent: AlreadySent,
        way: Way,
        around: Circumstances,
        categories: Sequence[str],
        now: datetime,
    ) -> NearMiss:
        """The report with its receipt and its code."""
        receipt = codes.new_receipt()
        code = codes.new_code(receipt)
        now = now.astimezone(UTC)
        anonymous = way is Way.ANONYMOUS
        return NearMiss(
            receipt=receipt,
            kind=kind,
            text=text,
            already_sent=sent,
            anonymous=anonymous,
            reported_at=datetime.combine(now.date(), time(0), UTC) if anonymous else now,
            finding_categories=tuple(sorted({Category(category).value for category in categories})),
            confidential=way is Way.CONFIDENTIAL,
            around=around,
            code_digest=codes.digest(code, self._needs.site_key),
            code=code,
        )

    def file(self, report: NearMiss, reporter: Reporter | None, now: datetime) -> Card | None:
        """Store it and tell whom it concerns; gives the card of the breach path if it already went."""
        due = self._needs.due(self._needs.day(now))
        self._needs.reports.file(report, reporter, due)
        if not report.anonymous:
            self.announce(Report(report, Status.NEW, due, announced=True))
        if report.already_sent is AlreadySent.FALSE:
            return None
        return self._needs.on_breach(replace(report, code=""), now)

    def announce(self, report: Report) -> None:
        """Tell the team, set its reminders, and hold it against lessons; running twice does it once."""
        receipt = report.filed.receipt
        if report.filed.text.text:
            self._needs.reports.learn(receipt, packed(self._needs.embed()([report.filed.text.text])[0]))
        self._teller.team(report_card(report), f"report:{receipt}:new")
        if report.due is not None:
            self._needs.alarms.set(
                f"{SOON}:{receipt}", SOON, receipt, self._needs.opening(self._needs.working_day_before(report.due))
            )
            self._needs.alarms.set(f"{DUE}:{receipt}", DUE, receipt, self._needs.opening(report.due))
        self._recurrence.look(report.filed)

    def announce_filed(self, report: NearMiss, now: datetime) -> None:
        """Tell the team at once of a report that was stored without being told; anonymous ones wait for the morning.

        What fails in between is told on the next working morning, as the row says until the end.
        """
        if report.anonymous:
            return
        due = self._needs.due(self._needs.day(now))
        self._needs.reports.mark(report.receipt, due=due)
        self.announce(Report(report, Status.NEW, due))
        self._needs.reports.mark(report.receipt, announced=True)

    def settle(self, alarm: Alarm, now: datetime) -> None:
        """Every working morning: tell the team of the anonymous reports of earlier days, together and in no order."""
        today = self._needs.day(now)
        reports, notes = self._needs.reports.unsettled(today)
        for report in reports:
            due = self._needs.due(report.filed.reported_at.date())
            self._needs.reports.mark(report.filed.receipt, due=due)
            self.announce(replace(report, due=due))
        for receipt, note in notes:
            title = f"The reporter of {receipt} wrote"
            card = Card(CardKind.REPORT, title, (note.text.text,), (("Report", receipt),), about=receipt)
            self._teller.team(card, f"report:{receipt}:{note.turn}")
        self._needs.reports.settle(today)
        self.wake(now)

    def wake(self, now: datetime) -> None:
        """Set the next morning; a morning that was missed while nothing ran comes at once."""
        today = self._needs.day(now)
        for first in (today, self._needs.day(self._needs.opening(today + _DAY))):
            opening = self._needs.opening(first)
            self._needs.alarms.set(f"{SETTLE}:{self._needs.day(opening)}", SETTLE, "", opening)

    def remind(self, alarm: Alarm, now: datetime) -> None:
        """Tell the team of a report that is not answered yet."""
        report = self._needs.reports.find(alarm.about)
        if report is None or report.status is Status.DECIDED:
            return
        words = "today" if alarm.kind == DUE else "soon"
        card = report_card(report, f"To be answered {words}: {alarm.about}")
        self._teller.team(replace(card, kind=CardKind.REMINDER), alarm.key)
