"""The story of a cleaned copy: take out what a reader does not see, list it, and check what came out."""

from collections.abc import Callable

from bot.domain.copy import Copy, CopyKind, copy_name
from bot.domain.finding import Hazard, HazardKind
from bot.domain.message import Attachment
from bot.scan.contents import collect
from bot.scan.copies.docx import clean_docx
from bot.scan.copies.look import Looker
from bot.scan.copies.parts import Parts, open_parts
from bot.scan.copies.pptx import clean_pptx
from bot.scan.copies.xlsx import clean_xlsx

_HIDING = frozenset(
    {
        HazardKind.FAILED_REDACTION,
        HazardKind.HIDDEN_TEXT,
        HazardKind.HIDDEN_SHEET,
        HazardKind.HIDDEN_CELLS,
        HazardKind.TRACKED_CHANGES,
        HazardKind.COMMENTS,
        HazardKind.SPEAKER_NOTES,
        HazardKind.CACHED_DATA,
        HazardKind.EMBEDDED_FILE,
        HazardKind.CROPPED_IMAGE,
        HazardKind.METADATA,
        HazardKind.EXTERNAL_LINK,
        HazardKind.MACRO,
    }
)
"""What a cleaned copy may not hold."""
_CLEANERS: dict[str, Callable[[Parts], bytes]] = {"docx": clean_docx, "xlsx": clean_xlsx, "pptx": clean_pptx}


def clean(attachment: Attachment, kind: str, looker: Looker) -> Copy:
    """A copy without what hides in the file; refused when the check still finds something hidden."""
    parts = open_parts(attachment.content)
    content = _CLEANERS[kind](parts)
    contents = collect(Attachment(f"copy.{kind}", content), looker.watch)
    findings = looker.finder.recognise(contents.parts).findings
    left = {
        finding.place
        for finding in findings
        if finding.hidden and finding.digest not in looker.allowed and not _is_of_chart(finding.place)
    }
    left |= {hazard.place for hazard in contents.hazards if hazard.kind in _HIDING and not _is_drawn_from(hazard)}
    if left:
        return Copy(why=f"No cleaned copy was made: something hidden would be left in it ({_listed(left)}).")
    charts = {hazard.place for hazard in contents.hazards if _is_drawn_from(hazard)}
    unread = {one.place for one in contents.unread}
    notes = []
    if charts:
        notes.append(f"Charts keep the names and numbers they are drawn from: look at {_listed(charts)}.")
    if unread:
        notes.append(f"These parts could not be checked, so look at them yourself: {_listed(unread)}.")
    verified = not charts and not unread
    name = copy_name(attachment.name, CopyKind.CLEANED, kind, verified=verified)
    return Copy(content, name, _removed(parts), verified, " ".join(notes))


def _removed(parts: Parts) -> tuple[str, ...]:
    return tuple(
        f"{words} ({count})" if count > 1 else words for words, count in parts.removed.items() if words and count
    )


def _is_drawn_from(hazard: Hazard) -> bool:
    return hazard.kind is HazardKind.CACHED_DATA and hazard.place.startswith("chart ")


def _is_of_chart(place: str) -> bool:
    return place.startswith("data behind chart ")


def _listed(places: set[str]) -> str:
    named = sorted((place or "file" for place in places), key=lambda place: (len(place), place))
    return ", ".join(named[:6]) + (f" and {len(named) - 6} more" if len(named) > 6 else "")
