"""Failed redaction, told by what is visible against what can be extracted."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bot.domain.finding import HazardKind
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Text, Watch
from bot.scan.extract.pdf import read_pdf
from bot.scan.extract.redaction import is_same_colour

SECRET = "Philippa Thornbury"


def page(draw: Callable[[Canvas], None], *, rotate: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    if rotate:
        canvas.setPageRotation(rotate)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(40, 250, "This page has enough words of its own not to be taken for a scan.")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(content: bytes) -> Extract:
    return read_pdf(Attachment("a.pdf", content), Watch())


def hidden(extract: Extract) -> str:
    return "\n".join(part.text for part in extract.parts if isinstance(part, Text) and part.hidden)


def shown(extract: Extract) -> str:
    return "\n".join(part.text for part in extract.parts if isinstance(part, Text) and not part.hidden)


def kinds(extract: Extract) -> set[HazardKind]:
    return {hazard.kind for hazard in extract.hazards}


def secret_at(canvas: Canvas, y: int = 200) -> None:
    canvas.drawString(40, y, f"Witness: {SECRET}")


def black_box(canvas: Canvas) -> None:
    secret_at(canvas)
    canvas.rect(88, 195, 150, 16, stroke=0, fill=1)


def white_box(canvas: Canvas) -> None:
    secret_at(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(88, 195, 150, 16, stroke=0, fill=1)


def white_text(canvas: Canvas) -> None:
    canvas.drawString(40, 200, "Witness:")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(95, 200, SECRET)


def black_text_on_black_highlight(canvas: Canvas) -> None:
    canvas.drawString(40, 200, "Witness:")
    canvas.rect(92, 195, 150, 16, stroke=0, fill=1)
    canvas.drawString(95, 200, SECRET)


def picture_on_top(canvas: Canvas) -> None:
    secret_at(canvas)
    canvas.drawImage(ImageReader(Image.new("RGB", (150, 16), "grey")), 88, 195, 150, 16)


@pytest.mark.parametrize("trick", [black_box, white_box, white_text, black_text_on_black_highlight, picture_on_top])
@pytest.mark.parametrize("rotate", [0, 90, 180])
def test_text_that_cannot_be_seen_but_can_be_copied_is_a_failed_redaction(
    trick: Callable[[Canvas], None], rotate: int
) -> None:
    extract = read(page(trick, rotate=rotate))
    hazard = next(one for one in extract.hazards if one.kind is HazardKind.FAILED_REDACTION)
    assert (hazard.place, hazard.count) == ("page 1", 1)
    assert "Witness: Philippa" in hidden(extract)
    assert "Thornbury" not in shown(extract)


def white_heading_on_dark(canvas: Canvas) -> None:
    canvas.rect(40, 195, 300, 20, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(45, 200, SECRET)


def box_with_nothing_under_it(canvas: Canvas) -> None:
    canvas.drawString(40, 200, f"Seen: {SECRET}")
    canvas.rect(40, 150, 150, 16, stroke=0, fill=1)


def light_grey_note(canvas: Canvas) -> None:
    canvas.setFillGray(0.75)
    canvas.setFont("Helvetica", 7)
    canvas.drawString(40, 200, SECRET)


def table_with_shaded_rows(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.rect(40, 195, 300, 20, stroke=1, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(45, 200, SECRET)


@pytest.mark.parametrize(
    "layout", [white_heading_on_dark, box_with_nothing_under_it, light_grey_note, table_with_shaded_rows]
)
def test_text_that_a_reader_sees_is_never_a_failed_redaction(layout: Callable[[Canvas], None]) -> None:
    extract = read(page(layout))
    assert extract.hazards == ()
    assert SECRET in shown(extract)
    assert hidden(extract) == ""


def annotated(subtype: str, **more: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(secret_at))) as document:
        mark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(subtype), Rect=[88, 195, 238, 211], **more
        )
        document.pages[0].Annots = document.make_indirect(pikepdf.Array([document.make_indirect(mark)]))
        document.save(out)
    return out.getvalue()


def test_a_redaction_that_was_marked_but_not_applied_is_reported() -> None:
    extract = read(annotated("/Redact"))
    assert "never applied" in next(one.detail for one in extract.hazards if one.kind is HazardKind.FAILED_REDACTION)
    assert SECRET in hidden(extract)


def test_a_filled_square_annotation_over_text_is_a_failed_redaction() -> None:
    extract = read(annotated("/Square", C=[0, 0, 0], IC=[0, 0, 0], F=4))
    assert HazardKind.FAILED_REDACTION in kinds(extract)
    assert SECRET in hidden(extract)


def scan(text: str, *, blackened: bool) -> ImageReader:
    picture = Image.new("L", (1200, 900), 250)
    draw = ImageDraw.Draw(picture)
    draw.text((120, 270), text, fill=20, font_size=36)
    draw.text((120, 500), "Signed at Wexmouth police station in the presence", fill=20, font_size=36)
    draw.text((120, 600), "of the officer in the case and of her appropriate adult", fill=20, font_size=36)
    if blackened:
        draw.rectangle((100, 260, 800, 320), fill=0)
    return ImageReader(picture)


def scanned_page(*, blackened: bool) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    canvas.drawImage(scan(SECRET, blackened=blackened), 0, 0, 400, 300)
    signed = (
        "Signed at Wexmouth police station in the presence",
        "of the officer in the case and of her appropriate adult",
    )
    for words, y in ((SECRET, 200), (signed[0], 123), (signed[1], 90)):
        layer = canvas.beginText(40, y)
        layer.setTextRenderMode(3)
        layer.setFont("Helvetica", 11)
        layer.textOut(words)
        canvas.drawText(layer)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_an_invisible_text_layer_over_a_scan_that_shows_it_is_an_ocr_layer() -> None:
    extract = read(scanned_page(blackened=False))
    assert HazardKind.FAILED_REDACTION not in kinds(extract)
    assert SECRET in shown(extract)


def test_an_invisible_text_layer_under_a_blackened_part_of_a_scan_is_a_failed_redaction() -> None:
    extract = read(scanned_page(blackened=True))
    assert HazardKind.FAILED_REDACTION in kinds(extract)
    assert SECRET in hidden(extract)
    assert "Signed at Wexmouth" in shown(extract)


def scan_with_box(*, box: bool) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    canvas.drawImage(scan(SECRET, blackened=False), 0, 0, 400, 300)
    if box:
        canvas.rect(35, 190, 240, 26, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_box_drawn_over_a_scan_leaves_the_scan_beneath_it_to_be_read() -> None:
    extract = read(scan_with_box(box=True))
    assert HazardKind.FAILED_REDACTION in kinds(extract)
    assert any(picture.hidden for picture in extract.pictures)


def test_a_scan_without_boxes_is_sent_to_ocr_and_nothing_else_is_said() -> None:
    extract = read(scan_with_box(box=False))
    assert extract.hazards == ()
    assert [picture.place for picture in extract.pictures] == ["page 1"]


def test_text_outside_the_page_and_text_too_small_to_read_are_hidden_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(900, 900, "Outside the page")
        canvas.setFont("Helvetica", 1)
        canvas.drawString(40, 100, "Toosmalltoread")

    extract = read(page(draw))
    assert HazardKind.HIDDEN_TEXT in kinds(extract)
    assert "Outside the page" in hidden(extract)
    assert "Toosmalltoread" in hidden(extract)


@pytest.mark.parametrize(
    "ink, ground, same",
    [
        (None, None, False),
        ("FFFFFF", None, True),
        ("FEFEFE", "FFFFFF", True),
        ("000000", "000000", True),
        (None, "000000", True),
        ("FFFFFF", "1F3864", False),
        ("auto", "auto", False),
        ("FF808080", None, False),
    ],
)
def test_colours_that_cannot_be_told_apart(ink: str | None, ground: str | None, same: bool) -> None:
    assert is_same_colour(ink, ground) is same
