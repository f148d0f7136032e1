"""PowerPoint files: slides shown and hidden, what lies off the slide, notes and comments."""

from lxml import etree

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.markup import child, local, named
from bot.scan.extract.ooxml import Package, add_common, open_package

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHAPES = ("sp", "graphicFrame", "pic", "cxnSp")
"""Elements that stand for something drawn on a slide."""
_TINY_HUNDREDTHS = 200


def read_pptx(attachment: Attachment, watch: Watch) -> Extract:
    """Read a presentation with all that it carries."""
    basket = Gathered(_MEDIA_TYPE)
    package = open_package(attachment.content, basket)
    if package is None:
        return basket.extract()
    with package.archive:
        main = package.xml("ppt/presentation.xml")
        size = next(named(main, "sldSz"), None) if main is not None else None
        width, height = (int(size.get(side, "0")) for side in ("cx", "cy")) if size is not None else (0, 0)
        slides = list(named(main, "sldId")) if main is not None else []
        links = package.links("ppt/presentation.xml")
        for number, entry in enumerate(slides, 1):
            watch.tell(number, len(slides), f"Reading slide {number} of {len(slides)}")
            if watch.is_over:
                basket.unreadable(f"slide {number}", UnreadReason.TIMED_OUT, "There was no time left to read it.")
                continue
            link = links.get(relation(entry))
            if link is not None:
                _read_slide(package, link.target, number, (width, height))
        for name in package.under("ppt/commentAuthors", "ppt/authors"):
            root = package.xml(name)
            for author in named(root, "cmAuthor", "author") if root is not None else ():
                basket.metadata("Comment by", author.get("name", ""), "comment authors")
        add_common(package)
    return basket.extract()


def relation(entry: etree._Element) -> str:
    """The relationship of a slide; its other attribute called "id" is a number of its own."""
    return next((str(value) for key, value in entry.attrib.items() if str(key).endswith("}id")), "")


def _read_slide(package: Package, part: str, number: int, size: tuple[int, int]) -> None:
    root = package.xml(part)
    if root is None:
        return
    basket, place = package.basket, f"slide {number}"
    hidden = root.get("show") in ("0", "false")
    if hidden:
        basket.hazard(HazardKind.HIDDEN_SHEET, place, "The slide is hidden.")
    for shape in named(root, *SHAPES):
        _read_shape(basket, shape, place, hidden, size)
    for name in package.linked(part, "notesSlide"):
        notes = package.xml(name)
        text = _notes_text(notes) if notes is not None else ""
        if text:
            basket.hazard(HazardKind.SPEAKER_NOTES, place, "The slide has speaker notes.")
            basket.text(text, f"{place}, notes", hidden=True)
    for name in package.linked(part, "comments"):
        comments = package.xml(name)
        for comment in named(comments, "cm") if comments is not None else ():
            words = " ".join(one.text or "" for one in named(comment, "t", "text"))
            basket.hazard(HazardKind.COMMENTS, place, "The slide has comments.")
            basket.text(words, f"{place}, comment", hidden=True)


def _notes_text(notes: etree._Element) -> str:
    """The notes themselves; slide numbers and dates on the notes page are not words of anyone."""
    lines = []
    for shape in named(notes, "sp"):
        holder = next(named(shape, "ph"), None)
        if holder is None or holder.get("type") not in ("sldNum", "dt", "sldImg", "hdr", "ftr"):
            lines += _paragraphs(shape)
    return "\n".join(line for line in lines if line.strip())


def _read_shape(basket: Gathered, shape: etree._Element, place: str, hidden: bool, size: tuple[int, int]) -> None:
    properties = next(named(shape, "cNvPr"), None)
    if properties is not None:
        basket.text(properties.get("descr") or "", f"{place}, picture description", hidden=True)
    concealed = properties is not None and properties.get("hidden") in ("1", "true")
    outside = is_outside(shape, size)
    table = next(named(shape, "tbl"), None)
    lines = [] if table is not None else _paragraphs(shape)
    text = "\n".join(lines)
    if (text.strip() or table is not None) and (outside or concealed):
        detail = "Something lies outside the slide." if outside else "A shape on the slide is hidden."
        basket.hazard(HazardKind.HIDDEN_TEXT, place, detail)
    unseen = hidden or outside or concealed
    where = f"{place}, outside the slide" if outside else place
    if table is not None:
        rows = tuple(
            tuple(
                Cell("\n".join(_paragraphs(cell)), f"{place}, table row {index}", unseen) for cell in named(row, "tc")
            )
            for index, row in enumerate(named(table, "tr"), 1)
        )
        basket.parts.append(Table(f"{place}, table", rows, unseen))
    elif not unseen and is_tiny(shape):
        basket.hazard(HazardKind.HIDDEN_TEXT, place, "Text is too small to read.")
        basket.text(text, f"{place}, tiny text", hidden=True)
    else:
        basket.text(text, where, hidden=unseen)


def _paragraphs(shape: etree._Element) -> list[str]:
    lines = []
    for paragraph in named(shape, "p"):
        pieces = [one.text or "" if local(one) == "t" else "\n" for one in named(paragraph, "t", "br")]
        lines.append("".join(pieces))
    return lines


def is_outside(shape: etree._Element, size: tuple[int, int]) -> bool:
    """Whether a shape lies wholly off the slide; shapes in groups have places of their own and are left alone."""
    above = shape.getparent()
    if above is None or local(above) != "spTree" or not all(size):
        return False
    frame = child(child(shape, "spPr"), "xfrm")
    frame = frame if frame is not None else child(shape, "xfrm")
    offset, extent = child(frame, "off"), child(frame, "ext")
    if offset is None or extent is None:
        return False
    x, y = int(offset.get("x", "0")), int(offset.get("y", "0"))
    return x >= size[0] or y >= size[1] or x + int(extent.get("cx", "0")) <= 0 or y + int(extent.get("cy", "0")) <= 0


def is_tiny(shape: etree._Element) -> bool:
    """Whether all text of a shape is too small to read."""
    sizes = [one.get("sz") for one in named(shape, "rPr")]
    return bool(sizes) and all(size is not None and size.isdigit() and int(size) <= _TINY_HUNDREDTHS for size in sizes)
