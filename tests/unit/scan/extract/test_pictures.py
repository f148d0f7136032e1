"""Pictures: properties, thumbnails, tails, and text read from pixels in any quarter turn."""

import io
import struct
import zipfile

import pytest
from PIL import Image, ImageDraw, ImageFilter

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Picture, Text, Watch
from bot.scan.extract.ocr import read_picture
from bot.scan.extract.registry import read_file

LINES = ["WEXMOUTH INFIRMARY", "THORNBURY, Philippa", "Born 22/05/1990", "Hospital 4471120"]


def card() -> Image.Image:
    picture = Image.new("RGB", (900, 420), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(LINES):
        draw.text((60, 40 + 90 * number), line, fill="black", font_size=48)
    return picture


def encoded(picture: Image.Image, form: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def read(name: str, content: bytes) -> Extract:
    return read_file(Attachment(name, content), Watch())


def seen(picture: Image.Image, place: str = "photo") -> Extract:
    return read_picture(Picture(encoded(picture), place))


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 12])
def test_text_is_read_in_reading_order_however_the_picture_is_turned(turn: int) -> None:
    extract = seen(card().rotate(turn, expand=True, fillcolor="white"))
    part = extract.parts[0]
    assert isinstance(part, Text)
    assert part.source == "ocr"
    assert part.text.replace(" ", "").splitlines() == [line.replace(" ", "") for line in LINES]
    assert extract.unread == ()


def test_a_plain_photograph_without_text_counts_as_read() -> None:
    extract = seen(Image.effect_noise((400, 300), 40).filter(ImageFilter.GaussianBlur(6)).convert("RGB"))
    assert (extract.parts, extract.unread) == ((), ())


def test_a_document_page_with_marks_but_no_legible_text_does_not_count_as_read() -> None:
    page = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(page).line([(50, 400), (200, 300), (300, 500), (550, 350)], fill="black", width=12)
    assert [one.reason for one in seen(page, "page 1").unread] == [UnreadReason.LOW_CONFIDENCE]


def test_a_broken_picture_is_said_to_be_broken() -> None:
    assert [one.reason for one in read_picture(Picture(b"no picture", "photo")).unread] == [UnreadReason.CORRUPT]


def test_the_place_where_a_photograph_was_taken_is_found() -> None:
    picture = card()
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 6.0, 0.0)})
    exif[0x013B] = "Rosalind Ashgrove"
    extract = read("a.jpg", encoded(picture, "JPEG", exif=exif))
    found = [part.text for part in extract.parts if isinstance(part, Text) and part.source == "metadata"]
    assert "GPS: 51.50000, -0.10000" in found
    assert "author: Rosalind Ashgrove" in found
    assert {hazard.kind for hazard in extract.hazards} == {HazardKind.METADATA}


def test_an_archive_appended_to_a_picture_is_found() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("list.txt", "names")
    extract = read("a.png", encoded(card()) + out.getvalue())
    assert {hazard.kind for hazard in extract.hazards} == {HazardKind.EMBEDDED_FILE}
    assert [child.name for child, _ in extract.children] == ["appended.zip"]


def test_every_page_of_a_tiff_is_read() -> None:
    content = encoded(card(), "TIFF", save_all=True, append_images=[card().rotate(180)])
    assert [picture.place for picture in read("a.tif", content).pictures] == ["page 1", "page 2"]


@pytest.mark.parametrize("form, name", [("WEBP", "a.webp"), ("GIF", "a.gif"), ("BMP", "a.bmp"), ("HEIF", "a.heic")])
def test_less_usual_pictures_are_read_too(form: str, name: str) -> None:
    extract = read(name, encoded(card(), form))
    assert extract.hazards == ()
    text = read_picture(extract.pictures[0]).parts[0]
    assert isinstance(text, Text)
    assert "Philippa" in text.text


def test_a_position_and_a_name_in_xml_properties_are_found() -> None:
    packet = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:e='http://ns.adobe.com/exif/1.0/' xmlns:p='http://ns.adobe.com/photoshop/1.0/'>"
        "<d e:GPSLatitude='51,30.0N' e:GPSLongitude='0,6.0W' p:Headline='Philippa Thornbury at home'/></x:xmpmeta>"
    )
    extract = read("a.jpg", encoded(card(), "JPEG", xmp=packet.encode()))
    found = [part.text for part in extract.parts if isinstance(part, Text) and part.source == "metadata"]
    assert "GPS: 51.50000, -0.10000" in found
    assert "Headline: Philippa Thornbury at home" in found


def with_thumbnail(shown: Image.Image, small: Image.Image) -> bytes:
    """A JPEG whose EXIF block holds a thumbnail, written field by field (EXIF 2.3, 4.5)."""
    preview = encoded(small, "JPEG")
    first = struct.pack("<HI", 0, 14)
    second = struct.pack("<H", 3) + struct.pack("<HHII", 259, 3, 1, 6)
    second += struct.pack("<HHII", 513, 4, 1, 14 + 42) + struct.pack("<HHII", 514, 4, 1, len(preview)) + bytes(4)
    return encoded(shown, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0" + first + second + preview)


def test_a_thumbnail_that_shows_more_than_the_picture_is_read() -> None:
    whole = card()
    small = whole.resize((180, 84))
    assert read("a.jpg", with_thumbnail(whole, small)).hazards == ()
    extract = read("a.jpg", with_thumbnail(whole.crop((0, 0, 450, 420)), small))
    assert {hazard.kind for hazard in extract.hazards} == {HazardKind.CROPPED_IMAGE}
    assert [picture.place for picture in extract.pictures] == ["photo thumbnail", "photo"]
    blacked = whole.copy()
    ImageDraw.Draw(blacked).rectangle((40, 100, 860, 330), fill="black")
    assert HazardKind.CROPPED_IMAGE in {hazard.kind for hazard in read("a.jpg", with_thumbnail(blacked, small)).hazards}


@pytest.mark.parametrize(
    "tail, found",
    [
        (b"\0\0\0\x18ftypmp42" + b"moov" * 20, "appended.mp4"),
        (b"Names: Philippa Thornbury, Delphine Marsh", "text after the picture"),
        (encoded(card(), "JPEG"), "second picture in the file"),
    ],
    ids=["film", "text", "picture"],
)
def test_what_follows_the_end_of_a_photograph_is_looked_into(tail: bytes, found: str) -> None:
    extract = read("a.jpg", encoded(card(), "JPEG") + tail)
    assert HazardKind.EMBEDDED_FILE in {hazard.kind for hazard in extract.hazards}
    places = [part.place for part in extract.parts] + [picture.place for picture in extract.pictures]
    assert found in [*places, *(child.name for child, _ in extract.children)]


def test_a_photograph_with_nothing_behind_it_has_no_tail() -> None:
    assert read("a.jpg", with_thumbnail(card(), card().resize((180, 84))) + bytes(40)).hazards == ()


def test_a_caption_as_newspapers_write_it_is_read() -> None:
    words = b"Philippa Thornbury at home"
    block = b"\x1c\x02\x78" + struct.pack(">H", len(words)) + words
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block
    content = encoded(card(), "JPEG")
    segment = b"Photoshop 3.0\0" + resource
    marked = content[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + content[2:]
    found = [part.text for part in read("a.jpg", marked).parts if isinstance(part, Text)]
    assert "caption: Philippa Thornbury at home" in found
