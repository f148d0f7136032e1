"""Bytes after the end of a picture: an appended file, a film, what a crop left behind."""

import io
import zipfile

from bot.domain.finding import HazardKind, UnreadReason
from bot.scan.extract.gather import Gathered

_PNG_END = b"IEND\xaeB`\x82"
_BARE = (0x01, *range(0xD0, 0xD9))
"""JPEG markers without a length (ITU-T T.81, table B.1)."""
_LEAST = 16
_TEXT_SHARE = 0.85


def add_tail(basket: Gathered, kind: str, content: bytes) -> None:
    """Look at what follows the picture itself."""
    end = _end_of_png(content) if kind == "png" else _end_of_jpeg(content) if kind == "jpeg" else -1
    tail = content[end:] if end > 0 else b""
    if len(tail.strip(b"\0\xff")) < _LEAST:
        return
    archive = tail.find(b"PK\x03\x04")
    if archive >= 0 and zipfile.is_zipfile(io.BytesIO(tail[archive:])):
        _report(basket)
        basket.child("appended.zip", tail[archive:], "archive appended to the picture")
    elif b"ftyp" in tail[:4096]:
        _report(basket)
        start = tail.index(b"ftyp") - 4
        basket.child("appended.mp4", tail[max(0, start) :], "film appended to the picture")
    elif kind == "jpeg" and tail.startswith(b"\xff\xd8\xff"):
        # Telephones keep a second picture (depth, preview) behind the first.
        _report(basket)
        basket.picture(tail, "second picture in the file", hidden=True)
    elif sum(32 <= byte < 127 or byte in (9, 10, 13) for byte in tail) > _TEXT_SHARE * len(tail):
        _report(basket)
        basket.text(tail.decode("utf-8", errors="replace"), "text after the picture", hidden=True)
    elif kind == "png" or len(tail) > 4096:
        _report(basket)
        detail = "Data after the end of the picture was not understood."
        basket.unreadable("after the picture", UnreadReason.UNSUPPORTED, detail)


def _report(basket: Gathered) -> None:
    basket.hazard(HazardKind.EMBEDDED_FILE, "after the picture", "More data follows after the end of the picture.")


def _end_of_png(content: bytes) -> int:
    mark = content.find(_PNG_END)
    return mark + len(_PNG_END) if mark >= 0 else -1


def _end_of_jpeg(content: bytes) -> int:
    """Where the picture ends by its own markers, thumbnails inside it passed over (ITU-T T.81, B.1)."""
    position = 2
    while position + 4 <= len(content):
        if content[position] != 0xFF:
            return -1
        marker = content[position + 1]
        if marker == 0xD9:
            return position + 2
        if marker in _BARE or marker == 0xFF:
            position += 1 if marker == 0xFF else 2
            continue
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
        if marker == 0xDA:
            position = _after_scan(content, position)
    return -1


def _after_scan(content: bytes, position: int) -> int:
    """The next marker after compressed data, where a zero or a restart follows an escaped byte."""
    while (position := content.find(b"\xff", position)) >= 0 and position + 1 < len(content):
        if content[position + 1] != 0 and content[position + 1] not in _BARE:
            return position
        position += 2
    return len(content)
