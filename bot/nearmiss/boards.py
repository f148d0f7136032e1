"""The information team's pages: reports, lessons, measures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.board import Cell, Download, Page, Table
from bot.domain.component import ActError
from bot.domain.nearmiss import NearMissKind, Report, Status, Way
from bot.domain.ports.reports import Wanted
from bot.nearmiss import measures as measuring
from bot.nearmiss.alike import nearest
from bot.nearmiss.lessons import LessonBook, lesson_card
from bot.nearmiss.needs import Needs, day_words
from bot.nearmiss.periods import Period, month_of
from bot.nearmiss.suppress import words
from bot.nearmiss.taxonomy import INSPECTORATE, KIND_WORDS, REGULATOR, STATUS_WORDS, kind_words
from bot.nearmiss.tell import STEP_WORDS, report_card
from bot.nearmiss.triage import GONE

LINES = 50
_SHORT = 110


class Boards:
    """Makes the pages."""

    def __init__(self, needs: Needs, lessons: LessonBook) -> None:
        self._needs = needs
        self._lessons = lessons

    def reports(self, rest: str, query: Mapping[str, str]) -> Page:
        """The list, or one report; "overdue", "status/new" and "kind/…" are lists of some."""
        if rest.upper().startswith("NM-"):
            return self._one(rest.upper())
        today = self._today()
        wanted, title = self._wanted(rest, query, today)
        found = self._needs.reports.list(replace(wanted, limit=LINES + 1))
        rows = tuple(self._row(report, today) for report in found[:LINES])
        following = ""
        if len(found) > LINES:
            last = found[LINES - 1].filed
            following = f"after={last.reported_at.timestamp():.6f}_{last.receipt}"
            following += f"&q={query['q']}" if query.get("q") else ""
        columns = ("Report", "Day", "Kind", "Stands at", "Answer by", "What happened")
        return Page(
            title,
            ("Names and numbers were taken out before anything was stored.", TOGETHER),
            (Table("Reports", columns, rows, "No report fits."), self._others()),
            search="Look for words or a report number",
            following=following,
        )

    def _wanted(self, rest: str, query: Mapping[str, str], today: date) -> tuple[Wanted, str]:
        wanted = Wanted(words=query.get("q", "")[:200], after=_after(query.get("after", "")), hidden_from=today)
        what, _, which = rest.partition("/")
        if what == "overdue":
            return replace(wanted, overdue_on=today), "Overdue reports"
        if what == "status" and which in set(Status):
            return replace(wanted, status=Status(which)), f"Reports: {STATUS_WORDS[Status(which)]}"
        if what == "kind" and which in set(NearMissKind):
            return replace(wanted, kind=which), f"Reports: {kind_words(which).lower()}"
        if rest:
            raise ActError("There is no such list of reports.")
        return wanted, "Reports"

    def _row(self, report: Report, today: date) -> tuple[Cell, ...]:
        filed = report.filed
        overdue = report.status is not Status.DECIDED and report.due is not None and report.due < today
        text = filed.text.text
        return (
            Cell(filed.receipt, f"reports/{filed.receipt}"),
            Cell(day_words(filed.reported_at.date())),
            Cell(kind_words(filed.kind) + (" (hazard)" if filed.around.hazard else "")),
            Cell(STATUS_WORDS[report.status]),
            Cell(day_words(report.due) if report.due else "", overdue=overdue),
            Cell(text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"),
        )

    def _others(self) -> Table:
        """The other lists."""
        lists = [("Overdue", "reports/overdue"), ("All", "reports")]
        lists += [(said.capitalize(), f"reports/status/{status}") for status, said in STATUS_WORDS.items()]
        lists += [(said, f"reports/kind/{kind}") for kind, said in KIND_WORDS.items()]
        return Table("Show only", ("List",), tuple((Cell(said, to),) for said, to in lists))

    def _one(self, receipt: str) -> Page:
        report = self._needs.reports.find(receipt)
        if report is None:
            raise ActError(GONE)
        filed = report.filed
        notes = self._needs.reports.notes(receipt)
        rows = tuple(
            (Cell(day_words(note.day)), Cell(f"{note.by} {STEP_WORDS[note.step]}"), Cell(note.text.text))
            for note in notes
            if note.told or note.day < self._today()
        )
        alike = tuple(
            (Cell(one.receipt, f"reports/{one.receipt}"), Cell(f"{one.near:.0%}"))
            for one in nearest(filed, self._needs)
        )
        who = self._needs.reports.reporter(receipt) if filed.way is Way.NAMED else None
        intro = [f"Inspectorate: {INSPECTORATE[filed.kind]}. Regulator: {REGULATOR[filed.kind]}."]
        if who and who.name:
            intro.append(f"Reported by {who.name}.")
        lesson = self._needs.lessons.find(report.lesson) if report.lesson else None
        return Page(
            f"Report {receipt}",
            tuple(intro),
            (
                Table("Talk and history", ("Day", "Who", "What"), rows, "Nothing yet."),
                Table("Most like it among open reports", ("Report", "Alike"), alike, "None is like it."),
            ),
            (report_card(report, kind_words(filed.kind)), *((lesson_card(lesson, "Its lesson"),) if lesson else ())),
        )

    def lessons(self, rest: str, query: Mapping[str, str]) -> Page:
        """All lessons, drafts first."""
        found = sorted(self._needs.lessons.list(), key=lambda lesson: lesson.approved is not None)
        cards = tuple(lesson_card(one, "Draft" if one.approved is None else "Approved") for one in found[:LINES])
        files = tuple((f"lessons/{one.id}.md", f"Guidance row: {kind_words(one.kind)}") for one in found[:LINES])
        intro = ("A lesson is published when a person approves it.",)
        return Page("Lessons", intro if cards else ("No lesson yet: record one from a report.",), (), cards, (), files)

    def measures(self, rest: str, query: Mapping[str, str]) -> Page:
        """The last six months, and one of them in full."""
        today = self._today()
        if rest:
            return self._month(measuring.measure(_month(rest), self._needs, today))
        found = measuring.months(self._needs, today)
        rows = tuple(
            (
                Cell(f"{one.period.first:%B %Y}", f"measures/{one.period.name}"),
                Cell(words(one.total)),
                Cell(one.breaches()),
                Cell(f"{one.in_time}%" if one.in_time is not None else "hidden"),
                Cell(words(one.catches)),
                Cell(words(one.days_to_report)),
            )
            for one in found
        )
        columns = ("Month", "Reports", "To breaches", "Answered in time", "Good catches", "Median days to report")
        return Page("Measures", (RULE,), (Table("Months", columns, rows),))

    def _month(self, found: measuring.Measures) -> Page:
        tables = tuple(
            Table(name, (name, "Number"), tuple((Cell(what), Cell(words(count))) for what, count in counts.items()))
            for name, counts in found.tables.items()
        )
        name = found.period.name
        return Page(
            f"Measures, {found.period.first:%B %Y}",
            (RULE, f"Reports: {words(found.total)}. Good catches: {words(found.catches)}."),
            tables,
            downloads=((f"measures/{name}.csv", "As a table (CSV)"),),
        )

    def lesson_file(self, rest: str, query: Mapping[str, str]) -> Download:
        """The drafted guidance of a lesson."""
        return self._lessons.download(rest, self._today())

    def measures_file(self, rest: str, query: Mapping[str, str]) -> Download:
        """One month for a spreadsheet."""
        found = measuring.measure(_month(rest.removesuffix(".csv")), self._needs, self._today())
        content = measuring.export(found).encode("utf-8-sig")
        return Download(f"measures-{found.period.name}.csv", "text/csv; charset=utf-8", content)

    def _today(self) -> date:
        return self._needs.day(self._needs.clock())


RULE = (
    "Numbers of the scheme, never of people: a rising count means trust. Fewer than five are hidden, and so is "
    "what would give them away. Counted to the end of yesterday."
)
TOGETHER = (
    "Anonymous reports of today are listed tomorrow, together, so that nobody can tell from the time whose they are."
)


def _month(name: str) -> Period:
    try:
        return month_of(date.fromisoformat(f"{name}-01"))
    except ValueError as error:
        raise ActError("A month is written like 2026-11.") from error


def _after(value: str) -> tuple[datetime, str] | None:
    moment, _, receipt = value.partition("_")
    try:
        return (datetime.fromtimestamp(float(moment), UTC), receipt) if receipt else None
    except (ValueError, OverflowError, OSError):
        return None
