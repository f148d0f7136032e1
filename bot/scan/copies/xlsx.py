"""A workbook as its reader sees it: values in visible cells of visible sheets, and nothing the file remembers besides.

Hidden rows and columns stay where they are, empty, so that no reference of a chart moves. Formulas give way to their
values: they would go wrong without the cells they lean on, and they can hold text themselves.
"""

from collections.abc import Iterator

from lxml import etree
from openpyxl.utils.cell import column_index_from_string

from bot.scan.copies.drawings import SHARED_KINDS, clean_drawings
from bot.scan.copies.interface import CannotCopyError
from bot.scan.copies.parts import Parts, remove, words
from bot.scan.extract.markup import attribute, child, local, named
from bot.scan.extract.xlsx_styles import Styles, read_styles

_KEPT = SHARED_KINDS | words("worksheet chartsheet styles sharedStrings drawing sheetMetadata")
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BOOK_GOES = words(
    "fileSharing functionGroups externalReferences definedNames customWorkbookViews pivotCaches "
    "smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst AlternateContent "
    "revisionPtr"
)
_SHEET_GOES = words(
    "sheetCalcPr protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews "
    "phoneticPr conditionalFormatting dataValidations customProperties cellWatches ignoredErrors "
    "smartTags legacyDrawing legacyDrawingHF oleObjects controls webPublishItems tableParts extLst "
    "AlternateContent"
)
_LAST_COLUMN = 16_384
_SAID = {
    "scenarios": "scenarios",
    "autoFilter": "filters (what they hid is gone)",
    "conditionalFormatting": "rules that colour cells",
    "dataValidations": "input rules and their lists",
}
"""What is worth a word of what goes from a sheet."""


def clean_xlsx(parts: Parts) -> bytes:
    """Clean every sheet that is shown."""
    book = parts.tree(parts.main)
    if book is None:
        raise CannotCopyError("The file is broken, so no copy can be made.")
    found = parts.linked(parts.main, "styles")
    styles = read_styles(parts.tree(found[0]) if found else None, book)
    shared = [one for part in parts.linked(parts.main, "sharedStrings") for one in _items(parts.tree(part))]
    used: set[int] = set()
    for root in _shown(parts, book):
        _clean_sheet(parts, root, styles, used)
    for index, item in enumerate(shared):
        _clean_string(item, used=index in used)
    _clean_book(parts, book)
    for _, tree in parts.trees("wsDr"):
        for shape in list(named(tree, "cNvPr", "slicer", "timeslicer")):
            if local(shape) != "cNvPr" or shape.get("hidden") in ("1", "true"):
                _remove_anchor(parts, shape)
        for shape in named(tree, "sp", "pic", "graphicFrame", "cxnSp"):
            # Names the macro that a click would start.
            _drop(shape, "macro")
    for _, tree in parts.trees("chartSpace"):
        for one in list(named(tree, "pivotSource", "pivotFmts")):
            remove(one)
    clean_drawings(parts)
    return parts.packed(_KEPT, _MAIN)


def _shown(parts: Parts, book: etree._Element) -> Iterator[etree._Element]:
    """The trees of the sheets that are shown; the hidden ones go."""
    for entry in list(named(book, "sheet")):
        link = parts.links(parts.main).get(attribute(entry, "id") or "")
        tree = parts.tree(link.target) if link is not None and not link.outside else None
        if link is None or tree is None or entry.get("state", "visible") != "visible":
            parts.removed["hidden sheets"] += tree is not None
            parts.banned.update([link.target] if link is not None else [])
            remove(entry)
        else:
            yield tree
    if next(named(book, "sheet"), None) is None:
        raise CannotCopyError("Every sheet of the workbook is hidden, so nothing would be left in a cleaned copy.")


def _clean_sheet(parts: Parts, root: etree._Element, styles: Styles, used: set[int]) -> None:
    for one in list(root):
        if local(one) in _SHEET_GOES:
            parts.removed[_SAID.get(local(one), "")] += 1
            remove(one)
        elif local(one) == "hyperlinks":
            _clean_links(one)
    columns = _hidden_columns(root)
    for row in list(named(root, "row")):
        hidden = _is_hidden_row(row)
        emptied = 0
        for number, cell in enumerate(list(row), 1):
            style = cell.get("s", "0")
            unseen = style.isdigit() and int(style) in styles.unseen
            if hidden or unseen or _column_of(cell, number) in columns:
                emptied += len(cell) > 0
                remove(cell)
            else:
                _settle(parts, cell, used)
        parts.removed["hidden rows" if hidden else "cells in hidden columns or without visible ink"] += (
            bool(emptied) if hidden else emptied
        )


def _hidden_columns(root: etree._Element) -> frozenset[int]:
    hidden = [one for one in named(root, "col") if one.get("hidden") in ("1", "true") or one.get("width") == "0"]
    spans = [range(int(one.get("min", "1")), min(int(one.get("max", "1")), _LAST_COLUMN) + 1) for one in hidden]
    return frozenset(number for span in spans for number in span)


def _is_hidden_row(row: etree._Element) -> bool:
    return row.get("hidden") in ("1", "true") or row.get("ht") == "0"


def _column_of(cell: etree._Element, number: int) -> int:
    """The column of a cell; one without a reference stands behind the one before it."""
    letters = (cell.get("r") or "").rstrip("0123456789")
    return column_index_from_string(letters) if letters.isalpha() and len(letters) <= 3 else number


def _settle(parts: Parts, cell: etree._Element, used: set[int]) -> None:
    """A cell with its value alone."""
    formula = child(cell, "f")
    if formula is not None:
        parts.removed["formulas (their values stay)"] += 1
        remove(formula)
    for key in ("cm", "vm", "ph"):
        _drop(cell, key)
    inline = child(cell, "is")
    for phonetic in list(named(inline, "rPh")) if inline is not None else ():
        remove(phonetic)
    value = child(cell, "v")
    if cell.get("t") == "s" and value is not None and (value.text or "").isdigit():
        used.add(int(value.text or ""))


def _items(root: etree._Element | None) -> list[etree._Element]:
    return [one for one in root if local(one) == "si"] if root is not None else []


def _clean_string(item: etree._Element, *, used: bool) -> None:
    """A text that no visible cell shows is emptied; its number must stay."""
    for one in list(item):
        if not used or local(one) in ("rPh", "phoneticPr"):
            item.remove(one)
    if not used:
        etree.SubElement(item, item.tag.replace("}si", "}t"))


def _clean_links(links: etree._Element) -> None:
    for link in list(links):
        for key in ("tooltip", "display", "location"):
            _drop(link, key)
        if attribute(link, "id") is None:
            remove(link)
    if not len(links):
        remove(links)


def _clean_book(parts: Parts, book: etree._Element) -> None:
    for one in list(book):
        if local(one) in _BOOK_GOES:
            own = [name for name in named(one, "definedName") if not name.get("name", "").startswith("_xlnm.")]
            parts.removed["names in the workbook"] += len(own)
            remove(one)
    for view in named(book, "workbookView"):
        for key in ("activeTab", "firstSheet"):
            _drop(view, key)


def _remove_anchor(parts: Parts, shape: etree._Element) -> None:
    anchor = next((above for above in shape.iterancestors() if local(above).endswith("Anchor")), None)
    if anchor is not None:
        remove(anchor)
        parts.removed["hidden shapes and slicers"] += 1


def _drop(element: etree._Element, key: str) -> None:
    if key in element.attrib:
        del element.attrib[key]
