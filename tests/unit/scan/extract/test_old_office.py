"""Office files of before 2007, and Outlook messages: what is read, what is hidden, and what is said to be unread."""

import io
import struct
import zlib

import pytest
from PIL import Image

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Table, Text, Watch
from bot.scan.extract.msg_rtf import unpacked_rtf
from bot.scan.extract.registry import read_file
from tests.files import old_office as old
from tests.files.compound import compound
from tests.files.office import packed

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


@pytest.mark.parametrize("wide", [False, True])
def test_an_old_word_document_without_anything_hidden_is_read_whole(wide: bool) -> None:
    extract = read("a.doc", old.doc([("Dear Sir, the hearing is on Monday.", b"")], "A note", "A heading", wide=wide))
    assert (extract.unread, extract.hazards) == ((), ())
    assert [(part.place, part.text.strip()) for part in extract.parts if isinstance(part, Text)] == [
        ("line 1", "Dear Sir, the hearing is on Monday."),
        ("footnotes", "A note"),
        ("headers and footers", "A heading"),
    ]


@pytest.mark.parametrize(
    "look, kind",
    [
        (old.HIDDEN, HazardKind.HIDDEN_TEXT),
        (old.WHITE, HazardKind.HIDDEN_TEXT),
        (b"\x43\x4a\x02\x00", HazardKind.HIDDEN_TEXT),
        (old.BLACK_MARKER, HazardKind.FAILED_REDACTION),
        (old.DELETED, HazardKind.TRACKED_CHANGES),
    ],
    ids=["hidden", "white", "tiny", "black highlight", "deleted"],
)
def test_hidden_and_deleted_words_of_an_old_word_document_are_told_apart(look: bytes, kind: HazardKind) -> None:
    extract = read("a.doc", old.doc([("Witness: ", b""), (SECRET, look), (" was there.", b"")]))
    assert kinds(extract) == {kind}
    assert words(extract, hidden=True) == f"Witness: {SECRET}"
    assert words(extract, hidden=False).split() == ["Witness:", "was", "there."]
    assert extract.unread == ()


def test_text_that_quick_saves_left_in_an_old_word_document_is_read_as_hidden() -> None:
    left = old.doc([("Body ", b"")], left_over=f"Witness {SECRET} of Weir Street")
    extract = read("a.doc", left)
    assert SECRET in words(extract, hidden=True)
    assert kinds(extract) == {HazardKind.HIDDEN_TEXT}


def test_a_comment_in_an_old_word_document_is_hidden() -> None:
    extract = read("a.doc", old.doc([("Body", b"")], comment=f"Ring {SECRET}"))
    assert SECRET in words(extract, hidden=True)
    assert kinds(extract) == {HazardKind.COMMENTS}


def blip(content: bytes, instance: int, kind: int) -> bytes:
    return struct.pack("<HHI", instance << 4, kind, len(content) + 17) + bytes(17) + content


def test_pictures_of_an_old_word_document_are_read_and_drawings_are_said_to_be_unread() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    data = bytes(68) + blip(out.getvalue(), 0x6E0, 0xF01E) + blip(b"drawn", 0x3D4, 0xF01A)
    extract = read("a.doc", old.doc([("Body", b"")], data=data))
    assert [(one.place, one.content) for one in extract.pictures] == [("picture 1", out.getvalue())]
    assert [(one.place, one.reason) for one in extract.unread] == [("picture 2", UnreadReason.UNSUPPORTED)]


def test_a_file_embedded_in_an_old_word_document_is_to_be_looked_into() -> None:
    packed_file = b"\x02\x00list.txt\0C:\\list.txt\0" + bytes(4) + struct.pack("<IBI", 1, 0, 5) + b"words"
    pool: old.Tree = {"ObjectPool": {"_1": {"\x01Ole10Native": struct.pack("<I", len(packed_file)) + packed_file}}}
    extract = read("a.doc", old.doc([("Body", b"")], more=pool))
    assert [(child.name, child.content) for child, _ in extract.children] == [("list.txt", b"words")]
    unknown = read("a.doc", old.doc([("Body", b"")], more={"ObjectPool": {"_1": {"Equation Native": b"x"}}}))
    assert [one.reason for one in unknown.unread] == [UnreadReason.UNSUPPORTED]


def test_a_password_on_an_old_word_document_is_said() -> None:
    extract = read("a.doc", old.doc([(SECRET, b"")], flags=0x0300))
    assert [one.reason for one in extract.unread] == [UnreadReason.ENCRYPTED]
    assert extract.parts == ()


