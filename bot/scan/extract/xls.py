"""Workbooks of before 2007: cells of every sheet, and what the stream holds besides them."""

import io
import struct
from collections.abc import Sequence
from datetime import date, datetime

import olefile
import python_calamine as calamine

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.biff import Book, Sheet, pivot_words, read_book
from bot.scan.extract.blips import add_pictures
from bot.scan.extract.gather import Gathered, is_person_like, shown_name
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.ole import add_objects, add_properties, note_damage

_PIVOTS = "_SX_DB_CUR"


def read_xls(attachment: Attachment, watch: Watch) -> Extract:
    """Read an old workbook: cells, hidden rows and columns, comments, text boxes, pictures, what links left behind."""
    basket = Gathered("application/vnd.ms-excel")
    note_damage(basket, attachment.content)
    try:
        book = calamine.load_workbook(io.BytesIO(attachment.content))
        with olefile.OleFileIO(io.BytesIO(attachment.content)) as ole:
            stream = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
            records = _records(basket, stream)
            _add_sheets(basket, book, records, watch)
            _add_workbook(basket, records)
            _add_pivots(basket, ole)
            add_pictures(basket, records.pictures)
            add_objects(basket, ole, "MBD")
            add_properties(basket, ole)
    except calamine.PasswordError:
        basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
        basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
    except (calamine.CalamineError, OSError, ValueError, struct.error, IndexError):
        basket.unreadable("file", UnreadReason.CORRUPT, "The workbook is broken.")
    return basket.extract()


def _records(basket: Gathered, stream: bytes) -> Book:
    try:
        return read_book(stream)
    except (struct.error, IndexError):
        basket.unreadable("hidden parts", UnreadReason.CORRUPT, "Comments and hidden rows could not be read.")
        return Book()


def _add_sheets(basket: Gathered, book: calamine.CalamineWorkbook, records: Book, watch: Watch) -> None:
    room = limits.CELLS
    sheets = book.sheets_metadata
    if not sheets:
        basket.unreadable("file", UnreadReason.CORRUPT, "The workbook has no sheets.")
    for number, sheet in enumerate(sheets, 1):
        watch.tell(number, len(sheets), f"Reading sheet {number} of {len(sheets)}")
        place = f"sheet {shown_name(sheet.name)}"
        if watch.is_over:
            basket.unreadable(place, UnreadReason.TIMED_OUT, "There was no time left to read it.")
            continue
        known = records.sheets.get(sheet.name, Sheet(sheet.name))
        _add_around(basket, known, place)
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        room -= sum(map(len, rows))
        if room < 0:
            basket.unreadable(place, UnreadReason.TOO_LARGE, "There are more cells than one check reads.")
            break
        _add_cells(basket, rows, known, place, sheet.visible != calamine.SheetVisibleEnum.Visible)


def _add_cells(basket: Gathered, rows: Sequence[Sequence[object]], known: Sheet, place: str, hidden: bool) -> None:
    if hidden and rows:
        basket.hazard(HazardKind.HIDDEN_SHEET, place, "The sheet is hidden, but its cells are in the file.")
    concealed = [
        number for number, row in enumerate(rows) if number in known.hidden_rows and any(value != "" for value in row)
    ]
    if concealed:
        basket.hazard(HazardKind.HIDDEN_CELLS, place, "Rows are hidden.", len(concealed))
    used = {column for row in rows for column, value in enumerate(row) if value != ""} & known.hidden_columns
    if used:
        basket.hazard(HazardKind.HIDDEN_CELLS, place, "Columns are hidden.", len(used))
    cells = tuple(
        tuple(
            Cell(
                _shown(value),
                f"{place}, row {number + 1}, column {column + 1}",
                hidden or number in known.hidden_rows or column in known.hidden_columns,
            )
            for column, value in enumerate(row)
        )
        for number, row in enumerate(rows)
    )
    basket.parts.append(Table(place, cells, hidden))


def _add_around(basket: Gathered, known: Sheet, place: str) -> None:
    if known.comments:
        basket.hazard(HazardKind.COMMENTS, place, "Cells have comments.")
        basket.text("\n".join(known.comments), f"{place}, comments", hidden=True)
    basket.text("\n".join(known.boxes), f"{place}, text boxes")
    basket.text("\n".join(known.edges), f"{place}, header or footer")


def _add_workbook(basket: Gathered, records: Book) -> None:
    if records.kept:
        basket.hazard(HazardKind.CACHED_DATA, "links to other files", "Cells of another workbook are kept in this one.")
        basket.text("\n".join(records.kept), "cells kept of another workbook", hidden=True)
    if records.names:
        basket.hazard(HazardKind.HIDDEN_CELLS, "defined names", "Names in the workbook hold text of their own.")
        basket.text("\n".join(records.names), "defined names", hidden=True, source="metadata")
    for person in records.people:
        if is_person_like(person):
            basket.metadata("Last opened by", person, "document properties")
            basket.hazard(
                HazardKind.METADATA, "document properties", "The properties name people who worked on the file."
            )


def _add_pivots(basket: Gathered, ole: olefile.OleFileIO) -> None:
    for path in ole.listdir(storages=False):
        if path[0] != _PIVOTS:
            continue
        words = pivot_words(ole.openstream(path).read())
        basket.hazard(
            HazardKind.CACHED_DATA, "pivot table", "A pivot table keeps a full copy of the data it was made from."
        )
        basket.text("\n".join(words), "data behind a pivot table", hidden=True)


def _shown(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
