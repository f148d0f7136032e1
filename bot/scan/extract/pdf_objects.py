"""What hangs on a PDF besides its pages: properties, annotations, form values, attachments, scripts, layers."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from lxml import etree

from bot.domain.finding import HazardKind, UnreadReason
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, is_person_like, shown_name
from bot.scan.extract.markup import local, parse_xml
from bot.scan.extract.redaction import Box

_SHAPES = ("/Square", "/Highlight", "/Polygon", "/Circle", "/Ink")
"""Annotations that people draw as bars."""
_HIDDEN_FLAGS = 0b100010
"""Annotation flags "hidden" and "no view" (ISO 32000-1, table 165)."""
_SAID_BY_PROGRAMS = {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner"}
_OWN_WORDS = {"creator", "title", "subject", "description", "Author", "Keywords", "li", "Manager", "Company"}


def redact_marks(content: bytes) -> dict[int, tuple[Box, ...]]:
    """Places by page index where a redaction is marked as an annotation and has not been applied."""
    return _marks(content, b"/Redact", lambda mark: mark.get("/Subtype") == "/Redact")


def dimming_marks(content: bytes) -> dict[int, tuple[Box, ...]]:
    """Places by page index of dark annotations that can be seen through."""
    return _marks(content, b"/CA", _is_dimming)


def _is_dimming(mark: pikepdf.Dictionary) -> bool:
    colour = [float(part) for part in mark.get("/IC", mark.get("/C", []))]
    dark = len(colour) in (1, 3) and max(colour) < 0.4
    return dark and str(mark.get("/Subtype")) in _SHAPES and 0.1 < float(mark.get("/CA", 1)) < 0.94


def _marks(content: bytes, word: bytes, wanted: Callable[[pikepdf.Dictionary], bool]) -> dict[int, tuple[Box, ...]]:
    marks: dict[int, tuple[Box, ...]] = {}
    if word not in content and b"/ObjStm" not in content:
        return marks
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            for index, page in enumerate(document.pages):
                boxes = [_rectangle(mark) for mark in _annotations(page) if wanted(mark)]
                if boxes:
                    marks[index] = tuple(box for box in boxes if box is not None)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return marks
    return marks


def add_objects(basket: Gathered, content: bytes, known: set[str]) -> None:
    """Read everything but the pages' own drawing; `known` are lines that the pages show."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            for step in (_add_info, _add_xmp, _add_files, _add_active, _add_layers):
                _guarded(basket, step, document)
            for index, page in enumerate(document.pages):
                if index >= limits.PAGES:
                    break
                for annotation in _annotations(page):
                    _add_annotation(basket, annotation, f"page {index + 1}", known)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        basket.unreadable("document properties", UnreadReason.CORRUPT, "Parts of the PDF's structure are broken.")


def _guarded(basket: Gathered, step: Callable[[Gathered, pikepdf.Pdf], None], document: pikepdf.Pdf) -> None:
    try:
        step(basket, document)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        basket.unreadable("document properties", UnreadReason.CORRUPT, "Parts of the PDF's structure are broken.")


def _annotations(page: pikepdf.Page) -> Iterator[pikepdf.Dictionary]:
    found = page.obj.get("/Annots")
    if isinstance(found, pikepdf.Array):
        for one in found:
            if isinstance(one, pikepdf.Dictionary):
                yield one


def _rectangle(annotation: pikepdf.Dictionary) -> Box | None:
    corners = [float(value) for value in annotation.get("/Rect", [])]
    if len(corners) != 4:
        return None
    return min(corners[0::2]), min(corners[1::2]), max(corners[0::2]), max(corners[1::2])


def _add_info(basket: Gathered, document: pikepdf.Pdf) -> None:
    for key, value in document.docinfo.items():
        text = str(value).strip()
        if key in _SAID_BY_PROGRAMS or not is_person_like(text):
            continue
        basket.metadata(key.lstrip("/"), text, "document properties")
        if key == "/Author":
            basket.hazard(HazardKind.METADATA, "document properties", "The properties name an author.")
        elif key != "/Title":
            basket.hazard(HazardKind.METADATA, "document properties", "The properties hold words of their own.")


