"""The exact words of a guidance document, and where they stand."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Citation:
    """A quote that is a literal substring of the cited document."""

    document: str
    """Path of the document inside the guidance folder."""
    title: str
    section: str
    """Heading path, joined with " › "."""
    quote: str
    url: str | None = None
    reviewed: date | None = None
    superseded: bool = False
