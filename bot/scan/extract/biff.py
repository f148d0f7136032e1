"""What an old workbook holds besides the values of its cells: the records of its stream ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_CONTINUE = 0x003C
_TEXT_TOKEN = 0x17
"""A formula that starts with it is a piece of text ([MS-XLS] 2.5.198.89)."""


@dataclass
class Sheet:
    """What is known of one sheet, or of the workbook when the name is empty."""

    name: str
    hidden_rows: set[int] = field(default_factory=set)
    """Counted from 0, as in the file."""
    hidden_columns: set[int] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    """Header and footer."""


@dataclass
class Book:
    """All that was found in the stream."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    """Cells of other workbooks that links left behind."""
    names: list[str] = field(default_factory=list)
    """Defined names that hold text."""
    people: list[str] = field(default_factory=list)
    pictures: bytes = b""


def read_book(stream: bytes) -> Book:
    """Read the records of a workbook stream; raises struct.error where it is broken."""
    book = Book()
    places: dict[int, str] = {}
    sheet = Sheet("")
    last = 0
    noted: set[int] = set()
    drawn: list[bytes] = []
    for position, kind, data in _records(stream):
        if kind == 0x0085:
            places[struct.unpack_from("<I", data)[0]] = _text(data, 6, wide_length=False)
        elif kind == 0x0809 and position in places:
            sheet = book.sheets.setdefault(places[position], Sheet(places[position]))
            noted = set()
        elif kind == 0x00EB or (kind == _CONTINUE and last == 0x00EB):
            drawn.append(data)
        elif kind == _CONTINUE and last == 0x01B6:
            (sheet.comments if noted else sheet.boxes).append(_characters(data))
            last = 0
        else:
            _read_sheet(sheet, kind, data, noted)
            _read_workbook(book, kind, data)
        if kind != _CONTINUE:
            last = kind
    book.pictures = b"".join(drawn)
    return book


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    position = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        if kind == 0 and length == 0:
            return
        yield position, kind, stream[position + 4 : position + 4 + length]
        position += 4 + length


def _read_sheet(sheet: Sheet, kind: int, data: bytes, noted: set[int]) -> None:
    match kind:
        case 0x0208:
            row, options = struct.unpack_from("<H10xH", data)
            if options & 0x20:
                sheet.hidden_rows.add(row)
        case 0x007D:
            first, end, width, _, options = struct.unpack_from("<5H", data)
            if options & 1 or not width:
                sheet.hidden_columns.update(range(first, min(end, 255) + 1))
        case 0x005D if len(data) >= 6 and struct.unpack_from("<H", data, 4)[0] == 0x19:
            # The drawn object of a comment; the text that follows is the comment's.
            noted.add(1)
        case 0x005D:
            noted.clear()
        case 0x001C:
            sheet.comments.append(_text(data, 8))
        case 0x0014 | 0x0015 if data:
            sheet.edges.append(_text(data, 0))


def _read_workbook(book: Book, kind: int, data: bytes) -> None:
    match kind:
        case 0x005A:
            book.kept += _strings_of_link(data)
        case 0x0018:
            length, size = data[3], struct.unpack_from("<H", data, 4)[0]
            start = 14 + 1 + length * (2 if data[14] & 1 else 1)
            formula = data[start : start + size]
            if formula[:1] == bytes([_TEXT_TOKEN]):
                book.names.append(_text(formula, 1, wide_length=False))
        case 0x005C if data[:3] != b"\0\0\0":
            book.people.append(_text(data, 0).strip())


def _strings_of_link(data: bytes) -> list[str]:
    """Text among the cells kept of another workbook ([MS-XLS] 2.4.65)."""
    found: list[str] = []
    position = 4
    while position < len(data):
        if data[position] == 2:
            text = _text(data, position + 1)
            wide = data[position + 3] & 1
            found.append(text)
            position += 4 + len(text) * (2 if wide else 1)
        else:
            position += 9
    return found


def _text(data: bytes, position: int, *, wide_length: bool = True) -> str:
    """A string behind its length; letters take one byte or two ([MS-XLS] 2.5.293, 2.5.240)."""
    if position + (3 if wide_length else 2) > len(data):
        return ""
    (count,) = struct.unpack_from("<H" if wide_length else "<B", data, position)
    return _characters(data[position + (2 if wide_length else 1) :], count)


def _characters(data: bytes, count: int | None = None) -> str:
    if not data:
        return ""
    wide = bool(data[0] & 1)
    letters = data[1:] if count is None else data[1 : 1 + count * (2 if wide else 1)]
    return letters.decode("utf-16-le" if wide else "latin-1", errors="replace")


def pivot_words(stream: bytes) -> list[str]:
    """Text in one copy of data behind a pivot table ([MS-XLS] 2.4.312, SXString)."""
    return [_text(data, 0) for _, kind, data in _records(stream) if kind == 0x00CD]
