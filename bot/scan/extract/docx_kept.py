"""What a Word file keeps besides its text: settings, choices of fields, descriptions, included files, black boxes."""

from pathlib import PurePosixPath

from lxml import etree

from bot.domain.finding import HazardKind
from bot.scan.extract.docx_story import Story
from bot.scan.extract.markup import attribute, named
from bot.scan.extract.ooxml import Package
from bot.scan.extract.redaction import is_same_colour

_LINE_HEIGHT = 900_000
"""EMU, about an inch: a filled box over words is no taller, a coloured panel is."""
_BLACK_NAMES = ("black", "#000", "#000000", "windowText")


def read_settings(package: Package) -> None:
    """Variables of the document and the people who edited it."""
    settings = package.xml("word/settings.xml")
    for variable in named(settings, "docVar") if settings is not None else ():
        package.basket.metadata(
            attribute(variable, "name") or "variable", attribute(variable, "val") or "", "document variables"
        )
    people = package.xml("word/people.xml")
    for person in named(people, "person") if people is not None else ():
        package.basket.metadata("Edited by", attribute(person, "author") or "", "people who edited the file")


def read_chunks(package: Package) -> None:
    """Documents of other kinds that Word shows as part of this one."""
    main = package.main_name("word/document.xml")
    for number, name in enumerate(package.linked(main, "aFChunk"), 1):
        content = package.read(name)
        if content:
            package.basket.child(PurePosixPath(name).name, content, f"included document {number}")


def keep_choices(story: Story, holder: etree._Element) -> None:
    """Form fields and content controls keep default values, choices and help that are not shown."""
    words = [
        attribute(one, key) or ""
        for one in named(holder, "listItem", "default", "listEntry", "helpText", "statusText", "alias", "docPart")
        for key in ("displayText", "value", "val")
    ]
    said = list(dict.fromkeys(word for word in words if len(word) > 2))
    story.package.basket.text("\n".join(said), f"{story.spot}, field", hidden=True, source="metadata")


def keep_descriptions(story: Story, drawing: etree._Element) -> None:
    """What is said of a picture, and the words of a watermark."""
    for one in named(drawing, "docPr"):
        for key in ("descr", "title"):
            story.package.basket.text(one.get(key) or "", f"{story.spot}, picture description", hidden=True)
    for one in named(drawing, "textpath"):
        story.package.basket.text(one.get("string") or "", f"{story.spot}, watermark")


def add_covers(story: Story, paragraph: etree._Element) -> None:
    """Report black boxes drawn in front of a paragraph with words; a page is not laid out here, so size decides."""
    if story.name:
        return
    for anchor in named(paragraph, "anchor"):
        if attribute(anchor, "behindDoc") in ("1", "true"):
            continue
        extent = next(named(anchor, "extent"), None)
        height = extent.get("cy", "") if extent is not None else ""
        for shape in named(anchor, "wsp"):
            if height.isdigit() and int(height) <= _LINE_HEIGHT and _is_black(shape):
                _note_cover(story)
    for shape in named(paragraph, "rect", "roundrect", "shape"):
        if (shape.get("fillcolor") or "").split(" ")[0] in _BLACK_NAMES and shape.get("filled") not in ("f", "false"):
            _note_cover(story)


def _is_black(shape: etree._Element) -> bool:
    if any((one.text or "").strip() for one in named(shape, "t")):
        return False
    for properties in named(shape, "spPr"):
        for fill in properties:
            if isinstance(fill.tag, str) and fill.tag.endswith("}solidFill"):
                colours = [one.get("lastClr") or one.get("val") for one in fill]
                return any(colour == "tx1" or is_same_colour(colour, "000000") for colour in colours)
    return False


def _note_cover(story: Story) -> None:
    detail = "A black box is drawn over the page: words beneath it can still be copied out."
    story.package.basket.hazard(HazardKind.FAILED_REDACTION, story.spot, detail)
