"""What hangs on a PDF besides its pages."""

import io
import time
from collections.abc import Callable

import pikepdf
import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Text, Watch
from bot.scan.extract.pdf import read_pdf

PAGE = "A page with enough words of its own not to be taken for a scan."


def simple(words: str = PAGE, pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(20, 200, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(content: bytes) -> Extract:
    return read_pdf(Attachment("a.pdf", content), Watch())


def text_at(extract: Extract, place: str) -> str:
    return "\n".join(part.text for part in extract.parts if isinstance(part, Text) and part.place == place)


def kinds(extract: Extract) -> set[HazardKind]:
    return {hazard.kind for hazard in extract.hazards}


def saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_each_page_is_a_place_and_is_told_as_progress() -> None:
    told: list[str] = []
    extract = read_pdf(Attachment("a.pdf", simple(pages=3)), Watch(lambda done, total, what: told.append(what)))
    assert [part.place for part in extract.parts] == ["page 1", "page 2", "page 3"]
    assert told == ["Reading page 1 of 3", "Reading page 2 of 3", "Reading page 3 of 3"]
    assert extract.hazards == ()


def test_pages_for_which_there_is_no_time_are_said_to_be_unread_and_the_others_are_kept() -> None:
    def late(done: int, total: int, what: str) -> None:
        if done == 2:
            time.sleep(0.6)

    extract = read_pdf(Attachment("a.pdf", simple(pages=5)), Watch(late, time.monotonic() + 0.5))
    assert [part.place for part in extract.parts] == ["page 1", "page 2"]
    assert [(one.place, one.reason) for one in extract.unread] == [("pages 3 to 5", UnreadReason.TIMED_OUT)]


def test_author_comments_form_values_bookmarks_and_attachments_are_read() -> None:
    with pikepdf.open(io.BytesIO(simple())) as document:
        document.docinfo["/Author"] = "Rosalind Ashgrove"
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 10, 10],
            Contents="Call Delphine",
            T="R Ashgrove",
        )
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            Rect=[0, 0, 90, 20],
            T="Surname",
            V="Okonjo",
        )
        entry = document.make_indirect(field)
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note), entry])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[entry])
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Statement of Delphine Marsh", 0))
        document.attachments["notes.txt"] = b"attached words"
        extract = read(saved(document))
    assert "Rosalind Ashgrove" in text_at(extract, "document properties")
    assert "Call Delphine" in text_at(extract, "page 1, comment")
    assert "Surname: Okonjo" in text_at(extract, "page 1, form field")
    assert "Delphine Marsh" in text_at(extract, "bookmarks")
    assert [(child.name, child.content) for child, _ in extract.children] == [("notes.txt", b"attached words")]
    assert kinds(extract) == {HazardKind.METADATA, HazardKind.COMMENTS, HazardKind.EMBEDDED_FILE}


def test_an_earlier_version_kept_inside_the_file_is_read() -> None:
    first = simple("The victim lives at 4 Larkspur Mews and this page is long enough")
    with pdfium.PdfDocument(first) as document:
        page = document[0]
        for item in list(page.get_objects()):
            page.remove_obj(item)
        page.gen_content()
        out = io.BytesIO()
        document.save(out, flags=pdfium.raw.FPDF_INCREMENTAL)
    assert out.getvalue().startswith(first[:200])
    extract = read(out.getvalue())
    assert "4 Larkspur Mews" in text_at(extract, "earlier version 1")
    assert HazardKind.HIDDEN_TEXT in kinds(extract)


def layered(*, shown: bool) -> bytes:
    """A page with words on a layer of their own (ISO 32000-1, 8.11)."""
    with pikepdf.open(io.BytesIO(simple())) as document:
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Draft"))
        off = pikepdf.Array([] if shown else [layer])
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(Order=pikepdf.Array([layer]), OFF=off)
        )
        page = document.pages[0]
        page.obj.Resources.Properties = pikepdf.Dictionary(L1=layer)
        page.contents_add(b"/OC /L1 BDC BT /F1 12 Tf 20 100 Td (Philippa Thornbury) Tj ET EMC")
        return saved(document)


def test_words_on_a_layer_that_is_off_are_hidden_and_those_on_one_that_is_on_are_not() -> None:
    extract = read(layered(shown=False))
    assert "Philippa Thornbury" in "".join(
        part.text for part in extract.parts if isinstance(part, Text) and part.hidden
    )
    assert HazardKind.HIDDEN_TEXT in kinds(extract)
    extract = read(layered(shown=True))
    assert "Philippa Thornbury" in text_at(extract, "page 1")
    assert kinds(extract) == set()


def damaged(change: Callable[[pikepdf.Pdf], None]) -> Extract:
    with pikepdf.open(io.BytesIO(simple(pages=2))) as document:
        change(document)
        return read(saved(document))


def test_a_page_whose_drawing_cannot_be_unpacked_is_not_clean() -> None:
    def break_it(document: pikepdf.Pdf) -> None:
        broken = document.make_stream(b"x")
        broken.write(b"no deflate stream", filter=pikepdf.Name.FlateDecode)
        document.pages[1].Contents = broken

    extract = damaged(break_it)
    assert ("page 2", UnreadReason.CORRUPT) in [(one.place, one.reason) for one in extract.unread]


def test_drawing_that_no_page_shows_is_read_as_hidden() -> None:
    content = simple()
    left = b"BT /F1 12 Tf (Philippa Thornbury) Tj ET"
    start = int(content.rsplit(b"startxref", 1)[1].split()[0])
    with pikepdf.open(io.BytesIO(content)) as document:
        size, root = int(document.trailer.Size), document.trailer.Root.objgen[0]
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (size, len(left), left)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, len(content))
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    extract = read(content + body + table + trailer % (size + 1, root, start, len(content) + len(body)))
    assert "Philippa Thornbury" in text_at(extract, "left-over parts")
    assert HazardKind.HIDDEN_TEXT in kinds(extract)


def test_a_script_in_the_file_is_reported() -> None:
    with pikepdf.open(io.BytesIO(simple())) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        assert kinds(read(saved(document))) == {HazardKind.MACRO}


def test_a_password_is_said_and_nothing_is_read() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(simple())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    extract = read(out.getvalue())
    assert [one.reason for one in extract.unread] == [UnreadReason.ENCRYPTED]
    assert extract.parts == ()


def test_a_broken_file_is_said_to_be_broken() -> None:
    assert [one.reason for one in read(b"%PDF-1.7 and nothing more").unread] == [UnreadReason.CORRUPT]
