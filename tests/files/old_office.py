"""Writes small but real Word, Excel and PowerPoint files of before 2007, and Outlook messages, record by record."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.files.compound import Tree, compound

HIDDEN, DELETED, WHITE, BLACK_MARKER = b"\x3c\x08\x01", b"\x00\x08\x01", b"\x42\x2a\x08", b"\x0c\x2a\x01"
"""Formatting of a run of text: hidden, deleted while changes are tracked, white, highlighted in black."""


def doc(
    runs: Sequence[tuple[str, bytes]],
    footnote: str = "",
    header: str = "",
    comment: str = "",
    *,
    wide: bool = False,
    flags: int = 0x0200,
    data: bytes = b"",
    more: Tree | None = None,
    left_over: str = "",
) -> bytes:
    """A Word 97 document of these runs of text, each with its formatting ([MS-DOC])."""
    text = "".join(piece for piece, _ in runs) + "\r"
    stories = [text, *(story + "\r" if story else "" for story in (footnote, header)), "", comment]
    whole = "".join(stories)
    start, width = 0x600, 2 if wide else 1
    letters = whole.encode("utf-16-le" if wide else "cp1252")
    page_at = -(-(start + len(letters)) // 512)
    table = struct.pack("<BI2I", 2, 16, 0, len(whole))
    table += struct.pack("<HIH", 0, start if wide else (start * 2) | 0x40000000, 0)
    pages = struct.pack("<3I", start, start + len(letters), page_at)
    head = bytearray(0x600)
    struct.pack_into("<2H6xH", head, 0, 0xA5EC, 0xC1, flags)
    for offset, story in zip((0x4C, 0x50, 0x54, 0x58, 0x5C), stories, strict=True):
        struct.pack_into("<I", head, offset, len(story))
    struct.pack_into("<2I", head, 0x1A2, 0, len(table))
    struct.pack_into("<2I", head, 0xFA, len(table), len(pages))
    stream = bytes(head) + letters
    stream = stream.ljust(page_at * 512, b"\0") + _formatting(runs, start, width) + left_over.encode("cp1252")
    tree: dict[str, bytes | Tree] = {"WordDocument": stream, "1Table": table + pages, **(more or {})}
    if data:
        tree["Data"] = data
    return compound(tree)


def _formatting(runs: Sequence[tuple[str, bytes]], start: int, width: int) -> bytes:
    page = bytearray(512)
    bounds = [start]
    for piece, _ in runs:
        bounds.append(bounds[-1] + len(piece) * width)
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    at = 500
    for number, (_, properties) in enumerate(runs):
        if properties:
            page[at : at + 1 + len(properties)] = bytes([len(properties)]) + properties
            page[4 * len(bounds) + number] = at // 2
            at -= 2 * (-(-(len(properties) + 2) // 2))
    page[511] = len(runs)
    return bytes(page)


@dataclass(frozen=True)
class OldSheet:
    """One sheet of an old workbook."""

    name: str
    rows: Sequence[Sequence[str]]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    comment: str = ""


def xls(sheets: Sequence[OldSheet], kept: str = "", pivot: str = "", user: str = "") -> bytes:
    """An Excel 97 workbook ([MS-XLS]); `kept` is a cell that a link to another workbook left behind."""
    bodies = [_sheet(sheet) for sheet in sheets]
    before = _record(0x0809, struct.pack("<4H2I", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6))
    before += _record(0x005C, _string(user).ljust(112, b" ")) if user else b""
    before += _record(0x0042, struct.pack("<H", 1200))
    before += _record(0x0031, struct.pack("<5HBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _short("Arial")) * 4
    before += _record(0x00E0, struct.pack("<3H", 0, 0, 0xFFF5) + bytes(14)) * 15
    before += _record(0x00E0, struct.pack("<3H", 0, 0, 1) + bytes(14))
    after = b""
    if kept:
        after += _record(0x01AE, struct.pack("<H", 1) + _string("\x01S:\\victims.xls") + _string("Sheet1"))
        after += _record(0x0059, struct.pack("<2H", 1, 0)) + _record(
            0x005A, struct.pack("<BBHB", 0, 0, 0, 2) + _string(kept)
        )
    after += _record(0x000A, b"")
    size = sum(4 + 8 + len(_string(sheet.name)) - 3 for sheet in sheets)
    at = len(before) + size + len(after)
    index = b""
    for sheet, body in zip(sheets, bodies, strict=True):
        index += _record(0x0085, struct.pack("<IBB", at, int(sheet.hidden), 0) + _short(sheet.name))
        at += len(body)
    tree: dict[str, bytes | Tree] = {"Workbook": before + index + after + b"".join(bodies)}
    if pivot:
        tree["_SX_DB_CUR"] = {"0001": _record(0x00CD, _string(pivot)) + _record(0x000A, b"")}
    return compound(tree)


def _sheet(sheet: OldSheet) -> bytes:
    width = max((len(row) for row in sheet.rows), default=0)
    out = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    out += b"".join(_record(0x007D, struct.pack("<6H", column, column, 0, 15, 1, 0)) for column in sheet.hidden_columns)
    out += _record(0x0200, struct.pack("<2I3H", 0, len(sheet.rows), 0, width, 0))
    for number, row in enumerate(sheet.rows):
        unseen = 0x20 if number in sheet.hidden_rows else 0
        out += _record(0x0208, struct.pack("<6H2H", number, 0, len(row), 255, 0, 0, 0x100 | unseen, 15))
        for column, text in enumerate(row):
            out += _record(0x0204, struct.pack("<3H", number, column, 15) + _string(text))
    if sheet.comment:
        out += _record(0x005D, struct.pack("<5H", 0x15, 18, 0x19, 1, 0x4011) + bytes(12) + bytes(4))
        out += _record(0x01B6, struct.pack("<2H6x3HI", 0x212, 0, len(sheet.comment), 16, 0, 0))
        out += _record(0x003C, b"\0" + sheet.comment.encode("latin-1"))
        out += _record(0x003C, bytes(16)) + _record(0x001C, struct.pack("<4H", 1, 1, 0, 1) + _string("Unit") + b"\0")
    return out + _record(0x000A, b"")


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _string(text: str) -> bytes:
    return struct.pack("<HB", len(text), 0) + text.encode("latin-1")


def _short(text: str) -> bytes:
    return struct.pack("<BB", len(text), 0) + text.encode("latin-1")


@dataclass(frozen=True)
class OldSlide:
    """One slide of an old presentation."""

    text: str
    notes: str = ""
    hidden: bool = False
    comment: str = ""


def ppt(slides: Sequence[OldSlide], embedded: bytes = b"", *, encrypted: bool = False) -> bytes:
    """A PowerPoint 97 presentation ([MS-PPT]): slides, notes, comments and an embedded file."""
    stream = b""
    for slide in slides:
        shown = _atom(0x03F9, struct.pack("<iIBBH4x", 0, 0, 0, 0, 4 if slide.hidden else 0))
        remark = b""
        if slide.comment:
            remark = _box(0x1388, _box(0x2EE0, _atom(0x0FBA, slide.comment.encode("utf-16-le"))))
        stream += _box(0x03EE, shown + _box(0xF00D, _atom(0x0FA0, slide.text.encode("utf-16-le"))) + remark)
        if slide.notes:
            stream += _box(0x03F0, _box(0xF00D, _atom(0x0FA8, slide.notes.encode("cp1252"))))
    if embedded:
        stream += _atom(0x1011, embedded)
    user = struct.pack("<3II", 0, 0, 20, 0xF3D1C4DF if encrypted else 0xE391C05F)
    return compound({"PowerPoint Document": stream, "Current User": user})


def _atom(kind: int, data: bytes) -> bytes:
    return struct.pack("<HHI", 0, kind, len(data)) + data


def _box(kind: int, data: bytes) -> bytes:
    return struct.pack("<HHI", 0x0F, kind, len(data)) + data


@dataclass(frozen=True)
class Mail:
    """An Outlook message."""

    subject: str
    body: str
    sender: str = "caseunit@prosecution.example.gov.uk"
    people: Sequence[tuple[int, str, str]] = ((1, "Disclosure", "disclosure@defence.example.com"),)
    """Kind of recipient (1 To, 2 Cc, 3 Bcc), name and address."""
    files: Sequence[tuple[str, bytes]] = ()
    inner: "Mail | None" = None
    rtf: bytes = b""
    headers: str = ""


def msg(mail: Mail) -> bytes:
    """An Outlook message file ([MS-OXMSG])."""
    return compound(_message(mail, 32))


def _message(mail: Mail, head: int) -> Mapping[str, "bytes | Tree"]:
    values: dict[int, bytes | str | int] = {
        0x001A: "IPM.Note",
        0x0037: mail.subject,
        0x0C1F: mail.sender,
        0x0C1A: "Case unit",
    }
    if mail.rtf:
        values[0x1009] = struct.pack("<4I", len(mail.rtf) + 12, len(mail.rtf), 0x414C454D, 0) + mail.rtf
    else:
        values[0x1000] = mail.body
    if mail.headers:
        values[0x007D] = mail.headers
    count = len(mail.files) + (mail.inner is not None)
    tree = dict(_stored(values, head, struct.pack("<8x4I", len(mail.people), count, len(mail.people), count)))
    for number, (kind, name, address) in enumerate(mail.people):
        entry: dict[int, bytes | str | int] = {0x0C15: kind, 0x3001: name, 0x39FE: address}
        tree[f"__recip_version1.0_#{number:08X}"] = _stored(entry, 8)
    for number, (name, content) in enumerate(mail.files):
        tree[f"__attach_version1.0_#{number:08X}"] = _stored({0x3701: content, 0x3707: name, 0x3705: 1}, 8)
    if mail.inner is not None:
        item = dict(_stored({0x3001: mail.inner.subject, 0x3705: 5}, 8))
        item["__substg1.0_3701000D"] = _message(mail.inner, 24)
        tree[f"__attach_version1.0_#{len(mail.files):08X}"] = item
    return tree


def _stored(values: Mapping[int, bytes | str | int], head: int, start: bytes = b"") -> Mapping[str, "bytes | Tree"]:
    properties, tree = start[:head].ljust(head, b"\0"), dict[str, "bytes | Tree"]()
    for number, value in values.items():
        if isinstance(value, int):
            properties += struct.pack("<HHIQ", 0x0003, number, 6, value)
            continue
        content = value.encode("utf-16-le") if isinstance(value, str) else value
        kind = 0x001F if isinstance(value, str) else 0x0102
        properties += struct.pack("<HHIII", kind, number, 6, len(content) + (2 if kind == 0x001F else 0), 0)
        tree[f"__substg1.0_{number:04X}{kind:04X}"] = content
    return {"__properties_version1.0": properties, **tree}