def test_an_old_workbook_is_read_with_what_is_hidden_in_it() -> None:
    sheets = [
        old.OldSheet(
            "Data",
            [["Name", "Phone", "Note"], ["Seen", "07700 900123", "Concealed"], ["Row Hidden", "", ""]],
            hidden_rows=(2,),
            hidden_columns=(2,),
            comment="In a comment",
        ),
        old.OldSheet("Gone", [[SECRET]], hidden=True),
    ]
    extract = read("a.xls", old.xls(sheets, kept="Kept of a link", pivot="Kept by the pivot", user="Rosalind Ashgrove"))
    assert extract.unread == ()
    assert words(extract, hidden=False).split("\n") == ["Name", "Phone", "Seen", "07700 900123"]
    for expected in ("Concealed", "Row Hidden", "In a comment", SECRET, "Kept of a link", "Kept by the pivot"):
        assert expected in words(extract, hidden=True)
    assert kinds(extract) == {
        HazardKind.HIDDEN_CELLS,
        HazardKind.HIDDEN_SHEET,
        HazardKind.COMMENTS,
        HazardKind.CACHED_DATA,
        HazardKind.METADATA,
    }


def test_an_old_presentation_is_read_slide_by_slide_with_notes_and_comments() -> None:
    slides = [
        old.OldSlide("On the slide", notes="In the notes", comment="In a comment"),
        old.OldSlide("On a hidden slide", hidden=True),
    ]
    extract = read("a.ppt", old.ppt(slides))
    assert words(extract, hidden=False) == "On the slide"
    for expected in ("In the notes", "On a hidden slide", "In a comment"):
        assert expected in words(extract, hidden=True)
    assert kinds(extract) == {HazardKind.SPEAKER_NOTES, HazardKind.HIDDEN_SHEET, HazardKind.COMMENTS}
    assert extract.unread == ()


def test_a_file_embedded_in_an_old_presentation_is_unpacked() -> None:
    inner = compound({"Package": packed({"a.txt": b"words"})})
    extract = read("a.ppt", old.ppt([old.OldSlide("x")], struct.pack("<I", len(inner)) + zlib.compress(inner)))
    assert [child.content[:2] for child, _ in extract.children] == [b"PK"]


def test_a_password_on_an_old_presentation_is_said() -> None:
    assert [one.reason for one in read("a.ppt", old.ppt([old.OldSlide("x")], encrypted=True)).unread] == [
        UnreadReason.ENCRYPTED
    ]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_a_new_office_file_under_a_password_is_said_to_be(name: str) -> None:
    extract = read(name, compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(200)}))
    assert [one.reason for one in extract.unread] == [UnreadReason.ENCRYPTED]
    assert kinds(extract) == {HazardKind.PROTECTED}


def test_an_outlook_message_is_read_with_blind_copies_attachments_and_the_message_inside() -> None:
    inner = old.Mail("Inner subject", f"Inner words about {SECRET}", files=(("deep.txt", b"deep words"),))
    people = ((1, "Bo", "bo@law.example.com"), (3, "Cy", "cy@x.example"))
    mail = old.Mail("Papers", "Please see.", people=people, files=(("papers.txt", b"words"),), inner=inner)
    extract = read("a.msg", old.msg(mail))
    places = {part.place: part.text for part in extract.parts if isinstance(part, Text)}
    assert places["header To"] == "To: Bo <bo@law.example.com>"
    assert places["header Bcc"] == "Bcc: Cy <cy@x.example>"
    assert "caseunit@prosecution.example.gov.uk" in places["header From"]
    assert places["message"].strip() == "Please see."
    assert SECRET in places["attachment 2 (message) › message"]
    assert [(child.name, place) for child, place in extract.children] == [
        ("papers.txt", "attachment papers.txt"),
        ("deep.txt", "attachment 2 (message) › attachment deep.txt"),
    ]
    assert kinds(extract) == {HazardKind.MANY_RECIPIENTS, HazardKind.FORWARDED_CHAIN}
    assert extract.unread == ()


def test_an_outlook_message_that_has_only_rich_text_is_read() -> None:
    extract = read("a.msg", old.msg(old.Mail("s", "", rtf=rb"{\rtf1\ansi Ring Delphine now}")))
    assert "Ring Delphine now" in words(extract, hidden=False)


def test_packed_rich_text_is_unpacked_as_its_specification_shows() -> None:
    # The example of [MS-OXRTFCP] 4.1.1.
    example = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked_rtf(example) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.ppt", "a.msg"])
def test_an_old_file_whose_second_half_is_gone_is_never_called_whole(name: str) -> None:
    whole = {
        "a.doc": old.doc([(SECRET * 400, b"")]),
        "a.xls": old.xls([old.OldSheet("Data", [[SECRET]] * 300)]),
        "a.ppt": old.ppt([old.OldSlide(SECRET * 300)]),
        "a.msg": old.msg(old.Mail("s", SECRET * 300)),
    }[name]
    assert read(name, whole[: len(whole) // 2]).unread
