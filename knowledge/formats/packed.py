"""Word and OpenDocument files are zips of XML: opened with limits, and without the XML that can blow up."""

import io
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from lxml import etree

from knowledge.formats.interface import CannotRead

MOST_PARTS = 5_000
LARGEST_XML = 64 * 1024 * 1024
LARGEST_XML_IN_ALL = 160 * 1024 * 1024


def open_parts(content: bytes, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """The XML parts whose names begin as wanted, each proved to be plain XML; raises CannotRead."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
            if len(infos) > MOST_PARTS:
                raise CannotRead("it holds more parts than a document has; save it anew")
            if any(info.flag_bits & 1 for info in infos):
                raise CannotRead("it is protected with a password; save a copy without one")
            parts: dict[str, bytes] = {}
            room = LARGEST_XML_IN_ALL
            for info in infos:
                if info.filename.startswith(wanted) and info.filename.endswith((".xml", ".rels")):
                    parts[info.filename] = _plain_xml(_limited(packed, info, min(room, LARGEST_XML)))
                    room -= len(parts[info.filename])
            return parts
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise CannotRead("it is damaged and cannot be opened; open it in its program and save it anew") from error


def tree(part: bytes) -> etree._Element:
    """The parsed part, with no entity, no network and no oversized node."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead("its XML is damaged; open it in its program and save it anew") from error


def _limited(packed: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    with packed.open(info) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise CannotRead("it unpacks to more than a document can hold (a zip bomb?); it was not opened")
    return content


def _plain_xml(part: bytes) -> bytes:
    try:
        parseString(part, ContentHandler(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise CannotRead(
            "its XML declares entities, which no document of this kind needs; it was not opened"
        ) from error
    except SAXException as error:
        raise CannotRead("its XML is damaged; open it in its program and save it anew") from error
    return part
