"""Pictures: properties, thumbnails, tails, and text read from pixels in any quarter turn."""

import io
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
