"""Office files of before 2007: what can be read without a converter, and a clear word about what cannot."""

import io
import struct
from collections.abc import Sequence
from datetime import date, datetime

import olefile
import python_calamine as calamine

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, is_person_like
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.text import add_in_blocks

_BEYOND = (
    "Hidden text, tracked changes and pictures in files of this old kind are not read: "
    "save it in the newer format and check that."
)
_ENCRYPTED_FIB = 0x0100
_FIELDS = str.maketrans(
    {
        "\r": "\n",
        "\x07": "\t",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x13": " ",
        "\x14": " ",
        "\x15": " ",
        "\x01": " ",
        "\x08": " ",
    }
)


def read_doc(attachment: Attachment, watch: Watch) -> Extract:
    """Read the words of an old Word document, notes and headers included ([MS-DOC] 2.4.1, the piece table)."""
    basket = Gathered("application/msword")
    try:
        with olefile.OleFileIO(io.BytesIO(attachment.content)) as ole:
            stream = ole.openstream("WordDocument").read()
            (flags,) = struct.unpack_from("<H", stream, 0x0A)
            if flags & _ENCRYPTED_FIB:
                basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
                basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
                return basket.extract()
            table = ole.openstream("1Table" if flags & 0x0200 else "0Table").read()
            add_in_blocks(basket, _pieces(stream, table).translate(_FIELDS))
            _add_properties(basket, ole)
            if ole.exists("ObjectPool"):
                basket.hazard(HazardKind.EMBEDDED_FILE, "file", "Other files are embedded in the file.")
    except (OSError, struct.error, ValueError, IndexError):
        basket.unreadable("file", UnreadReason.CORRUPT, "The document is broken.")
        return basket.extract()
    basket.unreadable("hidden parts", UnreadReason.UNSUPPORTED, _BEYOND)
    return basket.extract()


def _pieces(stream: bytes, table: bytes) -> str:
    offset, size = struct.unpack_from("<II", stream, 0x01A2)
    clx = table[offset : offset + size]
    position = 0
    while clx[position] == 1:
        position += 3 + struct.unpack_from("<H", clx, position + 1)[0]
    if clx[position] != 2:
        raise ValueError("no piece table")
    (length,) = struct.unpack_from("<I", clx, position + 1)
    plc = clx[position + 5 : position + 5 + length]
    count = (length - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    text = []
    for index in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
        letters = ends[index + 1] - ends[index]
        if where & 0x40000000:
            start = (where & 0x3FFFFFFF) // 2
            text.append(stream[start : start + letters].decode("cp1252", errors="replace"))
        else:
            text.append(stream[where : where + 2 * letters].decode("utf-16-le", errors="replace"))
    return "".join(text)


def _add_properties(basket: Gathered, ole: olefile.OleFileIO) -> None:
    properties = ole.get_metadata()
    for name in ("author", "last_saved_by", "manager", "title", "subject", "comments", "company", "keywords"):
        value = getattr(properties, name, None)
        text = value.decode("cp1252", errors="replace") if isinstance(value, bytes) else str(value or "")
        if text.strip("\0 ") and is_person_like(text):
            basket.metadata(name.replace("_", " "), text.strip("\0 "), "document properties")
            if name in ("author", "last_saved_by", "manager"):
                basket.hazard(
                    HazardKind.METADATA, "document properties", "The properties name people who worked on the file."
                )
    if ole.exists("Macros") or ole.exists("_VBA_PROJECT_CUR"):
        basket.hazard(HazardKind.MACRO, "file", "The file holds macros.")


def read_xls(attachment: Attachment, watch: Watch) -> Extract:
    """Read the cells of an old workbook, hidden sheets included."""
    basket = Gathered("application/vnd.ms-excel")
    try:
        book = calamine.load_workbook(io.BytesIO(attachment.content))
    except calamine.PasswordError:
        basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
        basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
        return basket.extract()
    except (calamine.CalamineError, OSError, ValueError):
        basket.unreadable("file", UnreadReason.CORRUPT, "The workbook is broken.")
        return basket.extract()
    room = limits.CELLS
    for sheet in book.sheets_metadata:
        hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
        place = f"sheet {sheet.name}"
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        room -= sum(map(len, rows))
        if room < 0:
            basket.unreadable(place, UnreadReason.TOO_LARGE, "There are more cells than one check reads.")
            break
        if hidden and rows:
            basket.hazard(HazardKind.HIDDEN_SHEET, place, "The sheet is hidden, but its cells are in the file.")
        basket.parts.append(
            Table(place, tuple(_row(row, place, number, hidden) for number, row in enumerate(rows, 1)), hidden)
        )
    with olefile.OleFileIO(io.BytesIO(attachment.content)) as ole:
        _add_properties(basket, ole)
    basket.unreadable(
        "hidden parts",
        UnreadReason.UNSUPPORTED,
        "Hidden rows, comments and pictures in workbooks of this old kind are not read.",
    )
    return basket.extract()


def _row(values: Sequence[object], place: str, number: int, hidden: bool) -> tuple[Cell, ...]:
    return tuple(
        Cell(_shown(value), f"{place}, row {number}, column {column}", hidden) for column, value in enumerate(values, 1)
    )


def _shown(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def read_ppt(attachment: Attachment, watch: Watch) -> Extract:
    """Read the words of an old presentation ([MS-PPT] 2.9: TextCharsAtom and TextBytesAtom)."""
    basket = Gathered("application/vnd.ms-powerpoint")
    try:
        with olefile.OleFileIO(io.BytesIO(attachment.content)) as ole:
            stream = ole.openstream("PowerPoint Document").read()
            add_in_blocks(basket, "\n".join(_atoms(stream, 0, len(stream), 0)).translate(_FIELDS))
            _add_properties(basket, ole)
    except (OSError, struct.error, ValueError):
        basket.unreadable("file", UnreadReason.CORRUPT, "The presentation is broken.")
        return basket.extract()
    basket.unreadable("hidden parts", UnreadReason.UNSUPPORTED, _BEYOND)
    return basket.extract()


def _atoms(stream: bytes, start: int, end: int, depth: int) -> list[str]:
    found: list[str] = []
    while start + 8 <= end:
        version, kind, length = struct.unpack_from("<HHI", stream, start)
        body = start + 8
        stop = min(body + length, end)
        if version & 0x0F == 0x0F and depth < 12:
            found += _atoms(stream, body, stop, depth + 1)
        elif kind in (0x0FA0, 0x0FBA):
            found.append(stream[body:stop].decode("utf-16-le", errors="replace"))
        elif kind == 0x0FA8:
            found.append(stream[body:stop].decode("cp1252", errors="replace"))
        start = stop
    return found
