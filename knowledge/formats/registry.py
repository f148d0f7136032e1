"""Which reader a file needs: by what its bytes say, and by its name where they say nothing."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePosixPath

from knowledge.formats.interface import LARGEST_FILE, LONGEST_TEXT, CannotRead, Read

NAMES = frozenset(
    [
        ".md",
        ".markdown",
        ".mdown",
        ".txt",
        ".text",
        ".html",
        ".htm",
        ".xhtml",
        ".docx",
        ".docm",
        ".dotx",
        ".odt",
        ".ott",
        ".rtf",
        ".pdf",
        ".doc",
    ]
)
"""Endings of files that may be guidance."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_INSTEAD = {
    ".doc": "Word 97 files are not read; open it in Word and save it as .docx",
    ".xls": "spreadsheets are not read as guidance; put the table into a Word, PDF or Markdown document",
    ".ppt": "slides are not read as guidance; save it as PDF",
    ".pages": "Pages files are not read; export it as Word or PDF",
    ".msg": "emails are not read as guidance; save what they rule as a document",
    ".zip": "archives are not opened; put the documents themselves into the folder",
}
_INSTEAD |= {
    ".xlsx": _INSTEAD[".xls"], ".csv": _INSTEAD[".xls"], ".ods": _INSTEAD[".xls"], ".xlsm": _INSTEAD[".xls"],
    ".pptx": _INSTEAD[".ppt"], ".odp": _INSTEAD[".ppt"], ".eml": _INSTEAD[".msg"], ".dot": _INSTEAD[".doc"],
}  # fmt: skip


def read(name: str, content: bytes) -> Read:
    """The file as our Markdown-like text; raises CannotRead with the reason and what to do."""
    if not content.strip(b"\0 \r\n\t\f"):
        raise CannotRead("it is empty")
    if len(content) > LARGEST_FILE:
        raise CannotRead(f"it is larger than {LARGEST_FILE // 1024 // 1024} MB; split it, or leave its pictures out")
    made = _reader(name, content)(content)
    if not made.text.strip():
        raise CannotRead("no text was found in it")
    if len(made.text) > LONGEST_TEXT:
        raise CannotRead("it holds more text than a document can; split it")
    return made


def is_typed(name: str, content: bytes) -> bool:
    """True for Markdown and plain text, which no library can stumble over."""
    from knowledge.formats.markdown_file import read_markdown
    from knowledge.formats.plain_text import read_text

    with suppress(CannotRead):
        return _reader(name, content) in (read_markdown, read_text)
    return False


def _reader(name: str, content: bytes) -> Callable[[bytes], Read]:
    # Each reader is imported when the first file of its kind comes: the libraries take time to load.
    ending = PurePosixPath(name).suffix.lower()
    if b"%PDF-" in content[:1024]:
        from knowledge.formats.pdf import read_pdf

        return read_pdf
    if content.startswith(b"{\\rtf"):
        from knowledge.formats.rtf import read_rtf

        return read_rtf
    if content.startswith(b"PK\x03\x04"):
        return _zipped(ending, content)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise CannotRead("it is protected with a password; save a copy without one")
        raise CannotRead(_INSTEAD.get(ending, _INSTEAD[".doc"]))
    return _by_name(ending, content)


def _zipped(ending: str, content: bytes) -> Callable[[bytes], Read]:
    from knowledge.formats.odt import is_odt, read_odt

    if is_odt(content):
        return read_odt
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise CannotRead("it is damaged and cannot be opened; open it in its program and save it anew") from error
    if any(one.startswith("word/") for one in names):
        from knowledge.formats.docx import read_docx

        return read_docx
    raise CannotRead(_INSTEAD.get(ending, _INSTEAD[".zip"]))


def _by_name(ending: str, content: bytes) -> Callable[[bytes], Read]:
    start = content[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower().replace(b"\0", b"")
    if ending in (".html", ".htm", ".xhtml") or start.startswith((b"<!doctype html", b"<html")):
        from knowledge.formats.html import read_html

        return read_html
    if ending in (".md", ".markdown", ".mdown"):
        from knowledge.formats.markdown_file import read_markdown

        return read_markdown
    if ending in (".txt", ".text", ""):
        from knowledge.formats.plain_text import read_text

        return read_text
    if ending in (".docx", ".docm", ".dotx", ".odt", ".ott", ".pdf", ".rtf", ".doc"):
        raise CannotRead(f"it is not what its name says ({ending}), or it is damaged; open it and save it anew")
    raise CannotRead(
        _INSTEAD.get(ending, f"{ending} files are not read as guidance; save it as Word, PDF, Markdown or plain text")
    )
