"""Excel workbooks: every sheet, shown or not, and what the file remembers besides its cells."""

import re
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, shown_name
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.markup import all_text, attribute, attributes, child, local, named
from bot.scan.extract.ooxml import Package, add_common, open_package
from bot.scan.extract.ooxml_rest import add_rest
from bot.scan.extract.xlsx_shapes import add_drawing
from bot.scan.extract.xlsx_styles import Styles, as_date, read_styles

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class _Sheet:
    """One sheet while it is read."""

    name: str
    state: str
    """"visible", "hidden" or "veryHidden"."""
    styles: Styles
    shared: list[str] = field(repr=False)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: int = 0
    unseen_cells: int = 0
    covered_cells: int = 0
    literals: set[str] = field(default_factory=set, repr=False)
    """Words inside formulas, which no cell shows."""
    lost_cells: int = 0
    """Cells whose text is missing from the file."""
    filtered: bool = False
    cells: int = 0

    @property
    def place(self) -> str:
        """How the sheet is called in places."""
        return f"sheet {shown_name(self.name)}"


def read_xlsx(attachment: Attachment, watch: Watch) -> Extract:
    """Read a workbook with all that it carries."""
    basket = Gathered(_MEDIA_TYPE)
    package = open_package(attachment.content, basket)
    if package is None:
        return basket.extract()
    with package.archive:
        main = package.main_name("xl/workbook.xml")
        if main.endswith(".bin"):
            return _unread_binary(package)
        workbook = package.xml(main, needed=True)
        styles = read_styles(package.xml("xl/styles.xml"), workbook)
        shared = _shared_strings(package)
        room = limits.CELLS
        sheets = list(named(workbook, "sheet")) if workbook is not None else []
        if any(name.endswith(".bin") and "/worksheets/" in name for name in package.names):
            basket.unreadable("file", UnreadReason.UNSUPPORTED, "Binary workbooks are not read.")
        for number, entry in enumerate(sheets, 1):
            watch.tell(number, len(sheets), f"Reading sheet {number} of {len(sheets)}")
            if watch.is_over:
                basket.unreadable(f"sheet {number}", UnreadReason.TIMED_OUT, "There was no time left to read it.")
                continue
            link = package.links(main).get(attribute(entry, "id") or "")
            if link is None or link.outside:
                basket.unreadable(f"sheet {number}", UnreadReason.CORRUPT, "The sheet is missing from the file.")
                continue
            sheet = _Sheet(entry.get("name", str(number)), entry.get("state", "visible"), styles, shared)
            before = len(basket.parts)
            room -= _read_sheet(package, sheet, link.target, room)
            watch.see(basket.parts[before:])
        _read_names(basket, workbook)
        _read_remembered(package)
        add_common(package)
        add_rest(package)
    return basket.extract()


def _unread_binary(package: Package) -> Extract:
    """A workbook saved as XLSB: said to be unread but for what lies beside its cells."""
    package.basket.unreadable("file", UnreadReason.UNSUPPORTED, "Binary workbooks (XLSB) are not read.")
    package.seen.update(name for name in package.names if name.endswith(".bin"))
    add_common(package)
    return package.basket.extract()


def _shared_strings(package: Package) -> list[str]:
    root = package.xml("xl/sharedStrings.xml")
    if root is None:
        return []
    return [
        "".join(one.text or "" for one in named(item, "t") if not _is_phonetic(one))
        for item in root
        if local(item) == "si"
    ]


def _is_phonetic(element: etree._Element) -> bool:
    above = element.getparent()
    return above is not None and local(above) == "rPh"


