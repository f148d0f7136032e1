"""What a file really is, told from its content; the name is believed only where content cannot tell (CSV from text)."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import olefile


@dataclass(frozen=True)
class Kind:
    """A family of formats."""

    id: str
    say: str
    """What people call it."""
    media_type: str
    extensions: tuple[str, ...]
    """Extensions under which it is expected; any other one is a false label."""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ALL = (
    Kind("pdf", "a PDF", "application/pdf", ("pdf",)),
    Kind("docx", "a Word document", _OFFICE + "wordprocessingml.document", ("docx", "docm", "dotx", "dotm")),
    Kind(
        "xlsx", "an Excel workbook", _OFFICE + "spreadsheetml.sheet", ("xlsx", "xlsm", "xlsb", "xltx", "xltm", "xlam")
    ),
    Kind("pptx", "a PowerPoint file", _OFFICE + "presentationml.presentation", ("pptx", "pptm", "ppsx", "potx")),
    Kind(
        "odf", "an OpenDocument file", "application/vnd.oasis.opendocument", ("odt", "ods", "odp", "ott", "ots", "otp")
    ),
    Kind("zip", "a ZIP archive", "application/zip", ("zip",)),
    Kind("7z", "a 7z archive", "application/x-7z-compressed", ("7z",)),
    Kind("doc", "an old Word document", "application/msword", ("doc", "dot")),
    Kind("xls", "an old Excel workbook", "application/vnd.ms-excel", ("xls", "xlt")),
    Kind("ppt", "an old PowerPoint file", "application/vnd.ms-powerpoint", ("ppt", "pps")),
    Kind("msg", "an Outlook message", "application/vnd.ms-outlook", ("msg",)),
    Kind("ole", "an OLE container", "application/x-ole-storage", ("ole", "bin", "db")),
    Kind(
        "locked",
        "a password-protected Office file",
        "application/x-ole-storage",
        ("docx", "xlsx", "pptx", "docm", "xlsm"),
    ),
    Kind("rtf", "a rich text document", "application/rtf", ("rtf", "doc")),
    Kind("html", "a web page", "text/html", ("html", "htm", "xhtml")),
    Kind("xml", "an XML file", "application/xml", ("xml", "svg", "xsl", "rels", "kml", "gpx")),
    Kind("eml", "an email", "message/rfc822", ("eml", "mht", "mhtml", "txt")),
    Kind("csv", "a CSV table", "text/csv", ("csv", "tsv", "tab")),
    Kind("text", "plain text", "text/plain", ()),
    Kind("png", "a PNG picture", "image/png", ("png",)),
    Kind("jpeg", "a JPEG picture", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    Kind("gif", "a GIF picture", "image/gif", ("gif",)),
    Kind("webp", "a WebP picture", "image/webp", ("webp",)),
    Kind("bmp", "a bitmap picture", "image/bmp", ("bmp", "dib")),
    Kind("tiff", "a TIFF picture", "image/tiff", ("tif", "tiff")),
    Kind("heic", "a HEIC picture", "image/heic", ("heic", "heif", "avif")),
    Kind(
        "video",
        "a video",
        "video/*",
        ("mp4", "mov", "m4v", "avi", "mkv", "webm", "wmv", "asf", "3gp", "mpg", "mpeg", "ts"),
    ),
    Kind(
        "audio",
        "a sound recording",
        "audio/*",
        ("mp3", "wav", "m4a", "ogg", "oga", "flac", "wma", "amr", "aac", "opus"),
    ),
    Kind("empty", "an empty file", "application/x-empty", ()),
    Kind("unknown", "a file of a kind unknown here", "application/octet-stream", ("bin", "db")),
)
KINDS = {kind.id: kind for kind in _ALL}
_KNOWN_EXTENSIONS = {extension for kind in _ALL for extension in kind.extensions}
_SPEECH_OF_TEXT = {
    "txt",
    "md",
    "markdown",
    "log",
    "json",
    "csv",
    "tsv",
    "tab",
    "yaml",
    "yml",
    "ini",
    "ics",
    "vcf",
    "text",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"0&\xb2u\x8ef\xcf\x11", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"ID3", "audio"),
    (b"\xff\xfb", "audio"),
    (b"\xff\xf3", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"#!AMR", "audio"),
)
_RIFF = {b"WEBP": "webp", b"AVI ": "video", b"WAVE": "audio"}
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}


def detect(name: str, content: bytes) -> Kind:
    """Tell the kind of a file from its first bytes, its inner names, and last of all its extension."""
    if not content:
        return KINDS["empty"]
    found = _by_magic(content) or _by_text(name, content)
    return KINDS[found or "unknown"]


def is_mislabelled(name: str, kind: Kind) -> bool:
    """Whether the extension promises another kind of file than the content is."""
    extension = PurePath(name).suffix.lower().lstrip(".")
    if not extension or kind.id in ("empty", "ole"):
        return False
    if kind.id in ("text", "csv", "html", "xml", "eml", "unknown"):
        # Text has many honest extensions: it is falsely labelled only when it claims to be something that it cannot be.
        return extension in _KNOWN_EXTENSIONS - _SPEECH_OF_TEXT and extension not in kind.extensions
    return extension not in kind.extensions


def _by_magic(content: bytes) -> str | None:
    head = content[:1024]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if (
        head.startswith(b"BM")
        and len(content) > 26
        and content[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
    ):
        return "bmp"
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "heic" if brand in _HEIF_BRANDS else "audio" if brand in (b"M4A ", b"M4B ") else "video"
    # A PDF that lost its head is broken, and must not pass for text that was read.
    if b"%PDF-" in head or (b"\nendobj" in content and b"startxref" in content):
        return "pdf"
    if head.startswith(olefile.MAGIC):
        return _by_streams(content)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _by_members(content)
    return None


def _by_members(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except Exception:  # a broken archive is still an archive: its extractor says what is wrong
        return "zip"
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return "odf"
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return kind
    return "zip"


def _by_streams(content: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            for stream, kind in (
                ("EncryptedPackage", "locked"),
                ("__properties_version1.0", "msg"),
                ("WordDocument", "doc"),
                ("Workbook", "xls"),
                ("Book", "xls"),
                ("PowerPoint Document", "ppt"),
            ):
                if ole.exists(stream):
                    return kind
    except Exception:  # a broken container is still one: its extractor says what is wrong
        return "ole"
    return "ole"


def _by_text(name: str, content: bytes) -> str | None:
    head = content[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and (b"\x00" in head or sum(byte < 9 for byte in head) > len(head) // 50):
        return None
    start = head.decode("utf-16" if wide else "latin-1", errors="ignore").lstrip("\ufeffï»¿ \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html")) or ("<html" in start[:1500] and start.startswith("<")):
        return "html"
    extension = PurePath(name).suffix.lower().lstrip(".")
    if start.startswith("<?xml"):
        return "html" if "<html" in start else "xml"
    if extension in ("html", "htm", "xhtml") and "<" in start:
        return "html"
    if extension == "svg" or start.startswith("<svg"):
        return "xml"
    if _looks_like_email(start, extension):
        return "eml"
    return "csv" if extension in ("csv", "tsv", "tab") else "text"


def _looks_like_email(start: str, extension: str) -> bool:
    headers = {
        line.split(":")[0] for line in start.splitlines()[:40] if ":" in line and not line.startswith((" ", "\t"))
    }
    transport = headers & {"mime-version", "message-id", "received", "return-path", "content-type", "delivered-to"}
    if extension in ("eml", "mht", "mhtml"):
        return bool(headers & {"from", "to", "subject"} or transport)
    return bool(transport) and len(headers & {"from", "to", "subject", "date"}) >= 2
