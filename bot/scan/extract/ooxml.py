"""Word, Excel and PowerPoint files as packages of parts, and what hides alike in all three."""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from lxml import etree

from bot.domain.finding import HazardKind, UnreadReason
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, is_person_like, shown_name
from bot.scan.extract.image import add_properties
from bot.scan.extract.markup import all_text, attribute, local, named, parse_xml
from bot.scan.extract.ole import add_package

_PIXELS = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".jfif"}
_CROPS = ("l", "t", "r", "b")
_OWN_PROPERTIES = {
    "title",
    "subject",
    "creator",
    "keywords",
    "description",
    "lastModifiedBy",
    "category",
    "contentStatus",
    "Manager",
    "Company",
    "HyperlinkBase",
    "Template",
    "TitlesOfParts",
}
_NO_TEMPLATE = ("normal", "normal.dotm", "normal.dot")


@dataclass(frozen=True)
class Link:
    """One relationship of a part."""

    kind: str
    """Last word of the relationship type: "image", "hyperlink", "comments" …"""
    target: str
    """Part name, or the address when outside."""
    outside: bool


@dataclass
class Package:
    """The parts of one file, read on demand within the limits."""

    archive: zipfile.ZipFile
    basket: Gathered
    room: int = limits.UNPACKED_BYTES
    seen: set[str] = field(default_factory=set)
    """Parts that were asked for."""
    _links: dict[str, dict[str, Link]] = field(default_factory=dict)

    @cached_property
    def names(self) -> list[str]:
        """Every part, as stored."""
        return [name for name in self.archive.namelist()[: limits.MEMBERS * 5] if not name.endswith("/")]

    def under(self, *folders: str) -> list[str]:
        """Parts in one of the folders, in natural order."""
        return sorted((name for name in self.names if name.startswith(folders)), key=lambda name: (len(name), name))

    def read(self, name: str) -> bytes:
        """The bytes of a part; empty, and noted, when it cannot be unpacked."""
        self.seen.add(name)
        bound = min(self.room, limits.PART_BYTES)
        try:
            with self.archive.open(name) as stream:
                content = stream.read(bound + 1)
        except KeyError:
            return b""
        except MemoryError:
            raise
        except Exception:  # zlib and zipfile each raise their own
            self.basket.unreadable(_short(name), UnreadReason.CORRUPT, "This part of the file could not be unpacked.")
            return b""
        if len(content) > bound:
            self.basket.unreadable(
                _short(name), UnreadReason.TOO_LARGE, "This part unpacks to more than one check reads."
            )
            return b""
        self.room -= len(content)
        return content

    def main(self, usual: str) -> etree._Element | None:
        """The part that the file starts from, which need not have its usual name; None, and noted, without one."""
        return self.xml(self.main_name(usual), needed=True)

    def main_name(self, usual: str) -> str:
        """The name of the part that the file starts from."""
        named_main = self.linked("", "officeDocument")
        return named_main[0] if named_main and named_main[0] in self.names else usual

    def xml(self, name: str, *, needed: bool = False) -> etree._Element | None:
        """A part as XML; None, and noted when it is broken, or needed and not there."""
        content = self.read(name)
        if not content:
            if needed:
                self.basket.unreadable(_short(name), UnreadReason.CORRUPT, "This part of the file is missing.")
            return None
        try:
            root = parse_xml(content)
        except (etree.XMLSyntaxError, ValueError):
            self.basket.unreadable(_short(name), UnreadReason.CORRUPT, "This part of the file is broken.")
            return None
        if root.getroottree().docinfo.internalDTD is not None:
            # Office never writes a document type; entities in it are left unread on purpose.
            self.basket.unreadable(
                _short(name), UnreadReason.UNSUPPORTED, "It declares entities, which are not followed."
            )
        return root

    def links(self, name: str) -> dict[str, Link]:
        """Relationships of a part by id."""
        if name not in self._links:
            folder, base = posixpath.split(name)
            root = self.xml(posixpath.join(folder, "_rels", base + ".rels"))
            found = {}
            for one in root if root is not None else ():
                target = one.get("Target", "")
                outside = one.get("TargetMode") == "External"
                if not outside:
                    target = (
                        posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
                        if not target.startswith("/")
                        else target[1:]
                    )
                found[one.get("Id", "")] = Link(one.get("Type", "").rpartition("/")[2], target, outside)
            self._links[name] = found
        return self._links[name]

    def linked(self, name: str, kind: str) -> list[str]:
        """Parts that a part links to by one kind of relationship."""
        return [link.target for link in self.links(name).values() if link.kind == kind and not link.outside]


def open_package(content: bytes, basket: Gathered) -> Package | None:
    """Open the file as a package; None, and noted, when it is broken."""
    try:
        return Package(zipfile.ZipFile(io.BytesIO(content)), basket)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        basket.unreadable("file", UnreadReason.CORRUPT, "The file is broken.")
        return None


def _short(name: str) -> str:
    return f"part {shown_name(PurePosixPath(name).name)}"


