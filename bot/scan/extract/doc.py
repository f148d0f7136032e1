"""Word documents of before 2007: every story by the piece table, with what is hidden or deleted in it ([MS-DOC])."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.blips import add_pictures
from bot.scan.extract.doc_runs import Run, read_runs
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Extract, Watch
from bot.scan.extract.ole import add_objects, add_properties, note_damage
from bot.scan.extract.text import add_in_blocks

_MARK = b"\xec\xa5"
_ENCRYPTED = 0x0100
_SECOND_TABLE = 0x0200
_CLX = 0x01A2
_STORIES = (
    ("", 0x4C),
    ("footnotes", 0x50),
    ("headers and footers", 0x54),
    ("macros", 0x58),
    ("comments", 0x5C),
    ("endnotes", 0x60),
    ("text boxes", 0x64),
    ("text boxes in headers", 0x68),
)
"""The parts of the text in their order, and where the FIB keeps the length of each (2.5.4)."""
_MARKS = str.maketrans(
    {
        "\r": "\n", "\x07": "\t", "\x0b": "\n", "\x0c": "\n", "\x13": " ", "\x14": " ", "\x15": " ", "\x01": " ",
        "\x02": " ", "\x05": " ", "\x08": " ", "\x1e": "-", "\x1f": "",
    }
)  # fmt: skip
"""Paragraph, cell, line and page ends, field marks, and stand-ins for what is drawn."""
_HIDDEN = {
    "hidden": (HazardKind.HIDDEN_TEXT, "Text is formatted as hidden."),
    "tiny": (HazardKind.HIDDEN_TEXT, "Text is too small to read."),
    "white": (HazardKind.HIDDEN_TEXT, "Text has the colour of its background."),
    "covered": (HazardKind.FAILED_REDACTION, "Text is blacked out by highlighting only and can still be copied out."),
    "deleted": (HazardKind.TRACKED_CHANGES, "Tracked changes show what was added and deleted."),
}
_NARROW = re.compile(rb"[\x20-\x7e\xa0-\xff]{12,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){12,}")
_BROKEN = (OSError, struct.error, ValueError, IndexError)


def read_doc(attachment: Attachment, watch: Watch) -> Extract:
    """Read an old Word document: body, notes, headers, comments, text boxes, and what is hidden in them."""
    basket = Gathered("application/msword")
    note_damage(basket, attachment.content)
    try:
        with olefile.OleFileIO(io.BytesIO(attachment.content)) as ole:
            stream = ole.openstream("WordDocument").read()
            if not stream.startswith(_MARK):
                raise ValueError("not a Word document")
            (flags,) = struct.unpack_from("<H", stream, 0x0A)
            if flags & _ENCRYPTED:
                basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
                basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
                return basket.extract()
            table = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
            _add_stories(basket, stream, table)
            _add_left_over(basket, stream, table)
            add_pictures(basket, stream + (ole.openstream("Data").read() if ole.exists("Data") else b""))
            add_objects(basket, ole, "ObjectPool")
            add_properties(basket, ole)
    except _BROKEN:
        basket.unreadable("file", UnreadReason.CORRUPT, "The document is broken.")
    return basket.extract()


def _add_stories(basket: Gathered, stream: bytes, table: bytes) -> None:
    try:
        # Most runs only change the typeface: those that matter are few, so that every piece can be held against them.
        runs = [run for run in read_runs(stream, table) if run.how]
    except _BROKEN:
        # The letters are there all the same; what is known is only how they look.
        runs = []
        basket.unreadable("formatting", UnreadReason.CORRUPT, "Which text is hidden or deleted could not be read.")
    pieces = list(_pieces(stream, table, runs))
    total = sum(len(text) for text, _ in pieces)
    if any("\0" in text for text, _ in pieces):
        # Letters of a document are never zero: these bytes are something else.
        basket.unreadable("text", UnreadReason.CORRUPT, "Parts of the text are garbled.")
    start = 0
    for name, offset in _STORIES:
        (length,) = struct.unpack_from("<I", stream, offset)
        length = min(length, total - start)
        if length:
            _add_story(basket, name, _cut(pieces, start, start + length))
        start += length
    if start < total:
        _add_story(basket, "further text", _cut(pieces, start, total))


def _add_left_over(basket: Gathered, stream: bytes, table: bytes) -> None:
    """Quick saves leave text in the stream that no piece of the document points at any more."""
    rest = bytearray(stream)
    for start, end, _ in _spans(stream, table):
        rest[start:end] = bytes(end - start)
    words = [found.group().decode("cp1252", errors="replace") for found in _NARROW.finditer(rest)]
    words += [found.group().decode("utf-16-le", errors="replace") for found in _WIDE.finditer(rest)]
    said = [text for text in words if sum(letter.isalnum() or letter == " " for letter in text) > 0.8 * len(text)]
    if said:
        basket.hazard(HazardKind.HIDDEN_TEXT, "text", "Text that the document no longer shows is left in the file.")
        basket.text("\n".join(said), "left-over text", hidden=True)


def _cut(pieces: list[tuple[str, str]], start: int, end: int) -> list[tuple[str, str]]:
    cut: list[tuple[str, str]] = []
    at = 0
    for text, how in pieces:
        inside = text[max(0, start - at) : max(0, end - at)]
        if inside:
            cut.append((inside, how))
        at += len(text)
    return cut


def _add_story(basket: Gathered, name: str, pieces: list[tuple[str, str]]) -> None:
    shown = "".join(text for text, how in pieces if not how).translate(_MARKS)
    comment = name == "comments"
    if comment and shown.strip():
        basket.hazard(HazardKind.COMMENTS, "comments", "There are comments in the margin.")
    if name:
        basket.text(shown, name, hidden=comment)
    else:
        add_in_blocks(basket, shown)
    label = ""
    for text, how in pieces:
        clear = text.translate(_MARKS)
        if how and clear.strip():
            kind, detail = _HIDDEN[how]
            basket.hazard(kind, name or "text", detail)
            basket.text(label + clear, f"{how} text{f' in {name}' if name else ''}", hidden=True)
        last = clear.rstrip(" ").rsplit("\n", 1)[-1]
        label = f"{last[-40:]} " if last.endswith(":") else ""


def _pieces(stream: bytes, table: bytes, runs: list[Run]) -> Iterator[tuple[str, str]]:
    """The text in its order, cut where its look changes."""
    for start, end, narrow in _spans(stream, table):
        yield from _looks(stream, start, end, narrow, runs)


def _spans(stream: bytes, table: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where the text lies, piece by piece, and whether a letter takes one byte ([MS-DOC] 2.4.1, 2.8.35)."""
    offset, size = struct.unpack_from("<II", stream, _CLX)
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
    for index in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
        letters = ends[index + 1] - ends[index]
        narrow = bool(where & 0x40000000)
        start, width = ((where & 0x3FFFFFFF) // 2, 1) if narrow else (where, 2)
        if letters < 0 or start + letters * width > len(stream):
            raise ValueError("a piece lies outside the file")
        yield start, start + letters * width, narrow


def _looks(stream: bytes, start: int, end: int, narrow: bool, runs: list[Run]) -> Iterator[tuple[str, str]]:
    at = start
    for run in runs:
        if run.end <= at or run.start >= end:
            continue
        first, last = max(at, run.start), min(end, run.end)
        yield _decoded(stream[at:first], narrow), ""
        yield _decoded(stream[first:last], narrow), run.how
        at = last
    yield _decoded(stream[at:end], narrow), ""


def _decoded(letters: bytes, narrow: bool) -> str:
    return letters.decode("cp1252" if narrow else "utf-16-le", errors="replace")
