"""Which extractor reads which kind of file; adding a format is one line here and one file beside it."""

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.archive import read_7z, read_zip
from bot.scan.extract.av import read_media
from bot.scan.extract.doc import read_doc
from bot.scan.extract.docx import read_docx
from bot.scan.extract.eml import read_eml
from bot.scan.extract.gather import Gathered
from bot.scan.extract.html import read_html, read_xml
from bot.scan.extract.image import read_image
from bot.scan.extract.interface import Extract, Extractor, Watch
from bot.scan.extract.kinds import Kind, detect, is_mislabelled
from bot.scan.extract.msg import read_msg
from bot.scan.extract.odf import read_odf
from bot.scan.extract.ole import read_locked, read_ole
from bot.scan.extract.pdf import read_pdf
from bot.scan.extract.ppt import read_ppt
from bot.scan.extract.pptx import read_pptx
from bot.scan.extract.rtf import read_rtf
from bot.scan.extract.text import read_csv, read_text
from bot.scan.extract.xls import read_xls
from bot.scan.extract.xlsx import read_xlsx

EXTRACTORS: tuple[tuple[str, Extractor], ...] = (
    ("text", read_text),
    ("csv", read_csv),
    ("html", read_html),
    ("xml", read_xml),
    ("rtf", read_rtf),
    ("docx", read_docx),
    ("doc", read_doc),
    ("odf", read_odf),
    ("xlsx", read_xlsx),
    ("xls", read_xls),
    ("pptx", read_pptx),
    ("ppt", read_ppt),
    ("pdf", read_pdf),
    ("eml", read_eml),
    ("msg", read_msg),
    ("png", read_image),
    ("jpeg", read_image),
    ("gif", read_image),
    ("webp", read_image),
    ("bmp", read_image),
    ("tiff", read_image),
    ("heic", read_image),
    ("zip", read_zip),
    ("7z", read_7z),
    ("locked", read_locked),
    ("ole", read_ole),
    ("video", read_media),
    ("audio", read_media),
)
_BY_KIND = dict(EXTRACTORS)


def read_file(attachment: Attachment, watch: Watch) -> Extract:
    """Read one file with the extractor its content calls for; a fault in an extractor becomes an unread file."""
    kind = detect(attachment.name, attachment.content)
    extractor = _BY_KIND.get(kind.id)
    try:
        extract = extractor(attachment, watch) if extractor else _unknown(kind)
    except MemoryError:
        raise
    except Exception:  # the last line of defence: what a hostile file provokes must not pass for clean
        extract = _broken(kind)
    return _with_label(attachment.name, kind, extract)


def _unknown(kind: Kind) -> Extract:
    basket = Gathered(kind.media_type)
    if kind.id == "empty":
        basket.unreadable("file", UnreadReason.CORRUPT, "The file is empty.")
    else:
        basket.unreadable("file", UnreadReason.UNSUPPORTED, "Files of this kind are not read.")
    return basket.extract()


def _broken(kind: Kind) -> Extract:
    basket = Gathered(kind.media_type)
    basket.unreadable("file", UnreadReason.CORRUPT, f"It claims to be {kind.say} but could not be read.")
    return basket.extract()


def _with_label(name: str, kind: Kind, extract: Extract) -> Extract:
    broken = any(one.place == "archive" and one.reason is UnreadReason.CORRUPT for one in extract.unread)
    # A broken archive may well have been the document it is named for.
    if broken or not is_mislabelled(name, kind):
        return extract
    basket = Gathered(extract.media_type)
    basket.hazard(HazardKind.MISLABELLED_TYPE, "file", f"The name says otherwise, but it is {kind.say}.")
    hazards = basket.extract().hazards + extract.hazards
    return Extract(extract.media_type, extract.parts, extract.pictures, extract.children, hazards, extract.unread)
