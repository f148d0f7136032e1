"""Failed redaction: what is visible when rendered against what can be extracted.

A PDF page is drawn twice, once as it is and once without its letters. Where the two pictures agree, the letters that
can be copied out cannot be seen: they lie under a box, an annotation or a picture, or have the colour of what is behind
them. No list of tricks is needed, and white letters on a dark heading are seen to be visible. In Office files the
colours stated for a run decide.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdf
from numpy.typing import NDArray

SCALE = 1.5
"""Pixels a point: 108 dots an inch, enough to see six-point letters."""
_SEEN = 16
"""Grey levels by which a letter must change its place to be seen by a person."""
_CONTRAST = 40
"""Grey levels between ink and paper in a scan."""
_TINY = 1.5
"""Points: no letter of the word is taller, which is type of two points at most."""
_INVISIBLE_MODES = (3, 7)
"""PDF text rendering modes that draw nothing (ISO 32000-1, table 106)."""

Grey = NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page."""


@dataclass(frozen=True)
class PageText:
    """The text of one page, split by whether a reader sees it."""

    visible: str = field(repr=False)
    hidden: tuple[str, ...] = field(repr=False)
    """Runs of hidden words, each with the label that stands before it."""
    covered: int
    """Runs under a cover or in the colour of their ground."""
    invisible: int
    """Runs drawn with nothing, too small to read, or outside the page."""
    layer_letters: int
    """Visible letters that are an invisible layer over a scan."""
    without_text: Grey = field(repr=False)
    """The page drawn without its letters."""


@dataclass(frozen=True)
class Letters:
    """The letters of a page with their boxes in points of the page; a letter without ink has an empty box."""

    text: str = field(repr=False)
    boxes: NDArray[np.float64] = field(repr=False)
    silent: NDArray[np.bool_] = field(repr=False)
    """Drawn with a mode that leaves no ink."""


def read_page(page: pdfium.PdfPage, marked: tuple[Box, ...] = ()) -> PageText:
    """Read one page; `marked` are places where a redaction was prepared but not applied."""
    turned = page.get_rotation()
    page.set_rotation(0)
    textpage = page.get_textpage()
    try:
        letters = letters_of(textpage)
        drawn = draw(page)
        _set_text_active(page, active=False)
        bare = draw(page)
    finally:
        _set_text_active(page, active=True)
        textpage.close()
        page.set_rotation(turned)
    left, _, _, top = page.get_cropbox()
    return _split(letters, drawn, bare, (left, top), marked)


