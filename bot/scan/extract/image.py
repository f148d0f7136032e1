"""Pictures: properties, GPS, thumbnails, hidden tails; the pixels themselves go to OCR."""

import io
import math
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from lxml import etree
from PIL import ExifTags, Image, ImageChops, ImageFile, ImageOps, ImageSequence, IptcImagePlugin, UnidentifiedImageError
from PIL.TiffImagePlugin import IFDRational

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, is_person_like
from bot.scan.extract.image_tail import add_tail
from bot.scan.extract.interface import Extract, Watch
from bot.scan.extract.kinds import detect
from bot.scan.extract.markup import attributes, local, parse_xml

pillow_heif.register_heif_opener()
# Pillow only warns at its limit and refuses at twice that.
Image.MAX_IMAGE_PIXELS = limits.PICTURE_PIXELS // 2

_TELLING = {
    "Artist": "author",
    "XPAuthor": "author",
    "Copyright": "copyright",
    "ImageDescription": "description",
    "XPComment": "comment",
    "XPTitle": "title",
    "XPSubject": "subject",
    "XPKeywords": "keywords",
    "UserComment": "comment",
    "CameraOwnerName": "owner",
    "BodySerialNumber": "camera serial number",
    "HostComputer": "computer",
    "ImageUniqueID": "picture id",
}
_XMP_WORDS = (
    "creator",
    "Headline",
    "CaptionWriter",
    "Credit",
    "AuthorsPosition",
    "description",
    "title",
    "Location",
    "City",
    "State",
)


def read_image(attachment: Attachment, watch: Watch) -> Extract:
    """Read a picture file: properties, every frame or page, and what is appended after the picture."""
    kind = detect(attachment.name, attachment.content)
    basket = Gathered(kind.media_type)
    place = "scan" if kind.id == "tiff" else "picture" if kind.id in ("gif", "bmp") else "photo"
    add_properties(basket, attachment.content, place)
    add_tail(basket, kind.id, attachment.content)
    try:
        with quiet(), Image.open(io.BytesIO(attachment.content)) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > 1:
                _add_frames(basket, image, frames, "page" if kind.id == "tiff" else "frame", watch)
            else:
                basket.picture(attachment.content, place)
    except MemoryError:
        raise
    except Image.DecompressionBombError:
        basket.unreadable(place, UnreadReason.TOO_LARGE, "The picture has more pixels than one check reads.")
    except Exception:  # Pillow's decoders raise many kinds; all mean the same to the user
        basket.unreadable(place, UnreadReason.CORRUPT, "The picture is broken.")
    return basket.extract()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep Pillow's remarks on odd files out of the log: they can quote the file."""
    with warnings.catch_warnings(action="ignore"):
        yield


def _add_frames(basket: Gathered, image: Image.Image, frames: int, word: str, watch: Watch) -> None:
    last: Image.Image | None = None
    for number, frame in enumerate(ImageSequence.Iterator(image), 1):
        watch.tell(number, frames, f"Reading {word} {number} of {frames}")
        if watch.is_over:
            basket.unreadable(
                f"{word}s from {number} on", UnreadReason.TIMED_OUT, "There was no time left to read them."
            )
            return
        if number > limits.PAGES:
            basket.unreadable(f"{word} {number}", UnreadReason.TOO_LARGE, "There are more pages than one check reads.")
            return
        still = frame.convert("RGB")
        # The frames of an animation hardly differ; reading an equal one twice tells nothing new.
        if last is not None and last.size == still.size and ImageChops.difference(last, still).getbbox() is None:
            continue
        basket.picture(encoded(still), f"{word} {number}")
        last = still


def encoded(image: Image.Image) -> bytes:
    """A picture as bytes again, small enough to keep many in memory."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()


def add_properties(basket: Gathered, content: bytes, place: str) -> None:
    """Read EXIF, XMP and text chunks, GPS first of all; a picture that cannot be opened tells nothing here."""
    try:
        with quiet(), Image.open(io.BytesIO(content)) as image:
            _add_exif(basket, image, place)
            for key, value in image.info.items():
                if isinstance(value, str) and key not in ("dpi", "Software") and len(value) < 20_000:
                    basket.metadata(str(key), value, f"{place} properties")
            comment = image.info.get("comment")
            if isinstance(comment, bytes):
                basket.metadata("comment", comment.decode("utf-8", errors="replace"), f"{place} properties")
            _add_xmp(basket, image, place)
            _add_captions(basket, image, place)
            _add_thumbnail(basket, image, place)
    except MemoryError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, TypeError, SyntaxError, KeyError, ArithmeticError):
        return
    except (Image.DecompressionBombError, EOFError, AttributeError):
        return


def _add_exif(basket: Gathered, image: Image.Image, place: str) -> None:
    exif = image.getexif()
    properties = {**dict(exif.items()), **dict(exif.get_ifd(ExifTags.IFD.Exif).items())}
    for tag, value in properties.items():
        name = _TELLING.get(ExifTags.TAGS.get(tag, ""))
        text = _as_text(value) if name else ""
        if not text:
            continue
        basket.metadata(name or "", text, f"{place} properties")
        if name in ("author", "owner") and is_person_like(text):
            basket.hazard(HazardKind.METADATA, f"{place} properties", "The picture's properties name a person.")
        elif name in ("description", "comment", "title", "subject"):
            basket.hazard(HazardKind.METADATA, f"{place} properties", "The picture's properties hold a description.")
    position = _position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    if position:
        basket.metadata("GPS", position, f"{place} properties")
        basket.hazard(HazardKind.METADATA, f"{place} properties", "The picture says where it was taken (GPS).")


def _add_xmp(basket: Gathered, image: Image.Image, place: str) -> None:
    """Words and position in the XML properties that editing programs write (ISO 16684-1)."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    content = packet.encode() if isinstance(packet, str) else packet
    try:
        root = parse_xml(content.strip(b"\0 \r\n\t")) if isinstance(content, bytes) and content.strip() else None
    except (etree.XMLSyntaxError, ValueError):
        return
    position: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        for key, value in ((local(element), (element.text or "").strip()), *attributes(element)):
            if key in ("GPSLatitude", "GPSLongitude") and value:
                position[key] = value
            elif key in _XMP_WORDS and value and is_person_like(value):
                basket.metadata(key, value, f"{place} properties")
        if local(element) == "li" and (element.text or "").strip() and is_person_like(element.text or ""):
            basket.metadata("property", element.text, f"{place} properties")
    if len(position) == 2:
        basket.metadata("GPS", _in_degrees(position), f"{place} properties")
        basket.hazard(HazardKind.METADATA, f"{place} properties", "The picture says where it was taken (GPS).")


