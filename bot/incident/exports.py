"""The register as files: CSV, a workbook, JSON-LD. Cells that a spreadsheet would run are made plain text."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from bot.domain.board import Download
from bot.domain.incident import Incident
from bot.incident.clock import when
from bot.incident.fields import LABELS, said

_RUNS = re.compile(r"^\s*[=+\-@|%\t\r]")
"""How a cell begins that a spreadsheet may take for a formula (OWASP, CSV injection)."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain_cell(text: str) -> str:
    """Text that no spreadsheet runs."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if _RUNS.match(text) else text


def register_csv(found: Sequence[Incident], zone: ZoneInfo) -> Download:
    """All incidents, one a row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows(_rows(found, zone))
    # The mark tells Excel that it is UTF-8.
    return Download("breach-register.csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf" + out.getvalue().encode())


def register_xlsx(found: Sequence[Incident], zone: ZoneInfo) -> Download:
    """The same as a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has a sheet
    sheet.title = "Breach register"
    for number, row in enumerate(_rows(found, zone), start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = text, "s"
    for column in range(1, len(LABELS) + 4):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return Download("breach-register.xlsx", XLSX, out.getvalue())


def _rows(found: Sequence[Incident], zone: ZoneInfo) -> Iterator[list[str]]:
    yield ["Number", "Recorded", "72 hours end", *_headings()]
    for incident in found:
        known = [incident.id, when(incident.opened_at, zone), when(incident.due, zone)]
        yield [plain_cell(text) for text in (*known, *(said(name, incident.value(name), zone) for name in LABELS))]


def _headings() -> list[str]:
    """The labels; where two are alike, with the field before."""
    return [f"{LABELS[name]} ({name.partition('_')[0]})" if label == "Why" else label for name, label in LABELS.items()]
