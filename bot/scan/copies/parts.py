"""An Office file as parts that can be changed: what is not reached by a known kind of link is left behind."""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from bot.scan.copies.interface import CannotCopyError
from bot.scan.extract import limits
from bot.scan.extract.markup import local, named, parse_xml

_LINK_IDS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_STILL = (1980, 1, 1, 0, 0, 0)
_SAID = {
    "comments and who wrote them": (
        "comments commentsExtended commentsIds commentsExtensible people person threadedComment commentAuthors authors"
    ),
    "document properties": "core-properties extended-properties custom-properties",
    "preview picture": "thumbnail",
    "macros": "vbaProject wordVbaData keyMapCustomizations attachedToolbars xlMacrosheet xlIntlMacrosheet",
    "active controls": "control activeXControlBinary ctrlProp",
    "custom data": "customXml customXmlProps customProperty tags",
    "speaker notes": "notesSlide",
    "links to other files": "externalLink externalLinkPath attachedTemplate mailMergeSource mailMergeHeaderSource",
    "pivot tables with their copy of the data": "pivotTable pivotCacheDefinition slicer slicerCache timeline",
    "embedded files": "package oleObject aFChunk",
    "building blocks": "glossaryDocument",
    "connections to data": "connections queryTable powerPivotData",
    "definitions of tables (their cells stay)": "table",
    "": "printerSettings calcChain webSettings viewProps presProps handoutMaster notesMaster vmlDrawing "
    "stylesWithEffects",
}
"""What people call what goes, by kind of link; nothing is said of what only programs need."""
_BY_NAME = {
    "pivotCache": "pivot tables with their copy of the data",
    "externalLinks": "links to other files",
    "comments": "comments and who wrote them",
    "customXml": "custom data",
    "vbaProject": "macros",
    "macrosheets": "macros",
    "embeddings": "embedded files",
    "activeX": "active controls",
    "notesSlides": "speaker notes",
    "model": "connections to data",
}
"""The same for parts that no link leads to, by a word in their name."""
_WORDS = {kind: words for words, kinds in _SAID.items() for kind in kinds.split()}


@dataclass
class Link:
    """One relationship of a part."""

    kind: str
    type: str
    target: str
    outside: bool


