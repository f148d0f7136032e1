"""Places in Office files where people hide or forget something, one by one."""

# ruff: noqa: E501 - the markup of made parts is easier to read unwrapped

import io
from typing import Any

import docx
import openpyxl
import pptx
import pytest
import xlsxwriter
from docx.oxml import parse_xml as word_xml
from docx.oxml.ns import nsdecls
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font, PatternFill
from PIL import Image
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml as slide_xml
from pptx.util import Inches, Pt

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Table, Text, Watch
from bot.scan.extract.registry import read_file
from tests.files.office import packed, unpacked

SECRET = "Philippa Thornbury"
W = nsdecls("w")


def read(name: str, content: bytes) -> Extract:
    return read_file(Attachment(name, content), Watch())


def saved(document: object, **parts: bytes) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return packed({**unpacked(out.getvalue()), **parts})


def words(extract: Extract, *, hidden: bool) -> str:
    pieces = [part.text for part in extract.parts if isinstance(part, Text) and part.hidden is hidden]
    for part in extract.parts:
        if isinstance(part, Table):
            pieces += [cell.text for row in part.rows for cell in row if cell.hidden is hidden]
    return "\n".join(pieces)


def kinds(extract: Extract) -> set[HazardKind]:
    return {hazard.kind for hazard in extract.hazards}


def in_word(markup: str, **parts: bytes) -> Extract:
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.add_paragraph("Seen words")._p.append(word_xml(markup))
    return read("a.docx", saved(document, **parts))


@pytest.mark.parametrize(
    "markup",
    [
        f"<w:r {W}><w:fldChar w:fldCharType='begin'><w:ffData><w:textInput><w:default w:val='{SECRET}'/></w:textInput></w:ffData></w:fldChar></w:r>",
        f"<w:sdt {W}><w:sdtPr><w:dropDownList><w:listItem w:displayText='{SECRET}' w:value='1'/></w:dropDownList></w:sdtPr><w:sdtContent/></w:sdt>",
        f"<w:r {W}><w:instrText>QUOTE {SECRET}</w:instrText></w:r>",
        f"<w:del {W} w:author='A'><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>",
        f"<w:moveFrom {W} w:author='A'><w:r><w:t>{SECRET}</w:t></w:r></w:moveFrom>",
    ],
    ids=["default of a form field", "choice of a control", "field code", "deletion", "moved away"],
)
def test_words_that_word_keeps_and_does_not_show_are_read_as_hidden(markup: str) -> None:
    extract = in_word(markup)
    assert SECRET in words(extract, hidden=True)
    assert SECRET not in words(extract, hidden=False)


@pytest.mark.parametrize(
    "part, content",
    [
        ("docProps/custom.xml", f"<Properties><property name='Client'><v>{SECRET}</v></property></Properties>"),
        ("docProps/app.xml", f"<Properties><Template>{SECRET}.dotx</Template></Properties>"),
        ("docProps/app.xml", f"<Properties><TitlesOfParts><v>{SECRET}</v></TitlesOfParts></Properties>"),
        ("word/glossary/document.xml", f"<w:document {W}><w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p></w:document>"),
        ("word/settings.xml", f"<w:settings {W}><w:docVar w:name='n' w:val='{SECRET}'/></w:settings>"),
        ("customXml/item9.xml", f"<form><name>{SECRET}</name></form>"),
        ("word/unheard-of.xml", f"<x><y>{SECRET}</y></x>"),
        ("word/unheard-of2.xml", f"<x note='{SECRET}'/>"),
    ],
)
def test_parts_that_no_reader_shows_are_read_as_hidden(part: str, content: str) -> None:
    assert SECRET in words(in_word(f"<w:r {W}/>", **{part: content.encode()}), hidden=True)


def test_an_unknown_part_that_is_no_markup_is_a_file_to_look_into() -> None:
    extract = in_word(f"<w:r {W}/>", **{"word/afchunk.rtf": b"{\\rtf1 words}"})
    assert [child.name for child, _ in extract.children] == ["afchunk.rtf"]


