"""One incident as a Word document, in the order in which the regulator's form asks.

The order follows the Information Commissioner's form for reporting a personal data breach: about the report, about the
breach, the data and the people, what was done, who reports. The form asks to leave names of the people affected out.
"""

import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import docx

from bot.domain.board import Download
from bot.domain.incident import Entry, Incident
from bot.incident.clock import LAW, when
from bot.incident.fields import LABELS, said

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMPTY = "(not recorded yet)"

SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "About the report",
        (
            ("Initial or follow-up report", ""),
            ("Why it is reported, or not", "regulator_why"),
            ("Reference given by the regulator", "regulator_ref"),
        ),
    ),
    (
        "About the breach",
        (
            ("What happened", "what"),
            ("How it happened", "how"),
            ("How it was discovered", "found"),
            ("What was in place to prevent it", "measures"),
            ("Kind of breach", "kind"),
            ("When it happened", "happened_at"),
            ("When we became aware", "aware_at"),
            ("Reasons for a notice later than 72 hours", "delay"),
        ),
    ),
    (
        "The data and the people",
        (
            ("Categories of personal data", "data"),
            ("Number of records", "records"),
            ("How many people could be affected", "people"),
            ("Categories of people", "people_kinds"),
            ("Likely consequences for them", "consequences"),
            ("Risk to people", "risk"),
            ("Training of the staff involved in the last two years", "trained"),
        ),
    ),
    (
        "Taking action",
        (
            ("Actions taken or planned", "actions"),
            ("Steps of the first hour done", "steps"),
            ("Have the people been told?", "people_told"),
            ("Why, or why not", "people_why"),
            ("Other bodies told", "others_told"),
        ),
    ),
    (
        "About you",
        (
            ("Organisation and its registration number", ""),
            ("Person making the report, with phone and email", ""),
            ("Data protection officer", ""),
        ),
    ),
)
"""Heading, then (question, field); without a field it is for the person who reports to fill in."""


def as_document(incident: Incident, history: Sequence[Entry], zone: ZoneInfo) -> Download:
    """The document."""
    made = docx.Document()
    made.core_properties.author, made.core_properties.title = "", f"Breach {incident.id}"
    made.add_heading(f"Personal data breach {incident.id}", 0)
    made.add_paragraph(f"{LAW}: until {when(incident.due, zone)}.")
    made.add_paragraph("Do not add the names of the people affected; the regulator asks later if it needs them.")
    for heading, questions in SECTIONS:
        made.add_heading(heading, 1)
        table = made.add_table(rows=0, cols=2, style="Table Grid")
        for question, name in questions:
            cells = table.add_row().cells
            cells[0].text = question
            cells[1].text = _plain(said(name, incident.value(name), zone) or EMPTY) if name else ""
    made.add_heading("History of this record", 1)
    table = made.add_table(rows=0, cols=3, style="Table Grid")
    for entry in history:
        cells = table.add_row().cells
        cells[0].text = f"{entry.number}, {when(entry.at, zone)}"
        cells[1].text = str(entry.what)
        cells[2].text = _plain("; ".join(LABELS.get(name, name) for name in entry.new))
    out = io.BytesIO()
    made.save(out)
    return Download(f"{incident.id}.docx", DOCX, out.getvalue())


def _plain(text: str) -> str:
    """Without signs that XML does not allow."""
    return "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
