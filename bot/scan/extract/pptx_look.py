"""How a slide looks, as far as it decides whether a reader sees its text: colours, places, and what lies on what."""

from dataclasses import dataclass, field

from lxml import etree

from bot.scan.extract.markup import child, local, named
from bot.scan.extract.ooxml import Package
from bot.scan.extract.redaction import is_same_colour

_MAPPED = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_DEFAULT = {"lt1": "FFFFFF", "dk1": "000000"}
_OPAQUE = 0.9
"""Share of light that a cover must hold back; one that lets more through is only a tint."""
_COVERING = 0.5
"""Share of a filled shape that must lie on the text to count as a cover."""
_WHOLLY = 0.95
"""Share of the text that a picture must lie on; pictures often touch a box with room left in it."""

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Slide:
    """What the shapes of one slide stand on."""

    size: tuple[int, int]
    colours: dict[str, str] = field(default_factory=dict)
    """Colours of the theme by name."""
    ground: str | None = None
    """Colour of the background; None when it is a picture or a blend."""
    places: dict[tuple[str, str], Box] = field(default_factory=dict)
    """Where the layout puts its placeholders, by type and number."""

    def box(self, shape: etree._Element) -> Box | None:
        """Where a shape lies; None for one in a group, which has measures of its own."""
        above = shape.getparent()
        if above is None or local(above) != "spTree":
            return None
        found = _box(shape)
        holder = next(named(shape, "ph"), None)
        if found is None and holder is not None:
            return self.places.get((holder.get("type", "body"), holder.get("idx", "0")))
        return found

    def is_outside(self, shape: etree._Element) -> bool:
        """Whether a shape lies wholly off the slide."""
        box = self.box(shape)
        if box is None or not all(self.size):
            return False
        return box[0] >= self.size[0] or box[1] >= self.size[1] or box[2] <= 0 or box[3] <= 0

    def cover_of(self, shape: etree._Element) -> str:
        """How a shape is covered by one in front of it: "" not at all, "covered", or "dimmed" by a see-through one."""
        box = self.box(shape)
        worst = ""
        for other in shape.itersiblings() if box is not None else ():
            front = self.box(other) if local(other) in ("sp", "pic") else None
            if front is None or box is None or any(one.text for one in named(other, "t")):
                continue
            shared = _area(_common(box, front))
            if local(other) == "pic":
                if shared >= _WHOLLY * max(1, _area(box)):
                    return "covered"
                continue
            fill, seen_through = self.fill(other)
            if fill is not None and shared >= _COVERING * max(1, min(_area(front), _area(box))):
                if seen_through < 1 - _OPAQUE:
                    return "covered"
                worst = "dimmed" if _is_dark(fill) else worst
        return worst

    def fill(self, shape: etree._Element) -> tuple[str | None, float]:
        """The colour a shape is filled with, if it is one colour, and the share of light it lets through."""
        solid = child(child(shape, "spPr"), "solidFill")
        return self.colour(solid), _seen_through(solid)

    def colour(self, fill: etree._Element | None) -> str | None:
        """The colour of a solid fill."""
        for one in fill if fill is not None else ():
            if local(one) == "srgbClr":
                return one.get("val")
            if local(one) == "sysClr":
                return one.get("lastClr")
            changes = ("lumMod", "lumOff", "tint", "shade")
            if local(one) == "schemeClr" and not any(local(change) in changes for change in one):
                name = one.get("val", "")
                return self.colours.get(_MAPPED.get(name, name))
        return None

    def ground_of(self, shape: etree._Element) -> str | None:
        """The colour behind the text of a shape: its own fill, that of a shape behind it, or the slide's."""
        own = child(child(shape, "spPr"), "solidFill")
        if own is not None:
            return self.colour(own)
        properties = child(shape, "spPr")
        if any(child(properties, kind) is not None for kind in ("gradFill", "blipFill")):
            return None
        if child(shape, "style") is not None and child(properties, "noFill") is None:
            # Filled by a style of the theme, in a colour that is not worked out here.
            return None
        box = self.box(shape)
        for behind in shape.itersiblings(preceding=True):
            other = self.box(behind) if local(behind) in ("sp", "pic", "graphicFrame") else None
            if box is None or other is None or _area(_common(box, other)) < _COVERING * max(1, _area(box)):
                continue
            fill, _ = self.fill(behind)
            if fill is not None or local(behind) != "sp":
                return fill
        return self.ground

    def is_unseen(self, run: etree._Element, ground: str | None) -> bool:
        """Whether a run of text has the colour of what is behind it."""
        properties = child(run, "rPr")
        ink = self.colour(child(properties, "solidFill"))
        return ink is not None and ground is not None and is_same_colour(ink, ground)


def read_look(package: Package, part: str, root: etree._Element, size: tuple[int, int]) -> Slide:
    """How a slide looks, by its own settings, its layout's, its master's and the theme's."""
    layout = next(iter(package.linked(part, "slideLayout")), "")
    master = next(iter(package.linked(layout, "slideMaster")), "")
    theme = next(iter(package.linked(master, "theme")), "")
    roots = [root, *(found for name in (layout, master) if name and (found := package.xml(name)) is not None)]
    colours = dict(_DEFAULT)
    scheme = package.xml(theme) if theme else None
    for one in next(named(scheme, "clrScheme"), ()) if scheme is not None else ():
        value = next((inner.get("lastClr") or inner.get("val") for inner in one), None)
        if value:
            colours[local(one)] = value
    bare = Slide(size, colours)
    grounds = [found for one in roots if (found := next(named(one, "bg"), None)) is not None]
    ground = _ground(bare, grounds[0]) if grounds else colours["lt1"]
    return Slide(size, colours, ground, _places(roots[1:]))


def _ground(look: Slide, background: etree._Element) -> str | None:
    plain = next(named(background, "bgRef"), None)
    return look.colour(plain) if plain is not None else look.colour(next(named(background, "solidFill"), None))


def _places(roots: list[etree._Element]) -> dict[tuple[str, str], Box]:
    places: dict[tuple[str, str], Box] = {}
    for root in roots:
        for shape in named(root, "sp"):
            holder, box = next(named(shape, "ph"), None), _box(shape)
            if holder is not None and box is not None:
                places.setdefault((holder.get("type", "body"), holder.get("idx", "0")), box)
    return places


def _box(shape: etree._Element) -> Box | None:
    frame = child(child(shape, "spPr"), "xfrm")
    frame = frame if frame is not None else child(shape, "xfrm")
    offset, extent = child(frame, "off"), child(frame, "ext")
    if offset is None or extent is None:
        return None
    try:
        x, y = int(offset.get("x", "0")), int(offset.get("y", "0"))
        return x, y, x + int(extent.get("cx", "0")), y + int(extent.get("cy", "0"))
    except ValueError:
        return None


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _area(box: Box) -> int:
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def _seen_through(fill: etree._Element | None) -> float:
    """Share of light that a fill lets through, written in thousandths of a percent."""
    alpha = next(named(fill, "alpha"), None) if fill is not None else None
    value = alpha.get("val", "100000") if alpha is not None else "100000"
    return 1 - int(value) / 100_000 if value.isdigit() else 0.0


def _is_dark(colour: str) -> bool:
    return is_same_colour(colour, "000000") or (len(colour) == 6 and sum(bytes.fromhex(colour)) < 240)