def test_words_of_diagrams_and_watermarks_are_shown() -> None:
    mark = f"<w:r {W} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape><v:textpath string='{SECRET}'/></v:shape></w:pict></w:r>"
    assert SECRET in words(in_word(mark), hidden=False)
    data = f"<d xmlns:a='x'><a:t>{SECRET}</a:t></d>".encode()
    assert SECRET in words(in_word(f"<w:r {W}/>", **{"word/diagrams/data1.xml": data}), hidden=False)


def black_box(fill: str, height: int) -> str:
    return (
        f"<w:r {W} xmlns:wp='p' xmlns:a='d' xmlns:wps='s'><w:drawing><wp:anchor behindDoc='0'><wp:extent cx='3000000' cy='{height}'/>"
        f"<a:graphic><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val='{fill}'/></a:solidFill></wps:spPr></wps:wsp></a:graphic>"
        "</wp:anchor></w:drawing></w:r>"
    )


@pytest.mark.parametrize(
    "fill, height, reported", [("000000", 200_000, True), ("DDE8FF", 200_000, False), ("000000", 5_000_000, False)]
)
def test_a_black_box_over_words_is_a_failed_redaction_and_a_panel_is_not(
    fill: str, height: int, reported: bool
) -> None:
    assert (HazardKind.FAILED_REDACTION in kinds(in_word(black_box(fill, height)))) is reported


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.docx", saved(docx.Document())),
        ("a.xlsx", saved(openpyxl.Workbook())),
        ("a.pptx", saved(pptx.Presentation())),
    ],
)
def test_a_package_without_its_main_part_is_not_clean(name: str, content: bytes) -> None:
    parts = unpacked(content)
    main = next(part for part in parts if part.endswith(("document.xml", "workbook.xml", "presentation.xml")))
    del parts[main]
    assert UnreadReason.CORRUPT in {one.reason for one in read(name, packed(parts)).unread}


def in_sheet(change: Any, **parts: bytes) -> Extract:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title, sheet["A1"] = "Data", "Seen words"
    change(sheet)
    return read("a.xlsx", saved(book, **parts))


def fill(cell: str, font: Font, ground: str | None) -> Any:
    def change(sheet: Any) -> None:
        sheet[cell], sheet[cell].font = SECRET, font
        if ground:
            sheet[cell].fill = PatternFill("solid", fgColor=ground)

    return change


@pytest.mark.parametrize(
    "font, ground, kind",
    [
        (Font(color="FFFFFFFF"), None, HazardKind.HIDDEN_TEXT),
        (Font(size=1), None, HazardKind.HIDDEN_TEXT),
        (Font(color="FF000000"), "FF000000", HazardKind.FAILED_REDACTION),
        (Font(), "FF000000", HazardKind.FAILED_REDACTION),
    ],
    ids=["white", "tiny", "black on black", "automatic on black"],
)
def test_cells_that_cannot_be_seen_are_hidden(font: Font, ground: str | None, kind: HazardKind) -> None:
    extract = in_sheet(fill("B2", font, ground))
    assert kinds(extract) == {kind}
    assert SECRET in words(extract, hidden=True)


def test_light_letters_on_a_dark_heading_are_seen() -> None:
    assert kinds(in_sheet(fill("B2", Font(color="FFFFFFFF"), "FF203864"))) == set()


