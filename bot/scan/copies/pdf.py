"""Pages of a PDF drawn with the places of their letters, and a new PDF made of pages and nothing else."""

import ctypes
import io
import math
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from bot.scan.copies.interface import CannotCopyError, LaidOut, Painter, Quad
from bot.scan.copies.locate import Rect, grown, in_lines
from bot.scan.extract.redaction import letters_of, objects

_DOTS = 200
"""Dots an inch at which a page is drawn: a small print stays legible, a page stays under a megabyte."""
_SHADES = 0.25
"""Share of pixels between ink and paper up to which a page counts as text."""
_MOST_PIXELS = 40_000_000
_MOST_PAGES = 2_000
_PAGE = re.compile(r"page (\d+)(?:$|,| ›)")
_KEPT = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group"})
"""What a page needs to be drawn (ISO 32000-1, table 30); notes, links, fields, thumbnails, scripts are not among it."""
_SAID_OF_OBJECTS = ("/Metadata", "/PieceInfo", "/LastModified", "/Alternates", "/OPI", "/AA", "/StructParents", "/OC")


class PdfSheets:
    """The pages of one PDF."""

    extension = "pdf"

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            raise CannotCopyError("The PDF is broken or protected with a password, so no copy can be made.") from error
        if len(self._document) > _MOST_PAGES:
            raise CannotCopyError(f"The PDF has more than {_MOST_PAGES:,} pages.")
        self._document.init_forms()
        self._source = _source(content, len(self._document))

    @property
    def _all_drawn(self) -> bool:
        """With layers, what is switched off would come back in a page kept as it is; so would a broken page's rest."""
        return self._source is None or "/OCProperties" in self._source.Root

    def __len__(self) -> int:
        return len(self._document)

    def drawn(self, index: int) -> Image.Image:
        """A page as a viewer shows it, with its notes and fields."""
        with self._page(index) as page:
            picture: Image.Image = page.render(scale=_scale(page), may_draw_forms=True).to_pil()
            return picture.convert("RGB")

    def letters(self, index: int) -> LaidOut | None:
        """The text layer, hidden letters included."""
        with self._page(index) as page:
            size = _pixels(page)
            turned = page.get_rotation()
            page.set_rotation(0)
            textpage = page.get_textpage()
            letters = letters_of(textpage)
            textpage.close()
            page.set_rotation(turned)
            boxes = {
                at: _on_page(page, size, (box[0], box[1], box[2], box[3]))
                for at, box in enumerate(letters.boxes.tolist())
                if box[2] > box[0] or box[3] > box[1]
            }
        if not boxes:
            return None

        def areas(start: int, end: int) -> list[Quad]:
            rects = in_lines([boxes[at] for at in range(start, end) if at in boxes])
            return [grown(rect, 2 + 0.15 * min(rect[2] - rect[0], rect[3] - rect[1], 60)) for rect in rects]

        return LaidOut(letters.text, areas)

    def pictures(self, index: int) -> list[Quad]:
        """Where pictures lie on a page."""
        size = self.drawn(index).size
        found = []
        with self._page(index) as page:
            for item, kind, depth in objects(page):
                # Inside a form the bounds are the form's own, so the whole page stands for a picture there.
                if kind == raw.FPDF_PAGEOBJ_IMAGE and not depth:
                    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
                    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
                    found.append(grown(_on_page(page, size, (left.value, bottom.value, right.value, top.value)), 2))
                elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                    found.append(grown((0, 0, size[0], size[1]), 0))
        return found

    def index_of(self, place: str) -> int | None:
        """The page of a place such as "page 3, picture"."""
        match = _PAGE.match(place)
        return int(match[1]) - 1 if match and 0 < int(match[1]) <= len(self) else None

    def rebuilt(self, painted: frozenset[int], paint: Painter) -> bytes:
        """A new PDF: painted pages as pictures, the others as they are without anything that hangs on them."""
        out = io.BytesIO()
        with pikepdf.new() as made:
            for index in range(len(self)):
                kept = None if self._all_drawn or index in painted else self._kept(index)
                if kept is not None:
                    made.pages.append(kept)
                else:
                    with self._page(index) as page:
                        size = page.get_size()
                    _add_picture(made, paint(index, self.drawn(index)), size)
            for item in made.objects:
                # Not in lists of resources, where a font may have any of these words for a name.
                if isinstance(item, pikepdf.Stream) or (isinstance(item, pikepdf.Dictionary) and "/Type" in item):
                    for key in _SAID_OF_OBJECTS:
                        if key in item:
                            del item[key]
            made.remove_unreferenced_resources()
            made.save(out)
        return out.getvalue()

    def _kept(self, index: int) -> pikepdf.Page | None:
        """A page to keep as it is; None when something on it is drawn from outside its own content."""
        if self._source is None:
            return None
        page = self._source.pages[index]
        notes = page.obj.get("/Annots")
        if isinstance(notes, pikepdf.Array) and any(_is_drawn(note) for note in notes):
            return None
        for key in set(page.obj.keys()) - _KEPT - {"/Parent"}:
            del page.obj[key]
        return page

    @contextmanager
    def _page(self, index: int) -> Iterator[pdfium.PdfPage]:
        try:
            page = self._document[index]
        except pdfium.PdfiumError as error:
            raise CannotCopyError(f"Page {index + 1} is broken, so no copy can be made.") from error
        try:
            yield page
        finally:
            page.close()


