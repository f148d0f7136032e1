"""PDF: text by page with what is hidden in it, page pictures for OCR, earlier saved versions."""

import ctypes
import hashlib
import re
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered
from bot.scan.extract.image import encoded
from bot.scan.extract.interface import Extract, Watch
from bot.scan.extract.pdf_damage import add_damage
from bot.scan.extract.pdf_objects import add_objects, dimming_marks, redact_marks
from bot.scan.extract.pdf_weak import add_weak_marks
from bot.scan.extract.redaction import SCALE, Box, Grey, PageText, objects, read_page

_ENOUGH_TEXT = 30
"""Letters: a page with fewer is drawn and read by OCR."""
_OCR_SCALE = 2.5
"""Pixels a point for OCR: 180 dots an inch."""
_STRIPS = 8
"""More pictures than this on a page are most likely one scan in strips."""


@dataclass
class _Known:
    """What has been read already, so that a letterhead on every page is read once."""

    pictures: set[bytes] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    dimming: dict[int, tuple[Box, ...]] = field(default_factory=dict)
    """Dark see-through annotations by page index."""


def read_pdf(attachment: Attachment, watch: Watch) -> Extract:
    """Read a PDF: pages, what hides in them, and everything that hangs on the document."""
    basket = Gathered("application/pdf")
    try:
        document = pdfium.PdfDocument(attachment.content)
    except pdfium.PdfiumError as error:
        _cannot_open(basket, str(error))
        return basket.extract()
    try:
        document.init_forms()
        marks = redact_marks(attachment.content)
        known = _Known(dimming=dimming_marks(attachment.content))
        total = len(document)
        if total > limits.PAGES:
            basket.unreadable(
                f"page {limits.PAGES + 1}", UnreadReason.TOO_LARGE, "There are more pages than one check reads."
            )
        for index in range(min(total, limits.PAGES)):
            if watch.is_over:
                _out_of_time(basket, index, total)
                break
            watch.tell(index + 1, total, f"Reading page {index + 1} of {total}")
            before = len(basket.parts)
            _read_one(basket, document, index, marks.get(index, ()), known)
            watch.see(basket.parts[before:])
        add_objects(basket, attachment.content, known.lines)
        add_damage(basket, attachment.content)
        _add_bookmarks(basket, document, known.lines)
        _add_earlier_versions(basket, attachment.content, known.lines, watch)
    finally:
        document.close()
    return basket.extract()


def _out_of_time(basket: Gathered, index: int, total: int) -> None:
    """What was read by now is reported; the rest is said to be unread."""
    pages = f"pages {index + 1} to {total}" if index + 1 < total else f"page {total}"
    basket.unreadable(pages, UnreadReason.TIMED_OUT, "There was no time left to read them.")


def _cannot_open(basket: Gathered, error: str) -> None:
    if "password" in error.lower() or "security" in error.lower():
        basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
        basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
    else:
        basket.unreadable("file", UnreadReason.CORRUPT, "The PDF is broken.")


def _read_one(
    basket: Gathered, document: pdfium.PdfDocument, index: int, marks: tuple[tuple[float, ...], ...], known: _Known
) -> None:
    place = f"page {index + 1}"
    try:
        page = document[index]
    except pdfium.PdfiumError:
        basket.unreadable(place, UnreadReason.CORRUPT, "The page is broken.")
        return
    try:
        width, height = page.get_size()
        if width * height * _OCR_SCALE**2 > limits.PICTURE_PIXELS:
            basket.unreadable(place, UnreadReason.TOO_LARGE, "The page is larger than one check draws.")
            return
        text = read_page(page, tuple((box[0], box[1], box[2], box[3]) for box in marks))
        _add_text(basket, text, place, bool(marks))
        add_weak_marks(basket, page, known.dimming.get(index, ()), place)
        known.lines.update(_lines(text.visible), *(_lines(run) for run in text.hidden))
        _add_pictures(basket, document, page, text, place, known)
    except pdfium.PdfiumError:
        basket.unreadable(place, UnreadReason.CORRUPT, "The page could not be drawn.")
    finally:
        page.close()


def _add_text(basket: Gathered, text: PageText, place: str, marked: bool) -> None:
    basket.text(text.visible, place)
    basket.text("\n".join(text.hidden), place, hidden=True)
    if text.covered:
        detail = "A redaction was marked but never applied: the text is still there." if marked else (
            "Text is covered or has the colour of its background, but can still be copied out."
        )  # fmt: skip
        basket.hazard(HazardKind.FAILED_REDACTION, place, detail, text.covered)
    if text.invisible:
        basket.hazard(HazardKind.HIDDEN_TEXT, place, "Text is invisible, tiny or outside the page.", text.invisible)


