"""What a cell shows: dates out of numbers, and whether its letters have the colour of the paper."""

from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from bot.scan.extract.markup import attribute, child, named
from bot.scan.extract.redaction import is_same_colour

_THEME = {"0": "FFFFFF", "1": "000000"}
"""Theme colours 0 and 1 are paper and ink unless a designer changed them."""
_INDEXED = {"0": "000000", "8": "000000", "64": "000000", "1": "FFFFFF", "9": "FFFFFF"}
"""Black and white of the old palette (ECMA-376 18.8.27)."""
_TINY_POINTS = 2


@dataclass(frozen=True)
class Styles:
    """Cell formats of a workbook by their index."""

    dates: frozenset[int]
    unseen: frozenset[int]
    """Formats in which letters have the colour of their ground, or `;;;` shows nothing."""
    epoch: datetime
    covered: frozenset[int] = frozenset()
    """Those of the unseen formats whose ground is not the white of the paper: cells blacked out by their fill."""


def read_styles(root: etree._Element | None, workbook: etree._Element | None) -> Styles:
    """Read which formats are dates and which cannot be seen."""
    properties = child(workbook, "workbookPr")
    mac = properties is not None and properties.get("date1904") in ("1", "true")
    epoch = MAC_EPOCH if mac else WINDOWS_EPOCH
    if root is None:
        return Styles(frozenset(), frozenset(), epoch)
    codes = dict(BUILTIN_FORMATS)
    codes.update({int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in named(root, "numFmt")})
    fonts = _children(root, "fonts")
    inks = [_colour(child(font, "color")) for font in fonts]
    tiny = {number for number, font in enumerate(fonts) if _size(font) <= _TINY_POINTS}
    grounds = [_ground(fill) for fill in _children(root, "fills")]
    dates, unseen, covered = set[int](), set[int](), set[int]()
    for index, form in enumerate(_children(root, "cellXfs")):
        code = codes.get(int(form.get("numFmtId", "0")), "General") or "General"
        if is_date_format(code):
            dates.add(index)
        ink, ground = _at(inks, form.get("fontId")), _at(grounds, form.get("fillId"))
        if code.replace('"', "").strip() == ";;;" or is_same_colour(ink, ground) or _number(form, "fontId") in tiny:
            unseen.add(index)
        if ground is not None and is_same_colour(ink, ground) and not is_same_colour("FFFFFF", ground):
            covered.add(index)
    return Styles(frozenset(dates), frozenset(unseen), epoch, frozenset(covered))


def as_date(value: str, epoch: datetime) -> str:
    """A date as a person reads it, day first; the number itself when it is none."""
    try:
        moment = from_excel(float(value), epoch)
    except (ValueError, OverflowError, TypeError):
        return value
    if isinstance(moment, datetime):
        return moment.strftime("%d/%m/%Y" if moment.time().isoformat() == "00:00:00" else "%d/%m/%Y %H:%M")
    return moment.strftime("%d/%m/%Y") if isinstance(moment, date) else str(moment)


def _children(root: etree._Element, name: str) -> list[etree._Element]:
    found = child(root, name)
    return [one for one in found if isinstance(one.tag, str)] if found is not None else []


def _at(values: list[str | None], index: str | None) -> str | None:
    position = int(index or "0")
    return values[position] if position < len(values) else None


def _colour(colour: etree._Element | None) -> str | None:
    if colour is None:
        return None
    plain = attribute(colour, "rgb") or _INDEXED.get(colour.get("indexed", ""))
    return plain or (_THEME.get(colour.get("theme", "")) if not colour.get("tint") else None)


def _size(font: etree._Element) -> float:
    """Points; type is eleven points high when nothing is said."""
    size = child(font, "sz")
    try:
        return float(size.get("val", "11")) if size is not None else 11.0
    except ValueError:
        return 11.0


def _number(form: etree._Element, name: str) -> int:
    value = form.get(name, "0")
    return int(value) if value.isdigit() else 0


def _ground(fill: etree._Element) -> str | None:
    pattern = child(fill, "patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return None
    return _colour(child(pattern, "fgColor"))
