"""Files packed into OLE containers: the wrapper Office puts around an embedded file, and containers of other kinds."""

import io
import re
import struct

import olefile

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, is_person_like, shown_name
from bot.scan.extract.interface import Extract, Watch

_WHOLE = ("Package", "CONTENTS", "EmbeddedOdf")
"""Streams that hold the embedded file as it is."""
_PRINTED = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")


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
                inner, data = native(_stream(ole, "\x01Ole10Native"))
                basket.child(inner, data, f"{place} ({shown_name(inner)})")
                return
    except (OSError, ValueError, struct.error, IndexError, TypeError, AttributeError):
        basket.unreadable(place, UnreadReason.CORRUPT, "The embedded file is broken.")
        return
    basket.child(name, content, place)


def note_damage(basket: Gathered, content: bytes) -> None:
    """Say when a container is damaged: the library reads on over most faults, and so do others, each in its own way."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            damaged = bool(ole.parsing_issues) or len(content) % ole.sector_size != 0
    except (OSError, ValueError, struct.error, IndexError, TypeError, AttributeError):
        damaged = True
    if damaged:
        basket.unreadable("file", UnreadReason.CORRUPT, "The file is damaged: parts of it may be missing.")


def add_objects(basket: Gathered, ole: olefile.OleFileIO, *folders: str) -> None:
    """Add the files that lie in storages of a container, and say so where one is of a kind that is not read."""
    inside = [path for path in ole.listdir(storages=False) if len(path) > 1 and path[0].startswith(folders)]
    for number, folder in enumerate(
        dict.fromkeys(tuple(path[: 2 if path[0] == "ObjectPool" else 1]) for path in inside)
    ):
        place = f"embedded file {number + 1}"
        names = {path[-1]: "/".join(path) for path in inside if tuple(path[: len(folder)]) == folder}
        basket.hazard(HazardKind.EMBEDDED_FILE, "file", "Other files are embedded in the file.")
        whole = next((names[name] for name in _WHOLE if name in names), None)
        if whole is not None:
            basket.child(place, _stream(ole, whole), place)
        elif "\x01Ole10Native" in names:
            inner, data = native(_stream(ole, names["\x01Ole10Native"]))
            basket.child(inner, data, f"{place} ({shown_name(inner)})")
        else:
            basket.unreadable(place, UnreadReason.UNSUPPORTED, "An embedded object of this old kind is not read.")


def add_properties(basket: Gathered, ole: olefile.OleFileIO) -> None:
    """Read the properties of an old Office file, those of its own included, and whether it has macros."""
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
    _add_own_properties(basket, ole)
    if ole.exists("Macros") or ole.exists("_VBA_PROJECT_CUR"):
        basket.hazard(HazardKind.MACRO, "file", "The file holds macros.")


def _add_own_properties(basket: Gathered, ole: olefile.OleFileIO) -> None:
    """The second section holds properties that an organisation added ([MS-OLEPS] 3.1.2); only strings matter."""
    if not ole.exists("\x05DocumentSummaryInformation"):
        return
    stream = _stream(ole, "\x05DocumentSummaryInformation")
    if len(stream) < 68 or struct.unpack_from("<I", stream, 24)[0] < 2:
        return
    (start,) = struct.unpack_from("<I", stream, 64)
    words = [found.group().decode("cp1252", errors="replace") for found in _PRINTED.finditer(stream, start)]
    if words:
        basket.hazard(HazardKind.METADATA, "document properties", "The file has properties of its own.")
        basket.text("\n".join(words), "document properties", hidden=True, source="metadata")


def _stream(ole: olefile.OleFileIO, name: str) -> bytes:
    with ole.openstream(name) as stream:
        content: bytes = stream.read(limits.PART_BYTES)
    return content


def native(stream: bytes) -> tuple[str, bytes]:
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
