"""Parts of an Office file that no reader knows: read all the same, so that nothing lies in a package unseen."""

from pathlib import PurePosixPath

from lxml import etree

from bot.domain.finding import HazardKind, UnreadReason
from bot.scan.extract.gather import shown_name
from bot.scan.extract.markup import all_text, attributes, named, parse_xml
from bot.scan.extract.ooxml import Package

_SILENT_FOLDERS = ("/theme/", "/fonts/", "/printerSettings/", "/ctrlProps/", "/_xmlsignatures/", "/chartStyles/")
_SILENT_NAMES = (
    "[Content_Types].xml", "fontTable.xml", "webSettings.xml", "styles.xml", "stylesWithEffects.xml", "numbering.xml",
    "presProps.xml", "viewProps.xml", "tableStyles.xml", "calcChain.xml", "metadata.xml", "vbaData.xml",
    "commentsExtended.xml", "commentsIds.xml", "commentsExtensible.xml", "documenttasks.xml", "revisionInfo.xml",
    "LabelInfo.xml", "volatileDependencies.xml", "attachedToolbars.bin",
)  # fmt: skip
"""Parts with looks and settings, and without words of anyone."""
_SILENT_STARTS = ("style", "colors", "itemProps", "quickStyle", "layout", "printerSettings")
_SILENT_ENDS = (".rels", ".psmdcp", ".odttf", ".fntdata")
_WORDS_IN = 3
"""Letters in a row that make an attribute worth reading."""


def add_rest(package: Package) -> None:
    """Read whatever part nobody has asked for; call it last."""
    basket = package.basket
    for name in package.names:
        if name in package.seen or _is_silent(name):
            continue
        content = package.read(name)
        place = f"other part {shown_name(PurePosixPath(name).name)}"
        if PurePosixPath(name).name == "vbaProject.bin":
            basket.unreadable("macros", UnreadReason.UNSUPPORTED, "What the macros say is not read.")
        elif content and name.endswith((".xml", ".vml")):
            _add_markup(package, content, place)
        elif content:
            basket.hazard(HazardKind.EMBEDDED_FILE, "file", "Other files are embedded in the file.")
            basket.child(PurePosixPath(name).name, content, place)


def _is_silent(name: str) -> bool:
    base = PurePosixPath(name).name
    return (
        base in _SILENT_NAMES
        or any(folder in f"/{name}" for folder in _SILENT_FOLDERS)
        or base.endswith(_SILENT_ENDS)
        or (base.startswith(_SILENT_STARTS) and not base.endswith(".vml"))
    )


def _add_markup(package: Package, content: bytes, place: str) -> None:
    try:
        root = parse_xml(content)
    except (etree.XMLSyntaxError, ValueError):
        package.basket.unreadable(place, UnreadReason.CORRUPT, "This part of the file is broken.")
        return
    pieces = [all_text(root, "\n")]
    for element in root.iter():
        if isinstance(element.tag, str):
            pieces += [value for key, value in attributes(element) if _is_said(key, value)]
    package.basket.text("\n".join(dict.fromkeys(filter(None, pieces))), place, hidden=True, source="metadata")


def _is_said(key: str, value: str) -> bool:
    """Whether an attribute holds words of a person rather than a setting."""
    if "://" in value or key in ("style", "path", "type", "formatCode", "spid", "id"):
        return False
    return "@" in value or (" " in value.strip() and sum(letter.isalpha() for letter in value) > _WORDS_IN) or (
        sum(letter.isdigit() for letter in value) >= 7 and value[:1] in "0+"
    )  # fmt: skip


def add_diagrams(package: Package) -> None:
    """Text of drawn diagrams (SmartArt) lies in parts of its own."""
    for number, name in enumerate([name for name in package.names if "/diagrams/data" in name], 1):
        root = package.xml(name)
        if root is not None:
            package.basket.text("\n".join(one.text or "" for one in named(root, "t")), f"diagram {number}")
    for name in package.names:
        if "/diagrams/" in name:
            package.seen.add(name)
