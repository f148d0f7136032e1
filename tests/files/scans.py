"""Scanned pages, and pages redacted as they should be."""

import io

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from tests.files.drawing import encoded, sheet
from tests.files.paper import LEFT, edited, image_pdf, pdf
from tests.files.redactions import INTRO
from tests.files.truth import EXPECTED, Made, Planted, about
from tests.files.world import BURGLARY, DRIVING


def _proper() -> tuple[Made, ...]:
    """Boxes that hide nothing: the text is gone."""

    def boxes(canvas: Canvas, number: int, baselines: dict[str, float]) -> None:
        del number
        for line, y in baselines.items():
            if line.startswith("Witness"):
                canvas.rect(LEFT + 150, y - 3, 180, 12, fill=1)

    lines = [
        *INTRO,
        "Witness A lives at",
        "Witness B can be reached on",
        "",
        "Both saw the collision from the pavement.",
    ]
    picture = sheet(
        1240,
        1754,
        "white",
        ["Extract for disclosure", "", "The witness lives at", "and works nights at the depot."],
        boxes=((440, 192, 900, 236),),
    )
    return (
        Made(
            "redacted_properly.pdf",
            "properly redacted PDF",
            pdf([lines], draw=boxes),
            case=DRIVING,
            clean=True,
            verdicts=EXPECTED,
        ),
        Made(
            "redacted_scan.pdf",
            "properly redacted scan",
            image_pdf([encoded(picture, "PNG")]),
            case=DRIVING,
            clean=True,
            verdicts=EXPECTED,
            drawn=True,
        ),
    )


def _scans() -> tuple[Made, ...]:
    person = BURGLARY.witness
    lines = [
        "NOTE TO FILE",
        "",
        f"Statement taker visited {person.name}",
        f"at {person.home}",
        f"{person.postcode}",
        f"born {person.dob}",
        f"mobile {person.phone}",
    ]
    page = encoded(sheet(1240, 1754, "white", lines, size=34), "PNG")
    planted = about(person, "name address postcode dob phone", "page 1")
    typed = pdf([["# Continuation sheet", "The officer attended the address and left a calling card."]])

    def join(opened: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(image_pdf([page]))) as scan:
            opened.pages.extend(scan.pages)

    mixed = tuple(Planted(p.category, p.value, "page 2", p.hidden, p.role) for p in planted)
    return (
        Made("scan_note.pdf", "scanned page without text", image_pdf([page]), planted, case=BURGLARY, drawn=True),
        Made(
            "mixed_text_and_scan.pdf",
            "typed page and scanned page",
            edited(typed, join),
            mixed,
            case=BURGLARY,
            pages=2,
            drawn=True,
        ),
        Made("fax_pages.tiff", "multi-page TIFF", _tiff(lines), mixed, case=BURGLARY, pages=2, drawn=True),
    )


def _tiff(lines: list[str]) -> bytes:
    first, second = (
        sheet(1240, 1754, "white", ["FAX COVER SHEET", "", "2 pages including this one"], size=34),
        sheet(1240, 1754, "white", lines, size=34),
    )
    out = io.BytesIO()
    first.convert("L").save(out, "TIFF", save_all=True, append_images=[second.convert("L")], compression="tiff_deflate")
    return out.getvalue()


def files() -> tuple[Made, ...]:
    """All scans and proper redactions."""
    return (*_proper(), *_scans())
