"""Web pages and bare XML: what is shown, and what is only in the source."""

import base64
import re

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from lxml import etree

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.markup import attributes, local, parse_xml
from bot.scan.extract.text import add_in_blocks, decode

_BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "address",
    "dt",
    "dd",
    "pre",
    "ul",
    "ol",
    "table",
    "title",
    "hr",
}
_HIDING = (
    "display:none",
    "visibility:hidden",
    "font-size:0",
    "font-size:1px",
    "font-size:1pt",
    "opacity:0;",
    "mso-hide:all",
    "color:white",
    "color:#fff;",
    "color:#ffffff",
    "left:-9999",
    "left:-999",
    "text-indent:-999",
)
_INLINE = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)")
_NOT_SHOWN = {"script", "style", "template", "noscript", "head", "object"}


def read_html(attachment: Attachment, watch: Watch) -> Extract:
    """Read a web page: shown text, tables, comments, hidden elements and form values."""
    basket = Gathered("text/html")
    add_html(basket, decode(attachment.content), "")
    return basket.extract()


def add_html(basket: Gathered, markup: str, prefix: str) -> None:
    """Read a piece of HTML into the basket; `prefix` starts every place."""
    page = BeautifulSoup(markup, "lxml")
    for comment in page.find_all(string=lambda piece: isinstance(piece, Comment)):
        text = str(comment)
        if any(letter.isalpha() for letter in text) and not text.strip().startswith("["):
            basket.hazard(HazardKind.HIDDEN_TEXT, f"{prefix}page source", "There are comments in the page source.")
            basket.text(text, f"{prefix}comment in the page source", hidden=True)
        comment.extract()
    _take_hidden(basket, page, prefix)
    _take_metadata(basket, page, prefix)
    for number, table in enumerate(page.find_all("table"), 1):
        if isinstance(table, Tag) and not table.find("table") and _is_grid(table):
            basket.parts.append(_table(table, f"{prefix}table {number}"))
            table.decompose()
    for tag in page.find_all(_NOT_SHOWN):
        tag.decompose()
    add_in_blocks(basket, shown_text(page), prefix=prefix)


def shown_text(root: Tag) -> str:
    """Text with a line for every block."""
    pieces: list[str] = []
    for node in root.descendants:
        if isinstance(node, NavigableString):
            pieces.append(" ".join(str(node).split()) + (" " if str(node)[-1:].isspace() else ""))
        elif isinstance(node, Tag) and node.name in _BLOCKS:
            pieces.append("\n")
        elif isinstance(node, Tag) and node.name in ("td", "th"):
            pieces.append("  ")
    lines = ("".join(pieces)).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _take_hidden(basket: Gathered, page: BeautifulSoup, prefix: str) -> None:
    for tag in page.find_all(True):
        if tag.decomposed or tag.name in ("html", "body"):
            continue
        style = str(tag.get("style", "")).lower().replace(" ", "") + ";"
        background = "background" in style
        hiding = any(mark in style for mark in _HIDING) and not ("color:" in style and background)
        if tag.has_attr("hidden") or hiding:
            text = shown_text(tag)
            if text:
                basket.hazard(HazardKind.HIDDEN_TEXT, f"{prefix}page", "The page holds elements that are not shown.")
                basket.text(text, f"{prefix}hidden element", hidden=True)
            tag.decompose()
        elif tag.name == "input" and tag.get("value"):
            hidden = str(tag.get("type", "")).lower() == "hidden"
            basket.text(f"{tag.get('name', 'field')}: {tag['value']}", f"{prefix}form field", hidden=hidden)
            if hidden:
                basket.hazard(HazardKind.HIDDEN_TEXT, f"{prefix}page", "The page holds hidden form fields.")


def _take_metadata(basket: Gathered, page: BeautifulSoup, prefix: str) -> None:
    if page.title is not None and page.title.string:
        basket.text(str(page.title.string), f"{prefix}title")
    for meta in page.find_all("meta"):
        if meta.get("name") and meta.get("content"):
            basket.metadata(str(meta["name"]), meta["content"], f"{prefix}page properties")
    for link in page.find_all("a", href=True):
        address = str(link["href"])
        if address.lower().startswith(("mailto:", "tel:")) and address[7:] not in link.get_text():
            basket.text(address, f"{prefix}link")
    for number, image in enumerate(page.find_all("img", src=True), 1):
        inside = _INLINE.match(str(image["src"]))
        if inside is not None:
            try:
                basket.child(f"picture {number}", base64.b64decode(inside[1]), f"{prefix}picture {number} in the page")
            except ValueError:
                place = f"{prefix}picture {number} in the page"
                basket.unreadable(place, UnreadReason.CORRUPT, "The picture could not be opened.")
    for image in page.find_all("img", alt=True):
        basket.text(str(image["alt"]), f"{prefix}picture description")


def _is_grid(table: Tag) -> bool:
    rows = table.find_all("tr")
    return len(rows) > 1 and len(rows[0].find_all(("td", "th"))) > 1


def _table(table: Tag, place: str) -> Table:
    rows = []
    for number, row in enumerate(table.find_all("tr"), 1):
        cells = row.find_all(("td", "th"))
        rows.append(tuple(Cell(shown_text(cell), f"{place}, row {number}") for cell in cells))
    return Table(place, tuple(rows))


def read_xml(attachment: Attachment, watch: Watch) -> Extract:
    """Read XML: element text, attribute values and comments; entities stay unresolved."""
    basket = Gathered("application/xml")
    try:
        root = parse_xml(attachment.content)
    except (etree.XMLSyntaxError, ValueError):
        basket.unreadable("file", UnreadReason.CORRUPT, "The XML is broken.")
        return basket.extract()
    if root.getroottree().docinfo.internalDTD is not None:
        basket.unreadable("document type", UnreadReason.UNSUPPORTED, "It declares entities, which are not followed.")
    lines: list[str] = []
    for element in root.iter():
        name, text = local(element), (element.text or "").strip()
        if not name:
            basket.text(text, "comment in the source", hidden=True)
            continue
        lines.extend([f"{name}: {text}"] if text else [])
        lines.extend(f"{key}: {value}" for key, value in attributes(element))
        lines.extend([element.tail.strip()] if element.tail and element.tail.strip() else [])
    add_in_blocks(basket, "\n".join(lines))
    return basket.extract()
