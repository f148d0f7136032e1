"""What every extractor takes and gives: the one seam between file formats and recognition."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.finding import Hazard, Unread
from bot.domain.message import Attachment


@dataclass(frozen=True)
class Table:
    """Cells read as a table, so that a column can be recognised by its heading."""

    place: str
    """Place of the whole table: "sheet Data"."""
    rows: tuple[tuple["Cell", ...], ...] = field(repr=False)
    hidden: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    text: str = field(repr=False)
    place: str = ""
    """"sheet Data, C14"."""
    hidden: bool = False


@dataclass(frozen=True)
class Text:
    """A run of text at one place, in reading order within the place."""

    text: str = field(repr=False)
    place: str = ""
    hidden: bool = False
    """True when a reader of the file would not see it without looking for it."""
    source: str = "text"
    """"text" from the file itself, "ocr" from pixels (recognisers then forgive 0/O, 1/l), "metadata"."""


@dataclass(frozen=True)
class Picture:
    """An image found inside a file, to be read by OCR; `content` is an encoded image file."""

    content: bytes = field(repr=False)
    place: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Extract:
    """All that one extractor could read of one file."""

    media_type: str
    parts: tuple[Text | Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    children: tuple[tuple[Attachment, str], ...] = ()
    """Files inside this file with their place; the caller looks into them down to the stated depth."""
    hazards: tuple[Hazard, ...] = ()
    unread: tuple[Unread, ...] = ()


def in_silence(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


def unseen(parts: Sequence[Text | Table]) -> None:
    """For callers who wait for the whole."""


@dataclass(frozen=True)
class Watch:
    """Who is told how far the reading has got, and when it must end."""

    tell: Callable[[int, int, str], None] = in_silence
    deadline: float = math.inf
    """On the monotonic clock: what is not read by then is reported as not read."""
    see: Callable[[Sequence[Text | Table]], None] = unseen
    """Is shown parts as they are read, before the whole file is."""

    @property
    def is_over(self) -> bool:
        """Whether the time for reading has run out."""
        return time.monotonic() > self.deadline


class Extractor(Protocol):
    """Reads one family of formats; a part it cannot read becomes an Unread, never an exception or silence."""

    def __call__(self, attachment: Attachment, watch: Watch) -> Extract:
        """Read the file."""
