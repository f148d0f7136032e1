"""Small files of every kind with the same planted values, to be damaged; and what can still be read in them then."""

import base64
import binascii
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pillow_heif
from odfdo import Document as OpenDocument
from odfdo import Paragraph
from openpyxl import Workbook
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from tests.files import old_office as old
from tests.files.broken import seven_zip
from tests.files.compound import compound
from tests.files.drawing import encoded, sheet
from tests.files.mails import mail
from tests.files.office import packed
from tests.files.paper import image_pdf, pdf
from tests.files.words import document
from tests.files.world import CASES

PEOPLE = tuple(case.witness for case in CASES[:3])
LINES = tuple(line for one in PEOPLE for line in (f"Mobile {one.phone}", f"Email {one.email}", f"NHS No {one.nhs}"))
VALUES = tuple(pair for one in PEOPLE for pair in (("phone", one.phone), ("email", one.email), ("nhs_number", one.nhs)))
_PROOF = ("docx", "xlsx", "pptx", "odt", "zip", "7z", "pdf")
"""Kinds whose bytes are packed behind checksums or lengths, so that damage can be told."""
_PIXELS = ("png", "jpg", "gif", "webp", "bmp", "tiff", "heic", "scan")
PICTURES = frozenset(_PIXELS)


@dataclass(frozen=True)
class Seed:
    """One whole file before it is damaged."""

    kind: str
    name: str
    content: bytes = field(repr=False)

    @property
    def tells_damage(self) -> bool:
        """Whether a reader can tell that bytes of it were damaged."""
        return self.kind in _PROOF


def _workbook() -> bytes:
    made = Workbook()
    for line in LINES:
        made.active.append([line])  # type: ignore[union-attr]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _slides() -> bytes:
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(4)).text_frame.text = "\n".join(LINES)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _open_text() -> bytes:
    made = OpenDocument("text")
    made.body.clear()
    for line in LINES:
        made.body.append(Paragraph(line))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _picture(kind: str) -> bytes:
    drawn = sheet(620, 260, "white", LINES[:3], size=32, left=30, top=40)
    out = io.BytesIO()
    if kind == "heic":
        pillow_heif.from_pillow(drawn).save(out, quality=80)
    else:
        drawn.save(out, {"jpg": "JPEG"}.get(kind, kind.upper()))
    return out.getvalue()


def _sound() -> bytes:
    info = (
        b"LIST" + struct.pack("<I", 4 + 8 + 20) + b"INFOIART" + struct.pack("<I", 20) + LINES[0][:20].encode().ljust(20)
    )
    body = (
        b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
        + info
        + b"data"
        + struct.pack("<I", 4)
        + bytes(4)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


@cache
def seeds() -> tuple[Seed, ...]:
    """One file of every kind."""
    text = "\n".join(LINES) + "\n"
    rows = [["Note"], *([line] for line in LINES)]
    word = document(LINES)
    lines = "".join(f"<p>{line}</p>\n" for line in LINES)
    made = {
        "txt": text.encode(),
        "csv": "\n".join(["Note,Number", *(f"{line},1" for line in LINES)]).encode(),
        "html": f"<!DOCTYPE html><html><body>{lines}</body></html>".encode(),
        "xml": f"<?xml version='1.0'?><notes>{lines}</notes>".encode(),
        "rtf": ("{\\rtf1\\ansi " + "\\par ".join(LINES) + "}").encode(),
        "eml": mail("Papers", text, attachments=(("note.docx", word),)),
        "docx": word,
        "xlsx": _workbook(),
        "pptx": _slides(),
        "odt": _open_text(),
        "doc": old.doc([(line + "\r", b"") for line in LINES[:-1]] + [(LINES[-1], old.HIDDEN)]),
        "xls": old.xls([old.OldSheet("Data", rows)]),
        "ppt": old.ppt([old.OldSlide(line, notes="Say nothing") for line in LINES]),
        "msg": old.msg(old.Mail("Papers", text, files=(("note.txt", text.encode()),))),
        "pdf": pdf([["# Note to file", *LINES], ["# Second page", *LINES]]),
        "zip": packed({"a/note.txt": text.encode(), "note.docx": word}),
        "7z": seven_zip({"note.txt": text.encode()}),
        "locked": compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(200)}),
        "wav": _sound(),
        "scan": image_pdf([encoded(sheet(827, 1169, "white", LINES[:3], size=28), "JPEG")]),
        **{kind: _picture(kind) for kind in _PIXELS if kind != "scan"},
    }
    names = {"locked": "locked.docx", "scan": "scan.pdf"}
    return tuple(Seed(kind, names.get(kind, f"note.{kind}"), content) for kind, content in made.items())


def readable_lines(content: bytes) -> frozenset[str]:
    """Planted lines that still stand whole in the bytes, packed or not, read with nothing of the product."""
    found: set[str] = set()
    for piece in _pieces(content, 0):
        text = piece.decode("latin-1")
        wide = "".join(text[at::2] + "\n" for at in (0, 1)) if b"\0" in piece else ""
        for line in LINES:
            pattern = rf"(?<![\w+@.]){re.escape(line)}(?![\w@.-])"
            if re.search(pattern, text) or re.search(pattern, wide):
                found.add(line)
    return frozenset(found)


def _pieces(content: bytes, depth: int) -> list[bytes]:
    pieces = [content]
    if depth > 8:
        return pieces
    inner: list[bytes] = []
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                inner += [piece for name in archive.namelist() if (piece := _member(archive, name))]
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
            inner = []
    for start in re.finditer(rb"stream\r?\n", content):
        inner.append(_inflated(content[start.end() :]))
    for block in re.finditer(rb"(?:[A-Za-z0-9+/=]{60,}\r?\n){2,}[A-Za-z0-9+/=]*", content):
        try:
            inner.append(base64.b64decode(re.sub(rb"\s", b"", block.group())))
        except (binascii.Error, ValueError):
            continue
    for piece in inner:
        pieces += _pieces(piece, depth + 1)
    return pieces


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)[:2_000_000]
    except Exception:  # whatever is wrong with it, this reader has nothing to say about it
        return b""


def _inflated(content: bytes) -> bytes:
    try:
        if content[:1] == b"G":
            content = base64.a85decode(content.split(b"~>")[0], adobe=False)
        return zlib.decompressobj().decompress(content, 2_000_000)
    except (zlib.error, ValueError):
        return b""


def looks_the_same(seed: Seed, content: bytes) -> bool:
    """Whether a damaged picture still shows what it showed."""
    try:
        with Image.open(io.BytesIO(seed.content)) as one, Image.open(io.BytesIO(content)) as other:
            if one.size != other.size:
                return False
            before, after = (np.asarray(picture.convert("L"), dtype=int) for picture in (one, other))
    except Exception:  # a picture that cannot be opened shows nothing
        return False
    return bool((np.abs(before - after) > 40).mean() < 0.001)
