"""Marks that only dim or blur what was meant to be hidden, in PDF and in pictures."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from bot.domain.finding import HazardKind
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Picture, Text, Watch
from bot.scan.extract.ocr import read_picture
from bot.scan.extract.pdf import read_pdf
from tests.files.drawing import encoded, photographed, sheet
from tests.files.scans import files as scans

LINES = [
    "Extract for disclosure",
    "The witness Philippa Thornbury",
    "saw the collision from the pavement",
    "and rang at once",
]
AT = (85, 150, 760, 190)
"""Where the second line stands on the sheet."""


def page(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(40, 250, "This page has enough words of its own not to be taken for a scan.")
    canvas.drawString(40, 200, "Witness: Philippa Thornbury")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def bar(grey: float, alpha: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.setFillAlpha(alpha)
        canvas.rect(88, 195, 150, 16, stroke=0, fill=1)

    return draw


def kinds(extract: Extract) -> set[HazardKind]:
    return {hazard.kind for hazard in extract.hazards}


def read(content: bytes) -> Extract:
    return read_pdf(Attachment("a.pdf", content), Watch())


@pytest.mark.parametrize(
    "grey, alpha, reported", [(0, 0.6, True), (0, 0.85, True), (0.9, 0.6, False), (0, 0.05, False), (0, 1, True)]
)
def test_a_see_through_bar_over_text_is_a_failed_redaction(grey: float, alpha: float, reported: bool) -> None:
    assert (HazardKind.FAILED_REDACTION in kinds(read(page(bar(grey, alpha))))) is reported


@pytest.mark.parametrize("colour, alpha, reported", [([0, 0, 0], 0.5, True), ([1, 1, 0], 0.5, False)])
def test_a_see_through_annotation_is_one_too_and_a_highlighter_is_not(
    colour: list[float], alpha: float, reported: bool
) -> None:
    with pikepdf.open(io.BytesIO(page(lambda canvas: None))) as document:
        mark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[88, 195, 238, 211], IC=colour, CA=alpha
        )
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(mark)])
        out = io.BytesIO()
        document.save(out)
    assert (HazardKind.FAILED_REDACTION in kinds(read(out.getvalue()))) is reported


def picture() -> Image.Image:
    return sheet(900, 400, "white", LINES, size=30)


def seen(image: Image.Image, place: str = "page 1", kind: str = "PNG") -> Extract:
    return read_picture(Picture(encoded(image, kind), place))


def dimmed(share: float) -> Image.Image:
    image = picture()
    return Image.composite(Image.blend(image, Image.new("RGB", image.size), share), image, boxed())


def boxed() -> Image.Image:
    mask = Image.new("L", (900, 400), 0)
    ImageDraw.Draw(mask).rectangle(AT, fill=255)
    return mask


@pytest.mark.parametrize("share", [0.6, 0.8, 0.9])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_words_that_show_through_a_bar_in_a_picture_are_read_and_reported(share: float, kind: str) -> None:
    extract = seen(dimmed(share), kind=kind)
    assert HazardKind.FAILED_REDACTION in kinds(extract)
    assert "Thornbury" in "".join(part.text for part in extract.parts if isinstance(part, Text) and part.hidden)


def test_words_that_are_only_blurred_are_reported() -> None:
    image = picture()
    image.paste(image.filter(ImageFilter.GaussianBlur(9)), mask=boxed())
    assert HazardKind.FAILED_REDACTION in kinds(seen(image))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_solid_bars_and_whole_pages_are_no_weak_marks(kind: str) -> None:
    solid = picture()
    ImageDraw.Draw(solid).rectangle(AT, fill=(20, 20, 20))
    heading = picture()
    ImageDraw.Draw(heading).rectangle(AT, fill=(30, 40, 90))
    ImageDraw.Draw(heading).text((100, 152), "Light words on a dark ground", fill="white", font_size=30)
    for image in (
        picture(),
        solid,
        heading,
        photographed(picture(), 3),
        picture().filter(ImageFilter.GaussianBlur(1.5)),
    ):
        assert kinds(seen(image, kind=kind)) == set()


def test_no_scan_of_the_evaluation_set_that_is_clean_has_weak_marks() -> None:
    for made in (one for one in scans() if one.clean and one.file.endswith(".pdf")):
        for part in read(made.content).pictures:
            assert kinds(read_picture(part)) == set(), made.file
