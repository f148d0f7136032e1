"""XML read without entities, network or unbounded trees: the one place where lxml parses untrusted markup."""

from collections.abc import Iterator

from lxml import etree


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML; document types are not loaded, entities not expanded, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=False)
    return etree.fromstring(content, parser)


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name, whatever its namespace prefix."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def named(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """All elements below with one of the local names, in document order."""
    wanted = set(names)
    for element in root.iter():
        if local(element) in wanted:
            yield element


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first direct child with the local name."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def all_text(root: etree._Element, between: str = " ") -> str:
    """Every piece of text below, comments left out."""
    pieces = (element.text for element in root.iter() if isinstance(element.tag, str) and element.text)
    return between.join(piece.strip() for piece in pieces if piece.strip())


def attributes(element: etree._Element) -> list[tuple[str, str]]:
    """Attributes as text, by local name."""
    return [(str(key).rpartition("}")[2], str(value)) for key, value in element.attrib.items()]
