"""The register on the board and as files: a spreadsheet runs nothing, the vocabulary is the published one."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from bot.desk import Desk
from bot.domain.component import ActError, Component, Extras
from bot.domain.incident import Happening
from bot.domain.nearmiss import ScrubbedText
from bot.incident.component import component
from bot.incident.pages import BreachPages
from bot.incident.record import Incidents
from tests.unit.incident.parts import NOW, TEAM, FakeNeeds, hours, incidents_in

FORMULA = '=HYPERLINK("x";"click")'
TERMS = {
    "dpv": {"Consequence", "Justification", "NotificationPlanned", "NotificationNotNeeded"},
    "risk": {"Incident", "IncidentOngoing", "IncidentConcluded", "IncidentNearMiss", "IncidentImpactAssessment"},
    "eu-gdpr": {
        "DataBreach",
        "DataBreachRegister",
        "ConfidentialityBreach",
        "AvailabilityBreach",
        "DPABreachNotice",
        "DPABreachNotificationNeeded",
        "BreachNotificationNotNeeded",
        "DataSubjectBreachNotice",
        "DataSubjectBreachNotificationNeeded",
        "JustificationA33RiskUnlikely",
        "JustificationA33NotificationDelay",
        "DBIAIndicatesNoRisk",
        "DBIAIndicatesLowRisk",
        "DBIAIndicatesHighRisk",
    },
}
"""Terms of DPV 2.1 that are used, as its published files list them."""


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Incidents, FakeNeeds, Component, str]:
    incidents, needs = incidents_in(tmp_path)
    incident = incidents.open(
        NOW, {"kind": "wrong_recipient", "channel": "email"}, {"what": ScrubbedText(FORMULA + " sent to a firm")}
    )
    facts = {"regulator": "no", "risk": "unlikely", "people_told": "no", "decided_at": NOW.isoformat()}
    words = {"regulator_why": ScrubbedText("Deleted unread"), "people_why": ScrubbedText("No risk")}
    incidents.add(incident.id, NOW + hours(2), Happening.DECIDED, facts, words, TEAM)
    return incidents, needs, component(incidents, lambda _: Extras()), incident.id


def test_a_spreadsheet_runs_nothing(kept: tuple[Incidents, FakeNeeds, Component, str]) -> None:
    desk = Desk((kept[2],))
    rows = list(csv.reader(io.StringIO(desk.download("register/register.csv", {}).content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    sheet = openpyxl.load_workbook(io.BytesIO(desk.download("register/register.xlsx", {}).content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any("HYPERLINK" in str(cell.value) for cell in cells)


def test_json_ld_uses_terms_of_the_vocabulary_and_fetches_no_context(
    kept: tuple[Incidents, FakeNeeds, Component, str],
) -> None:
    made = json.loads(Desk((kept[2],)).download("register/register.jsonld", {}).content)
    assert isinstance(made["@context"], dict)
    used = set()

    def walk(node: object, key: str = "") -> None:
        if isinstance(node, dict):
            for name, value in node.items():
                walk(value, name)
        elif isinstance(node, list):
            for value in node:
                walk(value, key)
        elif key in ("type", "status", "notification"):
            used.add(str(node))

    walk({name: value for name, value in made.items() if name != "@context"})
    assert "eu-gdpr:JustificationA33RiskUnlikely" in used
    for term in used:
        prefix, _, name = term.partition(":")
        assert name in TERMS[prefix], term
    (incident,) = made["incident"]
    assert incident["valid"] == (NOW + hours(72)).isoformat()


def test_the_word_document_asks_in_the_regulators_order(kept: tuple[Incidents, FakeNeeds, Component, str]) -> None:
    made = docx.Document(io.BytesIO(Desk((kept[2],)).download(f"register/{kept[3]}.docx", {}).content))
    headings = [part.text for part in made.paragraphs if part.style and part.style.name == "Heading 1"]
    assert headings == [
        "About the report",
        "About the breach",
        "The data and the people",
        "Taking action",
        "About you",
        "History of this record",
    ]
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert "Deleted unread" in cells
    assert "(not recorded yet)" in cells


def test_the_board_shows_the_list_one_incident_and_its_history(
    kept: tuple[Incidents, FakeNeeds, Component, str],
) -> None:
    desk, number = Desk((kept[2],)), kept[3]
    (row,) = desk.page("register", {"q": "firm"}).tables[0].rows
    assert (row[0].to, row[2].words) == (f"register/{number}", "decided")
    assert desk.page("register", {"q": "parrot"}).tables[0].rows == ()
    history = desk.page(f"register/{number}", {}).tables[1]
    assert {row[2].words for row in history.rows} == {"opened", "decided"}
    for address in ("register/BR-0000-0000", "register/x.docx", "register/x.exe"):
        with pytest.raises(ActError):
            (desk.page if "." not in address else desk.download)(address, {})


def test_open_clocks_show_hours_left_and_what_is_overdue(tmp_path: Path) -> None:
    incidents, _ = incidents_in(tmp_path)
    old = incidents.open(NOW - hours(80), {}, {})
    new = incidents.open(NOW, {}, {})
    rows = BreachPages(incidents).clocks_at(NOW + hours(1)).tables[0].rows
    assert [(row[0].words, row[1].words, row[1].overdue) for row in rows] == [
        (old.id, "over by 9 hours", True),
        (new.id, "71 hours left", False),
    ]


def test_a_notice_that_was_decided_stays_among_the_clocks_until_the_record_says_that_it_went(tmp_path: Path) -> None:
    incidents, _ = incidents_in(tmp_path)
    first, second = (incidents.open(NOW, {}, {}) for _ in range(2))
    for one, regulator in ((first, "yes"), (second, "no")):
        facts = {"risk": "likely", "regulator": regulator, "people_told": "no", "decided_at": NOW.isoformat()}
        incidents.add(one.id, NOW, Happening.DECIDED, facts, {}, TEAM)
    pages = BreachPages(incidents)
    rows = pages.clocks_at(NOW + hours(73)).tables[0].rows
    assert [(row[0].words, row[1].overdue, row[3].words) for row in rows] == [(first.id, True, "notify the regulator")]
    incidents.add(first.id, NOW, Happening.EDITED, {}, {"regulator_ref": ScrubbedText("IC-1")}, TEAM)
    assert pages.clocks_at(NOW + hours(73)).tables[0].rows == ()


def test_long_lists_come_in_pages(tmp_path: Path) -> None:
    incidents, _ = incidents_in(tmp_path)
    for number in range(51):
        incidents.open(datetime(2026, 1, 1, 0, number, tzinfo=NOW.tzinfo), {}, {})
    desk = Desk((component(incidents, lambda _: Extras()),))
    assert desk.page("register", {"q": "a&b"}).following == ""
    first = desk.page("register", {})
    assert (len(first.tables[0].rows), first.following) == (50, "q=&skip=50")
    assert len(desk.page("register", {"skip": "50"}).tables[0].rows) == 1
    assert desk.page("register", {"skip": "x"}).tables == first.tables
