"""Rich text: the words, hidden words, properties and pictures."""

import re
import struct

from striprtf.striprtf import rtf_to_text

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, is_person_like, shown_name
from bot.scan.extract.interface import Extract, Watch
from bot.scan.extract.ole import add_package, native
from bot.scan.extract.text import add_in_blocks

_PROPERTY = re.compile(r"\{\\(author|operator|manager|title|subject|doccomm|company|keywords) ([^{}\\]{1,500})\}")
_HIDDEN = re.compile(r"\\v(?:1)?(?=[\\ ])((?:(?!\\v0|\}).){1,5000})", re.DOTALL)
_OBJECT = re.compile(r"\\objdata\s*((?:[0-9a-fA-F]\s*){16,})")
_COMMENT = re.compile(r"\{\\\*\\annotation\b")
_PICTURE = re.compile(r"\\(pngblip|jpegblip)[^{}]*?(?:\{[^{}]*\}[^{}]*?)?\s([0-9a-fA-F\s]{200,})")


def read_rtf(attachment: Attachment, watch: Watch) -> Extract:
    """Read a rich text file."""
    basket = Gathered("application/rtf")
    source = attachment.content.decode("latin-1")
    add_in_blocks(basket, words_of(source))
    for name, value in _PROPERTY.findall(source):
        if is_person_like(value):
            basket.metadata(name, value, "document properties")
            if name in ("author", "operator", "manager"):
                basket.hazard(
                    HazardKind.METADATA, "document properties", "The properties name people who worked on the file."
                )
    for hidden in _HIDDEN.finditer(source):
        text = words_of("{\\rtf1 " + hidden.group(1) + "}")
        if text.strip():
            basket.hazard(HazardKind.HIDDEN_TEXT, "text", "Text is formatted as hidden.")
            basket.text(text, "hidden text", hidden=True)
    if _COMMENT.search(source):
        basket.hazard(HazardKind.COMMENTS, "text", "There are comments.", len(_COMMENT.findall(source)))
    if re.search(r"\\(deleted|revised)\b", source):
        basket.hazard(HazardKind.TRACKED_CHANGES, "text", "Tracked changes show what was added and deleted.")
    if "\\objdata" in source:
        basket.hazard(HazardKind.EMBEDDED_FILE, "text", "Other files are embedded in the file.")
        for number, packed in enumerate(_OBJECT.findall(source), 1):
            digits = re.sub(r"\s", "", packed)
            _add_object(basket, bytes.fromhex(digits[: len(digits) // 2 * 2]), number)
    _add_pictures(basket, source)
    return basket.extract()


def _add_object(basket: Gathered, content: bytes, number: int) -> None:
    """A file wrapped as OLE 1 does: version, kind, three strings, then its bytes ([MS-OLEDS] 2.2.5)."""
    place, position, names = f"embedded file {number}", 8, list[bytes]()
    try:
        for _ in range(3):
            (length,) = struct.unpack_from("<I", content, position)
            names.append(content[position + 4 : position + 4 + length].rstrip(b"\0"))
            position += 4 + length
        (size,) = struct.unpack_from("<I", content, position)
        inner = content[position + 4 : position + 4 + size]
        if names[0] == b"Package":
            name, data = native(bytes(4) + inner)
            basket.child(name, data, f"{place} ({shown_name(name)})")
        else:
            add_package(basket, place, inner, place)
    except (struct.error, ValueError, IndexError):
        basket.unreadable(place, UnreadReason.CORRUPT, "The embedded file is broken.")


def words_of(source: str) -> str:
    """The words of rich text."""
    text: str = rtf_to_text(source, errors="ignore")  # type: ignore[no-untyped-call]
    return text


def _add_pictures(basket: Gathered, source: str) -> None:
    found = 0
    for number, picture in enumerate(_PICTURE.finditer(source), 1):
        digits = re.sub(r"\s", "", picture.group(2))
        basket.picture(bytes.fromhex(digits[: len(digits) // 2 * 2]), f"picture {number}")
        found = number
        if number >= limits.PICTURES:
            break
    if source.count("\\pict") > found + source.count("\\nonshppict"):
        basket.unreadable("pictures", UnreadReason.UNSUPPORTED, "Pictures of this kind are not read.")