def draw(page: pdfium.PdfPage, scale: float = SCALE) -> Grey:
    """Draw a page in grey as a viewer would, annotations and form fields included."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    picture = np.array(bitmap.to_numpy(), copy=True)
    return picture.reshape(picture.shape[0], picture.shape[1])


def objects(page: pdfium.PdfPage) -> Iterator[tuple[ctypes.c_void_p, int, int]]:
    """Every drawn object of a page with its type and how deep it is nested in forms."""
    for index in range(pdf.FPDFPage_CountObjects(page)):
        yield from _nested(pdf.FPDFPage_GetObject(page, index), 0)


def _nested(item: ctypes.c_void_p, depth: int) -> Iterator[tuple[ctypes.c_void_p, int, int]]:
    kind = pdf.FPDFPageObj_GetType(item)
    yield item, kind, depth
    if kind == pdf.FPDF_PAGEOBJ_FORM and depth < 8:
        for index in range(pdf.FPDFFormObj_CountObjects(item)):
            yield from _nested(pdf.FPDFFormObj_GetObject(item, index), depth + 1)


def _set_text_active(page: pdfium.PdfPage, *, active: bool) -> None:
    for item, kind, _ in objects(page):
        if kind == pdf.FPDF_PAGEOBJ_TEXT:
            pdf.FPDFPageObj_SetIsActive(item, active)


def letters_of(textpage: pdfium.PdfTextPage) -> Letters:
    """Every letter that can be copied out of a page, seen or not."""
    count = textpage.count_chars()
    boxes = np.zeros((count, 4))
    silent = np.zeros(count, dtype=bool)
    text: list[str] = []
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    modes: dict[int | None, bool] = {None: False}
    for index in range(count):
        code = pdf.FPDFText_GetUnicode(textpage, index)
        # U+0002 is how PDFium gives a hyphen at the end of a line; unpaired halves of a letter cannot be text.
        text.append("-" if code == 2 else " " if code == 0 or 0xD800 <= code < 0xE000 else chr(code))
        if code > 32 and pdf.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
            boxes[index] = (left.value, bottom.value, right.value, top.value)
            item = pdf.FPDFText_GetTextObject(textpage, index)
            address = ctypes.cast(item, ctypes.c_void_p).value
            if address not in modes:
                modes[address] = pdf.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES
            silent[index] = modes[address]
    return Letters("".join(text), boxes, silent)


def _split(letters: Letters, drawn: Grey, bare: Grey, corner: tuple[float, float], marked: tuple[Box, ...]) -> PageText:
    change = np.abs(drawn.astype(np.int16) - bare.astype(np.int16)) >= _SEEN
    seen = _count_in(change, letters.boxes, corner) > 0
    words = list(_words(letters.text))
    states = [_state(letters, word, seen, bare, corner, marked) for word in words]
    states = _without_false_layer(letters, words, states)
    hidden_runs, covered, invisible = _runs(letters.text, words, states)
    visible = list(letters.text)
    layer = 0
    for (start, end), state in zip(words, states, strict=True):
        if state in ("covered", "invisible"):
            visible[start:end] = " " * (end - start)
        elif state == "layer":
            layer += end - start
    return PageText("".join(visible).replace("\r\n", "\n"), hidden_runs, covered, invisible, layer, bare)


def _words(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for index, letter in enumerate(text + " "):
        if letter.isspace():
            if start is not None:
                yield start, index
            start = None
        elif start is None:
            start = index


def _count_in(mask: NDArray[np.bool_], boxes: NDArray[np.float64], corner: tuple[float, float]) -> NDArray[np.int64]:
    """How many pixels of the mask are set in each box, by summed area."""
    total = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int64)
    total[1:, 1:] = mask.cumsum(0).cumsum(1)
    x0, y0, x1, y1 = _to_pixels(boxes, corner, mask.shape[:2])
    counts: NDArray[np.int64] = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
    return counts


def _to_pixels(
    boxes: NDArray[np.float64], corner: tuple[float, float], shape: tuple[int, ...]
) -> tuple[NDArray[np.int64], ...]:
    left, top = corner
    x0 = np.clip(np.floor((boxes[:, 0] - left) * SCALE), 0, shape[1]).astype(np.int64)
    x1 = np.clip(np.ceil((boxes[:, 2] - left) * SCALE), 0, shape[1]).astype(np.int64)
    y0 = np.clip(np.floor((top - boxes[:, 3]) * SCALE), 0, shape[0]).astype(np.int64)
    y1 = np.clip(np.ceil((top - boxes[:, 1]) * SCALE), 0, shape[0]).astype(np.int64)
    return x0, y0, x1, y1


def _state(
    letters: Letters,
    word: tuple[int, int],
    seen: NDArray[np.bool_],
    bare: Grey,
    corner: tuple[float, float],
    marked: tuple[Box, ...],
) -> str:
    """How a word stands on the page: "visible", "covered", "invisible" or "layer" (over a scan that shows it)."""
    start, end = word
    boxes = letters.boxes[start:end]
    inked = (boxes[:, 2] > boxes[:, 0]) & np.array([letter.isalnum() for letter in letters.text[start:end]])
    if not inked.any():
        return "visible"
    x0, y0, x1, y1 = _to_pixels(boxes[inked], corner, bare.shape)
    if not ((x1 > x0) & (y1 > y0)).any():
        return "invisible"
    middle = (boxes[inked][:, :2].min(0) + boxes[inked][:, 2:].max(0)) / 2
    if any(box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3] for box in marked):
        return "covered"
    if (boxes[inked][:, 3] - boxes[inked][:, 1]).max() < _TINY and (
        boxes[inked][:, 2] - boxes[inked][:, 0]
    ).max() < _TINY:
        return "invisible"
    if letters.silent[start:end][inked].all():
        beneath = bare[y0.min() : y1.max(), x0.min() : x1.max()]
        if int(beneath.max()) - int(beneath.min()) >= _CONTRAST:
            return "layer"
        if inked.sum() < 3 and int(beneath.min()) > 128:
            # Specks of dust read as a letter or two by whoever made the layer.
            return "layer"
        # On paper there is nothing to cover: the layer was never meant to be seen. On a scan a flat patch covers.
        return "covered" if _is_on_picture(bare, beneath) else "invisible"
    return "visible" if seen[start:end][inked].mean() >= 0.3 else "covered"


def _without_false_layer(letters: Letters, words: list[tuple[int, int]], states: list[str]) -> list[str]:
    """An OCR layer lies on what the scan shows; one that mostly misses the ink says something else than the scan."""
    silent = [bool(letters.silent[start:end].any()) for start, end in words]
    if 5 * states.count("layer") >= 3 * sum(silent):
        return states
    return ["invisible" if quiet and state == "layer" else state for quiet, state in zip(silent, states, strict=True)]


def _is_on_picture(bare: Grey, beneath: Grey) -> bool:
    """Whether the page shows a scan at all: white paper with an invisible layer is not redacted, only secretive."""
    return int(beneath.min()) < 128 or bool((bare < 200).mean() > 0.005)


def _runs(text: str, words: list[tuple[int, int]], states: list[str]) -> tuple[tuple[str, ...], int, int]:
    runs: list[str] = []
    counts = {"covered": 0, "invisible": 0}
    last_state, last_end = "", 0
    for index, ((start, end), state) in enumerate(zip(words, states, strict=True)):
        if state not in counts:
            last_state = ""
            continue
        if state == last_state and "\n" not in text[last_end:start]:
            runs[-1] += " " + text[start:end]
        else:
            counts[state] += 1
            runs.append(_label(text, words, states, index) + text[start:end])
        last_state, last_end = state, end
    return tuple(runs), counts["covered"], counts["invisible"]


def _label(text: str, words: list[tuple[int, int]], states: list[str], index: int) -> str:
    """Up to three visible words that end in a colon just before a run ("Date of birth:"): a recogniser needs them."""
    before: list[str] = []
    for (start, end), state in zip(
        reversed(words[max(0, index - 4) : index]), reversed(states[max(0, index - 4) : index]), strict=True
    ):
        if (
            state != "visible"
            or "\n" in text[start : words[index][0]]
            or (not before and not text[start:end].endswith(":"))
        ):
            break
        before.insert(0, text[start:end])
    return " ".join(before[-3:]) + " " if before else ""


def is_same_colour(ink: str | None, ground: str | None) -> bool:
    """Whether letters of one stated colour (RRGGBB) cannot be told from their ground; `None` is the default of each."""
    front, back = _rgb(ink, (0, 0, 0)), _rgb(ground, (255, 255, 255))
    return max(abs(one - other) for one, other in zip(front, back, strict=True)) < 2 * _SEEN


def _rgb(colour: str | None, default: tuple[int, int, int]) -> tuple[int, int, int]:
    if not colour or colour.lower() == "auto":
        return default
    try:
        value = int(colour[-6:], 16)
    except ValueError:
        return default
    return value >> 16 & 255, value >> 8 & 255, value & 255
