"""One thing for an author of guidance to put right."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """One thing to put right."""

    document: str
    section: str
    problem: str
    """One sentence that says what is wrong and what to do."""
    kind: str = ""
    """A short stable name: "unknown_words", "no_owner"."""
    note: bool = False
    """True for what the owner should know, and that is no fault."""


def where(section: tuple[str, ...]) -> str:
    """A heading path on one line."""
    return " › ".join(section)
