"""Marked and redacted copies of PDFs and pictures: what is gone is gone, the rest is kept, what fails is refused."""

import io
from collections.abc import Sequence

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from bot.domain.copy import Copy, CopyKind
from bot.domain.finding import Category
from bot.domain.message import Attachment
from bot.scan.copies.interface import Painter
from bot.scan.copies.look import Looker
from bot.scan.copies.make import make_copy
from bot.scan.copies.pdf import PdfSheets
from bot.scan.copies.redact import redact
from bot.scan.extract.interface import Table, Text, Watch
from bot.scan.recognise.interface import Recognised, Span

NAME, PHONE = "Philippa Thornbury", "07700 900123"
NOTICE = "Nothing on this page is about anyone."


class FindsWords:
    """Finds fixed values, so that these tests are about copying and not about recognition."""

    def recognise(self, parts: Sequence[Text | Table]) -> Recognised:
        """Nothing: there are no tables here."""
        return Recognised()

    def spans_in(self, parts: Sequence[Text], allowed: frozenset[str] = frozenset()) -> list[list[Span]]:
        """Every place of the values, unless they are allowed."""
        return [
            [
                Span(part.text.find(value), part.text.find(value) + len(value), category, 0.9)
                for value, category in ((NAME, Category.PERSON_NAME), (PHONE, Category.PHONE))
                if value in part.text and value not in allowed
            ]
            for part in parts
        ]


