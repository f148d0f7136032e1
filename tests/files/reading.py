"""Reads made files back without the product, to prove that what the truth names really is in them."""

import io
import re
from email import message_from_bytes, policy
from html import unescape

import pikepdf
import py7zr
import pypdfium2

from tests.files.office import unpacked

_TAG = re.compile(r"<[^>]*>")


def letters(text: str) -> str:
    """Only the letters and digits of a text, in small letters, so that layout does not matter."""
    return "".join(character for character in text.casefold() if character.isalnum())


def everything(name: str, content: bytes) -> str:
    """All text that is anywhere in a file, hidden or not, crudely."""
    if content.startswith(b"%PDF"):
        return _pdf(content)
    if content.startswith(b"PK"):
        return "\n".join(everything(part, inner) for part, inner in unpacked(content).items())
    if content.startswith(b"7z"):
        with py7zr.SevenZipFile(io.BytesIO(content)) as archive:
            factory = py7zr.io.BytesIOFactory(10_000_000)
            archive.extractall(factory=factory)
        return "\n".join(everything(part, made.read()) for part, made in factory.products.items())
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return (
            content.decode("latin-1")
            + content.decode("utf-16-le", "replace")
            + content[1:].decode("utf-16-le", "replace")
        )
    if name.endswith(".eml"):
        return _mail(content)
    text = content.decode("utf-8", "replace")
    return unescape(_TAG.sub(" ", text)) + "\n" + text


def _mail(content: bytes) -> str:
    message = message_from_bytes(content, policy=policy.default)
    texts = [f"{key}: {value}" for key, value in message.items()]
    parts = [part for part in message.walk() if not part.is_multipart()]
    texts += [everything(part.get_filename() or "", bytes(part.get_payload(decode=True) or b"")) for part in parts]
    return "\n".join(texts)


def _pdf(content: bytes) -> str:
    texts = [_pages(content)]
    texts += [_pages(content[: end.end()]) for end in re.finditer(rb"%%EOF", content[:-10])]
    with pikepdf.open(io.BytesIO(content)) as opened:
        texts += [str(value) for value in opened.docinfo.values()]
        texts += [part.get_file().read_bytes().decode("utf-8", "replace") for part in opened.attachments.values()]
        with opened.open_outline() as outline:
            texts += [item.title for item in outline.root]
        for page in opened.pages:
            for annotation in page.get("/Annots", []):
                texts += [str(annotation.get(key, "")) for key in ("/Contents", "/V")]
    return "\n".join(texts)


def _pages(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
