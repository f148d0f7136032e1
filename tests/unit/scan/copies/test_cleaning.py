"""Cleaned copies of Office files: what hides is gone from every part, and what a reader sees stays."""

import io
import zipfile
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from pptx.util import Inches

from bot.scan.copies.docx import clean_docx
from bot.scan.copies.interface import CannotCopyError
from bot.scan.copies.parts import Parts, open_parts
from bot.scan.copies.pptx import clean_pptx
from bot.scan.copies.xlsx import clean_xlsx
from tests.files.make_files import all_files
from tests.files.office import packed, unpacked
from tests.files.reading import everything, letters
from tests.files.truth import Made

CLEANERS = {"docx": clean_docx, "xlsx": clean_xlsx, "pptx": clean_pptx}
OFFICE = [
    one for one in all_files() if one.content.startswith(b"PK") and one.file.endswith(tuple(CLEANERS)) and one.findings
]
SECRET = "Philippa Thornbury"


def cleaned(name: str, content: bytes) -> tuple[bytes, Parts]:
    parts = open_parts(content)
    return CLEANERS[name.rsplit(".", 1)[-1]](parts), parts


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def opens(name: str, content: bytes) -> None:
    """The library of its kind takes the file."""
    stream = io.BytesIO(content)
    if name.endswith("docx"):
        docx.Document(stream)
    elif name.endswith("xlsx"):
        openpyxl.load_workbook(stream)
    else:
        pptx.Presentation(stream)


def _by_name(one: Made) -> str:
    return one.file


@pytest.mark.parametrize("made", OFFICE, ids=_by_name)
def test_a_made_file_keeps_what_is_seen_and_loses_what_is_hidden(made: Made) -> None:
    content, _ = cleaned(made.file, made.content)
    opens(made.file, content)
    text = letters(everything(made.file, content))
    seen = {letters(planted.value) for planted in made.findings if not planted.hidden}
    hidden = {letters(planted.value) for planted in made.findings if planted.hidden} - seen
    assert sum(value in text for value in hidden) == 0
    assert sum(value not in text for value in seen) == 0


def test_tracked_changes_leave_the_final_text() -> None:
    document = docx.Document()
    start = document.add_paragraph("Kept, ")
    for change, text in (("del", "taken out"), ("ins", "put in")):
        tag = "delText" if change == "del" else "t"
        run = f'<w:{change} {nsdecls("w")} w:author="M Vane"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{change}>'
        start._p.append(parse_xml(run))
    joined = document.add_paragraph("first half, ")
    joined._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:author="M Vane"/></w:rPr>'))
    document.add_paragraph("second half")
    table = document.add_table(2, 1)
    table.rows[0].cells[0].text, table.rows[1].cells[0].text = "row that stays", "row that went"
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:author="M Vane"/>'))
    content, parts = cleaned("a.docx", saved(document))
    after = docx.Document(io.BytesIO(content))
    assert [paragraph.text for paragraph in after.paragraphs] == ["Kept, put in", "first half, second half"]
    assert [row.cells[0].text for row in after.tables[0].rows] == ["row that stays"]
    assert b"M Vane" not in b"".join(unpacked(content).values())
    assert parts.removed["tracked changes (the final text stays)"] == 4


def test_words_under_black_highlight_become_blocks_that_are_seen() -> None:
    document = docx.Document()
    run = document.add_paragraph("Address: ").add_run("12 Mill Lane")
    run.font.highlight_color = WD_COLOR_INDEX.BLACK
    content, _ = cleaned("a.docx", saved(document))
    after = docx.Document(io.BytesIO(content)).paragraphs[0]
    assert after.text == "Address: ██ ████ ████"
    assert after.runs[1].font.highlight_color is None


def test_page_numbers_of_a_contents_list_stay_although_they_are_hidden_on_the_web() -> None:
    document = docx.Document()
    run = document.add_paragraph("Introduction ").add_run("7")
    run._r.get_or_add_rPr().append(parse_xml(f"<w:webHidden {nsdecls('w')}/>"))
    content, _ = cleaned("a.docx", saved(document))
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == "Introduction 7"


def test_fields_show_what_they_showed_and_forget_their_code() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    for kind, inner in (
        ("begin", ""),
        ("", f'INCLUDETEXT "C:\\\\cases\\\\{SECRET}.docx"'),
        ("separate", ""),
        ("text", "the statement"),
        ("end", ""),
    ):
        body = (
            f"<w:t>{inner}</w:t>" if kind == "text"
            else f"<w:instrText>{inner}</w:instrText>" if not kind
            else f'<w:fldChar w:fldCharType="{kind}"/>'
        )  # fmt: skip
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{body}</w:r>"))
    content, _ = cleaned("a.docx", saved(document))
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text == "See the statement"
    assert SECRET.encode() not in unpacked(content)["word/document.xml"]
    assert b"fldChar" not in unpacked(content)["word/document.xml"]


