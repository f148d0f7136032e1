"""Word documents: plain ones, and all the places where a Word document keeps what nobody meant to send."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from tests.files.identifiers import slashed
from tests.files.office import settled
from tests.files.truth import EXPECTED, Made, about, plain
from tests.files.world import ASSAULT, BURGLARY, CONTROL, DRIVING, FRAUD, PUB, ROBBERY


def document(
    paragraphs: Sequence[str],
    change: Callable[[Any], None] | None = None,
    rows: Sequence[Sequence[str]] = (),
    author: str = "",
    parts: dict[str, bytes] | None = None,
) -> bytes:
    """A Word document of these paragraphs and, if given, one table."""
    made = Document()
    made.core_properties.author = author
    made.core_properties.title = ""
    made.core_properties.comments = ""
    for text in paragraphs:
        made.add_paragraph(text)
    if rows:
        table = made.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), parts)


_LETTER = ["Dear Sirs,", "Please find enclosed the papers in this case.", "Yours faithfully,", "Prosecution team"]


def _hidden_runs() -> Made:
    victim = CONTROL.victim

    def change(made: Any) -> None:
        white = made.add_paragraph().add_run(f"New address {victim.home} {victim.postcode}")
        white.font.color.rgb = RGBColor(255, 255, 255)
        tiny = made.add_paragraph().add_run(f"email {victim.email}")
        tiny.font.size = Pt(1)
        hidden = made.add_paragraph().add_run(f"She can be rung on {victim.phone} only.")
        hidden.font.hidden = True

    planted = (
        *about(victim, "address postcode", "body", True),
        *about(victim, "email", "body", True),
        *about(victim, "phone", "body", True),
    )
    return Made(
        "letter_white_tiny_hidden.docx",
        "hidden, white and tiny text",
        document(_LETTER, change),
        planted,
        ("hidden_text",),
        case=CONTROL,
    )


def _tracked() -> Made:
    victim = BURGLARY.victim

    def change(made: Any) -> None:
        paragraph = made.add_paragraph("The complainant ")
        for tag, inner, text in (
            ("del", "delText", f"{victim.name} of {victim.home} {victim.postcode}"),
            ("ins", "t", "(details withheld)"),
        ):
            paragraph._p.append(
                parse_xml(
                    f'<w:{tag} {nsdecls("w")} w:id="7" w:author="Case worker" w:date="2026-01-05T09:00:00Z"><w:r>'
                    f'<w:{inner} xml:space="preserve">{text}</w:{inner}></w:r></w:{tag}>'
                )
            )
        paragraph.add_run(" returned home at half past twelve.")

    planted = about(victim, "name address postcode", "body", True)
    return Made(
        "summary_tracked_changes.docx",
        "tracked deletion",
        document(_LETTER, change),
        planted,
        ("tracked_changes",),
        case=BURGLARY,
    )


def _comment() -> Made:
    witness = DRIVING.witness

    def change(made: Any) -> None:
        run = made.paragraphs[1].runs[0]
        made.add_comment(
            run,
            text=f"Ring {witness.name} first on {witness.phone}, she is frightened",
            author="Reviewer",
            initials="R",
        )

    planted = about(witness, "name phone", "comment", True)
    return Made("letter_with_comment.docx", "comment", document(_LETTER, change), planted, ("comments",), case=DRIVING)


def _black_highlight() -> Made:
    victim = ASSAULT.victim

    def change(made: Any) -> None:
        paragraph = made.add_paragraph("The complainant is ")
        run = paragraph.add_run(f"{victim.name}, {victim.home}, {victim.phone}")
        run.font.highlight_color = 1  # black
        run.font.color.rgb = RGBColor(0, 0, 0)
        paragraph.add_run(" and gave her account by video.")

    planted = about(victim, "name address phone", "body", True)
    return Made(
        "summary_black_highlight.docx",
        "black highlight on black text",
        document(_LETTER, change),
        planted,
        ("failed_redaction",),
        case=ASSAULT,
    )


def _black_shading() -> Made:
    victim = PUB.victim

    def change(made: Any) -> None:
        run = made.add_paragraph("Her details: ").add_run(f"{victim.home} {victim.postcode}")
        run._r.get_or_add_rPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="000000"/>')
        )
        run.font.color.rgb = RGBColor(0, 0, 0)

    planted = about(victim, "address postcode", "body", True)
    return Made(
        "statement_black_shading.docx",
        "black shading on black text",
        document(_LETTER, change),
        planted,
        ("failed_redaction",),
        case=PUB,
    )


def _header_and_footnote() -> Made:
    witness = ROBBERY.witness

    def change(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = f"File copy: {witness.name}, tel {witness.phone}"
        made.sections[0].footer.paragraphs[0].text = f"Return to {witness.home} {witness.postcode}"

    planted = (*about(witness, "name phone", "header"), *about(witness, "address postcode", "footer"))
    return Made(
        "letter_header_footer.docx", "details in header and footer", document(_LETTER, change), planted, case=ROBBERY
    )


def _text_box() -> Made:
    victim = FRAUD.victim

    def change(made: Any) -> None:
        made.add_paragraph()._p.append(
            parse_xml(
                f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:200pt;height:60pt">'
                f"<v:textbox><w:txbxContent><w:p><w:r><w:t>Account holder {victim.name}, sort code 00-00-00, account number "
                f"12345678</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        )

    planted = (*about(victim, "name", "text box"), *plain("bank_account", "12345678", "text box", role="victim"))
    return Made("letter_text_box.docx", "bank details in a text box", document(_LETTER, change), planted, case=FRAUD)


def _lists() -> tuple[Made, ...]:
    case = PUB
    people = (case.victim, case.witness, case.caller)
    rows = [("No.", "Name", "Address", "Date of birth", "Telephone")]
    rows += [(str(at), p.listed, f"{p.home} {p.postcode}", p.dob, p.phone) for at, p in enumerate(people, 1)]
    head = ["WITNESS LIST (MG9)", f"URN {slashed(case.urn)}", f"R v {case.defendant.name}"]
    urn = plain("case_urn", slashed(case.urn), "body")
    planted = (
        *urn,
        *about(case.defendant, "name", "body"),
        *(f for p in people for f in about(p, "listed address postcode dob phone", "table 1")),
    )
    dates = [("Witness", "Not available")] + [
        (p.name, "on holiday 3 to 17 February; night shifts in March") for p in people[:2]
    ]
    away = (*urn, *(f for p in people[:2] for f in about(p, "name", "table 1")))
    exhibits = [
        ("Ref", "Description", "Produced by"),
        ("LH/1", "Broken glass, two pieces", "DC Hargreaves"),
        ("LH/2", "CCTV disc", "DC Hargreaves"),
    ]
    names = plain("person_name", "Hargreaves", "table 1", role="officer")
    unused = [
        ("Item", "Description"),
        ("1", "Custody record"),
        ("2", "Notebook of the officer in the case"),
        ("3", "Command and control log, edited"),
    ]
    secret = [
        ("Item", "Description", "Reason"),
        ("1", "Registered source report, debrief of 4 September", "source lives in Weir Street"),
        ("2", "Observation point log, rear bedroom of 8 Weir Street, Harrowmere", "occupier at risk"),
    ]
    one: dict[str, Any] = {"case": case, "case_refs": (case.urn,)}
    refs = head[1:]
    return (
        Made("mg9_witness_list.docx", "MG9", document(head, rows=rows), planted, **one),
        Made(
            "mg10_availability.docx",
            "MG10",
            document(["WITNESS NON-AVAILABILITY (MG10)", *refs[:1]], rows=dates),
            away,
            **one,
            verdicts=("stop", "ask"),
        ),
        Made(
            "exhibit_list.docx",
            "exhibit list",
            document(["EXHIBIT LIST (MG12)", *refs[:1]], rows=exhibits),
            (*urn, *names),
            clean=True,
            verdicts=EXPECTED,
            **one,
        ),
        Made(
            "mg6c_schedule.docx",
            "MG6C",
            document(["SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL (MG6C)", *refs[:1]], rows=unused),
            urn,
            clean=True,
            verdicts=EXPECTED,
            **one,
        ),
        Made(
            "mg6d_schedule.docx",
            "MG6D",
            document(["SCHEDULE OF SENSITIVE MATERIAL (MG6D)", *refs[:1]], rows=secret),
            (*urn, *plain("address", "8 Weir Street, Harrowmere", "table 1")),
            **one,
        ),
    )


def _properties() -> Made:
    author = "Adaeze Nwachukwu-Bright"
    content = document(_LETTER, author=author)
    return Made(
        "letter_author_name.docx",
        "author in the properties",
        content,
        about(PUB.victim, "name", "properties", True),
        ("metadata",),
        case=PUB,
        verdicts=("safeguards", "ask", "stop"),
    )


def files() -> tuple[Made, ...]:
    """All Word documents of casework."""
    return (
        _hidden_runs(),
        _tracked(),
        _comment(),
        _black_highlight(),
        _black_shading(),
        _header_and_footnote(),
        _text_box(),
        _properties(),
        *_lists(),
    )
