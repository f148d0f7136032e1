"""Puts text on pages of PDF the way casework prints do; same bytes every time."""

import io
from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import Any

import pikepdf
from pikepdf import Dictionary
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

TOP, LEFT, STEP = 790, 56, 15


def lay(canvas: Canvas, lines: Sequence[str], font: str = "Helvetica", size: float = 10.5) -> dict[str, float]:
    """Draw lines down the page and return the baseline of each, so that a box can be put over one."""
    width = 100 if font.startswith("Helvetica") or font.startswith("Times") else 76
    baselines: dict[str, float] = {}
    y = float(TOP)
    for line in lines:
        heading = line.startswith("# ")
        canvas.setFont("Helvetica-Bold" if heading else font, size + 2.5 if heading else size)
        for part in wrap(line.removeprefix("# "), width) if len(line) > width else [line.removeprefix("# ")]:
            canvas.drawString(LEFT, y, part)
            baselines.setdefault(line, y)
            y -= STEP
    return baselines


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    font: str = "Helvetica",
    title: str = "",
    author: str = "",
    draw: Callable[[Canvas, int, dict[str, float]], None] | None = None,
) -> bytes:
    """A PDF of these pages; `draw` may add to a page after its text, given the baselines of its lines."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for number, lines in enumerate(pages, start=1):
        baselines = lay(canvas, lines, font)
        if draw:
            draw(canvas, number, baselines)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def image_pdf(pictures: Sequence[bytes], under: Sequence[Sequence[str]] = ()) -> bytes:
    """A PDF of page images; `under` lays invisible text beneath, as scanners with OCR do."""
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number, picture in enumerate(pictures):
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, *A4)
        if number < len(under):
            text = canvas.beginText(LEFT, TOP)
            text.setFont("Helvetica", 10)
            text.setTextRenderMode(3)
            text.textLines("\n".join(under[number]))
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def edited(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The same PDF after a change to its objects."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out, deterministic_id=True)
        return out.getvalue()


def annotate(content: bytes, page: int, **entries: Any) -> bytes:
    """Add one annotation with these entries (Subtype, Rect, Contents …) to a page."""

    def add(opened: pikepdf.Pdf) -> None:
        annotation = opened.make_indirect(Dictionary(Type=pikepdf.Name.Annot, **entries))
        target = opened.pages[page - 1]
        if "/Annots" not in target:
            target["/Annots"] = pikepdf.Array()
        target["/Annots"].append(annotation)

    return edited(content, add)


def later_version(first: bytes, second: bytes) -> bytes:
    """`first` with an incremental update to the contents of `second`; the old text stays inside."""
    with pikepdf.open(io.BytesIO(first)) as old, pikepdf.open(io.BytesIO(second)) as new:
        number = old.pages[0].Contents.objgen[0]
        stream = new.pages[0].Contents.read_bytes()
        size, root = int(old.trailer.Size), old.trailer.Root.objgen[0]
    start = int(first.rsplit(b"startxref", 1)[1].split()[0])
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n" % (number, len(stream)) + stream + b"\nendstream\nendobj\n"
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(first) + 1)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return first + b"\n" + body + table + trailer % (size, root, start, len(first) + 1 + len(body))
