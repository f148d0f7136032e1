"""What a file is, told from its content."""

import io
import zipfile

import pytest

from bot.scan.extract.kinds import detect, is_mislabelled


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "name, content, kind, mislabelled",
    [
        ("a.pdf", b"%PDF-1.7\n", "pdf", False),
        ("a.docx", b"%PDF-1.7\n", "pdf", True),
        ("a.jpg", b"\x89PNG\r\n\x1a\n", "png", True),
        ("a.docx", package("[Content_Types].xml", "word/document.xml"), "docx", False),
        ("a.xlsx", package("[Content_Types].xml", "word/document.xml"), "docx", True),
        ("a.zip", package("word/document.xml"), "zip", False),
        ("a.xlsm", package("[Content_Types].xml", "xl/workbook.xml"), "xlsx", False),
        ("a.txt", b"Plain words", "text", False),
        ("a", b"Plain words", "text", False),
        ("a.md", b"# Heading", "text", False),
        ("a.pdf", b"Plain words", "text", True),
        ("a.csv", b"a,b\n1,2", "csv", False),
        ("a.html", b"<!DOCTYPE html><p>Hi", "html", False),
        ("a.docx", b"<html><body>Saved as a web page", "html", True),
        ("a.eml", b"From: a@example.org\nTo: b@example.org\n\nHi", "eml", False),
        ("a.txt", b"MIME-Version: 1.0\nFrom: a@example.org\nTo: b@example.org\n\nHi", "eml", False),
        ("a.mp4", b"\0\0\0\x18ftypisom", "video", False),
        ("a.heic", b"\0\0\0\x18ftypheic", "heic", False),
        ("a.wav", b"RIFF\0\0\0\0WAVE", "audio", False),
        ("a.rtf", b"{\\rtf1 Hi}", "rtf", False),
        ("a.exe", b"MZ\x90\0\x03\0\0\0\x04\0", "unknown", False),
        ("a.pdf", b"MZ\x90\0\x03\0\0\0\x04\0", "unknown", True),
        ("a.pdf", b"", "empty", False),
    ],
)
def test_a_file_is_what_its_content_says(name: str, content: bytes, kind: str, mislabelled: bool) -> None:
    found = detect(name, content)
    assert found.id == kind
    assert is_mislabelled(name, found) is mislabelled
