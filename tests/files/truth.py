"""What is known about each made file, in the words of the product's own domain."""

from dataclasses import dataclass, field
from typing import Any

from tests.files.world import Case, Person


@dataclass(frozen=True)
class Planted:
    """One value that was put into a file."""

    category: str
    value: str = field(repr=False)
    """As it stands in the file; for what is told by words rather than by a value, the words."""
    place: str
    hidden: bool = False
    role: str = "unknown"


@dataclass(frozen=True)
class Made:
    """One made file and the truth about it."""

    file: str
    kind: str
    content: bytes = field(repr=False)
    findings: tuple[Planted, ...] = ()
    hazards: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    case: Case | None = field(default=None, repr=False)
    """The case it is sent in; None for papers of no case."""
    case_refs: tuple[str, ...] = ()
    clean: bool = False
    verdicts: tuple[str, ...] = ("stop",)
    """Acceptable when sent to the defence in that case."""
    pages: int = 1
    drawn: bool = False
    """True when the values are pixels only, so that no text search can find them."""
    variable: bool = False
    """True when the format puts fresh randomness into each copy (encryption)."""

    def truth(self) -> dict[str, Any]:
        """The row that is written for this file."""
        return {
            "file": self.file,
            "kind": self.kind,
            "format": self.file.rsplit(".", 1)[-1] if "." in self.file else "",
            "findings": [vars(planted) for planted in self.findings],
            "hazards": list(self.hazards),
            "unread": list(self.unread),
            "case_refs": list(self.case_refs),
            "clean": self.clean,
            "send": {"recipient": "defence", "case": self.case.urn if self.case else None},
            "verdicts": list(self.verdicts),
            "pages": self.pages,
            "drawn": self.drawn,
        }


CLEAN = ("ok", "safeguards")
"""Verdicts that suit a file in which nothing is wrong."""
EXPECTED = ("ok", "safeguards", "ask")
"""Verdicts that suit a file with only what the defence is meant to have."""
UNSURE = ("ask", "stop")
"""Verdicts that suit a file that could not be read, or whose content needs a person's decision."""


def about(person: Person, what: str, place: str, hidden: bool = False, role: str | None = None) -> tuple[Planted, ...]:
    """The planted values of one person, named by the keys of `values` below."""
    values = {
        "name": ("person_name", person.name),
        "listed": ("person_name", person.listed),
        "dob": ("date_of_birth", person.dob),
        "address": ("address", person.home),
        "postcode": ("postcode", person.postcode),
        "phone": ("phone", person.phone),
        "landline": ("phone", person.landline),
        "email": ("email", person.email),
        "nhs": ("nhs_number", person.nhs),
        "nino": ("ni_number", person.nino),
        "pnc": ("pnc_id", person.pnc),
        "cro": ("cro_number", person.cro),
    }
    return tuple(Planted(*values[word], place, hidden, role or person.role) for word in what.split())


def plain(category: str, value: str, place: str, hidden: bool = False, role: str = "unknown") -> tuple[Planted, ...]:
    """One planted value that belongs to nobody in the world."""
    return (Planted(category, value, place, hidden, role),)
