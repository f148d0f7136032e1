"""Archives, and files that cannot or must not be opened."""

import io
import os
import struct
import tempfile
import zlib
from pathlib import Path

import pikepdf
import py7zr

from tests.files.office import packed, unpacked
from tests.files.paper import pdf
from tests.files.statements import files as statements
from tests.files.truth import UNSURE, Made, about
from tests.files.words import document
from tests.files.workbooks import book
from tests.files.world import CONTROL, DRIVING, FRAUD, PUB, Case


def _note(case: Case = CONTROL) -> bytes:
    person = case.victim
    return f"Victim {person.name}\nAddress: {person.home}, {person.postcode}\nTel {person.phone}\n".encode()


def seven_zip(parts: dict[str, bytes], password: str | None = None) -> bytes:
    """A 7z archive; its members' times are those of files written with a fixed time stamp."""
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, content in parts.items():
            path = Path(folder) / name
            path.write_bytes(content)
            os.utime(path, (1767603600, 1767603600))
            archive.write(path, name)
    return out.getvalue()


def _crc(value: int, byte: int) -> int:
    return (zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF) & 0xFFFFFFFF


def encrypted_zip(name: str, content: bytes, password: bytes) -> bytes:
    """A ZIP with one member under the traditional encryption of the format's specification, section 6.1."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def feed(byte: int) -> None:
        keys[0] = _crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    for byte in password:
        feed(byte)
    checksum = zlib.crc32(content)
    secret = bytearray()
    for byte in bytes(range(11)) + bytes([checksum >> 24]) + content:
        word = (keys[2] | 2) & 0xFFFF
        secret.append(byte ^ (((word * (word ^ 1)) >> 8) & 0xFF))
        feed(byte)
    label = name.encode()
    head = struct.pack("<HHHHHLLLHH", 20, 1, 0, 0x4800, 0x5C25, checksum, len(secret), len(content), len(label), 0)
    local = b"PK\x03\x04" + head + label + bytes(secret)
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + label
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


def _locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([["This page is locked."]]))) as opened:
        opened.save(
            out,
            encryption=pikepdf.Encryption(owner="owner", user="user", R=3, aes=False, metadata=False),
            static_id=True,
        )
    return out.getvalue()


def _bomb() -> bytes:
    """Small on disk: sixteen members that each unpack to forty megabytes of zeros, twice over."""
    inner = packed({f"part{number}.txt": bytes(40_000_000) for number in range(2)})
    return packed({f"more{number}.zip": inner for number in range(16)})


_ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def _hostile() -> tuple[Made, ...]:
    word = document(["An ordinary paragraph."])
    parts = unpacked(word)
    body = parts["word/document.xml"].split(b"?>", 1)[1].replace(b"An ordinary paragraph.", b"&secret;")
    parts["word/document.xml"] = _ENTITY + body
    svg = _ENTITY + b'<svg xmlns="http://www.w3.org/2000/svg"><text x="5" y="20">&secret;</text></svg>'
    html = _ENTITY + b"<html><body><p>&secret;</p><img src='http://192.0.2.1/x.png'></body></html>"
    none: tuple[str, ...] = ()
    any_verdict = ("ok", "safeguards", "ask", "stop")
    return (
        Made(
            "entity.docx",
            "external entity in a Word document",
            packed(parts),
            unread=none,
            case=PUB,
            verdicts=any_verdict,
        ),
        Made("entity.svg", "external entity in a drawing", svg, case=PUB, verdicts=any_verdict),
        Made("entity.html", "external entity in a page", html, case=PUB, verdicts=any_verdict),
        Made("bomb.zip", "archive that grows", _bomb(), unread=("too_large",), case=PUB, verdicts=UNSURE),
    )


def _unread(file: str, kind: str, content: bytes, reason: str, variable: bool = False) -> Made:
    """A file that must be reported as unread for this reason."""
    hazards = ("protected",) if reason == "encrypted" else ()
    return Made(file, kind, content, (), hazards, (reason,), case=PUB, verdicts=UNSURE, variable=variable)


def _unreadable() -> tuple[Made, ...]:
    whole, form = pdf([["A statement of several lines."] * 20]), book()
    word = document(["A letter."])
    sound = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(413)
    film = struct.pack(">I", 24) + b"ftypisom\x00\x00\x02\x00isomiso2" + struct.pack(">I", 8) + b"mdat"
    photo = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(200))
    noise = bytes((at * 197 + at // 7) % 256 for at in range(4096))
    return (
        _unread("locked.pdf", "encrypted PDF", _locked_pdf(), "encrypted", variable=True),
        _unread("locked.zip", "encrypted ZIP", encrypted_zip("note.txt", _note(), b"password"), "encrypted"),
        _unread("locked.7z", "encrypted 7z", seven_zip({"note.txt": _note()}, "password"), "encrypted", variable=True),
        _unread("empty.pdf", "empty file", b"", "corrupt"),
        _unread("truncated.pdf", "truncated PDF", whole[: len(whole) // 3], "corrupt"),
        _unread("truncated.docx", "truncated Word document", word[: len(word) // 2], "corrupt"),
        _unread("truncated.xlsx", "truncated workbook", form[: len(form) // 2], "corrupt"),
        _unread("damaged.jpg", "damaged photograph", photo, "corrupt"),
        _unread("firmware.bin", "unknown binary", noise, "unsupported"),
        _unread("interview.mp3", "sound", sound, "unsupported"),
        _unread("interview.mp4", "film", film, "unsupported"),
    )


def _archives() -> tuple[Made, ...]:
    reverse = statements()[0]
    inner = packed({"papers/mg11.pdf": reverse.content, "readme.txt": b"Papers as agreed.\n"})
    planted = about(PUB.witness, "name postcode phone landline email dob", "papers.zip, mg11.pdf")
    note = about(DRIVING.victim, "name address postcode phone", "note.txt")
    disguised = about(FRAUD.victim, "name address postcode phone", "document")
    return (
        Made(
            "bundle_nested.zip",
            "nested archive",
            packed({"bundle/papers.zip": inner, "index.csv": b"Tab,Pages\n1,2\n"}),
            planted,
            case=PUB,
            case_refs=(PUB.urn,),
            pages=3,
        ),
        Made("bundle.7z", "7z archive", seven_zip({"note.txt": _note(DRIVING)}), note, case=DRIVING),
        Made(
            "bundle_clean.zip",
            "archive without details",
            packed({"index.csv": b"Tab,Pages\n1,2\n2,14\n", "readme.txt": b"Index only.\n"}),
            case=PUB,
            clean=True,
            verdicts=("ok", "safeguards", "ask"),
        ),
        Made(
            "holiday.jpg",
            "Word document named as a picture",
            document(_note(FRAUD).decode().splitlines()),
            disguised,
            ("mislabelled_type",),
            case=FRAUD,
        ),
        Made(
            "minutes.docx",
            "PDF named as a Word document",
            pdf([_note(CONTROL).decode().splitlines()]),
            about(CONTROL.victim, "name address postcode phone", "page 1"),
            ("mislabelled_type",),
            case=CONTROL,
        ),
    )


def files() -> tuple[Made, ...]:
    """All archives and broken files."""
    return (*_archives(), *_hostile(), *_unreadable())
