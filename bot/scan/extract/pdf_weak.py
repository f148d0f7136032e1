"""See-through marks over text of a PDF: dark boxes and annotations that only dim what can still be read and copied."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bot.domain.finding import HazardKind
from bot.scan.extract.gather import Gathered
from bot.scan.extract.redaction import Box, objects

_CLEAR, _OPAQUE = 26, 240
"""Of 255: a mark paler than this dims nothing, one denser hides the letters, and that is told by drawing the page."""
_DARKEST = 100
"""Grey level of a mark that was meant to hide; highlighters are brighter."""
_LARGEST = 0.25
"""Share of the page; what is larger is a background."""


def add_weak_marks(basket: Gathered, page: pdfium.PdfPage, annotations: tuple[Box, ...], place: str) -> None:
    """Report see-through marks with words beneath; `annotations` are places of dark see-through annotations."""
    boxes = [*_boxes(page), *annotations]
    if not boxes:
        return
    textpage = page.get_textpage()
    try:
        dimmed = sum(any(map(str.isalnum, textpage.get_text_bounded(*box))) for box in boxes)
    finally:
        textpage.close()
    if dimmed:
        detail = "A see-through mark only dims text: it can still be read and copied out."
        basket.hazard(HazardKind.FAILED_REDACTION, place, detail, dimmed)


def _boxes(page: pdfium.PdfPage) -> list[Box]:
    area = page.get_width() * page.get_height()
    found = []
    red, green, blue, dense = (ctypes.c_uint() for _ in range(4))
    for item, kind, depth in objects(page):
        if kind != raw.FPDF_PAGEOBJ_PATH or depth or not raw.FPDFPageObj_GetFillColor(item, red, green, blue, dense):
            continue
        if not _CLEAR <= dense.value <= _OPAQUE or max(red.value, green.value, blue.value) > _DARKEST:
            continue
        box = _bounds(item)
        if box[2] - box[0] > 8 and box[3] - box[1] > 4 and (box[2] - box[0]) * (box[3] - box[1]) < _LARGEST * area:
            found.append(box)
    return found


def _bounds(item: ctypes.c_void_p) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
