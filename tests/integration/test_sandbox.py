"""Hostile and broken files in real checking processes: each costs itself, and is never called clean."""

import io
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw

from bot.domain.finding import Category, HazardKind, Inspection, UnreadReason
from bot.domain.message import Attachment
from bot.errors import SandboxError
from bot.scan.sandbox import Sandbox

MB = 1024 * 1024
LETTER = b"Dear Ms Okonjo,\nPlease ring the witness on 07700 900123.\nYours sincerely,\nRosalind Ashgrove\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    ready = Sandbox(b"k" * 32, max_bytes=20 * MB, seconds=15, memory_mb=1500, workers=1)
    yield ready
    ready.close()


def is_fine(sandbox: Sandbox) -> bool:
    """The next file is checked as if nothing had happened."""
    inspection = sandbox.examine(Attachment("letter.txt", LETTER))
    return inspection.inspected == "full" and Category.PHONE in {one.category for one in inspection.findings}


def reasons(inspection: Inspection) -> set[UnreadReason]:
    return {one.reason for one in inspection.unread}


def test_a_letter_is_checked_and_told_as_progress(sandbox: Sandbox) -> None:
    told: list[str] = []
    inspection = sandbox.examine(Attachment("letter.txt", LETTER), lambda done, total, what: told.append(what))
    assert (inspection.name, inspection.size, inspection.inspected) == ("letter.txt", len(LETTER), "full")
    assert told[-1] == "Looking for personal data"
    phone = next(one for one in inspection.findings if one.category is Category.PHONE)
    assert "900123" not in repr(inspection)
    assert phone.digest


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    return out.getvalue()


