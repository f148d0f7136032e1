"""One guidance document, written in each of the formats it may come in."""

import io
from dataclasses import dataclass, field
from html import escape

import docx
import odfdo
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

HEADER = ("Sending", "To", "By", "Answer", "Only if")
CONTROL = (
    ("Owner", "Head of Disclosure"),
    ("Version", "3.2"),
    ("Review date", "1 October 2026"),
    ("Next review", "Oct 2027"),
)
ROWS = (
    ("witness statement (MG11)", "defence", "any", "only with safeguards", "contact page removed; case number checked"),
    ("contact details", "defence", "any", "don't send", ""),
    ("case summary", "journalist", "any", "ask first: press office", ""),
)
QUESTIONS = ("can i send the mg11 (row 1)", "can they have her address (row 2)", "the paper wants the mg5 (row 3)")


@dataclass(frozen=True)
class Part:
    """A section."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    questions: tuple[str, ...] = ()
    header: tuple[str, ...] = HEADER


@dataclass(frozen=True)
class Guide:
    """A document."""

    title: str = "Serving statements"
    parts: tuple[Part, ...] = field(
        default=(
            Part("Before you send", ("Take the contact page off. Read the body, every line.",)),
            Part("To the defence", ("Serve the typed front only.",), ROWS, QUESTIONS),
        )
    )
    control: tuple[tuple[str, str], ...] = CONTROL


def as_markdown(guide: Guide) -> bytes:
    lines = [f"# {guide.title}", "", *_pipes(guide.control)]
    for part in guide.parts:
        lines += ["", f"## {part.heading}", ""]
        for paragraph in part.paragraphs:
            lines += [paragraph, ""]
        lines += _pipes((part.header, *part.rows)) if part.rows else []
        lines += ["", "People ask:", "", *(f"- {question}" for question in part.questions)] if part.questions else []
    return ("\n".join(lines) + "\n").encode()


def as_text(guide: Guide) -> bytes:
    lines = [guide.title.upper(), "", *(f"{label}: {words}" for label, words in guide.control)]
    for number, part in enumerate(guide.parts, start=1):
        lines += ["", f"{number}. {part.heading}", ""]
        for paragraph in part.paragraphs:
            lines += [paragraph, ""]
        lines += ["\t".join(row) for row in (part.header, *part.rows)] if part.rows else []
        lines += ["", "People ask:", "", *(f"- {question}" for question in part.questions)] if part.questions else []
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def as_html(guide: Guide) -> bytes:
    made = ["<!DOCTYPE html><html><head><title>Intranet</title></head><body><nav><ul><li>Home</li></ul></nav><main>"]
    made += [f"<h1>{escape(guide.title)}</h1>", _markup(guide.control)]
    for part in guide.parts:
        made += [f"<h2>{escape(part.heading)}</h2>", *(f"<p>{escape(one)}</p>" for one in part.paragraphs)]
        made += [_markup((part.header, *part.rows))] if part.rows else []
        if part.questions:
            made += ["<p><b>People ask:</b></p><ul>", *(f"<li>{escape(one)}</li>" for one in part.questions), "</ul>"]
    return ("".join(made) + "</main><footer>Crown copyright</footer></body></html>").encode()


def as_word(guide: Guide) -> bytes:
    document = docx.Document()
    document.add_heading(guide.title, 0)
    _word_table(document, guide.control)
    for part in guide.parts:
        document.add_heading(part.heading, 1)
        for paragraph in part.paragraphs:
            document.add_paragraph(paragraph)
        if part.rows:
            _word_table(document, (part.header, *part.rows))
        if part.questions:
            document.add_paragraph("People ask:")
            for question in part.questions:
                document.add_paragraph(question, style="List Bullet")
    return saved(document)


def as_pdf(guide: Guide) -> bytes:
    styles = getSampleStyleSheet()
    made = [Paragraph(escape(guide.title), styles["Title"]), ruled(guide.control)]
    for part in guide.parts:
        made.append(Paragraph(escape(part.heading), styles["Heading2"]))
        made += [Paragraph(escape(one), styles["Normal"]) for one in part.paragraphs]
        made += [Spacer(1, 8), ruled((part.header, *part.rows)), Spacer(1, 8)] if part.rows else []
        if part.questions:
            made.append(Paragraph("People ask:", styles["Normal"]))
            made += [Paragraph(escape(one), styles["Normal"], bulletText="•") for one in part.questions]
    return printed(made)


def as_odt(guide: Guide) -> bytes:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Header(1, guide.title))
    body.append(_odf_table(guide.control))
    for part in guide.parts:
        body.append(odfdo.Header(2, part.heading))
        for paragraph in part.paragraphs:
            body.append(odfdo.Paragraph(paragraph))
        if part.rows:
            body.append(_odf_table((part.header, *part.rows)))
        if part.questions:
            body.append(odfdo.Paragraph("People ask:"))
            body.append(odfdo.List(list(part.questions)))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_rtf(guide: Guide) -> bytes:
    made = [r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}"]
    made += [rf"\pard\s1 {guide.title}\par ", _rtf_rows(guide.control)]
    for part in guide.parts:
        made.append(rf"\pard\outlinelevel1 {part.heading}\par ")
        made += [rf"\pard {_rtf(one)}\par " for one in part.paragraphs]
        made += [_rtf_rows((part.header, *part.rows))] if part.rows else []
        if part.questions:
            made.append(r"\pard People ask:\par ")
            made += [rf"\pard{{\pntext\'b7\tab}}{_rtf(one)}\par " for one in part.questions]
    return ("".join(made) + "}").encode("ascii")


WRITERS = {
    "guide.md": as_markdown,
    "guide.txt": as_text,
    "guide.html": as_html,
    "guide.docx": as_word,
    "guide.pdf": as_pdf,
    "guide.odt": as_odt,
    "guide.rtf": as_rtf,
}


def saved(document: "docx.document.Document") -> bytes:
    """A Word document's bytes."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printed(flow: list[object], **options: object) -> bytes:
    """A PDF's bytes."""
    out = io.BytesIO()
    decorate = options.pop("decorate", None)
    template = SimpleDocTemplate(out, pagesize=A4, **options)
    if decorate is None:
        template.build(flow)
    else:
        template.build(flow, onFirstPage=decorate, onLaterPages=decorate)
    return out.getvalue()


