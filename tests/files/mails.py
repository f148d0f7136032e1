"""Emails, slides, rich text and open documents."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

import io
from email.message import EmailMessage
from email.policy import SMTP

from odfdo import Document as OpenDocument
from odfdo import Paragraph
from pptx import Presentation
from pptx.util import Inches

from tests.files.identifiers import slashed
from tests.files.office import packed, settled, unpacked
from tests.files.truth import EXPECTED, Made, about, plain
from tests.files.world import ASSAULT, BURGLARY, CASES, CONTROL, DRIVING, DRUGS, FRAUD, PUB, ROBBERY


def mail(
    subject: str,
    body: str,
    to: str = "disclosure@defence.example.com",
    attachments: tuple[tuple[str, bytes], ...] = (),
    cc: str = "",
) -> bytes:
    """An email message with fixed dates and boundaries."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "caseunit@prosecution.example.gov.uk"
    message["To"] = to
    if cc:
        message["Cc"] = cc
    message["Subject"] = subject
    message["Date"] = "Mon, 05 Jan 2026 09:00:00 +0000"
    message.set_content(body)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if attachments:
        message.set_boundary("=-boundary-of-a-made-file-=")
    return message.as_bytes()


def _mails() -> tuple[Made, ...]:
    witness, victim = PUB.witness, CONTROL.victim
    chain = (
        "Please see below.\n\n-----Original Message-----\nFrom: officer@police.example.gov.uk\nSent: 3 January 2026\nSubject: RE: witness\n\n"
        f"> {witness.name} has moved to {witness.home}, {witness.postcode}.\n> New number {witness.phone}. Do not give this to anyone.\n"
    )
    many = ", ".join(f"{case.victim.name} <{case.victim.email}>" for case in CASES)
    everyone = tuple(found for case in CASES for found in about(case.victim, "name email", "header To"))
    note = f"{victim.name}\n{victim.home}\n{victim.postcode}\n{victim.phone}\n".encode()
    return (
        Made(
            "mail_forwarded_chain.eml",
            "forwarded chain",
            mail("FW: witness", chain),
            about(witness, "name address postcode phone", "body"),
            ("forwarded_chain",),
            case=PUB,
        ),
        Made(
            "mail_many_recipients.eml",
            "many recipients in To",
            mail("Court dates", "The hearing has moved to Friday.", many),
            everyone,
            ("many_recipients",),
            case=PUB,
        ),
        Made(
            "mail_attachment.eml",
            "email with an attachment",
            mail("Papers", "Papers attached as agreed.", attachments=(("note.txt", note),)),
            about(victim, "name address postcode phone", "attachment note.txt"),
            case=CONTROL,
        ),
        Made(
            "mail_subject.eml",
            "name in the subject",
            mail(f"{ASSAULT.victim.name} - medical appointment", "Is the date all right?"),
            about(ASSAULT.victim, "name", "header Subject"),
            case=ASSAULT,
            verdicts=("stop", "ask"),
        ),
        Made(
            "mail_plain.eml",
            "email without details",
            mail("Listing", "The court has listed the trial for three days from 9 March. Please confirm receipt."),
            case=PUB,
            clean=True,
            verdicts=EXPECTED,
        ),
    )


def _deck(notes: str = "", off_slide: str = "", hidden: str = "") -> bytes:
    made = Presentation()
    for title in ("Case conference", "Next steps"):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "Review the schedule\nAgree the bundle\nFix the timetable"
    if notes:
        made.slides[1].notes_slide.notes_text_frame.text = notes
    if off_slide:
        made.slides[0].shapes.add_textbox(Inches(-6), Inches(1), Inches(5), Inches(1)).text_frame.text = off_slide
    if hidden:
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = hidden
        slide._element.set("show", "0")
    made.core_properties.author = ""
    made.core_properties.last_modified_by = ""
    made.core_properties.title = ""
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _decks() -> tuple[Made, ...]:
    one, two, three = ROBBERY.witness, DRIVING.victim, DRUGS.victim
    return (
        Made(
            "conference_notes.pptx",
            "speaker notes",
            _deck(notes=f"{one.name} is scared. Her number is {one.phone}."),
            about(one, "name phone", "slide 2 notes", True),
            ("speaker_notes",),
            case=ROBBERY,
            pages=2,
        ),
        Made(
            "conference_off_slide.pptx",
            "text outside the slide",
            _deck(off_slide=f"{two.name}, {two.home}"),
            about(two, "name address", "slide 1", True),
            ("hidden_text",),
            case=DRIVING,
            pages=2,
        ),
        Made(
            "conference_hidden_slide.pptx",
            "hidden slide",
            _deck(hidden=f"{three.name} {three.phone}"),
            about(three, "name phone", "slide 3", True),
            ("hidden_sheet",),
            case=DRUGS,
            pages=3,
        ),
        Made("training_slides.pptx", "training slides", _deck(), case=PUB, clean=True, verdicts=EXPECTED, pages=2),
    )


def _rich_and_open() -> tuple[Made, ...]:
    person, other = FRAUD.victim, BURGLARY.caller
    rich = (
        r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0\fs22 Note of a call\par "
        rf"Caller: {person.name}\par Born {person.dob}\par {person.home} {person.postcode}\par NI number {person.nino}\par"
        "}"
    )
    made = OpenDocument("text")
    made.body.clear()
    for line in (
        "Note of a visit",
        f"{other.name} lives at {other.home}, {other.postcode}.",
        f"Telephone {other.landline}",
    ):
        made.body.append(Paragraph(line))
    out = io.BytesIO()
    made.save(out)
    parts = unpacked(out.getvalue())
    parts["meta.xml"] = (
        b'<?xml version="1.0"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>'
    )
    ordered = {"mimetype": parts.pop("mimetype"), **parts}
    return (
        Made(
            "call_note.rtf",
            "note as rich text",
            rich.encode(),
            about(person, "name dob address postcode nino", "document"),
            case=FRAUD,
        ),
        Made(
            "visit_note.odt",
            "note as an open document",
            packed(ordered, compress=False),
            about(other, "name address postcode landline", "document"),
            case=BURGLARY,
        ),
        Made(
            "chat_export.txt",
            "message export",
            (
                f"[05/01/2026, 09:02] {DRUGS.witness.name}: the flat is {DRUGS.witness.home}\n[05/01/2026, 09:03] +447700900999: ok x\n"
                f"[05/01/2026, 09:04] {DRUGS.witness.name}: reg is LV68 WQT\n"
            ).encode(),
            (
                *about(DRUGS.witness, "name address", "document"),
                *plain("phone", "+447700900999", "document"),
                *plain("vehicle_registration", "LV68 WQT", "document"),
            ),
            case=DRUGS,
        ),
        Made(
            "covering_note.txt",
            "covering note",
            (f"URN {slashed(PUB.urn)}\nPlease find the bundle index. Page count 214.\n").encode(),
            plain("case_urn", slashed(PUB.urn), "document"),
            case=PUB,
            case_refs=(PUB.urn,),
            clean=True,
            verdicts=EXPECTED,
        ),
    )


def files() -> tuple[Made, ...]:
    """All emails, decks, rich text and open documents."""
    return (*_mails(), *_decks(), *_rich_and_open())
