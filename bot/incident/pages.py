"""The board: the register, one incident with its history, the clocks that run, and the files."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from bot.domain.board import Cell, Download, Page, Table
from bot.domain.component import ActError
from bot.domain.incident import Entry, Incident
from bot.incident import cards
from bot.incident.acts import GONE
from bot.incident.clock import LAW, left_words, when
from bot.incident.dpv import register_jsonld
from bot.incident.exports import register_csv, register_xlsx
from bot.incident.fields import LABELS, details, said
from bot.incident.record import Incidents
from bot.incident.regulator import as_document

A_PAGE = 50
ALL = 100_000
"""Most incidents of one export."""

NOTIFIED = "A notice counts as sent when its reference, or how it was given, stands in the record."
FILES = (
    ("register/register.csv", "CSV"),
    ("register/register.xlsx", "Excel"),
    ("register/register.jsonld", "JSON-LD (W3C DPV)"),
)


class BreachPages:
    """Pages and files; the moment is read here, because a page is shown for now."""

    def __init__(self, incidents: Incidents) -> None:
        self._needs = incidents.needs
        self._zone = incidents.needs.office.zone

    def register(self, rest: str, query: Mapping[str, str]) -> Page:
        """The list, or one incident."""
        return self._one(rest, datetime.now(UTC)) if rest else self._list(query, datetime.now(UTC))

    def clocks(self, rest: str, query: Mapping[str, str]) -> Page:
        """What is not decided, the most urgent first."""
        return self.clocks_at(datetime.now(UTC))

    def clocks_at(self, now: datetime) -> Page:
        """The same for a moment."""
        running = [(one, "decide") for one in self._needs.register.clocks()]
        running += [(one, "notify the regulator") for one in self._needs.register.to_notify()]
        rows = tuple(
            (
                Cell(one.id, f"register/{one.id}"),
                Cell(left_words(one, now), overdue=one.due <= now),
                Cell(when(one.due, self._zone), overdue=one.due <= now),
                Cell(next_step),
                Cell(_short(one)),
            )
            for one, next_step in sorted(running, key=lambda pair: pair[0].aware_at)
        )
        columns = ("Number", "Left", "72 hours end", "Next", "What happened")
        table = Table("Not decided, or not notified yet", columns, rows, "No clock is running.")
        intro = (f"{LAW}. Plain hours: weekends and holidays count.", NOTIFIED)
        return Page("72-hour clocks", intro, (table,))

    def file(self, rest: str, query: Mapping[str, str]) -> Download:
        """The register as a file, or one incident as the regulator asks for it."""
        if rest.endswith(".docx"):
            incident = self._found(rest.removesuffix(".docx"))
            return as_document(incident, self._needs.register.history(incident.id), self._zone)
        found = self._needs.register.search(query.get("q", ""), ALL)
        if rest == "register.csv":
            return register_csv(found, self._zone)
        if rest == "register.xlsx":
            return register_xlsx(found, self._zone)
        if rest == "register.jsonld":
            return register_jsonld(found)
        raise ActError("There is no such file on the board.")

    def _list(self, query: Mapping[str, str], now: datetime) -> Page:
        words, skip = query.get("q", ""), max(_whole(query.get("skip", "")), 0)
        found = self._needs.register.search(words, A_PAGE + 1, skip)
        rows = tuple(self._row(one, now) for one in found[:A_PAGE])
        columns = ("Number", "Recorded", "72 hours", "What happened", "Kind", "Regulator", "People told")
        following = urlencode({"q": words, "skip": skip + A_PAGE}) if len(found) > A_PAGE else ""
        table = Table("Breaches", columns, rows, "No breach is recorded." if not words else "Nothing found.")
        intro = ("Every change is an entry of its own; nothing is overwritten. “sendcheck doctor” checks the chain.",)
        return Page("Breach register", intro, (table,), downloads=FILES, search="Search", following=following)

    def _row(self, one: Incident, now: datetime) -> tuple[Cell, ...]:
        clock = "closed" if one.closed_at else "decided" if one.decided else left_words(one, now)
        return (
            Cell(one.id, f"register/{one.id}"),
            Cell(when(one.opened_at, self._zone)),
            Cell(clock, overdue=clock.startswith("over")),
            Cell(_short(one)),
            Cell(said("kind", one.value("kind"), self._zone)),
            Cell(said("regulator", one.value("regulator"), self._zone) or "not decided yet"),
            Cell(said("people_told", one.value("people_told"), self._zone) or "not decided yet"),
        )

    def _one(self, number: str, now: datetime) -> Page:
        incident = self._found(number)
        facts = Table(
            "What is recorded",
            ("Field", "Now"),
            tuple((Cell(label), Cell(value)) for label, value in details(incident, self._zone)),
        )
        history = Table(
            "History",
            ("Entry", "When", "What", "By", "Field", "Before", "After"),
            tuple(row for entry in self._needs.register.history(incident.id) for row in self._changes(entry)),
        )
        clock = "closed" if incident.closed_at else "decided" if incident.decided else left_words(incident, now)
        return Page(
            f"Breach {incident.id}",
            (f"{clock}. {LAW}: until {when(incident.due, self._zone)}.",),
            (facts, history),
            buttons=cards.lead_buttons(incident),
            downloads=((f"register/{incident.id}.docx", "Word, in the order of the regulator's form"),),
        )

    def _changes(self, entry: Entry) -> tuple[tuple[Cell, ...], ...]:
        first = (Cell(str(entry.number)), Cell(when(entry.at, self._zone)), Cell(str(entry.what)), Cell(entry.by))
        return tuple(
            (
                *first,
                Cell(LABELS.get(name, name)),
                Cell(said(name, entry.old.get(name, ""), self._zone)),
                Cell(said(name, value, self._zone)),
            )
            for name, value in entry.new.items()
        ) or ((*first, Cell(""), Cell(""), Cell("")),)

    def _found(self, number: str) -> Incident:
        incident = self._needs.register.get(number)
        if incident is None:
            raise ActError(GONE)
        return incident


def _short(incident: Incident) -> str:
    what = incident.value("what") or "(nothing written yet)"
    return what if len(what) <= 120 else what[:119] + "…"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
