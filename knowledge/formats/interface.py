"""What a reader of one format gives: Markdown-like text, what the file says of itself, and where its pages begin."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.errors import GuidanceError

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_TEXT = 20_000_000
MOST_PAGES = 5_000
PAGE = "\ue000"
"""Stands in a reader's text where a new page begins; `lift_pages` takes it out and keeps the place."""
NOT_USED = "none of it is used as rules"
"""Stands in a note that names a table of rules whose rows are not certain: its owner has to do something."""
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile("[\u00a0\u2007\u202f]")


class CannotRead(GuidanceError):  # noqa: N818 - "cannot read" is what its reader is told
    """The file holds guidance that cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Read:
    """One file as read."""

    text: str
    """Markdown-like, without page marks."""
    format: str
    """As people call it: "Word", "PDF", "web page"."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the file's properties say: names as people write them ("Owner", "title") to words."""
    page_starts: tuple[tuple[int, int], ...] = ()
    """(place in the text, page number), in order; empty where the format has no pages."""
    notes: tuple[str, ...] = ()
    """What the document's owner should know: "page 4 was read by OCR"."""


def lift_pages(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without page marks, and where each page begins; nothing when there is no mark."""
    parts = text.split(PAGE)
    starts, at = [], 0
    for number, part in enumerate(parts, start=1):
        starts.append((at, number))
        at += len(part)
    return "".join(parts), tuple(starts) if len(parts) > 1 else ()


def visible(text: str) -> str:
    """The text without characters that nobody sees and that would part a word from itself."""
    return _INVISIBLE.sub("", text.replace(PAGE, ""))


def one_line(text: str) -> str:
    """The text on one line, with single ordinary spaces."""
    return " ".join(_SPACES.sub(" ", text).split())