@pytest.mark.parametrize(
    "part, content",
    [
        (
            "xl/threadedComments/threadedComment1.xml",
            f"<c><threadedComment ref='A1'><text>{SECRET}</text></threadedComment></c>",
        ),
        ("xl/persons/person1.xml", f"<p><person displayName='{SECRET}'/></p>"),
        ("xl/connections.xml", f"<c><connection name='{SECRET} list'/></c>"),
        ("xl/slicerCaches/slicerCache1.xml", f"<s><i n='{SECRET}'/></s>"),
        ("xl/charts/chart1.xml", f"<c><strCache><pt><v>{SECRET}</v></pt></strCache></c>"),
        ("xl/revisions/userNames.xml", f"<u><userInfo name='{SECRET}'/></u>"),
    ],
)
def test_what_a_workbook_remembers_is_read_as_hidden(part: str, content: str) -> None:
    assert SECRET in words(in_sheet(lambda sheet: None, **{part: content.encode()}), hidden=True)


def test_a_threaded_comment_of_a_sheet_has_its_cell_as_place() -> None:
    relation = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' "
        "Type='http://schemas.microsoft.com/office/2017/10/relationships/threadedComment' Target='../threadedComments/t1.xml'/></Relationships>"
    )
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relation.encode(),
        "xl/threadedComments/t1.xml": f"<c><threadedComment ref='B7'><text>{SECRET}</text></threadedComment></c>".encode(),
    }
    extract = in_sheet(lambda sheet: None, **parts)
    assert kinds(extract) == {HazardKind.COMMENTS}
    assert [part.place for part in extract.parts if isinstance(part, Text)] == ["sheet Data, B7, comment"]


def test_words_inside_a_formula_and_filtered_rows_are_hidden() -> None:
    def change(sheet: Any) -> None:
        sheet["B1"] = f'=IF(A1="x","{SECRET}","")'
        sheet["A2"], sheet["A3"] = "Kept", "Filtered away"
        sheet.auto_filter.ref = "A1:A3"
        sheet.row_dimensions[3].hidden = True

    extract = in_sheet(change)
    assert SECRET in words(extract, hidden=True)
    assert "Filtered away" in words(extract, hidden=True)
    assert [hazard.detail for hazard in extract.hazards] == ["Rows are filtered out or hidden."]


def test_a_shape_over_cells_is_a_failed_redaction() -> None:
    drawing = (
        "<d xmlns:a='x'><twoCellAnchor><from><col>0</col><colOff>0</colOff><row>0</row><rowOff>0</rowOff></from><to><col>2</col>"
        "<colOff>0</colOff><row>2</row><rowOff>0</rowOff></to><sp><spPr><a:solidFill><a:srgbClr val='000000'/></a:solidFill></spPr></sp></twoCellAnchor></d>"
    )

    def change(sheet: Any) -> None:
        out = io.BytesIO()
        Image.new("RGB", (30, 30)).save(out, "PNG")
        sheet.add_image(SheetImage(io.BytesIO(out.getvalue())), "D9")

    extract = in_sheet(change, **{"xl/drawings/drawing1.xml": drawing.encode()})
    assert HazardKind.FAILED_REDACTION in kinds(extract)


def test_a_workbook_that_lost_its_words_is_not_clean() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Data").write("A1", SECRET)
    parts = unpacked(out.getvalue())
    del parts["xl/sharedStrings.xml"]
    assert UnreadReason.CORRUPT in {one.reason for one in read("a.xlsx", packed(parts)).unread}


@pytest.mark.parametrize("part", ["xl/model/item.data", "xl/worksheets/sheet1.bin"])
def test_a_data_model_and_a_binary_sheet_are_said_to_be_unread(part: str) -> None:
    extract = in_sheet(lambda sheet: None, **{part: b"\x01\x02"})
    assert UnreadReason.UNSUPPORTED in {one.reason for one in extract.unread}


def test_a_binary_workbook_is_said_to_be_unread_and_nothing_else() -> None:
    relation = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.bin'/></Relationships>"
    )
    parts = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": relation.encode(), "xl/workbook.bin": b"\x83\x01"}
    extract = read("a.xlsb", packed({**parts, "xl/worksheets/sheet1.bin": b"\x81\x01"}))
    assert [(one.place, one.reason) for one in extract.unread] == [("file", UnreadReason.UNSUPPORTED)]
    assert extract.hazards == ()


