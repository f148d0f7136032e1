"""What is drawn on a sheet: text boxes, descriptions of pictures, and filled shapes that only cover cells."""

import re

from lxml import etree
from openpyxl.utils.cell import column_index_from_string

from bot.domain.finding import HazardKind
from bot.scan.extract.interface import Cell
from bot.scan.extract.markup import child, named
from bot.scan.extract.ooxml import Package

_REFERENCE = re.compile(r", ([A-Z]{1,3})(\d+)$")
_SEEN_THROUGH = 90_000
"""Thousandths of a percent of opacity below which a fill only tints what is behind it."""


def add_drawing(package: Package, name: str, place: str, rows: tuple[tuple[Cell, ...], ...], *, hidden: bool) -> None:
    """Read one drawing of a sheet whose cells are `rows`."""
    root = package.xml(name)
    if root is None:
        return
    basket = package.basket
    for shape in named(root, "sp", "pic", "graphicFrame", "cxnSp"):
        basket.text("\n".join(one.text or "" for one in named(shape, "t")), f"{place}, text box", hidden=hidden)
        for properties in named(shape, "cNvPr"):
            for key in ("descr", "title"):
                basket.text(properties.get(key) or "", f"{place}, picture description", hidden=True)
    for anchor in named(root, "twoCellAnchor"):
        covered = _covered(anchor, rows) if any(map(_is_cover, named(anchor, "sp"))) else 0
        if covered:
            detail = "A shape covers cells whose text can still be copied out."
            basket.hazard(HazardKind.FAILED_REDACTION, place, detail, covered)


def _is_cover(shape: etree._Element) -> bool:
    """Whether a shape is filled with a colour that cannot be seen through, and says nothing itself."""
    fill = child(child(shape, "spPr"), "solidFill")
    if fill is None or any((one.text or "").strip() for one in named(shape, "t")):
        return False
    alpha = next(named(fill, "alpha"), None)
    value = alpha.get("val", "100000") if alpha is not None else "100000"
    return not value.isdigit() or int(value) >= _SEEN_THROUGH


def _covered(anchor: etree._Element, rows: tuple[tuple[Cell, ...], ...]) -> int:
    """How many cells with words lie wholly under an anchored shape."""
    first, last = _corner(child(anchor, "from"), up=True), _corner(child(anchor, "to"), up=False)
    found = 0
    for row in rows:
        for cell in row:
            reference = _REFERENCE.search(cell.place) if cell.text else None
            if reference is None:
                continue
            column, line = column_index_from_string(reference[1]) - 1, int(reference[2]) - 1
            found += first[0] <= column < last[0] and first[1] <= line < last[1]
    return found


def _corner(marker: etree._Element | None, *, up: bool) -> tuple[int, int]:
    """Column and row of a corner, counted from 0; one that lies well inside a cell counts for the whole cell."""
    at = []
    for name, step, part in (("col", "colOff", 200_000), ("row", "rowOff", 60_000)):
        number, offset = (_number(child(marker, key)) for key in (name, step))
        at.append(number + (offset > (2 * part if up else part)))
    return at[0], at[1]


def _number(element: etree._Element | None) -> int:
    text = (element.text or "") if element is not None else ""
    return int(text) if text.lstrip("-").isdigit() else 0
