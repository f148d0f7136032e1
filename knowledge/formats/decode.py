"""Text files as they come: with byte-order marks, in UTF-8, UTF-16, Windows-1252, with any line endings."""

import codecs
import re

from knowledge.formats.interface import CannotRead, visible

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085|\x0b")


def decode(content: bytes, *, markup: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text with plain line ends, and a note when its encoding had to be guessed; raises CannotRead."""
    text, notes = _decoded(content, markup)
    text = visible(_LINE_ENDS.sub("\n", text))
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise CannotRead("it is not text; save it as Word, PDF, Markdown or plain text")
    return _CONTROL.sub("", text), notes


def _decoded(content: bytes, markup: bool) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), ()
    guessed = _utf_16(content)
    if guessed:
        return content.decode(guessed, "replace"), ()
    declared = _CHARSET.search(content[:4096]) if markup else None
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return content.decode(declared.group(1).decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    note = "it is not UTF-8 and was read as Windows-1252: check that pound signs and quotation marks are right"
    # Five bytes mean nothing in Windows-1252; Latin-1 has a character for each.
    try:
        return content.decode("cp1252"), (note,)
    except UnicodeDecodeError:
        return content.decode("latin-1"), (note,)


def _utf_16(content: bytes) -> str | None:
    """UTF-16 without a mark: English text then has a zero in every second byte."""
    start = content[:2000]
    if len(start) < 8:
        return None
    even, odd = start[0::2].count(0) / len(start[0::2]), start[1::2].count(0) / len(start[1::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None
