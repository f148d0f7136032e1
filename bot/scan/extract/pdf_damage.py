"""Parts of a PDF that a viewer passes over in silence: drawing that cannot be unpacked, and drawing no page shows."""

import io
import re

import pikepdf

from bot.domain.finding import HazardKind, UnreadReason
from bot.scan.extract.gather import Gathered

_MOST_OBJECTS = 20_000
_SHOWS_TEXT = re.compile(rb"\bT[jJ]\b")
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")
_DAMAGE = ("reconstruct", "damaged", "error decoding", "unable to find", "loop detected")
"""Words of the library's warnings that mean that something may be missing."""
_FAULTS = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, RuntimeError)


def add_damage(basket: Gathered, content: bytes) -> None:
    """Say what of the file cannot be unpacked, and read what is left in it without being shown."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            for number, page in enumerate(document.pages, 1):
                _check_page(basket, page, f"page {number}")
            _add_left_over(basket, document)
            # The library's own words can quote the file, so they decide and are not passed on.
            if any(mark in str(one) for one in document.get_warnings() for mark in _DAMAGE):
                basket.unreadable("file", UnreadReason.CORRUPT, "The file is damaged: parts of it may be missing.")
    except _FAULTS:
        basket.unreadable("file", UnreadReason.CORRUPT, "The file is damaged: parts of it may be missing.")


def _check_page(basket: Gathered, page: pikepdf.Page, place: str) -> None:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    try:
        forms = list(page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary()).values())
        streams += [one for one in forms if one.get("/Subtype") == "/Form"]
        for one in streams:
            if isinstance(one, pikepdf.Stream):
                one.read_bytes()
            elif one is not None:
                basket.unreadable(place, UnreadReason.CORRUPT, "Part of the page is missing from the file.")
    except _FAULTS:
        basket.unreadable(place, UnreadReason.CORRUPT, "Part of the page cannot be unpacked.")


def _add_left_over(basket: Gathered, document: pikepdf.Pdf) -> None:
    objects = list(document.objects)
    if len(objects) > _MOST_OBJECTS:
        return
    reached = _reached(document)
    words: list[str] = []
    found = False
    for one in objects:
        if not isinstance(one, pikepdf.Stream) or one.objgen in reached or one.get("/Type") in ("/ObjStm", "/XRef"):
            continue
        try:
            drawing = one.read_bytes()
        except _FAULTS:
            basket.unreadable("left-over parts", UnreadReason.CORRUPT, "A part that no page shows cannot be unpacked.")
            continue
        if _SHOWS_TEXT.search(drawing):
            found = True
            words += [text.decode("cp1252", errors="replace") for text in _STRING.findall(drawing)]
    if found:
        basket.hazard(HazardKind.HIDDEN_TEXT, "left-over parts", "Text that no page shows is left in the file.")
        basket.text("\n".join(words), "left-over parts", hidden=True)
        if not any(letter.isalpha() for letter in "".join(words)):
            basket.unreadable("left-over parts", UnreadReason.UNSUPPORTED, "Its letters could not be read.")


def _reached(document: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Every numbered object that the file's root leads to."""
    reached: set[tuple[int, int]] = set()
    waiting: list[object] = [document.trailer]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, pikepdf.Object):
            continue
        if one.is_indirect:
            if one.objgen in reached:
                continue
            reached.add(one.objgen)
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [value for _, value in one.items()]
    return reached
