"""Files of older and rarer kinds, and marks that only dim: what a case file of many years collects."""

from reportlab.pdfgen.canvas import Canvas

from tests.files import old_office as old
from tests.files.broken import seven_zip
from tests.files.compound import compound
from tests.files.drawing import encoded, sheet
from tests.files.mails import mail
from tests.files.office import packed
from tests.files.paper import LEFT, pdf
from tests.files.truth import EXPECTED, UNSURE, Made, Planted, about
from tests.files.world import ASSAULT, BURGLARY, CONTROL, DRIVING, DRUGS, FRAUD, PUB, ROBBERY, Case, Person

_WORDS = ("Dear Sirs,\r", "Please find enclosed the papers in this case.\r")


def _details(person: Person) -> str:
    return f"{person.name}, {person.home}, {person.postcode}, telephone {person.phone}"


def _planted(person: Person, place: str, hidden: bool = False) -> tuple[Planted, ...]:
    return about(person, "name address postcode phone", place, hidden)


def _documents() -> tuple[Made, ...]:
    shown, unseen = CONTROL.victim, PUB.witness
    plain = [(line, b"") for line in _WORDS]
    return (
        Made("letter.doc", "old Word letter", old.doc(plain), case=PUB, clean=True, verdicts=EXPECTED),
        Made(
            "statement.doc",
            "old Word statement with details",
            old.doc([*plain, (f"The witness is {_details(shown)}.\r", b"")], header="Witness statement"),
            _planted(shown, "line 3"),
            case=CONTROL,
        ),
        Made(
            "letter_deleted_text.doc",
            "tracked deletion in an old Word letter",
            old.doc([*plain, (f"Witness: {_details(unseen)}", old.DELETED), ("\rYours faithfully", b"")]),
            _planted(unseen, "deleted text", True),
            ("tracked_changes",),
            case=PUB,
        ),
        Made(
            "letter_black_marker.doc",
            "black highlight in an old Word letter",
            old.doc([*plain, (f"Witness: {_details(unseen)}", old.BLACK_MARKER), ("\rYours faithfully", b"")]),
            _planted(unseen, "covered text", True),
            ("failed_redaction",),
            case=PUB,
        ),
    )


def _tables() -> tuple[Made, ...]:
    people = [case.victim for case in (BURGLARY, DRUGS, FRAUD)]
    head = ["Name", "Date of birth", "Address", "Postcode", "Telephone"]
    rows = [head, *([one.name, one.dob, one.home, one.postcode, one.phone] for one in people)]
    figures = old.OldSheet("Figures", [["Area", "Cases"], ["North", "412"], ["South", "388"]])
    listed = tuple(
        found for one in people for found in about(one, "name dob address postcode phone", "sheet Source", True)
    )
    slide = old.OldSlide("Case conference", notes=f"Ring {_details(ROBBERY.witness)}")
    return (
        Made(
            "figures_hidden_sheet.xls",
            "hidden sheet in an old workbook",
            old.xls([figures, old.OldSheet("Source", rows, hidden=True)]),
            listed,
            ("hidden_sheet",),
            case=BURGLARY,
        ),
        Made("figures.xls", "old workbook of figures", old.xls([figures]), case=PUB, clean=True, verdicts=EXPECTED),
        Made(
            "conference_notes.ppt",
            "speaker notes in old slides",
            old.ppt([slide]),
            _planted(ROBBERY.witness, "slide 1, notes", True),
            ("speaker_notes",),
            case=ROBBERY,
        ),
    )


def _messages() -> tuple[Made, ...]:
    person = DRIVING.witness
    note = f"{person.name}\n{person.home}\n{person.postcode}\n{person.phone}\n".encode()
    blind = ((1, "Disclosure", "disclosure@defence.example.com"), (3, person.name, person.email))
    inner = old.Mail("RE: witness", f"{_details(ASSAULT.witness)} is willing to attend.")
    return (
        Made(
            "papers.msg",
            "Outlook message with an attachment",
            old.msg(old.Mail("Papers", "Papers attached as agreed.", files=(("note.txt", note),))),
            _planted(person, "attachment note.txt"),
            case=DRIVING,
        ),
        Made(
            "sent_copy.msg",
            "sent copy with a blind-copy recipient",
            old.msg(old.Mail("Court dates", "The hearing has moved to Friday.", people=blind)),
            about(person, "name email", "header Bcc", True),
            ("many_recipients",),
            case=DRIVING,
        ),
        Made(
            "forwarded_item.msg",
            "Outlook message inside another",
            old.msg(old.Mail("FW: witness", "Please see the message attached.", inner=inner)),
            _planted(ASSAULT.witness, "attachment 1 (message)"),
            ("forwarded_chain",),
            case=ASSAULT,
        ),
        Made(
            "mail_bundle.eml",
            "archive in an email",
            mail(
                "Bundle",
                "Bundle attached.",
                attachments=(("bundle.7z", seven_zip({"inner.zip": packed({"note.txt": note})})),),
            ),
            _planted(person, "note.txt"),
            case=DRIVING,
        ),
        Made(
            "locked.docx",
            "Word document under a password",
            compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(200)}),
            (),
            ("protected",),
            ("encrypted",),
            case=PUB,
            verdicts=UNSURE,
        ),
    )


def _dimmed(case: Case) -> bytes:
    secret = f"Victim: {_details(case.victim)}"

    def draw(canvas: Canvas, number: int, baselines: dict[str, float]) -> None:
        del number
        canvas.setFillGray(0)
        canvas.setFillAlpha(0.7)
        canvas.rect(LEFT - 4, baselines[secret] - 4, 520, 15, fill=1, stroke=0)

    return pdf([["# Extract for disclosure", "", secret, "", "The remainder is not sensitive."]], draw=draw)


def _pictures() -> tuple[Made, ...]:
    person = FRAUD.victim
    lines = [person.name, person.home, person.postcode, f"Tel {person.phone}"]
    drawn = sheet(1100, 420, "white", lines, size=32)
    seen = _planted(person, "photo")
    made = [
        Made(f"label.{kind}", "photograph of a label", encoded(drawn, form), seen, case=FRAUD, drawn=True)
        for kind, form in (("webp", "WEBP"), ("gif", "GIF"), ("bmp", "BMP"))
    ]
    faint = Made(
        "extract_see_through.pdf",
        "see-through mark over text",
        _dimmed(CONTROL),
        _planted(CONTROL.victim, "page 1"),
        ("failed_redaction",),
        case=CONTROL,
    )
    return (*made, faint)


def _harmless() -> tuple[Made, ...]:
    """Files of the same kinds in which nothing is wrong."""
    slides = [old.OldSlide("Case conference\rReview the schedule"), old.OldSlide("Next steps\rAgree the bundle")]
    message = old.Mail("Listing", "The court has listed the trial for three days from 9 March. Please confirm receipt.")
    chart = sheet(900, 400, "white", ["Cases by area", "North 412", "South 388"], size=32, boxes=((90, 300, 500, 330),))
    return (
        Made("conference.ppt", "old slides", old.ppt(slides), case=ROBBERY, clean=True, verdicts=EXPECTED),
        Made(
            "listing.msg", "Outlook message without details", old.msg(message), case=PUB, clean=True, verdicts=EXPECTED
        ),
        Made(
            "chart.webp",
            "picture of a chart",
            encoded(chart, "WEBP"),
            case=PUB,
            clean=True,
            verdicts=EXPECTED,
            drawn=True,
        ),
    )


def files() -> tuple[Made, ...]:
    """All files of older and rarer kinds."""
    return (*_documents(), *_tables(), *_messages(), *_pictures(), *_harmless())
