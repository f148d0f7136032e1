"""The basket an extractor fills while it reads a file."""

import re
from collections import Counter
from dataclasses import dataclass, field

from bot.domain.finding import Hazard, HazardKind, Unread, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.interface import Extract, Picture, Table, Text

INSIDE = " › "
"""Between a file and a place inside it."""


@dataclass
class Gathered:
    """What has been read so far; `extract()` closes it."""

    media_type: str
    parts: list[Text | Table] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    children: list[tuple[Attachment, str]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _hazards: Counter[tuple[HazardKind, str, str]] = field(default_factory=Counter)

    def text(self, text: str, place: str, *, hidden: bool = False, source: str = "text") -> None:
        """Keep a run of text unless there is nothing in it."""
        if text.strip():
            self.parts.append(Text(_broken_up(text), place, hidden, source))

    def metadata(self, name: str, value: object, place: str, *, hidden: bool = True) -> None:
        """Keep one property with its name as a label, so that a recogniser has its context."""
        text = str(value).strip()
        if text:
            self.parts.append(Text(f"{name}: {text[:10_000]}", place, hidden, "metadata"))

    def picture(self, content: bytes, place: str, *, hidden: bool = False) -> None:
        """Keep a picture for OCR."""
        self.pictures.append(Picture(content, place, hidden))

    def child(self, name: str, content: bytes, place: str) -> None:
        """Keep a file inside this file."""
        self.children.append((Attachment(name, content), place))

    def hazard(self, kind: HazardKind, place: str, detail: str, count: int = 1) -> None:
        """Note something wrong with the file; the same words at the same place are counted."""
        self._hazards[(kind, place, detail)] += count

    def unreadable(self, place: str, reason: UnreadReason, detail: str) -> None:
        """Note a part that could not be read."""
        self.unread.append(Unread(place, reason, detail))

    def extract(self) -> Extract:
        """Close the basket, holding the limit on text."""
        parts = self._within_limit()
        hazards = tuple(Hazard(kind, place, detail, count) for (kind, place, detail), count in self._hazards.items())
        return Extract(
            self.media_type,
            parts,
            tuple(self.pictures),
            tuple(self.children),
            hazards,
            tuple(dict.fromkeys(self.unread)),
        )

    def _within_limit(self) -> tuple[Text | Table, ...]:
        room = limits.TEXT_CHARACTERS
        kept: list[Text | Table] = []
        for part in self.parts:
            room -= part_size(part)
            if room < 0:
                self.unreadable(part.place, UnreadReason.TOO_LARGE, "There is more text than one check reads.")
                break
            kept.append(part)
        return tuple(kept)


_UNBROKEN = re.compile(r"\S{2000,}")
_PIECE = 200


def _broken_up(text: str) -> str:
    """Text whose endless words are cut: no person writes them, and recognisers take for ever over them."""
    return _UNBROKEN.sub(lambda found: _in_pieces(found.group()), text) if len(text) > 2_000 else text


def _in_pieces(word: str) -> str:
    return " ".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


_NAME_LENGTH = 60


def shown_name(name: str) -> str:
    """A file's name as it may be shown in a place: one line without direction marks, the middle of a long one cut."""
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    clean = clean.replace(INSIDE.strip(), ">")
    if len(clean) > _NAME_LENGTH:
        clean = f"{clean[: _NAME_LENGTH - 21]}…{clean[-20:]}"
    return clean or "no name"


def part_size(part: Text | Table) -> int:
    """Characters in a part."""
    return len(part.text) if isinstance(part, Text) else sum(len(cell.text) for row in part.rows for cell in row)


SOFTWARE_NAMES = frozenset(
    {
        "python-docx",
        "openpyxl",
        "python-pptx",
        "xlsxwriter",
        "anonymous",
        "unknown",
        "user",
        "admin",
        "administrator",
        "owner",
        "author",
        "microsoft",
        "office",
        "word",
        "excel",
        "powerpoint",
        "libreoffice",
        "openoffice",
        "reportlab",
        "adobe",
        "unspecified",
        "untitled",
        "none",
        "unit",
        "team",
        "department",
    }
)
"""What programs and careless set-ups write where an author should stand."""


def is_person_like(author: str) -> bool:
    """Whether an author property may name a person; tools write themselves in there when nobody does."""
    words = re.findall(r"[^\s(),;]+", author.lower())
    return bool(words) and not any(word in SOFTWARE_NAMES for word in words)
