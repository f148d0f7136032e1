"""OpenDocument texts, sheets and slides, rich text with files inside, mail headers, archives in archives, recordings."""

# ruff: noqa: E501 - the markup of made parts is easier to read unwrapped

import base64
import io
import struct
from email.message import EmailMessage

import pytest
from odfdo import Document, Element, Paragraph

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.contents import collect
from bot.scan.extract.interface import Extract, Table, Text, Watch
from bot.scan.extract.registry import read_file
from tests.files.broken import seven_zip
from tests.files.drawing import encoded, sheet
from tests.files.office import packed, unpacked
from tests.files.paper import pdf

SECRET = "Philippa Thornbury"


def read(name: str, content: bytes) -> Extract:
    return read_file(Attachment(name, content), Watch())


def words(extract: Extract, *, hidden: bool) -> str:
    pieces = [part.text for part in extract.parts if isinstance(part, Text) and part.hidden is hidden]
    for part in extract.parts:
        if isinstance(part, Table):
            pieces += [cell.text for row in part.rows for cell in row if cell.hidden is hidden]
    return "\n".join(pieces)


def kinds(extract: Extract) -> set[HazardKind]:
    return {hazard.kind for hazard in extract.hazards}


def opened(kind: str, *body: str, styles: str = "", **parts: bytes) -> Extract:
    """An OpenDocument file of this kind whose body holds these elements."""
    made = Document(kind)
    made.body.clear()
    for one in body:
        made.body.append(Element.from_tag(one))
    for style in filter(None, styles.split("|")):
        made.content.root.get_element("//office:automatic-styles").append(Element.from_tag(style))
    out = io.BytesIO()
    made.save(out)
    kept = {name: part for name, part in unpacked(out.getvalue()).items() if not name.startswith("Thumbnails/")}
    return read({"text": "a.odt", "spreadsheet": "a.ods", "presentation": "a.odp"}[kind], packed({**kept, **parts}))


