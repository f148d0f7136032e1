"""Presentations of before 2007: slides shown and hidden, notes, comments, pictures, embedded files ([MS-PPT])."""

import io
import struct
import zlib
from dataclasses import dataclass, field

import olefile

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.blips import add_pictures
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Extract, Watch
from bot.scan.extract.ole import add_package, add_properties, note_damage

_SLIDE, _NOTES, _MASTER, _COMMENT = 0x03EE, 0x03F0, 0x03F8, 0x2EE0
_DOCUMENT = 0x03E8
_CHARACTERS, _STRING, _BYTES = 0x0FA0, 0x0FBA, 0x0FA8
_SHOWN, _OBJECT = 0x03F9, 0x1011
_ENCRYPTED = 0xF3D1C4DF
"""Mark of an encrypted file in the stream "Current User" ([MS-PPT] 2.3.2)."""
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n"})
_DEEPEST = 24


@dataclass
class _Page:
    """One slide, page of notes, or other holder of text."""

    kind: int
    words: list[str] = field(default_factory=list)
    hidden: bool = False


def read_ppt(attachment: Attachment, watch: Watch) -> Extract:
    """Read an old presentation: the whole stream, so that what earlier saves left behind is read too."""
    basket = Gathered("application/vnd.ms-powerpoint")
    note_damage(basket, attachment.content)
    try:
        with olefile.OleFileIO(io.BytesIO(attachment.content)) as ole:
            if _is_encrypted(ole):
                basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
                basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
                return basket.extract()
            stream = ole.openstream("PowerPoint Document").read()
            reader = _Reader(basket)
            reader.read(stream, 0, len(stream), 0, _Page(0))
            reader.close()
            if not reader.is_presentation:
                basket.unreadable("file", UnreadReason.CORRUPT, "No slides could be found in it.")
            if ole.exists("Pictures"):
                add_pictures(basket, ole.openstream("Pictures").read())
            add_properties(basket, ole)
    except (OSError, struct.error, ValueError):
        basket.unreadable("file", UnreadReason.CORRUPT, "The presentation is broken.")
    return basket.extract()


def _is_encrypted(ole: olefile.OleFileIO) -> bool:
    if not ole.exists("Current User"):
        return False
    head = ole.openstream("Current User").read(16)
    return len(head) == 16 and struct.unpack_from("<I", head, 12)[0] == _ENCRYPTED


class _Reader:
    """Walks the records of a presentation and keeps text by the page it stands on."""

    def __init__(self, basket: Gathered) -> None:
        self._basket = basket
        self._pages: list[_Page] = [_Page(0)]
        self._objects = 0
        self.is_presentation = False
        """Whether any slide, or the record that lists them, was found."""

    def read(self, stream: bytes, start: int, end: int, depth: int, page: _Page) -> None:
        """Read the records between two positions."""
        if depth == 0:
            page = self._pages[0]
        while start + 8 <= end:
            version, kind, length = struct.unpack_from("<HHI", stream, start)
            body, stop = start + 8, start + 8 + length
            if stop > end:
                self._basket.unreadable("file", UnreadReason.CORRUPT, "Parts of the presentation are broken.")
                stop = end
            self.is_presentation |= kind in (_DOCUMENT, _SLIDE)
            if kind in (_SLIDE, _NOTES, _MASTER, _COMMENT):
                self._pages.append(inner := _Page(kind))
                self.read(stream, body, stop, depth + 1, inner)
            elif version & 0x0F == 0x0F and depth < _DEEPEST:
                self.read(stream, body, stop, depth + 1, page)
            else:
                self._atom(kind, stream[body:stop], page)
            start = stop

    def _atom(self, kind: int, data: bytes, page: _Page) -> None:
        if kind in (_CHARACTERS, _STRING):
            page.words.append(data.decode("utf-16-le", errors="replace"))
        elif kind == _BYTES:
            page.words.append(data.decode("cp1252", errors="replace"))
        elif kind == _SHOWN and len(data) >= 12:
            page.hidden = bool(struct.unpack_from("<H", data, 10)[0] & 0x04)
        elif kind == _OBJECT:
            self._embedded(data)

    def _embedded(self, data: bytes) -> None:
        """An embedded file, packed since PowerPoint 97 behind its length ([MS-PPT] 2.10.34)."""
        self._objects += 1
        place = f"embedded file {self._objects}"
        self._basket.hazard(HazardKind.EMBEDDED_FILE, "file", "Other files are embedded in the file.")
        try:
            content = (
                data if data.startswith(olefile.MAGIC) else zlib.decompressobj().decompress(data[4:], limits.PART_BYTES)
            )
        except zlib.error:
            self._basket.unreadable(place, UnreadReason.CORRUPT, "The embedded file is broken.")
            return
        add_package(self._basket, place, content, place)

    def close(self) -> None:
        """Hand over the text page by page."""
        slides = notes = 0
        for page in self._pages:
            slides += page.kind == _SLIDE
            notes += page.kind == _NOTES
            text = "\n".join(page.words).translate(_BREAKS)
            match page.kind:
                case 0x03EE if page.hidden:
                    self._basket.hazard(HazardKind.HIDDEN_SHEET, f"slide {slides}", "The slide is hidden.")
                    self._basket.text(text, f"slide {slides}", hidden=True)
                case 0x03EE:
                    self._basket.text(text, f"slide {slides}")
                case 0x03F0 if text.strip():
                    self._basket.hazard(HazardKind.SPEAKER_NOTES, f"slide {notes}", "The slide has speaker notes.")
                    self._basket.text(text, f"slide {notes}, notes", hidden=True)
                case 0x2EE0 if text.strip():
                    self._basket.hazard(HazardKind.COMMENTS, "comments", "Slides have comments.")
                    self._basket.text(text, "comments", hidden=True)
                case 0x03F8:
                    self._basket.text(text, "slide master")
                case 0:
                    self._basket.text(text, "slides")
