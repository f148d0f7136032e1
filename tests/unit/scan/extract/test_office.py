"""Word, Excel and PowerPoint: what a reader sees, and every place where something stays behind."""

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from pptx.util import Inches

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Table, Text, Watch
from bot.scan.extract.registry import read_file

SECRET = "Philippa Thornbury"


def read(name: str, content: bytes) -> Extract:
    return read_file(Attachment(name, content), Watch())


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def words(extract: Extract, *, hidden: bool) -> str:
    pieces = [part.text for part in extract.parts if isinstance(part, Text) and part.hidden is hidden]
    for part in extract.parts:
        if isinstance(part, Table):
            pieces += [cell.text for row in part.rows for cell in row if cell.hidden is hidden]
    return "\n".join(pieces)


def kinds(extract: Extract) -> set[HazardKind]:
    return {hazard.kind for hazard in extract.hazards}


def docx_run(change: str) -> bytes:
    document = docx.Document()
    run = document.add_paragraph("Address: ").add_run(SECRET)
    match change:
        case "hidden":
            run.font.hidden = True
        case "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        case "tiny":
            run.font.size = Pt(1)
        case "black highlight":
            run.font.highlight_color = WD_COLOR_INDEX.BLACK
        case "yellow highlight":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        case "white on black":
            run.font.highlight_color = WD_COLOR_INDEX.BLACK
            run.font.color.rgb = RGBColor(255, 255, 255)
        case "hidden by style":
            style = document.styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
            style.font.hidden = True
            run.style = style
    return saved(document)


@pytest.mark.parametrize(
    "change, kind",
    [
        ("hidden", HazardKind.HIDDEN_TEXT),
        ("white", HazardKind.HIDDEN_TEXT),
        ("tiny", HazardKind.HIDDEN_TEXT),
        ("hidden by style", HazardKind.HIDDEN_TEXT),
        ("black highlight", HazardKind.FAILED_REDACTION),
    ],
)
def test_word_text_that_a_reader_does_not_see_is_hidden_and_keeps_its_label(change: str, kind: HazardKind) -> None:
    extract = read("a.docx", docx_run(change))
    assert kinds(extract) == {kind}
    assert f"Address: {SECRET}" in words(extract, hidden=True)
    assert SECRET not in words(extract, hidden=False)


@pytest.mark.parametrize("change", ["nothing", "yellow highlight", "white on black"])
def test_word_text_that_a_reader_sees_is_not_hidden(change: str) -> None:
    extract = read("a.docx", docx_run(change))
    assert extract.hazards == ()
    assert SECRET in words(extract, hidden=False)


def test_word_headers_comments_changes_tables_boxes_and_properties_are_read() -> None:
    document = docx.Document()
    document.core_properties.author = "Rosalind Ashgrove"
    document.sections[0].header.paragraphs[0].text = "In the header"
    document.sections[0].footer.paragraphs[0].text = "In the footer"
    paragraph = document.add_paragraph("Before ")
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:author="M Vane"><w:r><w:delText>taken out</w:delText></w:r></w:del>')
    )
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:author="M Vane"><w:r><w:t>put in</w:t></w:r></w:ins>'))
    box = "<w:r {0}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box.format(nsdecls("w"))))
    document.add_comment(paragraph.runs[0], text="Said in the margin", author="M Vane")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Name", "In a cell"
    extract = read("a.docx", saved(document))
    for expected in ("In the header", "In the footer", "put in", "In a box", "In a cell"):
        assert expected in words(extract, hidden=False)
    for expected in ("taken out", "Said in the margin", "Rosalind Ashgrove", "M Vane"):
        assert expected in words(extract, hidden=True)
    assert "taken out" not in words(extract, hidden=False)
    assert kinds(extract) == {HazardKind.TRACKED_CHANGES, HazardKind.COMMENTS, HazardKind.METADATA}


def test_a_cropped_picture_and_an_embedded_workbook_in_word_are_reported() -> None:
    document = docx.Document()
    picture = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(picture, "PNG")
    shape = document.add_picture(picture)
    fill = shape._inline.graphic.graphicData.pic.blipFill
    fill.insert(1, parse_xml(f'<a:srcRect {nsdecls("a")} r="40000"/>'))
    content = saved(document)
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/embeddings/book.xlsx", saved(openpyxl.Workbook()))
    extract = read("a.docx", out.getvalue())
    assert kinds(extract) == {HazardKind.CROPPED_IMAGE, HazardKind.EMBEDDED_FILE}
    assert [child.name for child, _ in extract.children] == ["book.xlsx"]


