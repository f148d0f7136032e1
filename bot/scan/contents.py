"""Everything one attachment holds, its own parts and those of the files inside it, down to the stated depth."""

import hashlib
import re
from dataclasses import dataclass, field, replace

from bot.domain.finding import Hazard, Unread, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import INSIDE, part_size
from bot.scan.extract.interface import Extract, Picture, Table, Text, Watch
from bot.scan.extract.ocr import read_picture
from bot.scan.extract.registry import read_file


@dataclass(frozen=True)
class Contents:
    """What was read, and what could not be."""

    media_type: str
    parts: tuple[Text | Table, ...] = field(repr=False)
    hazards: tuple[Hazard, ...]
    unread: tuple[Unread, ...]


@dataclass
class _Collector:
    """What has been collected so far, and how much more may be."""

    watch: Watch
    parts: list[Text | Table] = field(default_factory=list)
    hazards: list[Hazard] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    members: int = limits.MEMBERS
    unpacked: int = limits.UNPACKED_BYTES
    characters: int = limits.TEXT_CHARACTERS
    pictures: int = limits.PICTURES
    known: set[bytes] = field(default_factory=set)
    """Digests of pictures already read."""

    def open(self, attachment: Attachment, place: str, depth: int) -> str:
        """Read one file and all inside it; returns its media type."""
        try:
            extract = read_file(attachment, self.watch)
        except MemoryError:
            self.miss(place, "file", UnreadReason.TOO_LARGE, "Reading it takes more memory than one check may use.")
            return "application/octet-stream"
        self.add(extract, place)
        for number, picture in enumerate(extract.pictures, 1):
            self.watch.tell(number, len(extract.pictures), _reading(picture, number, len(extract.pictures)))
            self.look(picture, place)
        for child, where in extract.children:
            self.descend(child, _inside(place, where), depth + 1)
        return extract.media_type

    def descend(self, child: Attachment, place: str, depth: int) -> None:
        """Read a file inside a file, unless a limit says no."""
        self.members -= 1
        self.unpacked -= len(child.content)
        if depth > limits.ARCHIVE_DEPTH:
            self.miss(place, "file", UnreadReason.TOO_LARGE, "It lies deeper inside other files than one check looks.")
        elif self.members < 0 or self.unpacked < 0:
            self.miss(place, "file", UnreadReason.TOO_LARGE, "The attachment unpacks to more than one check reads.")
        elif self.watch.is_over:
            self.miss(place, "file", UnreadReason.TIMED_OUT, "There was no time left to read it.")
        else:
            self.open(child, place, depth)

    def look(self, picture: Picture, place: str) -> None:
        """Read one picture by OCR, unless it was read before or a limit says no."""
        digest = hashlib.sha256(picture.content).digest()
        if digest in self.known:
            return
        self.known.add(digest)
        self.pictures -= 1
        if self.pictures < 0:
            self.miss(place, picture.place, UnreadReason.TOO_LARGE, "There are more pictures than one check reads.")
        elif self.watch.is_over:
            self.miss(place, picture.place, UnreadReason.TIMED_OUT, "There was no time left to read this picture.")
        else:
            try:
                read = read_picture(picture)
                self.watch.see(read.parts)
                self.add(read, place)
            except MemoryError:
                self.miss(
                    place,
                    picture.place,
                    UnreadReason.TOO_LARGE,
                    "The picture takes more memory than one check may use.",
                )

    def add(self, extract: Extract, place: str) -> None:
        """Keep what an extractor read, with places seen from the attachment."""
        for part in extract.parts:
            self.characters -= part_size(part)
            if self.characters < 0:
                self.miss(place, part.place, UnreadReason.TOO_LARGE, "There is more text than one check reads.")
                break
            self.parts.append(_moved(part, place))
        self.hazards += [replace(hazard, place=_inside(place, hazard.place)) for hazard in extract.hazards]
        self.unread += [replace(one, place=_inside(place, one.place)) for one in extract.unread]

    def miss(self, place: str, where: str, reason: UnreadReason, detail: str) -> None:
        """Note something that could not be read."""
        self.unread.append(Unread(_inside(place, where), reason, detail))


def collect(attachment: Attachment, watch: Watch) -> Contents:
    """Read an attachment with everything inside it."""
    collector = _Collector(watch)
    media_type = collector.open(attachment, "", 0)
    return Contents(
        media_type,
        tuple(collector.parts),
        tuple(dict.fromkeys(collector.hazards)),
        tuple(dict.fromkeys(collector.unread)),
    )


def _reading(picture: Picture, number: int, total: int) -> str:
    """What is said while a picture is read: "Reading page 12 of 40"."""
    page = re.fullmatch(r"(page|frame) (\d+)", picture.place)
    return f"Reading {page[1]} {page[2]} of {total}" if page else f"Reading picture {number} of {total}"


def _inside(outer: str, inner: str) -> str:
    if not outer:
        return inner
    return outer if inner == "file" else f"{outer}{INSIDE}{inner}"


def _moved(part: Text | Table, place: str) -> Text | Table:
    if not place:
        return part
    if isinstance(part, Text):
        return replace(part, place=_inside(place, part.place))
    rows = tuple(tuple(replace(cell, place=_inside(place, cell.place)) for cell in row) for row in part.rows)
    return replace(part, place=_inside(place, part.place), rows=rows)