def _source(content: bytes, pages: int) -> pikepdf.Pdf | None:
    """The file for copying whole pages; None when its structure is broken, and every page is drawn then."""
    try:
        opened = pikepdf.open(io.BytesIO(content))
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        return None
    return opened if len(opened.pages) == pages else None


def _scale(page: pdfium.PdfPage) -> float:
    width, height = page.get_size()
    return min(_DOTS / 72, float((_MOST_PIXELS / max(1.0, width * height)) ** 0.5))


def _pixels(page: pdfium.PdfPage) -> tuple[int, int]:
    width, height = page.get_size()
    return math.ceil(width * _scale(page)), math.ceil(height * _scale(page))


def _is_drawn(note: pikepdf.Object) -> bool:
    return not (isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) in ("/Link", "/Popup"))


def _on_page(page: pdfium.PdfPage, size: tuple[int, int], box: tuple[float, float, float, float]) -> Rect:
    """A box in points of the page as pixels of the drawn page, however the page is turned."""
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        # Whole pixels are too coarse for letters, so the page is taken as ten times as large.
        raw.FPDF_PageToDevice(page, 0, 0, size[0] * 10, size[1] * 10, 0, across, up, x, y)
        corners.append((x.value / 10, y.value / 10))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _add_picture(made: pikepdf.Pdf, picture: Image.Image, size: tuple[float, float]) -> None:
    """One page that is a picture."""
    grey = picture.convert("L")
    is_grey = grey.convert("RGB").tobytes() == picture.tobytes()
    is_text = is_grey and sum(grey.histogram()[16:240]) < _SHADES * picture.width * picture.height
    image = made.make_stream(_in_sixteen_shades(grey) if is_text else _as_photograph(grey if is_grey else picture))
    image.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": picture.width,
            "/Height": picture.height,
            "/ColorSpace": pikepdf.Name.DeviceGray if is_grey else pikepdf.Name.DeviceRGB,
            "/BitsPerComponent": 4 if is_text else 8,
            "/Filter": pikepdf.Name.FlateDecode if is_text else pikepdf.Name.DCTDecode,
        }
    )
    page = made.add_blank_page(page_size=(max(3, size[0]), max(3, size[1])))
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    page.obj["/Contents"] = made.make_stream(f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Page Do Q".encode())


def _as_photograph(picture: Image.Image) -> bytes:
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=88)
    return encoded.getvalue()


def _in_sixteen_shades(grey: Image.Image) -> bytes:
    """Letters on paper need no more, and take a fifth of the room."""
    shades = np.asarray(grey) >> 4
    if shades.shape[1] % 2:
        shades = np.pad(shades, ((0, 0), (0, 1)))
    return zlib.compress((shades[:, 0::2] << 4 | shades[:, 1::2]).tobytes(), 9)