HIDDEN_STYLE = (
    '<style:style style:name="h" style:family="text"><style:text-properties text:display="none"/></style:style>'
)
HIDDEN_SHEET = (
    '<style:style style:name="t" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


@pytest.mark.parametrize(
    "body, styles, kind",
    [
        (
            f'<text:p>Seen <text:span text:style-name="h">{SECRET}</text:span></text:p>',
            HIDDEN_STYLE,
            HazardKind.HIDDEN_TEXT,
        ),
        (
            f"<text:p>Seen<office:annotation><text:p>{SECRET}</text:p></office:annotation></text:p>",
            "",
            HazardKind.COMMENTS,
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>" + SECRET + "</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>",
            "",
            HazardKind.TRACKED_CHANGES,
        ),
    ],
    ids=["hidden", "comment", "deletion"],
)
def test_what_hides_in_an_open_text_is_read_as_hidden(body: str, styles: str, kind: HazardKind) -> None:
    extract = opened("text", body, styles=styles)
    assert SECRET in words(extract, hidden=True)
    assert SECRET not in words(extract, hidden=False)
    assert kinds(extract) == {kind}


def test_hidden_sheets_and_rows_of_an_open_workbook_are_hidden() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    shown = (
        f'<table:table table:name="Data"><table:table-row>{cell.format("Seen")}</table:table-row>'
        f'<table:table-row table:visibility="collapse">{cell.format("Row Hidden")}</table:table-row></table:table>'
    )
    gone = f'<table:table table:name="Gone" table:style-name="t"><table:table-row>{cell.format(SECRET)}</table:table-row></table:table>'
    extract = opened("spreadsheet", shown, gone, styles=HIDDEN_SHEET)
    assert words(extract, hidden=False).split("\n")[-1] == "Seen"
    assert {"Row Hidden", SECRET} <= set(words(extract, hidden=True).split("\n"))
    assert kinds(extract) == {HazardKind.HIDDEN_CELLS, HazardKind.HIDDEN_SHEET}


def test_notes_of_an_open_presentation_are_hidden() -> None:
    page = (
        "<draw:page><draw:frame><draw:text-box><text:p>On the slide</text:p></draw:text-box></draw:frame>"
        f"<presentation:notes><draw:frame><draw:text-box><text:p>{SECRET}</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>"
    )
    extract = opened("presentation", page)
    assert words(extract, hidden=False) == "On the slide"
    assert SECRET in words(extract, hidden=True)
    assert HazardKind.SPEAKER_NOTES in kinds(extract)


def test_earlier_versions_and_the_preview_of_an_open_document_are_looked_into() -> None:
    parts = {"Versions/Version1": b"PK", "Thumbnails/thumbnail.png": encoded(sheet(60, 60, "white"), "PNG")}
    extract = opened("text", "<text:p>Seen</text:p>", **parts)
    assert [place for _, place in extract.children] == ["earlier version 1"]
    assert [picture.place for picture in extract.pictures] == ["preview picture"]
    assert kinds(extract) == {HazardKind.HIDDEN_TEXT}


def test_the_author_of_an_open_document_is_read() -> None:
    made = Document("text")
    made.body.append(Paragraph("Seen"))
    made.meta.set_creator("Rosalind Ashgrove")
    out = io.BytesIO()
    made.save(out)
    extract = read("a.odt", out.getvalue())
    assert "Rosalind Ashgrove" in words(extract, hidden=True)
    assert HazardKind.METADATA in kinds(extract)


def test_a_file_embedded_in_rich_text_is_to_be_looked_into() -> None:
    inner = b"\x02\x00list.txt\0C:\\list.txt\0" + struct.pack("<IIBI", 0x30000, 1, 0, 5) + b"words"
    wrapped = struct.pack("<III", 0x501, 2, 8) + b"Package\0" + bytes(8) + struct.pack("<I", len(inner)) + inner
    extract = read("a.rtf", b"{\\rtf1 Seen{\\object\\objemb{\\*\\objdata " + wrapped.hex().encode() + b"}}}")
    assert [(child.name, child.content) for child, _ in extract.children] == [("list.txt", b"words")]
    assert extract.unread == ()


def test_every_header_of_an_email_that_says_something_is_read() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Bcc"] = "a@ours.example.gov.uk", "b@law.example.com", "c@x.example"
    message["Received"] = "from late.example by last.example"
    message["Received"] = "from laptop-of-thornbury ([192.0.2.7]) by first.example"
    message["X-Originating-IP"], message["Thread-Topic"] = "[192.0.2.9]", f"Statement of {SECRET}"
    message.set_content("Hi")
    extract = read("a.eml", message.as_bytes())
    for expected in ("laptop-of-thornbury", "192.0.2.9", SECRET, "c@x.example"):
        assert expected in words(extract, hidden=True)
    assert "last.example" not in words(extract, hidden=True)
    assert {hazard.place for hazard in extract.hazards} == {"header Bcc"}


def test_archives_of_both_kinds_are_opened_inside_one_another() -> None:
    inner = seven_zip({"deep.txt": b"Deep words"})
    outer = seven_zip({"middle.zip": packed({"inner.7z": inner})})
    contents = collect(Attachment("a.7z", outer), Watch())
    assert [(part.place, getattr(part, "text", "")) for part in contents.parts] == [
        ("middle.zip › inner.7z › deep.txt › line 1", "Deep words")
    ]


def test_the_name_of_a_file_inside_is_shown_on_one_line_and_shortened() -> None:
    name = "a\u202e\nb › " + "x" * 200 + ".txt"
    contents = collect(Attachment("a.zip", packed({name: b"Words"})), Watch())
    (place,) = [part.place for part in contents.parts]
    assert place.startswith("a b > xxx")
    assert place.endswith("xxx.txt › line 1")
    assert len(place) < 80
    assert place.isprintable()


def film(position: str) -> bytes:
    """An MP4 that says where it was made (ISO 14496-12 8.2.2; the box of Apple's position)."""
    mark = position.encode()
    where = _box(b"udta", _box(b"\xa9xyz", struct.pack(">HH", len(mark), 0x15C7) + mark))
    head = struct.pack(">5I", 0, 0, 0, 1000, 10_000) + struct.pack(">IHH8x", 0x10000, 0x100, 0)
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    movie = _box(b"moov", _box(b"mvhd", head + matrix + bytes(24) + struct.pack(">I", 2)) + where)
    return _box(b"ftyp", b"isom\0\0\x02\0isomiso2") + movie + _box(b"mdat", bytes(8))


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def test_a_picture_inside_a_web_page_is_looked_into() -> None:
    drawn = encoded(sheet(60, 60, "white"), "PNG")
    page = b"<html><body><img src='data:image/png;base64," + base64.b64encode(drawn) + b"'></body></html>"
    assert [child.content for child, _ in read("a.html", page).children] == [drawn]


def test_a_pdf_that_lost_its_head_does_not_pass_for_text() -> None:
    whole = pdf([["A statement of several lines."] * 9])
    extract = read("a.pdf", whole[20:])
    assert UnreadReason.CORRUPT in {one.reason for one in extract.unread}


def test_an_endless_word_is_cut_so_that_recognition_ends() -> None:
    extract = read("a.txt", b"Seen " + b"A" * 100_000)
    assert max(map(len, words(extract, hidden=False).split())) <= 200


def test_a_film_is_never_called_checked_and_tells_where_it_was_made() -> None:
    extract = read("a.mp4", film("+51.5000-000.1000/"))
    assert [one.reason for one in extract.unread] == [UnreadReason.UNSUPPORTED]
    assert "51.5000" in words(extract, hidden=True)
    assert kinds(extract) == {HazardKind.METADATA}


def test_who_recorded_a_sound_is_read() -> None:
    artist = b"INFOIART" + struct.pack("<I", 18) + SECRET.encode()
    body = (
        b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
        + b"LIST"
        + struct.pack("<I", len(artist))
        + artist
    )
    body += b"data" + struct.pack("<I", 16000) + bytes(16000)
    extract = read("a.wav", b"RIFF" + struct.pack("<I", len(body)) + body)
    assert SECRET in words(extract, hidden=True)
    assert "2 seconds" in extract.unread[0].detail
