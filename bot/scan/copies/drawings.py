"""What Word, Excel and PowerPoint files have alike: pictures, their edges and descriptions, charts."""

import io
from pathlib import PurePosixPath

from lxml import etree
from PIL import Image

from bot.scan.copies.parts import Parts, remove, words
from bot.scan.extract.image import quiet
from bot.scan.extract.markup import child, local, named
from bot.scan.extract.ooxml import crop_share

_PIXELS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".gif": "GIF",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".bmp": "BMP",
}
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_SIDES = ("l", "t", "r", "b")
_LOOKS = frozenset({"transparency", "dpi", "adobe", "icc_profile", "gamma"})
"""What a picture file says of itself that changes how it looks."""
_SAID_OF_SHAPES = ("descr", "title", "alt")
CHART_KINDS = words("chart chartEx chartStyle chartColorStyle chartUserShapes themeOverride")
DIAGRAM_KINDS = words("diagramData diagramLayout diagramQuickStyle diagramColors diagramDrawing")
SHARED_KINDS = CHART_KINDS | DIAGRAM_KINDS | {"officeDocument", "theme", "image", "hyperlink", "font"}
"""Kinds of link that are followed in every kind of file."""


def clean_drawings(parts: Parts) -> None:
    """Clean everything that is drawn."""
    for name, tree in list(parts.trees()):
        _cut(parts, name, tree)
        for one in list(tree.iter()):
            if local(one) in ("docPr", "cNvPr", "shape", "rect", "imagedata"):
                _forget_words(parts, one)
            elif local(one) == "externalData":
                remove(one)
            elif local(one) == "extLst" and local(tree) == "chartSpace":
                # Series that were filtered out of a chart stay here with all their values.
                remove(one)
    for name in {picture for source in list(parts.content) for picture in parts.linked(source, "image")}:
        if name in parts.content:
            parts.content[name] = _pixels_only(parts, name)


def _forget_words(parts: Parts, shape: etree._Element) -> None:
    for key in list(shape.attrib):
        if str(key).rpartition("}")[2] in _SAID_OF_SHAPES:
            parts.removed["descriptions of pictures"] += bool(shape.attrib[key])
            del shape.attrib[key]
    if local(shape) in ("docPr", "cNvPr"):
        # The name of the file that a picture came from often stands here.
        shape.set("name", "Shape")


def _cut(parts: Parts, name: str, tree: etree._Element) -> None:
    """Cut pictures where the document only hides their edges."""
    for fill in list(named(tree, "blipFill")):
        cut, blip = child(fill, "srcRect"), child(fill, "blip")
        link = parts.links(name).get(blip.get(_EMBED, "")) if blip is not None else None
        if cut is None or blip is None or link is None or link.outside:
            continue
        shares = [max(0.0, crop_share(cut.get(side))) for side in _SIDES]
        end = PurePosixPath(link.target).suffix.lower()
        if not any(share > 0.001 for share in shares) or end not in _PIXELS:
            continue
        content = _cropped(parts.content.get(link.target, b""), shares, _PIXELS[end])
        if content:
            new = f"{link.target.removesuffix(end)}-{len(parts.content)}{end}"
            parts.content[new] = content
            blip.set(_EMBED, parts.add(name, new, content, link))
            for side in _SIDES:
                if side in cut.attrib:
                    del cut.attrib[side]
            parts.removed["hidden edges of cropped pictures"] += 1


def _cropped(content: bytes, shares: list[float], form: str) -> bytes:
    left, top, right, bottom = shares
    try:
        with quiet(), Image.open(io.BytesIO(content)) as image:
            box = (image.width * left, image.height * top, image.width * (1 - right), image.height * (1 - bottom))
            out = io.BytesIO()
            image.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3]))).save(out, form)
            return out.getvalue()
    except MemoryError:
        raise
    except Exception:  # Pillow's decoders raise many kinds; the check of the copy tells what stays hidden
        return b""


def _pixels_only(parts: Parts, name: str) -> bytes:
    """A picture without camera data, position and thumbnail; as it is where it has none or cannot be read."""
    content = parts.content[name]
    form = _PIXELS.get(PurePosixPath(name).suffix.lower())
    if form not in ("JPEG", "PNG", "TIFF"):
        return content
    try:
        with quiet(), Image.open(io.BytesIO(content)) as image:
            said = [value for key, value in image.info.items() if key not in _LOOKS]
            telling = bool(image.getexif()) or any(isinstance(value, str | bytes) for value in said)
            if not telling or image.format != form:
                return content
            out = io.BytesIO()
            image.load()
            # Settings that change how it looks are kept; Pillow writes properties only when told to.
            image.info = {key: value for key, value in image.info.items() if key in _LOOKS}
            options: dict[str, str] = {"quality": "keep"} if form == "JPEG" else {}
            image.save(out, form, exif=b"", **options)
    except MemoryError:
        raise
    except Exception:  # Pillow's decoders raise many kinds; the check of the copy tells what is left
        return content
    parts.removed["properties of pictures"] += 1
    return out.getvalue()