def _read_sheet(package: Package, sheet: _Sheet, part: str, room: int) -> int:
    root = package.xml(part, needed=True)
    if root is None:
        return 0
    basket = package.basket
    sheet.filtered = child(root, "autoFilter") is not None
    for column in named(root, "col"):
        if column.get("hidden") in ("1", "true") or column.get("width") == "0":
            sheet.hidden_columns.update(range(int(column.get("min", "1")), min(int(column.get("max", "1")), 16384) + 1))
    rows = _rows(basket, sheet, child(root, "sheetData"), room)
    if sheet.lost_cells:
        basket.unreadable(sheet.place, UnreadReason.CORRUPT, "The text of some cells is missing from the file.")
    hidden = sheet.state != "visible"
    if any(cell.text for row in rows for cell in row):
        basket.parts.append(Table(sheet.place, rows, hidden))
        _note_hidden(basket, sheet, rows)
    for element in ("headerFooter", "dataValidations", "hyperlinks"):
        found = child(root, element)
        if found is not None:
            named_tips = ("prompt", "error", "tooltip", "location")
            tips = " ".join(value for one in found.iter() for key, value in attributes(one) if key in named_tips)
            basket.text(
                f"{all_text(found)} {tips}",
                f"{sheet.place}, {_SAID[element]}",
                hidden=hidden or element != "headerFooter",
            )
    _read_comments(package, sheet, part)
    basket.text("\n".join(sorted(sheet.literals)), f"{sheet.place}, formulas", hidden=True)
    for drawing in package.linked(part, "drawing"):
        add_drawing(package, drawing, sheet.place, rows, hidden=hidden)
    return sheet.cells


_LITERAL = re.compile(r'"([^"]{4,200})"')
_SAID = {"headerFooter": "header or footer", "dataValidations": "input rules", "hyperlinks": "links"}


def _rows(basket: Gathered, sheet: _Sheet, data: etree._Element | None, room: int) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    for row in data if data is not None else ():
        if local(row) != "row":
            continue
        hidden = row.get("hidden") in ("1", "true") or row.get("ht") == "0"
        cells = _cells(sheet, row, hidden)
        sheet.hidden_rows += hidden and any(cell.text for cell in cells)
        sheet.cells += len(cells)
        rows.append(cells)
        if sheet.cells > room:
            basket.unreadable(sheet.place, UnreadReason.TOO_LARGE, "There are more cells than one check reads.")
            break
    return tuple(rows)


def _cells(sheet: _Sheet, row: etree._Element, row_hidden: bool) -> tuple[Cell, ...]:
    """The cells of a row, each at its column so that it stands under its heading."""
    cells: list[Cell] = []
    for one in row:
        reference = one.get("r") or f"{get_column_letter(len(cells) + 1)}{row.get('r', '')}"
        letters = reference.rstrip("0123456789")
        column = column_index_from_string(letters) if letters.isalpha() and len(letters) <= 3 else len(cells) + 1
        # Columns far to the right are not padded: a table a person made has its gaps near its data.
        while len(cells) < column - 1 and column <= 200:
            cells.append(Cell(""))
        text = _value(sheet, one)
        style = one.get("s", "0")
        unseen = bool(text) and style.isdigit() and int(style) in sheet.styles.unseen
        sheet.covered_cells += unseen and int(style) in sheet.styles.covered
        sheet.unseen_cells += unseen and int(style) not in sheet.styles.covered
        if len(one) > 1 and local(one[0]) == "f":
            sheet.literals.update(_LITERAL.findall(one[0].text or ""))
        hidden = row_hidden or unseen or column in sheet.hidden_columns or sheet.state != "visible"
        cells.append(Cell(text, f"{sheet.place}, {reference}", hidden))
    return tuple(cells)


def _value(sheet: _Sheet, cell: etree._Element) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(one.text or "" for one in named(cell, "t"))
    stored = child(cell, "v")
    value = stored.text or "" if stored is not None else ""
    if kind == "s":
        known = value.isdigit() and int(value) < len(sheet.shared)
        sheet.lost_cells += not known
        return sheet.shared[int(value)] if known else ""
    if kind == "n" and value:
        style = cell.get("s", "0")
        if style.isdigit() and int(style) in sheet.styles.dates:
            return as_date(value, sheet.styles.epoch)
        # Long numbers (phones, NHS numbers) are stored as floats now and then: 9.99e9.
        return f"{float(value):.0f}" if "e" in value.lower() and _is_whole(value) else value
    return value


def _is_whole(value: str) -> bool:
    try:
        return float(value).is_integer()
    except (ValueError, OverflowError):
        return False


