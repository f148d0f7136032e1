"""The story of a marked or redacted copy: find every value again on the drawn pages, paint, and check what came out."""

from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from PIL import Image

from bot.domain.copy import Copy, CopyKind, copy_name
from bot.domain.finding import Unread
from bot.domain.message import Attachment
from bot.domain.words import CATEGORY_WORDS
from bot.scan.copies.by_ocr import laid_out
from bot.scan.copies.interface import Area, CannotCopyError, LaidOut, Quad, Sheets, Value
from bot.scan.copies.locate import folded, occurrences
from bot.scan.copies.look import Look, Looker
from bot.scan.copies.paint import blacked_out, marked
from bot.scan.extract.interface import Text

_ROUNDS = 4
"""How often what a check still finds is painted over before the copy is refused."""
_PICTURE = ", picture"
"""How the check calls a place in a picture on a page with other text."""
_ALIKE = 0.75
"""Share of letters that two readings of the same pixels have in common at the least."""
_TELLING = 4
"""Letters of a value that cannot be part of other words by chance."""
_SCRUBBED = (
    "text layer of every page with a finding: such pages are pictures now",
    "notes, links, form fields and attachments",
    "bookmarks, properties and metadata",
    "scripts, layers and earlier saved versions",
)
_SCRUBBED_PICTURE = ("camera data, position, description and thumbnail", "anything after the end of the picture")


