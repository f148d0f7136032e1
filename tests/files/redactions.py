"""PDFs whose redactions hide nothing, PDFs that keep text out of sight, and PDFs redacted as they should be."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.files.drawing import encoded, sheet
from tests.files.paper import LEFT, annotate, edited, image_pdf, later_version, pdf
from tests.files.truth import Made, Planted, about
from tests.files.world import ASSAULT, BURGLARY, CONTROL, DRIVING, DRUGS, FRAUD, PUB, ROBBERY, Case

INTRO = ["# Extract for disclosure", "The passage below has been edited for service.", ""]


def _secret(case: Case) -> str:
    return f"{case.victim.name}, {case.victim.home}, {case.victim.postcode}, {case.victim.phone}"


def _planted(case: Case, place: str = "page 1") -> tuple[Planted, ...]:
    return about(case.victim, "name address postcode phone", place, True)


def _covered(name: str, kind: str, case: Case, cover: Callable[[Canvas, float], None]) -> Made:
    """A page whose secret line is drawn and then covered."""

    def draw(canvas: Canvas, number: int, baselines: dict[str, float]) -> None:
        del number
        cover(canvas, baselines[_secret(case)])

    content = pdf([[*INTRO, _secret(case), "", "The remainder of the note is not sensitive."]], draw=draw)
    return Made(name, kind, content, _planted(case), ("failed_redaction",), case=case)


def _black(canvas: Canvas, y: float) -> None:
    canvas.setFillGray(0)
    canvas.rect(LEFT - 4, y - 4, 535, 15, fill=1, stroke=0)


def _white(canvas: Canvas, y: float) -> None:
    canvas.setFillGray(1)
    canvas.rect(LEFT - 4, y - 4, 535, 15, fill=1, stroke=0)


def _image(canvas: Canvas, y: float) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(encoded(sheet(535, 16, "grey"), "PNG"))), LEFT - 4, y - 4, 535, 15)


def _white_text() -> Made:
    case = CONTROL

    def draw(canvas: Canvas, number: int, baselines: dict[str, float]) -> None:
        del number, baselines
        canvas.setFillGray(1)
        canvas.drawString(LEFT, 600, _secret(case))
        canvas.setFillGray(0)

    return Made(
        "pdf_white_text.pdf", "white text", pdf([INTRO], draw=draw), _planted(case), ("hidden_text",), case=case
    )


def _invisible() -> Made:
    case = ASSAULT
    picture = encoded(sheet(1240, 1754, "white", ["Extract for disclosure", "", "Nothing else on this page."]), "PNG")
    return Made(
        "scan_invisible_layer.pdf",
        "OCR layer keeps what the scan no longer shows",
        image_pdf([picture], [["Extract for disclosure", *_wrapped(case)]]),
        _planted(case),
        ("hidden_text",),
        case=case,
    )


def _wrapped(case: Case) -> list[str]:
    return [case.victim.name, case.victim.home, f"{case.victim.postcode} {case.victim.phone}"]


def _annotated() -> tuple[Made, ...]:
    base = {case.urn: pdf([[*INTRO, _secret(case)]]) for case in (DRUGS, FRAUD, ROBBERY)}
    rect = Array([LEFT - 4, 735, LEFT + 535, 757])
    black = Array([0, 0, 0])
    return (
        Made(
            "redact_not_applied.pdf",
            "redact annotation never applied",
            annotate(
                base[DRUGS.urn],
                1,
                Subtype=Name.Redact,
                Rect=rect,
                IC=black,
                QuadPoints=Array([52, 757, 592, 757, 52, 735, 592, 735]),
            ),
            about(DRUGS.victim, "name address postcode phone", "page 1"),
            ("failed_redaction",),
            case=DRUGS,
        ),
        Made(
            "black_highlight_annotation.pdf",
            "black square annotation",
            annotate(base[FRAUD.urn], 1, Subtype=Name.Square, Rect=rect, C=black, IC=black, F=4),
            _planted(FRAUD),
            ("failed_redaction",),
            case=FRAUD,
        ),
        Made(
            "sticky_note.pdf",
            "annotation text",
            annotate(
                pdf([INTRO]),
                1,
                Subtype=Name.Text,
                Rect=Array([500, 700, 520, 720]),
                Contents=String(f"{ROBBERY.witness.name} moved to {ROBBERY.witness.home}"),
                F=4,
            ),
            about(ROBBERY.witness, "name address", "page 1", True),
            ("comments",),
            case=ROBBERY,
        ),
    )


def _elsewhere() -> tuple[Made, ...]:
    """Attachment, bookmark, metadata, form value, earlier version."""

    def attach(opened: pikepdf.Pdf) -> None:
        opened.attachments["contacts.txt"] = pikepdf.AttachedFileSpec(
            opened,
            f"{PUB.witness.name} {PUB.witness.phone} {PUB.witness.email}".encode(),
            filename="contacts.txt",
            description="",
            mime_type="text/plain",
            creation_date="",
            mod_date="",
        )
        for spec in opened.attachments.values():
            params = spec.obj.EF.F.get("/Params")
            for key in ("/CreationDate", "/ModDate"):
                if params is not None and key in params:
                    del params[key]

    def bookmark(opened: pikepdf.Pdf) -> None:
        with opened.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"Statement of {BURGLARY.victim.name}, {BURGLARY.victim.phone}", 0))

    def form(opened: pikepdf.Pdf) -> None:
        field = opened.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("address"),
                V=String(f"{DRIVING.victim.home} {DRIVING.victim.postcode}"),
                Rect=Array([60, 600, 400, 620]),
                F=2,
            )
        )
        opened.pages[0]["/Annots"] = Array([field])
        opened.Root.AcroForm = Dictionary(Fields=Array([field]))

    secret = pdf([[*INTRO, _secret(PUB)]])
    clean = pdf([[*INTRO, "Details withheld."]])
    return (
        Made(
            "pdf_attachment.pdf",
            "attachment inside a PDF",
            edited(clean, attach),
            about(PUB.witness, "name phone email", "attachment", True),
            ("embedded_file",),
            case=PUB,
        ),
        Made(
            "pdf_bookmark.pdf",
            "bookmark",
            edited(clean, bookmark),
            about(BURGLARY.victim, "name phone", "bookmark", True),
            case=BURGLARY,
        ),
        Made(
            "pdf_metadata.pdf",
            "metadata",
            pdf([INTRO], title=f"Statement of {FRAUD.victim.name}", author=FRAUD.witness.name),
            (*about(FRAUD.victim, "name", "metadata", True), *about(FRAUD.witness, "name", "metadata", True)),
            ("metadata",),
            case=FRAUD,
        ),
        Made(
            "pdf_form_value.pdf",
            "hidden form value",
            edited(clean, form),
            about(DRIVING.victim, "address postcode", "page 1", True),
            ("hidden_text",),
            case=DRIVING,
        ),
        Made(
            "pdf_earlier_version.pdf",
            "earlier version inside",
            later_version(secret, clean),
            _planted(PUB, "earlier version"),
            ("hidden_text",),
            case=PUB,
        ),
    )


def files() -> tuple[Made, ...]:
    """All PDFs about hiding and redacting, and the scans."""
    return (
        _covered("box_over_text.pdf", "black box over live text", PUB, _black),
        _covered("white_box_over_text.pdf", "white box over live text", BURGLARY, _white),
        _covered("image_over_text.pdf", "image over live text", ASSAULT, _image),
        _white_text(),
        _invisible(),
        *_annotated(),
        *_elsewhere(),
        Made(
            "pdf_text_page.html",
            "HTML with hidden parts",
            (
                f"<html><body><h1>Update</h1><p>Trial on 3 March.</p><!-- {DRUGS.victim.name} {DRUGS.victim.phone} --><p style='display:none'>"
                f"{DRUGS.witness.home} {DRUGS.witness.postcode}</p></body></html>"
            ).encode(),
            (
                *about(DRUGS.victim, "name phone", "comment", True),
                *about(DRUGS.witness, "address postcode", "hidden text", True),
            ),
            ("hidden_text",),
            case=DRUGS,
        ),
    )