def _note_hidden(basket: Gathered, sheet: _Sheet, rows: tuple[tuple[Cell, ...], ...]) -> None:
    if sheet.state != "visible":
        very = (
            "so that Excel's own menu does not list it"
            if sheet.state == "veryHidden"
            else "but its cells are in the file"
        )
        basket.hazard(HazardKind.HIDDEN_SHEET, sheet.place, f"The sheet is hidden, {very}.")
        return
    if sheet.hidden_rows:
        how = "filtered out or hidden" if sheet.filtered else "hidden"
        basket.hazard(HazardKind.HIDDEN_CELLS, sheet.place, f"Rows are {how}.", sheet.hidden_rows)
    used = {column for row in rows for column, cell in enumerate(row, 1) if cell.text} & sheet.hidden_columns
    if used:
        basket.hazard(HazardKind.HIDDEN_CELLS, sheet.place, "Columns are hidden.", len(used))
    if sheet.covered_cells:
        basket.hazard(
            HazardKind.FAILED_REDACTION,
            sheet.place,
            "Cells are blacked out by their fill only: what they say can still be copied out.",
            sheet.covered_cells,
        )
    if sheet.unseen_cells:
        basket.hazard(
            HazardKind.HIDDEN_TEXT,
            sheet.place,
            "Cells have the colour of their background or show nothing.",
            sheet.unseen_cells,
        )


def _read_comments(package: Package, sheet: _Sheet, part: str) -> None:
    basket = package.basket
    for name in [*package.linked(part, "comments"), *package.linked(part, "threadedComment")]:
        root = package.xml(name)
        if root is None:
            continue
        for author in named(root, "author"):
            basket.metadata("Comment by", author.text or "", f"{sheet.place}, comments")
        for comment in named(root, "comment", "threadedComment"):
            place = f"{sheet.place}, {comment.get('ref', '')}, comment"
            words = "".join(one.text or "" for one in named(comment, "t", "text") if local(one) == "t" or one.text)
            if words.strip():
                basket.hazard(HazardKind.COMMENTS, sheet.place, "Cells have comments.")
                basket.text(words, place, hidden=True)


def _read_names(basket: Gathered, workbook: etree._Element | None) -> None:
    for one in named(workbook, "definedName") if workbook is not None else ():
        name, value = one.get("name", ""), one.text or ""
        if name.startswith("_xlnm.") or ("!" in value and '"' not in value):
            continue
        basket.text(f"{name}: {value} {one.get('comment', '')}", "defined names", hidden=True, source="metadata")
        if '"' in value or one.get("hidden") == "1":
            basket.hazard(HazardKind.HIDDEN_CELLS, "defined names", "Names in the workbook hold text of their own.")


def _read_remembered(package: Package) -> None:
    """Copies of data that stay behind: pivot caches, other workbooks' cells, the data model, revisions, people."""
    basket = package.basket
    for name in package.under("xl/pivotCache/pivotCacheDefinition", "xl/pivotCache/pivotCacheRecords"):
        root = package.xml(name) if name.endswith(".xml") else None
        values = [one.get("v", "") for one in named(root, "s", "d", "n")] if root is not None else []
        if values:
            basket.hazard(
                HazardKind.CACHED_DATA, "pivot table", "A pivot table keeps a full copy of the data it was made from."
            )
            basket.text("\n".join(values), "data behind a pivot table", hidden=True)
    for name in package.under("xl/externalLinks/externalLink"):
        root = package.xml(name) if name.endswith(".xml") else None
        values = [one.text or "" for one in named(root, "v")] if root is not None else []
        if values:
            basket.hazard(
                HazardKind.CACHED_DATA, "links to other files", "Cells of another workbook are kept in this one."
            )
            basket.text("\n".join(values), "cells kept of another workbook", hidden=True)
    if package.under("xl/model/"):
        basket.hazard(HazardKind.CACHED_DATA, "data model", "The workbook holds a data model.")
        basket.unreadable("data model", UnreadReason.UNSUPPORTED, "The data model inside the workbook is not read.")
        package.seen.update(package.under("xl/model/"))
    for name in [*package.under("xl/persons/"), *package.under("xl/revisions/userNames")]:
        root = package.xml(name) if name.endswith(".xml") else None
        for person in named(root, "person", "userInfo") if root is not None else ():
            basket.metadata(
                "Edited by", person.get("displayName") or person.get("name") or "", "people who edited the file"
            )
