"""Guidance files with the habits and faults of real ones."""

import io
import zipfile
from collections.abc import Sequence

import docx
import pikepdf
import pypdfium2
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer

from tests.guidance_files.guide import HEADER, Guide, as_pdf, as_word, printed, ruled, saved

STYLES = getSampleStyleSheet()
NORMAL, HEADING = STYLES["Normal"], STYLES["Heading1"]


def word_with_hand_made_headings() -> bytes:
    """Bold numbered lines, an outline level on a plain paragraph, merged cells, a page break, nested lists."""
    document = docx.Document()
    document.core_properties.title = "Couriers and discs"
    document.add_paragraph().add_run("1. Purpose").bold = True
    document.add_paragraph("Discs are lost on the way more often than anything else.")
    outlined = document.add_paragraph("How discs travel")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    outlined._p.get_or_add_pPr().append(level)
    document.add_paragraph("Pack it twice", style="List Bullet")
    document.add_paragraph("the inner bag is sealed", style="List Bullet 2")
    table = document.add_table(rows=4, cols=5)
    for x, words in enumerate(("What", "Where it goes", "", "Verdict", "Conditions")):
        table.cell(0, x).text = words
    for x, words in enumerate(("What", "Recipient", "How", "Verdict", "Conditions")):
        table.cell(1, x).text = words
    for y, row in (
        (2, ("court", "courier", "only with safeguards", "encrypted")),
        (3, ("defence", "post", "never", "")),
    ):
        for x, words in enumerate(row, start=1):
            table.cell(y, x).text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 1).text = "Where it goes"
    table.cell(2, 0).text = "disc with an interview video"
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(2, 4).text = "encrypted\nnamed recipient"
    document.add_paragraph("End of page one.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph().add_run("2. Lost on the way").bold = True
    document.add_paragraph("Ring the courier within the hour.")
    document.sections[0].footer.paragraphs[0].text = "Version 2.1 | Owner: Post room manager"
    return saved(document)


def long_pdf(pages: int = 6) -> bytes:
    """Running headers and footers, page numbers, a word cut at a line's end, a table over several pages."""

    def decorate(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 815, "Northshire Prosecution Service - Handling policy v3.2")
        canvas.drawString(60, 25, "Owner: Head of Information Security")
        canvas.drawRightString(540, 25, f"Page {template.page} of {pages}")

    row = ("witness statement", "defence or court", "secure email", "only with safeguards", "case number checked")
    rows = [HEADER, *[row] * 26, ("body-worn video", "journalist", "any", "don't send", "")]
    flow = [
        Paragraph("Handling policy", STYLES["Title"]),
        Paragraph("1. Purpose", HEADING),
        Paragraph("A self-represented defendant and the wit-<br/>nesses are written to by name."),
        ruled(tuple(rows), repeat=1),
        Paragraph("2. After the table", HEADING),
        Paragraph("Sealed bags are signed for at the counter."),
        PageBreak(),
        Paragraph("3. Last page", HEADING),
        Paragraph("Shredding happens on Fridays."),
    ]
    return printed(flow, decorate=decorate, title="Microsoft Word - policy final.docx")


def pdf_with_merged_cells() -> bytes:
    """One cell that stands beside two rows."""
    rows = (
        HEADER,
        ("call recording", "court", "case system", "only with safeguards", "case number checked"),
        ("", "journalist", "any", "don't send", ""),
    )
    return printed([Paragraph("Calls", STYLES["Title"]), ruled(rows, ("SPAN", (0, 1), (0, 2)))])


COLUMNS = (60, 185, 260, 335, 430)
PROSE = (
    "Photographs show people at the worst moment of their lives, and",
    "nobody but the people who decide the case has to see them. Ask",
    "the officer in the case before you copy one, and note in the log",
    "who has it, for how long, and when it came back to the office.",
    "Nothing here keeps you from ringing the information team first.",
)
Lines = Sequence[Sequence[str]]
"""The lines of one row, each with what it has of every cell."""


def pdf_with_table_without_lines(
    *rows: Lines, apart: float = 20, leading: float = 12, prose: Sequence[str] = PROSE, after: Sequence[str] = ()
) -> bytes:
    """Words in columns that no line parts; rows stand `apart`, lines `leading`; a row of no lines turns the page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(60, 780, "Photographs")
    canvas.setFont("Helvetica", 10)
    y = 760.0
    for text in prose:
        y -= leading
        canvas.drawString(60, y, text)
    y -= 12
    for lines in ([HEADER], *rows):
        if not lines:
            canvas.showPage()
            canvas.setFont("Helvetica", 10)
            y = 780
        for number, line in enumerate(lines):
            y -= leading if number else apart
            for x, words in zip(COLUMNS, line, strict=True):
                canvas.drawString(x, y, words)
    y -= 20
    for text in after:
        y -= leading
        canvas.drawString(60, y, text)
    canvas.save()
    return out.getvalue()


def scanned(document: bytes) -> bytes:
    """The pages of a PDF as a scanner sends them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    drawn = pypdfium2.PdfDocument(document)
    for page in drawn:
        canvas.drawImage(ImageReader(page.render(scale=2).to_pil()), 0, 0, *A4)
        canvas.showPage()
    drawn.close()
    canvas.save()
    return out.getvalue()


def pdf_in_two_columns() -> bytes:
    """Prose in two columns under one heading."""
    out = io.BytesIO()
    template = BaseDocTemplate(out, pagesize=A4)
    frames = [Frame(50, 50, 235, 700), Frame(310, 50, 235, 700)]
    template.addPageTemplates([PageTemplate(frames=frames)])
    said = "the words of this column stay together in order because it is read downwards first. " * 4
    template.build([Paragraph(f"Paragraph {n} begins and {said} Paragraph {n} ends.") for n in range(14)])
    return out.getvalue()


def pdf_with_scanned_annex() -> bytes:
    """One page of text, and one that is only the picture of a page."""
    annex = printed(
        [
            Paragraph("ANNEX A: COURIERS", STYLES["Title"]),
            Spacer(1, 20),
            Paragraph("<font size=14>Discs travel by the contracted courier and are signed for by name.</font>"),
        ]
    )
    drawn = pypdfium2.PdfDocument(annex)
    picture = drawn[0].render(scale=2).to_pil()
    drawn.close()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 18)
    canvas.drawString(60, 780, "Couriers")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 740, "The annex has the rules for couriers, and this page has words of its own.")
    canvas.showPage()
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def scanned_blank() -> bytes:
    """A page that is the picture of an empty sheet."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("RGB", (600, 800), "white")), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(as_pdf(Guide()))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="one", user="two"))
    return out.getvalue()


def locked_word() -> bytes:
    """What Word writes when a document is given a password: a compound file with an encrypted package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def zip_bomb() -> bytes:
    """A Word document whose text unpacks to far more than a document holds."""
    return _with_part(as_word(Guide()), "word/document.xml", b"<w>" + b"a" * 90_000_000 + b"</w>")


def entity_bomb() -> bytes:
    """A Word document whose XML declares entities."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
    return _with_part(as_word(Guide()), "word/document.xml", bomb)


def _with_part(document: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as packed,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in packed.infolist():
            made.writestr(info.filename, content if info.filename == name else packed.read(info))
    return out.getvalue()


def pdf_that_never_ends(depth: int = 40) -> bytes:
    """A page that draws a form, which draws the next one twice, and so on: small, and longer to draw than a life."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        form = pdf.make_stream(b"BT ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
        for _ in range(depth):
            inner = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
            form = pdf.make_stream(
                b"/F Do /F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1], Resources=inner
            )
        page = pdf.pages[0]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        page.Contents = pdf.make_stream(b"/F Do")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()