def _add_pictures(
    basket: Gathered, document: pdfium.PdfDocument, page: pdfium.PdfPage, text: PageText, place: str, known: _Known
) -> None:
    """Send to OCR what the text layer does not hold: the whole page when it has hardly any text, else its pictures."""
    images = [item for item, kind, _ in objects(page) if kind == raw.FPDF_PAGEOBJ_IMAGE]
    cover = _add_covered_image(basket, page, images, text, place)
    letters = sum(letter.isalnum() for letter in text.visible)
    if text.layer_letters > 50 and text.layer_letters > letters * 0.5 and not cover:
        return
    if letters < _ENOUGH_TEXT or len(images) > _STRIPS:
        # A page without text may be drawn in outlines as well as scanned, so any ink is a reason to look.
        if text.without_text.size and int(text.without_text.max()) - int(text.without_text.min()) > 40:
            bitmap = page.render(scale=_OCR_SCALE, may_draw_forms=True)
            basket.picture(encoded(bitmap.to_pil()), place)
        return
    area = page.get_width() * page.get_height()
    for item in images:
        left, bottom, right, top = _bounds(item)
        if (right - left) * (top - bottom) < 0.01 * area:
            continue
        picture = pdfium.PdfImage(item, page=page, pdf=document)
        bitmap = picture.get_bitmap(render=True, scale_to_original=True)
        content = encoded(bitmap.to_pil())
        digest = hashlib.sha256(content).digest()
        if digest not in known.pictures:
            known.pictures.add(digest)
            basket.picture(content, f"{place}, picture")


def _bounds(item: ctypes.c_void_p) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _add_covered_image(
    basket: Gathered, page: pdfium.PdfPage, images: list[ctypes.c_void_p], text: PageText, place: str
) -> bool:
    """A box drawn over part of a scan leaves the scan whole beneath it: look at the picture without the boxes."""
    paths = [item for item, kind, _ in objects(page) if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)]
    area = page.get_width() * page.get_height()
    large = [item for item in images if _area(item) > 0.05 * area]
    if not large or not (paths or raw.FPDFPage_GetAnnotCount(page)):
        return False
    letters = [item for item, kind, _ in objects(page) if kind == raw.FPDF_PAGEOBJ_TEXT]
    for item in [*paths, *letters]:
        raw.FPDFPageObj_SetIsActive(item, False)
    try:
        turned = page.get_rotation()
        page.set_rotation(0)
        bitmap = page.render(scale=SCALE, grayscale=True, draw_annots=False, may_draw_forms=False)
        beneath: Grey = np.array(bitmap.to_numpy(), copy=True).reshape(text.without_text.shape)
        page.set_rotation(turned)
        clear = page.render(scale=_OCR_SCALE, draw_annots=False, may_draw_forms=False)
    finally:
        for item in [*paths, *letters]:
            raw.FPDFPageObj_SetIsActive(item, True)
    covered = np.abs(beneath.astype(np.int16) - text.without_text.astype(np.int16)) > 40
    inked = covered & (np.abs(beneath.astype(np.int16) - int(np.median(beneath))) > 60)
    # Rules and frames drawn over a scan hide nothing; a cover hides a patch the size of a word with ink in it.
    found = int(inked.sum()) > 60 and int(covered.sum()) > 400
    if found:
        basket.hazard(
            HazardKind.FAILED_REDACTION,
            place,
            "Part of a picture is covered, but the whole picture is still in the file.",
        )
        basket.picture(encoded(clear.to_pil()), f"{place}, picture under the cover", hidden=True)
    return found


def _area(item: ctypes.c_void_p) -> float:
    left, bottom, right, top = _bounds(item)
    return (right - left) * (top - bottom)


def _add_bookmarks(basket: Gathered, document: pdfium.PdfDocument, known: set[str]) -> None:
    titles = []
    for number, bookmark in enumerate(document.get_toc(max_depth=10)):
        if number >= limits.PAGES:
            break
        titles.append(str(bookmark.get_title()))
    unseen = [title for title in titles if not _lines(title) <= known]
    basket.text("\n".join(unseen), "bookmarks", hidden=True)


def _lines(text: str) -> set[str]:
    return {" ".join(line.split()).lower() for line in text.splitlines() if line.strip()}


def _add_earlier_versions(basket: Gathered, content: bytes, known: set[str], watch: Watch) -> None:
    """Programs that save by appending leave every earlier version whole inside the file."""
    ends = [found.end() for found in re.finditer(rb"%%EOF", content)][:-1]
    if len(ends) > limits.EARLIER_VERSIONS:
        basket.unreadable("earlier versions", UnreadReason.TOO_LARGE, "There are more of them than one check reads.")
    for number, end in enumerate(ends[-limits.EARLIER_VERSIONS :], 1):
        if watch.is_over:
            basket.unreadable("earlier versions", UnreadReason.TIMED_OUT, "There was no time left to read them.")
            return
        gone = [line for line in _text_of(content[:end]) if not _lines(line) <= known]
        if gone:
            known.update(*(_lines(line) for line in gone))
            place = f"earlier version {number}"
            basket.hazard(HazardKind.HIDDEN_TEXT, place, "An earlier version with other text is still inside the file.")
            basket.text("\n".join(gone), place, hidden=True)


def _text_of(content: bytes) -> list[str]:
    try:
        with pdfium.PdfDocument(content) as document:
            lines: list[str] = []
            for index in range(min(len(document), limits.PAGES)):
                page = document[index]
                lines += page.get_textpage().get_text_range().replace("\x02", "-").splitlines()
            return lines
    except pdfium.PdfiumError:
        return []