@dataclass
class _Plan:
    """What is to be painted where, as far as it is known."""

    looker: Looker
    sheets: Sheets
    areas: dict[int, list[Area]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    """Pages that are drawn anew, with or without something to paint."""
    placed: set[Value] = field(default_factory=set)
    known: set[Value] = field(default_factory=set)
    spots: set[tuple[int, Quad]] = field(default_factory=set)
    """Page and first box of each place that a value stands at."""

    def paint_black(self, index: int, page: Image.Image) -> Image.Image:
        """A page with everything known painted over."""
        return blacked_out(page, self.areas.get(index, ()))

    def paint_boxes(self, index: int, page: Image.Image) -> Image.Image:
        """A page with everything known boxed and labelled."""
        return marked(page, self.areas.get(index, ()))

    def place(self, look: Look, again: int) -> None:
        """Find the values of a check on the pages; from the second time on by what is left in the painted pixels."""
        places = [value.place for value in look.values] + [hazard.place for hazard in look.hazards]
        places += [one.place for one in look.unread]
        here = {self.sheets.index_of(place) for place in places}
        # The check reads a picture once, however many pages show it.
        repeated = any(value.from_pixels and value.place.endswith(_PICTURE) for value in look.values)
        self.known.update(look.values)
        self.touched |= {index for index in here if index is not None}
        for index in range(len(self.sheets)):
            self.looker.watch.tell(index + 1, len(self.sheets), f"Looking for findings on page {index + 1}")
            if self.looker.watch.is_over:
                raise CannotCopyError("Making the copy took too long.")
            letters = self.sheets.letters(index)
            if letters is not None:
                self._place_on(index, letters, look.values)
            missing = any(not value.hidden and value not in self.placed for value in self._on(index, look))
            unread = any(self.sheets.index_of(one.place) == index for one in look.unread)
            if missing or unread or (again and index in here) or (repeated and self.sheets.pictures(index)):
                self._read_pixels(index, look, again)

    def _on(self, index: int, look: Look) -> list[Value]:
        return [value for value in look.values if self.sheets.index_of(value.place) == index]

    def _read_pixels(self, index: int, look: Look, again: int) -> None:
        page = self.sheets.drawn(index)
        shown = laid_out(self.paint_black(index, page) if again else page, whole_lines=again > 1)
        fresh = self.looker.values([Text(shown.text, f"page {index + 1}", source="ocr")])
        self.known.update(fresh if not again else ())
        self._place_on(index, shown, (*look.values, *fresh))
        for value in self._on(index, look):
            if value.hidden or value in self.placed:
                continue
            found = [Area(quad, CATEGORY_WORDS[value.category]) for quad in _alike(shown, value)]
            if not found and value.place.endswith(_PICTURE):
                # What the check read in a picture but cannot be found again takes the whole picture with it.
                label = f"{CATEGORY_WORDS[value.category]} in this picture"
                found = [Area(quad, label) for quad in self.sheets.pictures(index)]
            self._add(index, found)
            self.placed.update([value] if found else [])

    def _place_on(self, index: int, page: LaidOut, values: tuple[Value, ...]) -> None:
        for value in values:
            found = list(occurrences(page.text, value.text))
            here = self.sheets.index_of(value.place) == index
            if not found and here:
                found = list(occurrences(page.text, value.text, loose=True))
            label = CATEGORY_WORDS[value.category] + (", hidden" if value.hidden and here else "")
            for start, end in found:
                self._add(index, [Area(quad, label) for quad in page.areas(start, end)])
            if found and here:
                self.placed.add(value)

    def _add(self, index: int, areas: list[Area]) -> None:
        known = self.areas.setdefault(index, [])
        known += [area for area in areas if area not in known]
        if areas:
            self.touched.add(index)
            self.spots.add((index, areas[0].quad))


def mark(attachment: Attachment, sheets: Sheets, looker: Looker) -> Copy:
    """A copy with a box and a label around every finding."""
    look = looker.look(attachment)
    plan = _Plan(looker, sheets)
    plan.place(look, 0)
    # A box drawn on one reading is found again on the page by its label, so the copy is not checked again.
    content = sheets.rebuilt(frozenset(plan.touched), plan.paint_boxes)
    elsewhere = {value.place for value in look.values if sheets.index_of(value.place) is None}
    lost = {value.place for value in look.values} - {value.place for value in plan.placed} - elsewhere
    notes = []
    if lost:
        notes.append(f"Not boxed, because the place on the page could not be found: {_listed(lost)}.")
    if elsewhere or look.in_tables:
        notes.append(f"Findings that are on no page: {_listed(elsewhere or {'files inside the file'})}.")
    if look.unread:
        notes.append(f"Not checked: {_listed({one.place for one in look.unread})}.")
    name = copy_name(attachment.name, CopyKind.MARKED, sheets.extension, verified=True)
    return Copy(content, name, (_counted(plan, "marked"),), not lost and not look.unread, " ".join(notes))


def redact(attachment: Attachment, sheets: Sheets, looker: Looker) -> Copy:
    """A copy in which every finding is gone from pixels and text; refused when the check still finds one."""
    first = look = looker.look(attachment)
    plan = _Plan(looker, sheets)
    for again in range(_ROUNDS):
        plan.place(look, again)
        content = sheets.rebuilt(frozenset(plan.touched), plan.paint_black)
        look = looker.look(Attachment(f"copy.{sheets.extension}", content))
        look = replace(look, values=tuple(value for value in look.values if _remains(value, first, plan)))
        if not look.left and not look.hazards:
            return _redacted(attachment, sheets, plan, content, look.unread)
    places = {value.place for value in look.values} | {hazard.place for hazard in look.hazards}
    return Copy(why=f"No redacted copy was made: personal data could still be found in it ({_listed(places)}).")


def _remains(value: Value, first: Look, plan: _Plan) -> bool:
    """Whether a finding in the copy is one that had to go.

    Where a value was painted over, the words behind its label are taken for it ("Address: [black] Occupation"). Words
    that the first check read in their own place and found to be nothing stay nothing, unless a known value is in them.
    """
    words = folded(value.text)
    known = {folded(one.text) for one in plan.known}
    held = any(words in one or (len(one) >= _TELLING and one in words) for one in known)
    return held or words not in first.read


def _redacted(attachment: Attachment, sheets: Sheets, plan: _Plan, content: bytes, unread: tuple[Unread, ...]) -> Copy:
    why = ""
    if unread:
        why = (
            "What the check can read is gone, but it could not read everything. "
            f"Look at this yourself before you send it: {_listed({one.place for one in unread})}."
        )
    scrubbed = _SCRUBBED if sheets.extension == "pdf" else _SCRUBBED_PICTURE
    name = copy_name(attachment.name, CopyKind.REDACTED, sheets.extension, verified=not unread)
    return Copy(content, name, (_counted(plan, "painted over"), *scrubbed), not unread, why)


def _counted(plan: _Plan, done: str) -> str:
    places, pages = len(plan.spots), len({index for index, _ in plan.spots})
    return f"{places} place{'s' * (places != 1)} {done} on {pages} page{'s' * (pages != 1)}"


def _alike(page: LaidOut, value: Value) -> list[Quad]:
    """The whole line that reads most like a value: two readings of the same pixels differ in a letter now and then."""
    best, where, start = _ALIKE, (0, 0), 0
    for line in page.text.split("\n"):
        alike = SequenceMatcher(None, value.text.casefold(), line.casefold(), autojunk=False)
        share = sum(block.size for block in alike.get_matching_blocks() if block.size > 1) / max(1, len(value.text))
        if share > best:
            best, where = share, (start, start + len(line))
        start += len(line) + 1
    return page.areas(*where) if where[1] else []


def _listed(places: set[str]) -> str:
    named = sorted((place or "file" for place in places), key=lambda place: (len(place), place))
    return ", ".join(named[:6]) + (f" and {len(named) - 6} more" if len(named) > 6 else "")


MAKERS = {CopyKind.MARKED: mark, CopyKind.REDACTED: redact}
