"""A presentation as its audience sees it: hidden slides, notes, comments and what lies off the slides gone."""

from lxml import etree

from bot.scan.copies.drawings import SHARED_KINDS, clean_drawings
from bot.scan.copies.parts import Parts, remove, words
from bot.scan.extract.markup import child, local, named
from bot.scan.extract.pptx import SHAPES, is_outside, is_tiny, relation

_KEPT = SHARED_KINDS | words("slide slideMaster slideLayout tableStyles media video audio")
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_ENDS = words("notesMasterIdLst handoutMasterIdLst custShowLst custDataLst photoAlbum smartTags extLst")


def clean_pptx(parts: Parts) -> bytes:
    """Clean every slide that is shown."""
    main = parts.tree(parts.main)
    size = next(named(main, "sldSz"), None) if main is not None else None
    width, height = (int(size.get(side, "0")) for side in ("cx", "cy")) if size is not None else (0, 0)
    for entry in list(named(main, "sldId")) if main is not None else ():
        link = parts.links(parts.main).get(relation(entry))
        slide = parts.tree(link.target) if link is not None else None
        if link is None or slide is None or slide.get("show") in ("0", "false"):
            parts.removed["hidden slides"] += slide is not None
            parts.banned.update([link.target] if link is not None else [])
            remove(entry)
        else:
            _clean_slide(parts, slide, (width, height))
    for one in list(main) if main is not None else ():
        if local(one) in _ENDS:
            remove(one)
    for _, tree in parts.trees():
        _show_embedded_as_pictures(tree)
        for one in list(named(tree, "custDataLst", "controls")):
            remove(one)
    clean_drawings(parts)
    return parts.packed(_KEPT, _MAIN)


def _clean_slide(parts: Parts, slide: etree._Element, size: tuple[int, int]) -> None:
    taken = 0
    for shape in list(named(slide, *SHAPES, "grpSp")):
        properties = next(named(shape, "cNvPr"), None)
        hidden = properties is not None and properties.get("hidden") in ("1", "true")
        if hidden or is_outside(shape, size) or (local(shape) == "sp" and is_tiny(shape)):
            remove(shape)
            taken += 1
    if taken:
        parts.removed["shapes that are hidden, tiny or off the slide"] += taken
        # Movements of shapes that are gone would make the file a broken one.
        for one in list(named(slide, "timing")):
            remove(one)
    for fallback in list(named(slide, "Fallback")):
        remove(fallback)


def _show_embedded_as_pictures(tree: etree._Element) -> None:
    """An embedded file gives way to the picture that stands for it."""
    for embedded in list(named(tree, "oleObj")):
        frame = next((above for above in embedded.iterancestors() if local(above) == "graphicFrame"), None)
        holder = frame.getparent() if frame is not None else None
        picture = child(embedded, "pic")
        if frame is None or holder is None:
            remove(embedded)
        elif picture is not None:
            holder.replace(frame, picture)
        else:
            remove(frame)
