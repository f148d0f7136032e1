"""Files packed into OLE containers: the wrapper Office puts around an embedded file, and containers of other kinds."""

import io
import struct

import olefile

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Extract, Watch

_WHOLE = ("Package", "CONTENTS", "EmbeddedOdf")
"""Streams that hold the embedded file as it is."""


def add_package(basket: Gathered, name: str, content: bytes, place: str) -> None:
    """Add an embedded file as a child, taken out of its OLE wrapper when it has one."""
    if not content.startswith(olefile.MAGIC):
        basket.child(name, content, place)
        return
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            for stream in _WHOLE:
                if ole.exists(stream):
                    basket.child(name, _stream(ole, stream), place)
                    return
            if ole.exists("\x01Ole10Native"):
                inner, data = _native(_stream(ole, "\x01Ole10Native"))
                basket.child(inner, data, f"{place} ({inner})")
                return
    except (OSError, ValueError, struct.error, IndexError, TypeError, AttributeError):
        basket.unreadable(place, UnreadReason.CORRUPT, "The embedded file is broken.")
        return
    basket.child(name, content, place)


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    with ole.openstream(name) as stream:
        content: bytes = stream.read(limits.PART_BYTES)
    return content


def _native(stream: bytes) -> tuple[str, bytes]:
    """Name and bytes out of an "Ole10Native" stream: size, flags, three strings, then the file ([MS-OLEDS] 2.3.6)."""
    position = 6
    label_end = stream.index(b"\0", position)
    path_end = stream.index(b"\0", label_end + 1)
    position = path_end + 1 + 4
    (length,) = struct.unpack_from("<I", stream, position)
    position += 4 + length
    (size,) = struct.unpack_from("<I", stream, position)
    return stream[6:label_end].decode("cp1252", errors="replace"), stream[position + 4 : position + 4 + size]


def read_ole(attachment: Attachment, watch: Watch) -> Extract:
    """A container of no kind known here: say so."""
    basket = Gathered("application/x-ole-storage")
    basket.unreadable("file", UnreadReason.UNSUPPORTED, "Files of this kind are not read.")
    return basket.extract()


def read_locked(attachment: Attachment, watch: Watch) -> Extract:
    """An Office file under a password ([MS-OFFCRYPTO]): nothing can be read."""
    basket = Gathered("application/x-ole-storage")
    basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
    basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
    return basket.extract()