def _add_xmp(basket: Gathered, document: pikepdf.Pdf) -> None:
    stream = document.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return
    try:
        root = parse_xml(stream.read_bytes().strip())
    except etree.XMLSyntaxError:
        return
    shown = {str(value).strip() for value in document.docinfo.values()}
    for element in root.iter():
        text = (element.text or "").strip()
        above = element.getparent()
        holder = above.getparent() if above is not None and local(element) == "li" else None
        label = local(holder if holder is not None else element)
        if label in _OWN_WORDS and text and text not in shown and is_person_like(text):
            basket.metadata(label, text, "document properties")


def _add_files(basket: Gathered, document: pikepdf.Pdf) -> None:
    for name, specification in document.attachments.items():
        basket.hazard(HazardKind.EMBEDDED_FILE, "attachments", "Files are attached inside the PDF.")
        basket.child(name, specification.get_file().read_bytes(), f"attachment {shown_name(name)}")


def _add_active(basket: Gathered, document: pikepdf.Pdf) -> None:
    names = document.Root.get("/Names", pikepdf.Dictionary())
    action = document.Root.get("/OpenAction")
    runs = isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ("/JavaScript", "/Launch")
    if "/JavaScript" in names or runs or "/AA" in document.Root:
        basket.hazard(HazardKind.MACRO, "file", "The PDF holds scripts.")


def _add_layers(basket: Gathered, document: pikepdf.Pdf) -> None:
    layers = document.Root.get("/OCProperties", pikepdf.Dictionary()).get("/D", pikepdf.Dictionary())
    off: Any = layers.get("/OFF", [])
    if len(off):
        basket.hazard(HazardKind.HIDDEN_TEXT, "layers", "The PDF holds layers that are switched off.", len(off))


def _add_annotation(basket: Gathered, annotation: pikepdf.Dictionary, place: str, known: set[str]) -> None:
    kind = str(annotation.get("/Subtype", ""))
    flags = int(annotation.get("/F", 0))
    hidden = bool(flags & _HIDDEN_FLAGS)
    words = str(annotation.get("/Contents", "")).strip()
    if kind == "/Widget":
        _add_field(basket, annotation, place, hidden)
    elif kind == "/Link":
        address = str(annotation.get("/A", pikepdf.Dictionary()).get("/URI", ""))
        if address.lower().startswith(("mailto:", "tel:")) and address[7:].lower() not in " ".join(known):
            basket.text(address, f"{place}, link", hidden=True)
    elif kind == "/FileAttachment":
        _add_attached(basket, annotation, place)
    elif kind == "/FreeText":
        basket.text(words, f"{place}, note", hidden=hidden)
    elif words and kind != "/Popup":
        basket.hazard(HazardKind.COMMENTS, place, "Comments are attached to the page.")
        basket.text(words, f"{place}, comment", hidden=True)
        basket.metadata("Comment by", annotation.get("/T", ""), f"{place}, comment")


def _add_field(basket: Gathered, field: pikepdf.Dictionary, place: str, hidden: bool) -> None:
    names: list[str] = []
    value: Any = field.get("/V")
    above: Any = field
    depth = 0
    while isinstance(above, pikepdf.Dictionary) and depth < 10:
        value = above.get("/V") if value is None else value
        names.insert(0, str(above.get("/TU", above.get("/T", ""))))
        above, depth = above.get("/Parent"), depth + 1
    if isinstance(value, pikepdf.String) and str(value).strip():
        if hidden:
            basket.hazard(HazardKind.HIDDEN_TEXT, place, "Hidden form fields hold values.")
        label = " ".join(name for name in names if name)
        basket.text(f"{label or 'field'}: {value}", f"{place}, form field", hidden=hidden)


def _add_attached(basket: Gathered, annotation: pikepdf.Dictionary, place: str) -> None:
    specification = annotation.get("/FS", pikepdf.Dictionary())
    stream = specification.get("/EF", pikepdf.Dictionary()).get("/F")
    name = str(specification.get("/UF", specification.get("/F", "attached file")))
    if isinstance(stream, pikepdf.Stream):
        basket.hazard(HazardKind.EMBEDDED_FILE, place, "A file is attached to the page.")
        basket.child(name, stream.read_bytes(), f"{place}, attachment {shown_name(name)}")