@pytest.mark.parametrize("name, part", [("a.docm", "word/vbaProject.bin"), ("a.xlsm", "xl/vbaProject.bin")])
def test_macros_are_reported_and_said_to_be_unread(name: str, part: str) -> None:
    whole = saved(docx.Document()) if "word" in part else saved(openpyxl.Workbook())
    extract = read(name, packed({**unpacked(whole), part: b"code"}))
    assert HazardKind.MACRO in kinds(extract)
    assert [(one.place, one.reason) for one in extract.unread] == [("macros", UnreadReason.UNSUPPORTED)]


def on_slide(change: Any) -> Extract:
    deck = pptx.Presentation()
    deck.core_properties.author = deck.core_properties.last_modified_by = deck.core_properties.title = ""
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(0.6))
    run = box.text_frame.paragraphs[0].add_run()
    run.text = SECRET
    change(slide, run)
    return read("a.pptx", saved(deck))


def white(slide: Any, run: Any) -> None:
    run.font.color.rgb = RGBColor(255, 255, 255)


def theme_white(slide: Any, run: Any) -> None:
    run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def tiny(slide: Any, run: Any) -> None:
    run.font.size = Pt(1)


def covered(slide: Any, run: Any, fill: int = 0, alpha: int = 100) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(1), Inches(1), Inches(4), Inches(0.6))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(fill, fill, fill)
    if alpha < 100:
        colour = shape.fill._xPr.solidFill[0]
        colour.append(slide_xml(f'<a:alpha {pptx.oxml.ns.nsdecls("a")} val="{alpha * 1000}"/>'))


def dimmed(slide: Any, run: Any) -> None:
    covered(slide, run, alpha=60)


@pytest.mark.parametrize(
    "change, kind",
    [
        (white, HazardKind.HIDDEN_TEXT),
        (theme_white, HazardKind.HIDDEN_TEXT),
        (tiny, HazardKind.HIDDEN_TEXT),
        (covered, HazardKind.FAILED_REDACTION),
    ],
)
def test_words_of_a_slide_that_cannot_be_seen_are_hidden(change: Any, kind: HazardKind) -> None:
    extract = on_slide(change)
    assert kinds(extract) == {kind}
    assert SECRET in words(extract, hidden=True)
    assert SECRET not in words(extract, hidden=False)


def test_words_dimmed_by_a_see_through_shape_are_a_failed_redaction_and_still_seen() -> None:
    extract = on_slide(dimmed)
    assert kinds(extract) == {HazardKind.FAILED_REDACTION}
    assert SECRET in words(extract, hidden=False)


def white_on_dark(slide: Any, run: Any) -> None:
    white(slide, run)
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(0.5), Inches(0.5), Inches(6), Inches(2))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(20, 20, 60)
    slide.shapes._spTree.insert(2, shape._element)


def test_white_words_on_a_dark_shape_are_seen() -> None:
    extract = on_slide(white_on_dark)
    assert kinds(extract) == set()
    assert SECRET in words(extract, hidden=False)


def test_a_slide_that_is_in_the_file_and_not_in_the_show_is_hidden() -> None:
    deck = pptx.Presentation()
    for text in ("Seen words", SECRET):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = text
    entries = deck.slides._sldIdLst
    entries.remove(entries[1])
    extract = read("a.pptx", saved(deck))
    assert SECRET in words(extract, hidden=True)
    assert HazardKind.HIDDEN_SHEET in kinds(extract)


def test_a_picture_off_the_slide_is_reported() -> None:
    def change(slide: Any, run: Any) -> None:
        out = io.BytesIO()
        Image.new("RGB", (30, 30)).save(out, "PNG")
        slide.shapes.add_picture(out, Inches(30), Inches(1))

    assert HazardKind.HIDDEN_TEXT in kinds(on_slide(change))
