"""OpenDocument text (.odt, .ott): its XML written as HTML, which is then read like a web page."""

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree

from knowledge.formats.html import from_markup
from knowledge.formats.interface import PAGE, CannotRead, Read, lift_pages, visible
from knowledge.formats.packed import open_parts, tree

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LEFT_OUT = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}table-of-content",
        f"{_TEXT}alphabetical-index",
        f"{_TEXT}sequence-decls",
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{_TEXT}note-citation",
    }
)
_MOST_REPEATED = 40
_DEEPEST = 200


def read_odt(content: bytes) -> Read:
    """An OpenDocument text; raises CannotRead."""
    parts = open_parts(content, ("content.xml", "meta.xml", "styles.xml", "META-INF/"))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise CannotRead("it is protected with a password; save a copy without one")
    if "content.xml" not in parts:
        raise CannotRead("it has no text part; open it in its program and save it anew")
    document = tree(parts["content.xml"])
    styles = [document, *([tree(parts["styles.xml"])] if "styles.xml" in parts else [])]
    body = document.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise CannotRead("it is not a text document; save it as .odt, Word or PDF")
    markup = "".join(_Writer(styles).blocks(body, 0))
    text, starts = lift_pages(from_markup(markup))
    pictures = sum(1 for _ in document.iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}image"))
    notes = (f"{pictures} picture{'s' * (pictures > 1)} in it: words in pictures are not read",) if pictures else ()
    return Read(text, "OpenDocument", dict(_properties(parts)), starts, notes)


def _properties(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    meta = tree(parts["meta.xml"]).find(f"{_OFFICE}meta") if "meta.xml" in parts else None
    for entry in meta if meta is not None else ():
        if isinstance(entry.tag, str) and (entry.text or "").strip():
            own = next((value for name, value in entry.attrib.items() if str(name).endswith("}name")), "")
            yield (str(own) or etree.QName(entry).localname).lower(), str(entry.text).strip()


class _Writer:
    """Writes blocks as HTML, with what the styles say of headings, bold and page breaks."""

    def __init__(self, styles: list[Any]) -> None:
        self._bold: set[str] = set()
        self._breaks: set[str] = set()
        self._parent: dict[str, str] = {}
        for part in styles:
            for style in part.iter(f"{_STYLE}style"):
                self._learn(str(style.get(f"{_STYLE}name")), style)

    def _learn(self, name: str, style: Any) -> None:
        if style.get(f"{_STYLE}parent-style-name"):
            self._parent[name] = str(style.get(f"{_STYLE}parent-style-name"))
        for properties in style:
            if properties.get(f"{_FO}font-weight") in ("bold", "600", "700", "800", "900"):
                self._bold.add(name)
            if properties.get(f"{_FO}break-before") == "page":
                self._breaks.add(name)

    def _heading(self, name: str) -> int:
        """The level that a style named "Heading_20_2" or "Title" stands for; 0 for any other."""
        for _ in range(20):
            plain = name.replace("_20_", " ").lower()
            match = re.fullmatch(r"heading ([1-6])", plain)
            if match or plain == "title":
                return int(match.group(1)) if match else 1
            if name not in self._parent:
                return 0
            name = self._parent[name]
        return 0

    def blocks(self, parent: Any, depth: int) -> Iterator[str]:
        """The blocks below an element."""
        if depth > _DEEPEST:
            raise CannotRead("its parts are nested too deeply; save it anew")
        for element in parent:
            if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
                continue
            if element.tag in (f"{_TEXT}h", f"{_TEXT}p"):
                yield self._paragraph(element)
            elif element.tag == f"{_TEXT}list":
                items = (child for child in element if child.tag in (f"{_TEXT}list-item", f"{_TEXT}list-header"))
                yield f"<ul>{''.join('<li>' + ''.join(self.blocks(item, depth + 1)) + '</li>' for item in items)}</ul>"
            elif element.tag == f"{_TABLE}table":
                yield f"<table>{''.join(self._rows(element, depth + 1))}</table>"
            elif element.tag == f"{_TEXT}soft-page-break":
                yield PAGE
            else:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, element: Any) -> str:
        style = str(element.get(f"{_TEXT}style-name", ""))
        level = self._heading(style)
        said = str(element.get(f"{_TEXT}outline-level", "1"))
        if element.tag == f"{_TEXT}h":
            level = min(int(said), 6) if said.isdecimal() and int(said) else 1
        words = "".join(self._words(element))
        words = f"<b>{words}</b>" if style in self._bold and not level else words
        turned = PAGE if style in self._breaks else ""
        return f"<h{level}>{turned}{words}</h{level}>" if level else f"<p>{turned}{words}</p>"

    def _words(self, element: Any) -> Iterator[str]:
        yield escape(visible(element.text or ""))
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                yield from self._inline(child)
            yield escape(visible(child.tail or ""))

    def _inline(self, child: Any) -> Iterator[str]:
        if child.tag == f"{_TEXT}s" or child.tag == f"{_TEXT}tab":
            yield " "
        elif child.tag == f"{_TEXT}line-break":
            yield "<br>"
        elif child.tag == f"{_TEXT}soft-page-break":
            yield PAGE
        else:
            bold = child.tag == f"{_TEXT}span" and str(child.get(f"{_TEXT}style-name")) in self._bold
            yield "<b>" if bold else ""
            yield from self._words(child)
            yield "</b>" if bold else " " if child.tag == f"{_TEXT}note" else ""

    def _rows(self, table: Any, depth: int) -> Iterator[str]:
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table"), None) is not table:
                continue
            made = f"<tr>{''.join(self._cells(row, depth))}</tr>"
            yield made * min(_repeated(row, "rows"), _MOST_REPEATED)

    def _cells(self, row: Any, depth: int) -> Iterator[str]:
        # Covered cells are counted by the merged cell's span.
        for cell in row.iterchildren(f"{_TABLE}table-cell"):
            wide = str(cell.get(f"{_TABLE}number-columns-spanned", "1"))
            deep = str(cell.get(f"{_TABLE}number-rows-spanned", "1"))
            made = f'<td colspan="{escape(wide)}" rowspan="{escape(deep)}">{"".join(self.blocks(cell, depth))}</td>'
            yield made * min(_repeated(cell, "columns"), _MOST_REPEATED)


def _repeated(element: Any, what: str) -> int:
    said = str(element.get(f"{_TABLE}number-{what}-repeated", "1"))
    return int(said) if said.isdecimal() and 0 < len(said) < 6 else 1


def is_odt(content: bytes) -> bool:
    """True for a zip that says it is an OpenDocument text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open("mimetype") as kind:
            return kind.read(100).startswith(b"application/vnd.oasis.opendocument.text")
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False
