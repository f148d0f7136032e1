"""How a run of Word text is shown: hidden, coloured like its ground, tiny, or blacked out by a highlight."""

from dataclasses import dataclass, replace

from lxml import etree

from bot.scan.extract.markup import attribute, child, local, named
from bot.scan.extract.redaction import is_same_colour

_HIGHLIGHTS = {
    "black": "000000",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkGreen": "008000",
    "darkRed": "800000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
    "yellow": "FFFF00",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "darkCyan": "008080",
    "darkMagenta": "800080",
    "darkYellow": "808000",
}
_TINY_HALF_POINTS = 4


@dataclass(frozen=True)
class Look:
    """How text is drawn, as far as it decides whether a reader sees it."""

    vanish: bool = False
    ink: str | None = None
    marker: str | None = None
    """Highlight or shading of the run itself."""
    ground: str | None = None
    """Shading of paragraph or table cell."""
    half_points: int = 22

    @property
    def hidden_as(self) -> str:
        """Empty when a reader sees it; else "hidden", "tiny", "covered" (redacted by colour) or "white"."""
        if self.vanish:
            return "hidden"
        if self.half_points <= _TINY_HALF_POINTS:
            return "tiny"
        if self.marker:
            return "covered" if is_same_colour(self.ink, self.marker) else ""
        if self.ground and not self.ink:
            # Automatic colour turns white on dark shading.
            return ""
        return "white" if is_same_colour(self.ink, self.ground) else ""

    def under(self, properties: etree._Element | None) -> "Look":
        """This look changed by run properties (`w:rPr`)."""
        look = self
        for one in properties if properties is not None else ():
            value = attribute(one, "val")
            match local(one):
                case "vanish" | "webHidden":
                    look = replace(look, vanish=value not in ("0", "false", "off"))
                case "color":
                    look = replace(look, ink=None if value in (None, "auto") else value)
                case "highlight":
                    look = replace(look, marker=_HIGHLIGHTS.get(value or ""))
                case "shd":
                    look = replace(look, marker=_fill(one))
                case "sz" if value and value.isdigit():
                    look = replace(look, half_points=int(value))
        return look

    def on(self, shaded: etree._Element | None) -> "Look":
        """This look on a shaded paragraph or cell (its `w:pPr` or `w:tcPr`)."""
        shading = child(shaded, "shd")
        return replace(self, ground=_fill(shading)) if shading is not None else self


def _fill(shading: etree._Element) -> str | None:
    if attribute(shading, "val") == "solid":
        return attribute(shading, "color") or "000000"
    fill = attribute(shading, "fill")
    return None if fill in (None, "auto") else fill


class Styles:
    """The named styles of a document, resolved along what each is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = (
            {attribute(one, "styleId") or "": one for one in named(root, "style")} if root is not None else {}
        )
        defaults = next(named(root, "rPrDefault"), None) if root is not None else None
        self._base = Look().under(child(defaults, "rPr"))
        self._default = next((key for key, one in self._styles.items() if _is_default_paragraph(one)), "")

    def paragraph(self, properties: etree._Element | None, start: Look | None = None) -> Look:
        """The look of plain text in a paragraph, from its `w:pPr`."""
        look = replace(self._base, ground=start.ground) if start else self._base
        named_style = child(properties, "pStyle")
        look = self._apply(look, attribute(named_style, "val") if named_style is not None else self._default)
        return look.on(properties)

    def run(self, look: Look, properties: etree._Element | None) -> Look:
        """The look of one run, from its paragraph's and its `w:rPr`."""
        named_style = child(properties, "rStyle")
        if named_style is not None:
            look = self._apply(look, attribute(named_style, "val"))
        return look.under(properties)

    def _apply(self, look: Look, name: str | None) -> Look:
        chain: list[etree._Element] = []
        while name and name in self._styles and len(chain) < 12:
            chain.insert(0, self._styles[name])
            above = child(chain[0], "basedOn")
            name = attribute(above, "val") if above is not None else None
        for style in chain:
            look = look.under(child(style, "rPr")).on(child(style, "pPr"))
        return look

    def is_heading(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph starts a section."""
        named_style = child(properties, "pStyle")
        return named_style is not None and (attribute(named_style, "val") or "").lower().startswith(
            ("heading", "title")
        )


def _is_default_paragraph(style: etree._Element) -> bool:
    return attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true")
