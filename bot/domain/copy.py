"""Copies made of a checked file: marked for review, redacted, or cleaned. The original is never changed."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath


class CopyKind(StrEnum):
    """What is done to the copy."""

    MARKED = "marked"
    """Each finding boxed and labelled, for review; still holds everything."""
    REDACTED = "redacted"
    """Findings painted over in the pixels, and nothing beneath or beside them kept."""
    CLEANED = "cleaned"
    """What a reader of an Office file does not see is taken out."""


@dataclass(frozen=True)
class Copy:
    """A copy, or why there is none."""

    content: bytes = field(repr=False, default=b"")
    """Empty when no copy was made."""
    name: str = field(repr=False, default="")
    """What to call it: "statement (redacted).pdf"."""
    removed: tuple[str, ...] = ()
    """What was done, one short phrase each; names no value."""
    verified: bool = False
    """True when the copy itself was checked whole and nothing of what had to go remains in it."""
    why: str = ""
    """Why there is no copy, or what a person still has to look at."""


def copies_of(media_type: str) -> tuple[CopyKind, ...]:
    """Which copies can be made of a file of this type."""
    if media_type == "application/pdf" or media_type.startswith("image/"):
        return CopyKind.MARKED, CopyKind.REDACTED
    if media_type.endswith(("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")):
        return (CopyKind.CLEANED,)
    return ()


def copy_name(name: str, kind: CopyKind, extension: str, *, verified: bool) -> str:
    """A name that says what the copy is, and when a person must still look at it."""
    doubt = "" if verified or kind is CopyKind.MARKED else ", not fully checked"
    return f"{PurePath(name).stem or 'file'} ({kind.value}{doubt}).{extension}"