def encrypted_zip() -> bytes:
    """A ZIP whose one member carries the flag of encryption, in the local header and in the directory."""
    content = bytearray(zipped("secret.txt", b"locked"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def bomb() -> bytes:
    return zipped("zeros.txt", b"\0" * (301 * MB))


def nested(depth: int) -> bytes:
    content = LETTER
    for level in range(depth):
        content = zipped(f"level{level}.{'txt' if level == 0 else 'zip'}", content)
    return content


def huge_picture() -> bytes:
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "name, content, reason",
    [
        ("broken.pdf", b"%PDF-1.7\nnothing", UnreadReason.CORRUPT),
        ("broken.docx", zipped("[Content_Types].xml", b"<Types/>")[:40], UnreadReason.CORRUPT),
        ("broken.jpg", b"\xff\xd8\xff\xe0" + b"\x01" * 500, UnreadReason.CORRUPT),
        ("empty.pdf", b"", UnreadReason.CORRUPT),
        ("locked.pdf", encrypted_pdf(), UnreadReason.ENCRYPTED),
        ("locked.zip", encrypted_zip(), UnreadReason.ENCRYPTED),
        ("unknown.xyz", bytes(range(256)) * 10, UnreadReason.UNSUPPORTED),
        ("deep.zip", nested(7), UnreadReason.TOO_LARGE),
        ("bomb.zip", bomb(), UnreadReason.TOO_LARGE),
        ("huge.png", huge_picture(), UnreadReason.TOO_LARGE),
    ],
)
def test_what_cannot_be_read_gets_its_reason_and_is_never_full(
    sandbox: Sandbox, name: str, content: bytes, reason: UnreadReason
) -> None:
    inspection = sandbox.examine(Attachment(name, content))
    assert inspection.inspected != "full"
    assert reason in reasons(inspection)
    assert is_fine(sandbox)


def test_a_file_that_is_too_large_is_refused_before_anything_is_sent() -> None:
    cold = Sandbox(b"k" * 32, max_bytes=1 * MB, seconds=15, memory_mb=1500, workers=1)
    inspection = cold.examine(Attachment("film.bin", bytes(200 * MB)))
    assert reasons(inspection) == {UnreadReason.TOO_LARGE}
    assert not cold.is_warm
    cold.close()


def test_a_false_extension_is_reported_and_the_file_is_read_for_what_it_is(sandbox: Sandbox) -> None:
    inspection = sandbox.examine(Attachment("photo.jpg", zipped("letter.txt", LETTER)))
    assert HazardKind.MISLABELLED_TYPE in {one.kind for one in inspection.hazards}
    assert any(one.place.startswith("letter.txt › ") for one in inspection.findings)


def endless_pdf() -> bytes:
    """Forms within forms, ten times each: a hundred million drawings in a few kilobytes."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        inner = document.make_stream(b"0 0 10 10 re f " * 20)
        for _ in range(12):
            inner.update(
                {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 9, 9])}
            )
            outer = document.make_stream(b"/X Do " * 10)
            outer["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
            inner = outer
        inner.update(
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": pikepdf.Array([0, 0, 9, 9])}
        )
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        page.obj["/Contents"] = document.make_stream(b"/X Do")
        document.save(out)
    return out.getvalue()


def test_a_file_that_takes_for_ever_is_stopped_in_time() -> None:
    hasty = Sandbox(b"k" * 32, max_bytes=20 * MB, seconds=3, memory_mb=1500, workers=1)
    try:
        assert is_fine(hasty)
        inspection = hasty.examine(Attachment("endless.pdf", endless_pdf()))
        # On a quick machine the memory limit comes before the clock.
        assert reasons(inspection) <= {UnreadReason.TIMED_OUT, UnreadReason.CORRUPT, UnreadReason.TOO_LARGE}
        assert reasons(inspection)
        assert is_fine(hasty)
    finally:
        hasty.close()


def test_entities_that_point_at_local_files_stay_inert(sandbox: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Ring Philippa Thornbury on 07700 900456", encoding="utf-8")
    attack = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>before &x; after</a>'
    inspection = sandbox.examine(Attachment("a.xml", attack.encode()))
    assert inspection.findings == ()
    assert UnreadReason.UNSUPPORTED in reasons(inspection)


def test_a_wristband_in_a_photograph_is_read_by_ocr(sandbox: Sandbox) -> None:
    photo = Image.new("RGB", (1200, 600), (205, 170, 150))
    draw = ImageDraw.Draw(photo)
    draw.rectangle((100, 200, 1100, 400), fill="white")
    draw.text((130, 220), "THORNBURY, Philippa", fill="black", font_size=48)
    draw.text((130, 300), "DOB 22/05/1990  NHS 999 014 3722", fill="black", font_size=48)
    out = io.BytesIO()
    photo.rotate(90, expand=True).save(out, "JPEG", quality=85)
    inspection = sandbox.examine(Attachment("injury.jpg", out.getvalue()))
    found = {one.category for one in inspection.findings}
    assert {Category.DATE_OF_BIRTH, Category.NHS_NUMBER} <= found
    assert inspection.media_type == "image/jpeg"


def test_a_checking_process_that_is_killed_is_replaced(sandbox: Sandbox) -> None:
    assert is_fine(sandbox)
    process = sandbox._helpers[0]._process
    assert process is not None
    process.kill()
    process.wait()
    assert is_fine(sandbox)


def test_several_callers_are_served_one_after_another(sandbox: Sandbox) -> None:
    results: list[str] = []
    callers = [
        threading.Thread(target=lambda n=n: results.append(sandbox.examine(Attachment(f"{n}.txt", LETTER)).name))
        for n in range(4)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert sorted(results) == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_no_secret_of_the_environment_reaches_a_checking_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "not-for-children")
    guarded = Sandbox(b"k" * 32, max_bytes=MB, seconds=15, memory_mb=1500, workers=1)
    try:
        assert is_fine(guarded)
        process = guarded._helpers[0]._process
        assert process is not None
        environment = Path(f"/proc/{process.pid}/environ")
        if environment.exists():
            assert b"not-for-children" not in environment.read_bytes()
    finally:
        guarded.close()


def test_closing_leaves_no_process_and_no_folder_behind() -> None:
    brief = Sandbox(b"k" * 32, max_bytes=MB, seconds=15, memory_mb=1500, workers=1)
    assert is_fine(brief)
    helper = brief._helpers[0]
    process, folder = helper._process, helper._folder
    assert process is not None
    assert folder is not None
    assert not list(folder.glob("check-*"))
    brief.close()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
    with pytest.raises(SandboxError):
        brief.examine(Attachment("letter.txt", LETTER))
