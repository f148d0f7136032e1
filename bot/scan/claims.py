"""Compares what the sender says of a file with what the check found; the finding wins. Pure."""

from collections.abc import Collection, Iterator

from bot.domain.finding import Category, HazardKind, Inspection, Role
from knowledge import Facts

_CONTACT = frozenset({Category.ADDRESS, Category.POSTCODE, Category.PHONE, Category.EMAIL})
_MORE = 1.1
"""A tenth more rows than said is a slip of the tongue; more is another list."""
_HEADINGS = 5
_HIDDEN = frozenset({HazardKind.METADATA, HazardKind.HIDDEN_TEXT, HazardKind.TRACKED_CHANGES, HazardKind.COMMENTS})


def contradictions(facts: Facts, counted: Collection[int], inspection: Inspection) -> Iterator[str]:
    """One sentence for each claim that the file does not bear out; `counted` is how many rows it is said to hold.

    The count would have stopped the list of 150 applicants that held 18,714 (Ministry of Defence, February 2022).
    """
    if counted and inspection.rows > max(counted) * _MORE + _HEADINGS:
        said = f"{max(counted):,}"
        yield f"You say {said}; {inspection.name} holds {inspection.rows:,} rows, hidden ones included."
    kinds = {hazard.kind for hazard in inspection.hazards}
    if "encrypted" in facts.protections and not inspection.unread and HazardKind.PROTECTED not in kinds:
        yield f"You say it is encrypted; {inspection.name} opens without a password."
    contact = [
        f for f in inspection.findings if f.category in _CONTACT and f.role not in (Role.OFFICER, Role.PROFESSIONAL)
    ]
    if contact and "contact_page_removed" in facts.protections:
        yield f"You say the contact page is off; {contact[0].place or inspection.name} still has contact details."
    if facts.protections & {"redacted", "flattened"}:
        covered = [hazard for hazard in inspection.hazards if hazard.kind is HazardKind.FAILED_REDACTION]
        if covered:
            yield f"You say it is redacted; at {covered[0].place or inspection.name} the text can still be read."
        elif contact:
            yield f"You say it is redacted; {contact[0].place or inspection.name} still has contact details."
    if "metadata_removed" in facts.protections and kinds & _HIDDEN:
        yield f"You say the metadata is gone; {inspection.name} still has some."
    if "anonymised" in facts.protections and any(f.category is Category.PERSON_NAME for f in inspection.findings):
        yield f"You say it is anonymised; {inspection.name} still has names."