def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    sheet.append(["Name", "Born", "Phone"])
    sheet.append(["Seen Person", date(1990, 5, 22), "07700 900123"])
    return book


def test_an_excel_sheet_is_a_table_with_places_and_dates_as_people_read_them() -> None:
    extract = read("a.xlsx", saved(workbook()))
    table = next(part for part in extract.parts if isinstance(part, Table))
    assert [(cell.text, cell.place) for cell in table.rows[1]] == [
        ("Seen Person", "sheet Data, A2"),
        ("22/05/1990", "sheet Data, B2"),
        ("07700 900123", "sheet Data, C2"),
    ]
    assert extract.hazards == ()


def test_what_is_hidden_in_excel_is_read_and_reported() -> None:
    book = workbook()
    sheet = book["Data"]
    sheet.append(["Row Hidden"])
    sheet.row_dimensions[3].hidden = True
    sheet["E1"] = "Column Hidden"
    sheet.column_dimensions["E"].hidden = True
    sheet["A5"] = "White Font"
    sheet["A5"].font = Font(color="FFFFFFFF")
    sheet["A6"] = "White on dark"
    sheet["A6"].font, sheet["A6"].fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF203864")
    sheet["A1"].comment = Comment("In a comment", "M Vane")
    book.create_sheet("Gone")["A1"] = "Very Hidden"
    book["Gone"].sheet_state = "veryHidden"
    book.defined_names["note"] = DefinedName("note", attr_text='"In a name"')
    extract = read("a.xlsx", saved(book))
    for expected in ("Row Hidden", "Column Hidden", "White Font", "In a comment", "Very Hidden", "In a name"):
        assert expected in words(extract, hidden=True)
    assert "White on dark" in words(extract, hidden=False)
    assert kinds(extract) == {
        HazardKind.HIDDEN_CELLS,
        HazardKind.HIDDEN_SHEET,
        HazardKind.HIDDEN_TEXT,
        HazardKind.COMMENTS,
    }


def test_data_kept_by_pivot_tables_and_links_is_read() -> None:
    out = io.BytesIO(saved(workbook()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", '<r><s v="Kept by the pivot"/></r>')
        archive.writestr("xl/externalLinks/externalLink1.xml", "<e><cell><v>Kept of a link</v></cell></e>")
    extract = read("a.xlsx", out.getvalue())
    assert "Kept by the pivot" in words(extract, hidden=True)
    assert "Kept of a link" in words(extract, hidden=True)
    assert kinds(extract) == {HazardKind.CACHED_DATA}


def test_powerpoint_notes_hidden_slides_and_what_lies_off_the_slide_are_read() -> None:
    deck = pptx.Presentation()
    # The library's own template names its author.
    deck.core_properties.author = deck.core_properties.last_modified_by = ""
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = "On the slide"
    first.shapes.add_textbox(Inches(30), Inches(1), Inches(2), Inches(1)).text_frame.text = "Off the slide"
    first.notes_slide.notes_text_frame.text = "In the notes"
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "On a hidden slide"
    second._element.set("show", "0")
    extract = read("a.pptx", saved(deck))
    assert "On the slide" in words(extract, hidden=False)
    for expected in ("Off the slide", "In the notes", "On a hidden slide"):
        assert expected in words(extract, hidden=True)
    assert kinds(extract) == {HazardKind.HIDDEN_TEXT, HazardKind.SPEAKER_NOTES, HazardKind.HIDDEN_SHEET}


def test_entities_in_a_word_file_are_inert_and_said(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("words of another file", encoding="utf-8")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_run("nothing"))) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                attack = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file://%s">]><w:document' % bytes(secret)
                content = content.replace(b"<w:document", attack, 1).replace(SECRET.encode(), b"seen &x; after")
            after.writestr(name, content)
    extract = read("a.docx", out.getvalue())
    assert "seen" in words(extract, hidden=False)
    assert UnreadReason.UNSUPPORTED in {one.reason for one in extract.unread}
    assert secret.read_text(encoding="utf-8") not in words(extract, hidden=False)


@pytest.mark.parametrize("name, folder", [("a.docx", "word/"), ("a.xlsx", "xl/"), ("a.pptx", "ppt/")])
def test_a_package_with_broken_parts_is_not_clean(name: str, folder: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        main = {"word/": "document", "xl/": "workbook", "ppt/": "presentation"}[folder]
        archive.writestr(f"{folder}{main}.xml", "<broken")
    assert UnreadReason.CORRUPT in {one.reason for one in read(name, out.getvalue()).unread}
