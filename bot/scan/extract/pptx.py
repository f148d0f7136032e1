"""PowerPoint files: slides shown and hidden, what lies off the slide, notes and comments."""

from lxml import etree

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.markup import local, named
from bot.scan.extract.ooxml import Package, add_common, open_package
from bot.scan.extract.ooxml_rest import add_diagrams, add_rest
from bot.scan.extract.pptx_look import Slide, read_look

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
        name = package.main_name("ppt/presentation.xml")
        main = package.xml(name, needed=True)
        size = next(named(main, "sldSz"), None) if main is not None else None
        width, height = (int(size.get(side, "0")) for side in ("cx", "cy")) if size is not None else (0, 0)
        slides = list(named(main, "sldId")) if main is not None else []
        links = package.links(name)
        for number, entry in enumerate(slides, 1):
            watch.tell(number, len(slides), f"Reading slide {number} of {len(slides)}")
            if watch.is_over:
                basket.unreadable(f"slide {number}", UnreadReason.TIMED_OUT, "There was no time left to read it.")
                continue
            link = links.get(relation(entry))
            if link is not None:
                _read_slide(package, link.target, f"slide {number}", (width, height))
        for name in package.under("ppt/commentAuthors", "ppt/authors"):
            root = package.xml(name)
            for author in named(root, "cmAuthor", "author") if root is not None else ():
                basket.metadata("Comment by", author.get("name", ""), "comment authors")
        _read_left_over(package, (width, height))
        add_diagrams(package)
        add_common(package)
        add_rest(package)
    return basket.extract()


def relation(entry: etree._Element) -> str:
    """The relationship of a slide; its other attribute called "id" is a number of its own."""
    return next((str(value) for key, value in entry.attrib.items() if str(key).endswith("}id")), "")


def _read_slide(package: Package, part: str, place: str, size: tuple[int, int], *, shown: bool = True) -> None:
    root = package.xml(part, needed=True)
    if root is None:
        return
    basket = package.basket
    hidden = not shown or root.get("show") in ("0", "false")
    if hidden:
        basket.hazard(HazardKind.HIDDEN_SHEET, place, "The slide is hidden.")
    look = read_look(package, part, root, size)
    for shape in named(root, *SHAPES):
        _read_shape(basket, shape, place, hidden, look)
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


def _read_left_over(package: Package, size: tuple[int, int]) -> None:
    """Slides that are in the file and not in the show, and words that stand on masters and layouts."""
    for number, name in enumerate(package.under("ppt/slides/slide"), 1):
        if name.endswith(".xml") and name not in package.seen:
            _read_slide(package, name, f"slide left in the file {number}", size, shown=False)
    for name in package.under("ppt/slideMasters/", "ppt/slideLayouts/", "ppt/notesMasters/", "ppt/handoutMasters/"):
        root = package.xml(name) if name.endswith(".xml") else None
        for shape in named(root, "sp") if root is not None else ():
            holder = next(named(shape, "ph"), None)
            # Placeholders hold prompts ("Click to edit"); what else stands there is shown on every slide.
            if holder is None or holder.get("type") in ("ftr", "hdr"):
                package.basket.text("\n".join(_paragraphs(shape)), "slide master")


def _notes_text(notes: etree._Element) -> str:
    """The notes themselves; slide numbers and dates on the notes page are not words of anyone."""
    lines = []
    for shape in named(notes, "sp"):
        holder = next(named(shape, "ph"), None)
        if holder is None or holder.get("type") not in ("sldNum", "dt", "sldImg", "hdr", "ftr"):
            lines += _paragraphs(shape)
    return "\n".join(line for line in lines if line.strip())


def _read_shape(basket: Gathered, shape: etree._Element, place: str, hidden: bool, look: Slide) -> None:
    properties = next(named(shape, "cNvPr"), None)
    if properties is not None:
        basket.text(properties.get("descr") or "", f"{place}, picture description", hidden=True)
    concealed = properties is not None and properties.get("hidden") in ("1", "true")
    table = next(named(shape, "tbl"), None)
    picture = local(shape) == "pic"
    filled = table is not None or picture or any(one.text and one.text.strip() for one in named(shape, "t"))
    if not filled:
        return
    outside = look.is_outside(shape)
    if outside or concealed:
        detail = "Something lies outside the slide." if outside else "A shape on the slide is hidden."
        basket.hazard(HazardKind.HIDDEN_TEXT, place, detail)
    cover = "" if outside or concealed or picture else look.cover_of(shape)
    if cover:
        basket.hazard(HazardKind.FAILED_REDACTION, place, _COVERED[cover])
    unseen = hidden or outside or concealed or cover == "covered"
    where = f"{place}, outside the slide" if outside else place
    if table is not None:
        rows = tuple(
            tuple(
                Cell("\n".join(_paragraphs(cell)), f"{place}, table row {index}", unseen) for cell in named(row, "tc")
            )
            for index, row in enumerate(named(table, "tr"), 1)
        )
        basket.parts.append(Table(f"{place}, table", rows, unseen))
        return
    if not unseen:
        _take_unseen(basket, shape, place, look)
    basket.text("\n".join(_paragraphs(shape)), where, hidden=unseen)


_COVERED = {
    "covered": "A shape covers text that can still be copied out.",
    "dimmed": "A see-through shape dims text that can still be read and copied out.",
}


_UNSEEN = (("tiny", "Text is too small to read."), ("white", "Text has the colour of its background."))


def _take_unseen(basket: Gathered, shape: etree._Element, place: str, look: Slide) -> None:
    """Take runs that are tiny or have the colour of their ground out of the shown text."""
    ground = look.ground_of(shape)
    for paragraph in named(shape, "p"):
        for how, detail in (
            ("tiny", "Text is too small to read."),
            ("white", "Text has the colour of its background."),
        ):
            runs = [run for run in named(paragraph, "r", "fld") if _run_text(run).strip()]
            taken = [run for run in runs if (is_tiny(run) if how == "tiny" else look.is_unseen(run, ground))]
            if not taken:
                continue
            before = "".join(_run_text(run) for run in runs[: runs.index(taken[0])]).rstrip()
            label = f"{before[-40:]} " if before.endswith(":") else ""
            basket.hazard(HazardKind.HIDDEN_TEXT, place, detail)
            basket.text(label + "".join(map(_run_text, taken)), f"{place}, {how} text", hidden=True)
            for run in taken:
                for one in named(run, "t"):
                    one.text = ""


def _run_text(run: etree._Element) -> str:
    return "".join(one.text or "" for one in named(run, "t"))


def _paragraphs(shape: etree._Element) -> list[str]:
    lines = []
    for paragraph in named(shape, "p"):
        pieces = [one.text or "" if local(one) == "t" else "\n" for one in named(paragraph, "t", "br")]
        lines.append("".join(pieces))
    return lines


def is_outside(shape: etree._Element, size: tuple[int, int]) -> bool:
    """Whether a shape lies wholly off the slide; shapes in groups have places of their own and are left alone."""
    return Slide(size).is_outside(shape)


def is_tiny(shape: etree._Element) -> bool:
    """Whether all text of a shape is too small to read."""
    sizes = [one.get("sz") for one in named(shape, "rPr")]
    return bool(sizes) and all(size is not None and size.isdigit() and int(size) <= _TINY_HUNDREDTHS for size in sizes)
