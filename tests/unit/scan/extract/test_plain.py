"""Text, tables, web pages, emails, rich text and archives."""

import io
import zipfile
from email.message import EmailMessage

import py7zr
import pytest

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract.interface import Extract, Table, Text, Watch
from bot.scan.extract.registry import read_file


def read(name: str, content: bytes) -> Extract:
    return read_file(Attachment(name, content), Watch())


def words(extract: Extract, *, hidden: bool = False) -> str:
    return "\n".join(part.text for part in extract.parts if isinstance(part, Text) and part.hidden is hidden)


def kinds(extract: Extract) -> dict[HazardKind, int]:
    return {hazard.kind: hazard.count for hazard in extract.hazards}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert "Zoë £20 – paid" in words(read("a.txt", "Zoë £20 – paid\n".encode(encoding)))


def test_long_text_has_places_a_person_can_go_to() -> None:
    extract = read("a.txt", ("line\n" * 45 + "\n" + "line\n" * 10).encode())
    assert [part.place for part in extract.parts] == ["lines 1 to 46", "lines 47 to 56"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_is_a_table(separator: str) -> None:
    rows = [["Name", "Phone"], ["Ana", "07700 900123"], ["Bo", "07700 900456"]]
    extract = read("a.csv", "\n".join(separator.join(row) for row in rows).encode())
    table = extract.parts[0]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == rows
    assert table.rows[1][1].place == "row 2, column 2"


def test_comments_and_hidden_elements_of_a_web_page_are_read_as_hidden() -> None:
    page = (
        b"<html><body><p>Shown words</p><!-- TODO ring Delphine --><p style='display: none'>Not shown</p>"
        b"<p style='color:#fff;background:#000'>White on black</p><script>var x = 1</script></body></html>"
    )
    extract = read("a.html", page)
    assert "Shown words" in words(extract)
    assert "White on black" in words(extract)
    assert "Delphine" in words(extract, hidden=True)
    assert "Not shown" in words(extract, hidden=True)
    assert "var x" not in words(extract) + words(extract, hidden=True)
    assert set(kinds(extract)) == {HazardKind.HIDDEN_TEXT}


def mail(to: str, body: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ana <ana@ours.example.gov.uk>", to, "Papers"
    message.set_content(body)
    return message


def test_attachments_and_quoted_history_of_an_email_are_found() -> None:
    message = mail(
        "bo@law.example.com", "Please see.\n\n-----Original Message-----\nFrom: Cy <cy@x.example>\nSent: 1 May\nold"
    )
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="papers.pdf")
    extract = read("a.eml", message.as_bytes())
    places = {part.place: part.text for part in extract.parts if isinstance(part, Text)}
    assert "old" in places["quoted messages"]
    assert "old" not in places["message"]
    assert "bo@law.example.com" in places["header To"]
    assert [(child.name, place) for child, place in extract.children] == [("papers.pdf", "attachment papers.pdf")]
    assert set(kinds(extract)) == {HazardKind.FORWARDED_CHAIN}


@pytest.mark.parametrize(
    "receivers, reported",
    [
        ("a@one.example, b@two.example, c@three.example, d@four.example", 4),
        ("a@one.example, b@two.example", None),
        ("a@ours.example.gov.uk, b@ours.example.gov.uk, c@ours.example.gov.uk, d@ours.example.gov.uk", None),
    ],
)
def test_many_outside_addresses_in_plain_view_are_reported(receivers: str, reported: int | None) -> None:
    assert kinds(read("a.eml", mail(receivers, "Hi").as_bytes())).get(HazardKind.MANY_RECIPIENTS) == reported


def test_an_attached_email_is_a_file_of_its_own() -> None:
    outer = mail("bo@law.example.com", "Hi")
    outer.add_attachment(mail("cy@x.example", "Inner words"))
    extract = read("a.eml", outer.as_bytes())
    assert "Inner words" not in words(extract)
    inner, _ = extract.children[0]
    assert "Inner words" in words(read(inner.name, inner.content))


def test_hidden_words_and_the_author_of_rich_text_are_read() -> None:
    source = rb"{\rtf1\ansi{\info{\author Rosalind Ashgrove}}Shown words {\v secret words}\par End}"
    extract = read("a.rtf", source)
    assert "Shown words" in words(extract)
    assert "secret words" in words(extract, hidden=True)
    assert "Rosalind Ashgrove" in words(extract, hidden=True)


def test_the_files_in_an_archive_are_to_be_looked_into() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("folder/a.txt", "one")
        archive.writestr("__MACOSX/._a.txt", "two")
    extract = read("a.zip", out.getvalue())
    assert [(child.name, child.content) for child, _ in extract.children] == [("folder/a.txt", b"one")]
    seven = io.BytesIO()
    with py7zr.SevenZipFile(seven, "w") as archive7:
        archive7.writestr(b"three", "b.txt")
    assert [child.content for child, _ in read("a.7z", seven.getvalue()).children] == [b"three"]


def test_a_7z_archive_under_a_password_is_said_to_be() -> None:
    seven = io.BytesIO()
    with py7zr.SevenZipFile(seven, "w", password="x") as archive:
        archive.writestr(b"three", "b.txt")
    assert [one.reason for one in read("a.7z", seven.getvalue()).unread] == [UnreadReason.ENCRYPTED]


def test_a_sound_recording_is_never_called_checked() -> None:
    extract = read(
        "call.wav", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\0\0\0\0"
    )
    assert [one.reason for one in extract.unread] == [UnreadReason.UNSUPPORTED]
