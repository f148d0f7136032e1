"""Word documents: mammoth reads them, after outline levels and page breaks are written where it sees them."""

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import basename, dirname, normpath
from typing import Any

import mammoth
from lxml import etree

from knowledge.formats.html import from_markup
from knowledge.formats.interface import PAGE, CannotRead, Read, lift_pages, visible
from knowledge.formats.packed import open_parts, tree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = "GuidanceHeading"
_STYLES = "\n".join(
    [
        *(f"p.{_HEADING}{level} => h{level}:fresh" for level in range(1, 7)),
        "p[style-name='Title'] => h1:fresh",
        "p[style-name^='toc '] => !",
        "p[style-name^='TOC '] => !",
        "p[style-name='TOC Heading'] => !",
        "p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh",
        "p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh",
        "p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh",
        "p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh",
        "strike => s",
    ]
)
_STORIES = re.compile(r"(?:header|footer)\d*\.xml$")


def read_docx(content: bytes) -> Read:
    """A Word document (.docx, .docm, .dotx); raises CannotRead."""
    parts = open_parts(content, ("word/", "docProps/", "_rels/", "[Content_Types]", "customXml/"))
    main = _main_part(parts)
    document = tree(parts[main])
    styles = tree(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
    _mark_headings(document, styles)
    _mark_pages(document)
    parts[main] = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    text, starts = lift_pages(from_markup(_html(parts)))
    # Line breaks in a header cell of Word's own making are of no meaning; what no reader sees is left out.
    pictures = sum(1 for _ in document.iter("{*}blip"))
    notes = (f"{pictures} picture{'s' * (pictures > 1)} in it: words in pictures are not read",) if pictures else ()
    return Read(text, "Word", {**_stories(parts), **_properties(parts)}, starts, notes)


def _main_part(parts: dict[str, bytes]) -> str:
    if "_rels/.rels" in parts:
        for relation in tree(parts["_rels/.rels"]):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                name = normpath(str(relation.get("Target", "")).lstrip("/"))
                if name in parts:
                    return name
    raise CannotRead("it has no text part; open it in Word and save it as .docx")


def _html(parts: dict[str, bytes]) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    try:
        # Pictures are counted by the caller and left out.
        made = mammoth.convert_to_html(packed, style_map=_STYLES, convert_image=lambda image: [])
    except RecursionError as error:
        raise CannotRead("its parts are nested too deeply; save it anew") from error
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, zipfile.BadZipFile) as error:
        raise CannotRead("its parts do not fit together; open it in Word and save it anew") from error
    return visible_but_pages(str(made.value))


def visible_but_pages(markup: str) -> str:
    """The markup without invisible characters, page marks kept."""
    return PAGE.join(visible(part) for part in markup.split(PAGE))


def _mark_headings(document: Any, styles: Any) -> None:
    """Name every paragraph that Word's outline shows by a style of ours, so that it is read as a heading."""
    levels = dict(_style_levels(styles)) if styles is not None else {}
    for paragraph in document.iter(f"{_W}p"):
        properties = paragraph.find(f"{_W}pPr")
        if properties is None or paragraph.getparent().tag == f"{_W}tc":
            continue
        style = properties.find(f"{_W}pStyle")
        own = _level(properties.find(f"{_W}outlineLvl"))
        level = own if own is not None else levels.get(str(style.get(f"{_W}val")) if style is not None else "")
        if level is None:
            continue
        if style is None:
            style = etree.SubElement(properties, f"{_W}pStyle")
            properties.insert(0, style)
        style.set(f"{_W}val", f"{_HEADING}{level}")
        # A numbered heading would be taken for an item of a list.
        for numbering in properties.findall(f"{_W}numPr"):
            properties.remove(numbering)


def _style_levels(styles: Any) -> Iterator[tuple[str, int]]:
    """Style id to heading level: by the style's outline level or its name, or those of the style it is based on."""
    known = {str(style.get(f"{_W}styleId")): style for style in styles.iter(f"{_W}style")}
    for name in known:
        at, seen = known.get(name), 0
        while at is not None and seen < 20:
            level = _level(at.find(f"{_W}pPr/{_W}outlineLvl")) or _named_level(at)
            if level is not None:
                yield name, level
                break
            based = at.find(f"{_W}basedOn")
            at, seen = (known.get(str(based.get(f"{_W}val"))) if based is not None else None), seen + 1


def _named_level(style: Any) -> int | None:
    name = style.find(f"{_W}name")
    match = re.fullmatch(r"heading ([1-6])", str(name.get(f"{_W}val")).lower()) if name is not None else None
    return int(match.group(1)) if match else None


def _level(outline: Any) -> int | None:
    """1 to 6 from Word's 0 to 8; 9 is body text."""
    said = str(outline.get(f"{_W}val")) if outline is not None else ""
    return min(int(said) + 1, 6) if said.isdecimal() and int(said) < 9 else None


def _mark_pages(document: Any) -> None:
    """Write a page mark where Word last broke the page, or, when it noted none, where the author did."""
    broken = list(document.iter(f"{_W}lastRenderedPageBreak"))
    if not broken:
        broken = [one for one in document.iter(f"{_W}br") if one.get(f"{_W}type") == "page"]
        broken += [one for one in document.iter(f"{_W}pageBreakBefore") if one.get(f"{_W}val") not in ("0", "false")]
    for one in broken:
        mark = etree.Element(f"{_W}t")
        mark.text = PAGE
        parent = one.getparent()
        if one.tag == f"{_W}pageBreakBefore":
            run = etree.Element(f"{_W}r")
            run.append(mark)
            parent.addnext(run)
        else:
            parent.replace(one, mark)


def _stories(parts: dict[str, bytes]) -> dict[str, str]:
    """Headers and footers say version and owner as often as the first page does: "Version 2.1 | Owner: Legal"."""
    said: list[str] = []
    for name in sorted(parts):
        if _STORIES.search(basename(name)) and dirname(name) == "word":
            for paragraph in tree(parts[name]).iter(f"{_W}p"):
                line = "".join(
                    text.text or "" if text.tag == f"{_W}t" else "\t" for text in paragraph.iter(f"{_W}t", f"{_W}tab")
                )
                said += [line] if line.strip() and line not in said else []
    return {"page furniture": "\n".join(said[:40])} if said else {}


def _properties(parts: dict[str, bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("docProps/app.xml", "docProps/core.xml", "docProps/custom.xml"):
        if name not in parts:
            continue
        for entry in tree(parts[name]):
            if isinstance(entry.tag, str):
                label = str(entry.get("name") or etree.QName(entry).localname)
                words = "".join(str(words) for words in entry.itertext()).strip()
                found.update({label.lower(): words} if words else {})
    return found