def pdf(*pages: Sequence[str], rotate: int = 0) -> bytes:
    """A PDF with these lines, with properties and a bookmark that name someone."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300))
    canvas.setAuthor(NAME)
    for number, lines in enumerate(pages):
        canvas.setPageRotation(rotate)
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(NAME, f"p{number}")
        for at, line in enumerate(lines):
            canvas.drawString(40, 250 - 30 * at, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def made(kind: CopyKind, name: str, content: bytes, allowed: frozenset[str] = frozenset()) -> Copy:
    return make_copy(Attachment(name, content), kind, FindsWords(), allowed)


def texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


def drawn(content: bytes, page: int = 0) -> np.ndarray:
    with pypdfium2.PdfDocument(content) as document:
        return np.asarray(document[page].render(scale=2).to_pil().convert("L")).copy()


def solid(ink: np.ndarray) -> np.ndarray:
    """Corners of the squares of eight pixels that are all ink, which no letter has."""
    high, wide = ink.shape[0] // 8, ink.shape[1] // 8
    squares = ink[: high * 8, : wide * 8].reshape(high, 8, wide, 8).all(axis=(1, 3))
    return np.argwhere(squares) * 8


def test_a_page_with_a_finding_becomes_a_picture_and_a_clean_page_stays_as_it_is() -> None:
    copy = made(CopyKind.REDACTED, "note.pdf", pdf([f"Seen by {NAME} today", "Weather: dry"], [NOTICE]))
    assert copy.verified
    assert copy.name == "note (redacted).pdf"
    assert copy.removed[0] == "1 place painted over on 1 page"
    assert [text.strip() for text in texts(copy.content)] == ["", NOTICE]


def test_nothing_but_pages_is_in_a_redacted_copy() -> None:
    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([NOTICE]))) as document:
        document.attachments["notes.txt"] = PHONE.encode()
        document.Root.AA = pikepdf.Dictionary(WC=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
        document.pages[0].obj["/PieceInfo"] = pikepdf.Dictionary(Note=pikepdf.String(NAME))
        document.save(content)
    later = content.getvalue() + b"\n% " + NAME.encode() + b"\n%%EOF\n"
    copy = made(CopyKind.REDACTED, "note.pdf", later)
    with pikepdf.open(io.BytesIO(copy.content)) as document:
        assert set(document.Root.keys()) <= {"/Type", "/Pages"}
        assert not set(document.docinfo.keys())
        assert "/PieceInfo" not in document.pages[0].obj
    assert NAME.encode() not in copy.content
    assert PHONE.encode() not in copy.content
    assert texts(copy.content)[0].strip() == NOTICE


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_paint_covers_the_value_and_no_more_however_the_page_is_turned(rotate: int) -> None:
    content = pdf([f"Seen by {NAME}", "Weather: dry"], rotate=rotate)
    copy = made(CopyKind.REDACTED, "note.pdf", content)
    assert copy.verified
    before, after = drawn(content) < 100, drawn(copy.content) < 100
    assert before.shape == after.shape
    painted = solid(after)
    (top, left), (bottom, right) = painted.min(0) - 8, painted.max(0) + 16
    assert 0 < (bottom - top) * (right - left) < 0.06 * after.size
    outside = np.ones_like(before)
    outside[max(0, top) : bottom, max(0, left) : right] = False
    # The other words are still there, as much ink as before.
    assert (before & outside).sum() > 300
    assert (after & outside).sum() == pytest.approx((before & outside).sum(), rel=0.15)


def test_a_layer_that_is_switched_off_does_not_come_back() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([NOTICE]))) as document:
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="notes"))
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]), Order=pikepdf.Array())
        )
        page = document.pages[0]
        page.obj.Resources["/Properties"] = pikepdf.Dictionary(L1=layer)
        page.contents_add(b"/OC /L1 BDC 0 g 0 0 400 300 re f EMC")
        document.save(out)
    assert (drawn(out.getvalue()) < 100).mean() < 0.1
    copy = made(CopyKind.REDACTED, "note.pdf", out.getvalue())
    assert copy.verified
    assert (drawn(copy.content) < 100).mean() < 0.1


def test_a_value_in_a_note_drawn_on_the_page_is_painted_over() -> None:
    content = pdf([NOTICE])
    picture = Image.new("RGB", (600, 80), "white")
    ImageDraw.Draw(picture).text((10, 20), f"Ring {PHONE}", fill="black", font_size=36)
    stamped = io.BytesIO()
    canvas = Canvas(stamped, pagesize=(400, 300))
    canvas.drawString(40, 250, "A long enough line of text, so that this page counts as text.")
    canvas.drawInlineImage(picture, 40, 100, 300, 40)
    canvas.save()
    copy = made(CopyKind.REDACTED, "note.pdf", stamped.getvalue())
    assert copy.verified
    assert copy.removed[0].startswith("1 place")
    assert made(CopyKind.REDACTED, "plain.pdf", content).removed[0].startswith("0 places")


@pytest.mark.parametrize("form, extension", [("PNG", "png"), ("JPEG", "jpg"), ("TIFF", "tif"), ("WEBP", "webp")])
def test_a_redacted_picture_is_pixels_alone(form: str, extension: str) -> None:
    picture = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(picture).text((40, 60), f"Name: {NAME}", fill="black", font_size=40)
    ImageDraw.Draw(picture).text((40, 180), "Weather: dry", fill="black", font_size=40)
    exif = Image.Exif()
    exif[315] = NAME
    out = io.BytesIO()
    picture.save(out, form, exif=exif)
    copy = made(CopyKind.REDACTED, f"photo.{extension}", out.getvalue() + b"\0" * 4)
    assert copy.verified, copy.why
    assert copy.name == f"photo (redacted).{extension}"
    assert NAME.encode() not in copy.content
    opened = Image.open(io.BytesIO(copy.content))
    assert opened.size == picture.size
    assert not dict(opened.getexif()).get(315)
    ink = np.asarray(opened.convert("L")) < 100
    # The name is one black bar now; the weather is still there.
    assert ink[70:90, 250:500].mean() > 0.9
    assert 0.02 < ink[180:230, 40:300].mean() < 0.5


def test_every_page_of_a_fax_is_kept_and_painted() -> None:
    pages = [Image.new("L", (900, 200), 255) for _ in range(2)]
    for page, words in zip(pages, (NOTICE, f"Ring {PHONE}"), strict=True):
        ImageDraw.Draw(page).text((40, 60), words, fill=0, font_size=40)
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    copy = made(CopyKind.REDACTED, "fax.tif", out.getvalue())
    assert copy.verified, copy.why
    assert copy.removed[0] == "1 place painted over on 1 page"
    assert getattr(Image.open(io.BytesIO(copy.content)), "n_frames", 1) == 2


def test_a_marked_copy_keeps_the_value_and_says_what_is_on_no_page() -> None:
    content = pdf([f"Seen by {NAME} today"], [NOTICE])
    copy = made(CopyKind.MARKED, "note.pdf", content)
    assert copy.name == "note (marked).pdf"
    assert copy.removed == ("1 place marked on 1 page",)
    assert "Findings that are on no page" in copy.why
    with pypdfium2.PdfDocument(copy.content) as document:
        shown = np.asarray(document[0].render(scale=2).to_pil().convert("RGB")).astype(int)
    red = (shown[:, :, 0] > 150) & (shown[:, :, 1] < 90)
    assert 100 < red.sum() < 0.2 * red.size
    assert (drawn(content) < 100).sum() == pytest.approx((shown.sum(2) < 300).sum(), rel=0.5)
    assert NAME not in copy.why


def test_what_the_site_allows_is_left_alone() -> None:
    content = pdf([f"Seen by {NAME} today"])
    copy = made(CopyKind.REDACTED, "note.pdf", content, frozenset({NAME}))
    assert copy.verified
    assert NAME in texts(copy.content)[0]


class KeepsAll(PdfSheets):
    """Pages that come out as they went in, as if the paint had missed."""

    def rebuilt(self, painted: frozenset[int], paint: Painter) -> bytes:
        """The same text again, whatever was to be painted."""
        assert painted
        return pdf([f"Seen by {NAME} today"])


def test_a_copy_that_still_holds_a_value_is_refused() -> None:
    content = pdf([f"Seen by {NAME} today"])
    copy = redact(Attachment("note.pdf", content), KeepsAll(content), Looker(FindsWords(), frozenset(), Watch()))
    assert copy.content == b""
    assert not copy.verified
    assert copy.why.startswith("No redacted copy was made: personal data could still be found in it (page 1")
    assert NAME not in copy.why


@pytest.mark.parametrize(
    "kind, name, content, why",
    [
        (
            CopyKind.REDACTED,
            "a.txt",
            b"Dear all,",
            "Redacted copies are made of PDFs and pictures; this is plain text.",
        ),
        (CopyKind.CLEANED, "a.pdf", pdf([NOTICE]), "Cleaned copies are made of Word, Excel and PowerPoint files"),
        (CopyKind.MARKED, "a.pdf", b"%PDF-1.7\nnothing", "The PDF is broken or protected with a password"),
        (CopyKind.REDACTED, "a.jpg", b"\xff\xd8\xff\xe0" + b"\x01" * 500, "The picture is broken"),
    ],
)
def test_a_file_of_which_no_copy_can_be_made_gets_the_reason(
    kind: CopyKind, name: str, content: bytes, why: str
) -> None:
    copy = made(kind, name, content)
    assert copy.content == b""
    assert copy.why.startswith(why)