def add_common(package: Package) -> None:
    """Read what all three kinds have: properties, pictures, embedded files, macros, outside links, charts."""
    _add_properties(package)
    _add_macros(package)
    _add_outside(package)
    _add_pictures(package)
    _add_embedded(package)
    _add_charts(package)
    for name in package.under("customXml/item"):
        root = package.xml(name) if name.endswith(".xml") and "Props" not in name else None
        if root is not None:
            package.basket.text(all_text(root), "custom data inside the file", hidden=True, source="metadata")


def _add_properties(package: Package) -> None:
    basket = package.basket
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = package.xml(name)
        for one in root if root is not None else ():
            text = all_text(one, ", ")
            if local(one) not in _OWN_PROPERTIES or not is_person_like(text) or text.startswith("generated by"):
                continue
            if local(one) == "Template" and text.lower() in _NO_TEMPLATE:
                continue
            label = {"creator": "Author", "lastModifiedBy": "Last saved by"}.get(local(one), local(one))
            basket.metadata(label, text, "document properties")
            if local(one) in ("creator", "lastModifiedBy", "Manager"):
                basket.hazard(
                    HazardKind.METADATA, "document properties", "The properties name people who worked on the file."
                )
    custom = package.xml("docProps/custom.xml")
    for one in custom if custom is not None else ():
        basket.metadata(one.get("name", "property"), all_text(one), "document properties")
        basket.hazard(HazardKind.METADATA, "document properties", "The file has properties of its own.")


def _add_macros(package: Package) -> None:
    if any(
        PurePosixPath(name).name in ("vbaProject.bin", "xlmacros.bin") or "/macrosheets/" in name
        for name in package.names
    ):
        package.basket.hazard(HazardKind.MACRO, "file", "The file holds macros.")
    if any("/activeX/" in name for name in package.names):
        package.basket.hazard(HazardKind.MACRO, "file", "The file holds active controls.")


def _add_outside(package: Package) -> None:
    for name in [name for name in package.names if name.endswith(".rels")]:
        folder, base = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
        for link in package.links(source).values():
            if not link.outside:
                continue
            if link.kind == "hyperlink":
                if link.target.lower().startswith(("mailto:", "tel:", "file:")):
                    package.basket.text(link.target, "link", source="metadata")
            else:
                package.basket.hazard(
                    HazardKind.EXTERNAL_LINK, "file", "The file fetches or remembers parts of other files."
                )
                package.basket.metadata("linked file", link.target, "links to other files")


def _add_pictures(package: Package) -> None:
    basket = package.basket
    cropped = _cropped(package)
    media = [name for name in package.names if "/media/" in name or name.startswith("docProps/thumbnail")]
    for number, name in enumerate(sorted(media, key=lambda name: (len(name), name)), 1):
        place = "preview picture" if name.startswith("docProps/") else f"picture {number}"
        suffix = PurePosixPath(name).suffix.lower()
        content = package.read(name)
        if name in cropped:
            basket.hazard(
                HazardKind.CROPPED_IMAGE, place, "The picture was cropped, but the rest of it is still in the file."
            )
        if not content:
            continue
        if suffix in _PIXELS:
            add_properties(basket, content, place)
            basket.picture(content, place, hidden=name in cropped or name.startswith("docProps/"))
        elif suffix in (".emf", ".wmf"):
            if not name.startswith("docProps/"):
                basket.unreadable(place, UnreadReason.UNSUPPORTED, "Pictures of this kind (EMF, WMF) are not read.")
        else:
            basket.child(PurePosixPath(name).name, content, place)


def _cropped(package: Package) -> set[str]:
    found: set[str] = set()
    for name in package.names:
        if not name.endswith(".xml") or not package.linked(name, "image"):
            continue
        root = package.xml(name)
        for fill in named(root, "blipFill") if root is not None else ():
            cut = next(named(fill, "srcRect"), None)
            blip = next(named(fill, "blip"), None)
            if cut is None or blip is None or not any(crop_share(cut.get(side)) > 0.01 for side in _CROPS):
                continue
            link = package.links(name).get(attribute(blip, "embed") or "")
            found.update([link.target] if link else [])
    return found


def crop_share(value: str | None) -> float:
    """A crop of one side as a share of the picture; written in thousandths of a percent."""
    try:
        return float((value or "0").rstrip("%")) / (100 if (value or "").endswith("%") else 100_000)
    except ValueError:
        return 0.0


def _add_embedded(package: Package) -> None:
    for number, name in enumerate([name for name in package.names if "/embeddings/" in name], 1):
        content = package.read(name)
        if content:
            package.basket.hazard(HazardKind.EMBEDDED_FILE, "file", "Other files are embedded in the file.")
            add_package(package.basket, PurePosixPath(name).name, content, f"embedded file {number}")


def _add_charts(package: Package) -> None:
    for number, name in enumerate([name for name in package.names if "/charts/" in name and name.endswith(".xml")], 1):
        root = package.xml(name)
        if root is None:
            continue
        values = [
            one.text.strip() for one in named(root, "v") if one.text and any(letter.isalpha() for letter in one.text)
        ]
        titles = [one.text for one in named(root, "t") if one.text]
        package.basket.text(" ".join(titles), f"chart {number}")
        if values:
            package.basket.text("\n".join(values), f"data behind chart {number}", hidden=True)
            package.basket.hazard(
                HazardKind.CACHED_DATA, f"chart {number}", "The chart keeps a copy of the data it was drawn from."
            )