@dataclass
class Parts:
    """The parts of one file while it is cleaned."""

    content: dict[str, bytes] = field(repr=False)
    removed: Counter[str] = field(default_factory=Counter)
    """What was taken out, in words, and how often."""
    banned: set[str] = field(default_factory=set)
    """Parts that go although a known kind of link leads to them."""
    _trees: dict[str, etree._Element | None] = field(default_factory=dict, repr=False)
    _links: dict[str, dict[str, Link]] = field(default_factory=dict, repr=False)

    def tree(self, name: str) -> etree._Element | None:
        """A part as XML; changes to it are kept. Raises CannotCopyError when it is broken."""
        if name not in self._trees:
            content = self.content.get(name)
            try:
                self._trees[name] = None if content is None else parse_xml(content)
            except (etree.XMLSyntaxError, ValueError) as error:
                raise CannotCopyError("A part of the file is broken, so no copy can be made.") from error
            tree = self._trees[name]
            if tree is not None and tree.getroottree().docinfo.internalDTD is not None:
                raise CannotCopyError("The file declares entities, which Office never does, so no copy can be made.")
        return self._trees[name]

    def trees(self, *roots: str) -> Iterator[tuple[str, etree._Element]]:
        """The XML parts, or those whose outermost element has one of the names."""
        for name in sorted(self.content):
            if name.endswith((".xml", ".vml")):
                tree = self.tree(name)
                if tree is not None and (not roots or local(tree) in roots):
                    yield name, tree

    def links(self, name: str) -> dict[str, Link]:
        """The links of a part by id; the file's own under the empty name."""
        if name not in self._links:
            folder, base = posixpath.split(name)
            tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
            self._links[name] = {
                one.get("Id", ""): _link(folder, one) for one in (tree if tree is not None else ()) if local(one)
            }
        return self._links[name]

    def linked(self, name: str, kind: str) -> list[str]:
        """Parts that a part links to by one kind of link."""
        return [link.target for link in self.links(name).values() if link.kind == kind and not link.outside]

    @property
    def main(self) -> str:
        """The part that everything hangs on. Raises CannotCopyError when there is not exactly one."""
        mains = self.linked("", "officeDocument")
        if len(mains) != 1 or mains[0] not in self.content:
            raise CannotCopyError("The file is broken, so no copy can be made.")
        return mains[0]

    def add(self, source: str, name: str, content: bytes, like: Link) -> str:
        """A new part with a link to it of the kind of another; returns the link's id."""
        self.content[name] = content
        links = self.links(source)
        id_ = f"rIdCopy{len(links)}"
        links[id_] = Link(like.kind, like.type, name, outside=False)
        return id_

    def packed(self, kept: frozenset[str], main_type: str) -> bytes:
        """The file anew: what is reached over the kept kinds of link, and no link to anything else."""
        reached: dict[str, None] = {}
        waiting = [""]
        while waiting:
            source = waiting.pop(0)
            gone = {id_: link for id_, link in self.links(source).items() if not self._stays(link, kept)}
            self._unlink(source, gone)
            for link in self.links(source).values():
                if not link.outside and link.target not in reached:
                    reached[link.target] = None
                    waiting.append(link.target)
        for name in self.content.keys() - reached.keys():
            words_for_it = next((said for word, said in _BY_NAME.items() if word in name), "")
            if words_for_it and not self.removed[words_for_it]:
                self.removed[words_for_it] = 1
        return self._zipped(list(reached), {self.main: main_type})

    def _stays(self, link: Link, kept: frozenset[str]) -> bool:
        if link.outside:
            return link.kind == "hyperlink" and link.target.lower().startswith(("https://", "http://"))
        return link.kind in kept and link.target in self.content and link.target not in self.banned

    def _unlink(self, source: str, gone: dict[str, Link]) -> None:
        for id_, link in gone.items():
            outside = "links to other files" if link.kind != "hyperlink" else "links that name an address or a file"
            said = outside if link.outside else _WORDS.get(link.kind, f"other parts ({link.kind})")
            if said and link.target not in self.banned:
                self.removed[said] += 1
            del self.links(source)[id_]
        tree = self.tree(source) if gone and source.endswith((".xml", ".vml")) else None
        for one in list(tree.iter()) if tree is not None else ():
            for key, value in list(one.attrib.items()):
                if value in gone and str(key).startswith(_LINK_IDS):
                    _let_go(one, str(key))

    def _zipped(self, names: list[str], mains: dict[str, str]) -> bytes:
        types = self._types()
        entries = {"[Content_Types].xml": _types_part(names, types | mains)}
        for source in ["", *names]:
            links = self.links(source)
            if links:
                folder, base = posixpath.split(source)
                entries[posixpath.join(folder, "_rels", f"{base}.rels")] = _links_part(links)
        for name in names:
            tree = self._trees.get(name)
            entries[name] = self.content[name] if tree is None else _written(tree)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries.items():
                archive.writestr(zipfile.ZipInfo(name, _STILL), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _types(self) -> dict[str, str]:
        root = self.tree("[Content_Types].xml")
        if root is None:
            raise CannotCopyError("The file is broken, so no copy can be made.")
        by_end = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in named(root, "Default")}
        known = {name: by_end.get(name.rpartition(".")[2].lower(), "application/octet-stream") for name in self.content}
        known.update(
            {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in named(root, "Override")}
        )
        return known


def open_parts(content: bytes) -> Parts:
    """Unpack a file within the limits of a check; raises CannotCopyError."""
    room = limits.UNPACKED_BYTES
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist()[: limits.MEMBERS * 5]:
                with archive.open(name) as stream:
                    found[name] = stream.read(room + 1)
                room -= len(found[name])
                if room < 0:
                    raise CannotCopyError("The file unpacks to more than a copy may take.")
    except (CannotCopyError, MemoryError):
        raise
    except Exception as error:  # zlib and zipfile each raise their own
        raise CannotCopyError("The file is broken, so no copy can be made.") from error
    return Parts(found)


def words(text: str) -> frozenset[str]:
    """The words of a text, for lists of names that are read more easily in one line."""
    return frozenset(text.split())


def unwrap(element: etree._Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        for child in reversed(list(element)):
            parent.insert(at, child)
        parent.remove(element)


def remove(element: etree._Element) -> None:
    """Take an element out."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _let_go(element: etree._Element, key: str) -> None:
    """Take a reference out of a part without taking along what a reader sees."""
    match local(element):
        case "hyperlink":
            unwrap(element)
        case "blip" | "imagedata" | "fill":
            del element.attrib[key]
        case _:
            remove(element)


def _link(folder: str, one: etree._Element) -> Link:
    target, type_ = one.get("Target", ""), one.get("Type", "")
    outside = one.get("TargetMode") == "External"
    if not outside:
        target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Link(type_.rpartition("/")[2], type_, target, outside)


def _links_part(links: dict[str, Link]) -> bytes:
    root = parse_xml(f'<Relationships xmlns="{_LINKS}"/>'.encode())
    for id_, link in links.items():
        one = etree.SubElement(root, f"{{{_LINKS}}}Relationship", Id=id_, Type=link.type)
        one.set("Target", link.target if link.outside else f"/{link.target}")
        if link.outside:
            one.set("TargetMode", "External")
    return _written(root)


def _types_part(names: list[str], types: dict[str, str]) -> bytes:
    root = parse_xml(f'<Types xmlns="{_TYPES}"/>'.encode())
    for end, type_ in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=end, ContentType=type_)
    for name in names:
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=types[name])
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