def ruled(rows: tuple[tuple[str, ...], ...], *more: tuple[object, ...], repeat: int = 0) -> Table:
    """A table with borders."""
    style = getSampleStyleSheet()["Normal"]
    cells = [[Paragraph(escape(cell), style) for cell in row] for row in rows]
    return Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), *more], repeatRows=repeat)


def _pipes(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]


def _markup(rows: tuple[tuple[str, ...], ...]) -> str:
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{escape(c)}</td>' for c in row) + '</tr>' for row in rows)}</table>"


def _word_table(document: "docx.document.Document", rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for y, row in enumerate(rows):
        for x, words in enumerate(row):
            table.cell(y, x).text = words


def _odf_table(rows: tuple[tuple[str, ...], ...]) -> odfdo.Table:
    table = odfdo.Table("T", width=len(rows[0]), height=len(rows))
    for y, row in enumerate(rows):
        table.set_row_values(y, list(row))
    return table


def _rtf(words: str) -> str:
    return words.replace("’", r"\u8217?")


def _rtf_rows(rows: tuple[tuple[str, ...], ...]) -> str:
    edges = "".join(rf"\cellx{1500 * (n + 1)}" for n in range(len(rows[0])))
    return "".join(rf"\trowd{edges}" + "".join(rf"\intbl {_rtf(c)}\cell " for c in row) + r"\row " for row in rows)