def test_a_workbook_keeps_its_values_in_place_and_its_chart() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Figures"
    for row in (("Area", "Cases", "Note"), ("North", 4, SECRET), ("South", 6, SECRET), ("East", 8, SECRET)):
        sheet.append(row)
    sheet["B6"] = '=SUM(B2:B4)&"' + SECRET + '"'
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    hidden = book.create_sheet("Source", 0)
    hidden["A1"] = SECRET
    hidden.sheet_state = "veryHidden"
    book.defined_names["who"] = DefinedName("who", attr_text=f'"{SECRET}"')
    content, parts = cleaned("a.xlsx", saved(book))
    after: Any = openpyxl.load_workbook(io.BytesIO(content))
    assert after.sheetnames == ["Figures"]
    assert [cell.value for cell in after["Figures"]["A"][:5]] == ["Area", "North", None, "East", None]
    assert after["Figures"].row_dimensions[3].hidden
    assert len(after["Figures"]._charts) == 1
    assert SECRET.encode() not in b"".join(unpacked(content).values())
    assert parts.removed["hidden sheets"] == 1
    assert parts.removed["formulas (their values stay)"] == 1
    assert parts.removed["names in the workbook"] == 1


def test_a_workbook_of_hidden_sheets_alone_is_refused() -> None:
    book = openpyxl.Workbook()
    out = saved(book)
    parts = unpacked(out)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'state="visible"', b'state="hidden"')
    with pytest.raises(CannotCopyError, match="Every sheet"):
        cleaned("a.xlsx", packed(parts))


def test_a_presentation_keeps_its_shown_slides_without_notes() -> None:
    deck = pptx.Presentation()
    for number in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        assert slide.shapes.title is not None
        slide.shapes.title.text = f"Slide {number} {SECRET if number == 1 else ''}".strip()
    deck.slides[0].notes_slide.notes_text_frame.text = SECRET
    deck.slides[1]._element.set("show", "0")
    # A link from a slide that stays to the hidden one must not keep it.
    box = deck.slides[2].shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
    box.click_action.target_slide = deck.slides[1]
    away = deck.slides[2].shapes.add_textbox(Inches(-9), Inches(1), Inches(2), Inches(1))
    away.text_frame.text = SECRET
    content, parts = cleaned("a.pptx", saved(deck))
    after = pptx.Presentation(io.BytesIO(content))
    titles = [slide.shapes.title.text for slide in after.slides if slide.shapes.title is not None]
    assert titles == ["Slide 0", "Slide 2"]
    assert not any(slide.has_notes_slide for slide in after.slides)
    assert SECRET.encode() not in b"".join(unpacked(content).values())
    assert parts.removed["hidden slides"] == 1


def test_macros_go_and_the_file_is_an_ordinary_one() -> None:
    parts = unpacked(saved(openpyxl.Workbook()))
    types = parts["[Content_Types].xml"].replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    types = types.replace(
        b"</Types>",
        b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
    )
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>'
    )
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", link)
    changed = {"[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": links, "xl/vbaProject.bin": SECRET.encode()}
    content, left = cleaned("a.xlsx", packed({**parts, **changed}))
    opens("a.xlsx", content)
    assert "xl/vbaProject.bin" not in unpacked(content)
    assert b"macroEnabled" not in unpacked(content)["[Content_Types].xml"]
    assert left.removed["macros"] == 1


@pytest.mark.parametrize(
    "content, why",
    [
        (b"PK\x03\x04 nothing", "broken"),
        (packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a>"}), "broken"),
        (
            packed({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b'<!DOCTYPE a [<!ENTITY x "y">]><a/>'}),
            "entities",
        ),
    ],
)
def test_a_broken_or_odd_file_is_refused_and_nothing_else_is_raised(content: bytes, why: str) -> None:
    with pytest.raises(CannotCopyError, match=why):
        cleaned("a.docx", content)


def test_a_cleaned_copy_is_the_same_each_time_and_has_no_time_in_it() -> None:
    original = saved(docx.Document())
    first, _ = cleaned("a.docx", original)
    assert first == cleaned("a.docx", original)[0]
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