def _in_degrees(position: dict[str, str]) -> str:
    """XMP writes "51,30.5N": degrees and minutes."""
    angles = []
    for value in (position["GPSLatitude"], position["GPSLongitude"]):
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", value)[:3]]
        angle = sum(number / 60**power for power, number in enumerate(numbers))
        angles.append(-angle if value[-1:].upper() in ("S", "W") else angle)
    return f"{angles[0]:.5f}, {angles[1]:.5f}"


def _add_captions(basket: Gathered, image: Image.Image, place: str) -> None:
    """Captions as newspapers write them (IPTC IIM): by whom, of whom, where."""
    known = IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None
    for value in (known or {}).values():
        for one in value if isinstance(value, list) else [value]:
            text = one.decode("utf-8", errors="replace").strip() if isinstance(one, bytes) else ""
            if len(text) > 2 and text.isprintable() and is_person_like(text):
                basket.metadata("caption", text, f"{place} properties")
                basket.hazard(
                    HazardKind.METADATA, f"{place} properties", "The picture's properties hold a description."
                )


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        raw = value[8:] if value[:5] in (b"ASCII", b"UNICO") else value
        wide = raw.count(b"\0") > len(raw) // 3
        value = raw.decode("utf-16-le" if wide else "utf-8", errors="ignore")
    return str(value).replace("\0", "").strip() if isinstance(value, str | int | float) else ""


def _position(gps: dict[int, object]) -> str:
    """Latitude and longitude in degrees with five decimals (about a metre)."""
    degrees = []
    for reference, tag, negative in ((1, 2, "S"), (3, 4, "W")):
        value = gps.get(tag)
        if not isinstance(value, tuple) or len(value) != 3:
            return ""
        try:
            whole, minutes, seconds = (float(part) for part in value if isinstance(part, IFDRational | float | int))
        except (ValueError, ZeroDivisionError):
            return ""
        angle = whole + minutes / 60 + seconds / 3600
        degrees.append(-angle if str(gps.get(reference, "")).upper().startswith(negative) else angle)
    if any(math.isnan(angle) for angle in degrees) or degrees == [0.0, 0.0]:
        return ""
    return f"{degrees[0]:.5f}, {degrees[1]:.5f}"


def _add_thumbnail(basket: Gathered, image: Image.Image, place: str) -> None:
    """An EXIF thumbnail can still show what was cropped or blacked out of the picture itself."""
    exif = image.getexif()
    first = exif.get_ifd(ExifTags.IFD.IFD1)
    offset, length = first.get(513), first.get(514)
    raw = image.info.get("exif")
    if not isinstance(offset, int) or not isinstance(length, int) or not isinstance(raw, bytes):
        return
    content = raw[6 + offset : 6 + offset + length] if raw.startswith(b"Exif\0\0") else raw[offset : offset + length]
    with Image.open(io.BytesIO(content)) as thumbnail:
        small = thumbnail.convert("L")
    if _differs(small, image):
        basket.hazard(
            HazardKind.CROPPED_IMAGE,
            f"{place} thumbnail",
            "The thumbnail inside the file shows another picture than the file.",
        )
        basket.picture(content, f"{place} thumbnail", hidden=True)


def _differs(thumbnail: Image.Image, image: Image.Image) -> bool:
    """Whether the thumbnail is not simply the picture made small: other proportions or other pixels."""
    width, height = thumbnail.size
    # Cameras pad thumbnails to 160 x 120 with black bars, so the bars are cut off before the comparison.
    box = thumbnail.point(lambda level: 255 if level > 16 else 0).getbbox() or (0, 0, width, height)
    small = thumbnail.crop(box)
    if abs(math.log((small.width / small.height) / (image.width / image.height))) > 0.12:
        return True
    same = ImageOps.grayscale(image).resize(small.size)
    histogram = ImageChops.difference(small, same).histogram()
    return sum(histogram[60:]) > 0.05 * small.width * small.height
