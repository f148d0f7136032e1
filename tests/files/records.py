"""Police, custody and medical records."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

from reportlab.pdfgen.canvas import Canvas

from tests.files.identifiers import asn, slashed
from tests.files.paper import pdf
from tests.files.truth import EXPECTED, UNSURE, Made, Planted, about, plain
from tests.files.world import ASSAULT, BURGLARY, DRIVING, DRUGS, PUB, ROBBERY, Case, Person

_CONVICTIONS = [
    "CONVICTION(S): 2     OFFENCE(S): 3",
    "1. 14/03/15 HARROWMERE MAGISTRATES   THEFT FROM SHOP   THEFT ACT 1968 S.1   FINE 120.00",
    "2. 02/11/19 HARROWMERE CROWN COURT   AFFRAY   PUBLIC ORDER ACT 1986 S.3",
    "   COMMON ASSAULT   CRIMINAL JUSTICE ACT 1988 S.39   COMMUNITY ORDER 12 MONTHS",
    "END OF CONVICTION REPORTS",
]


def convictions_print(person: Person) -> list[str]:
    """A convictions print of one person, in the capitals the system uses."""
    return [
        "# PRINT OF PNC RECORD - COURT/DEFENCE/PROBATION",
        f"SURNAME: {person.surname.upper()}          FORENAME(S): {person.first.upper()}",
        f"PNCID: {person.pnc}          CRO NO: {person.cro}",
        f"BORN: {person.dob}",
        f"ADDRESS: {person.home.upper()} {person.postcode}",
        *_CONVICTIONS,
    ]


def _printed(person: Person, place: str) -> tuple[Planted, ...]:
    """What a convictions print plants."""
    return (
        *plain("person_name", person.surname.upper(), place, role=person.role),
        *plain("person_name", person.first.upper(), place, role=person.role),
        *about(person, "pnc cro dob postcode", place),
        *plain("address", person.home.upper(), place, role=person.role),
        *plain("criminal_record", "CONVICTION(S): 2", place, role=person.role),
    )


def _prints() -> tuple[Made, ...]:
    right, wrong = PUB.defendant, ROBBERY.defendant
    head = ["# ANTECEDENTS", f"URN {slashed(PUB.urn)}", f"Regina v {right.name}"]
    urn = (*plain("case_urn", slashed(PUB.urn), "page 1"), *about(right, "name", "page 1"))
    return (
        Made(
            "pnc_right_person.pdf",
            "PNC print of the defendant",
            pdf([head + convictions_print(right)], font="Courier"),
            (*urn, *_printed(right, "page 1")),
            case=PUB,
            case_refs=(PUB.urn,),
            verdicts=("safeguards", "ask"),
        ),
        Made(
            "pnc_wrong_person.pdf",
            "PNC print of another person",
            pdf([head + convictions_print(wrong)], font="Courier"),
            (*urn, *_printed(wrong, "page 1")),
            hazards=("mixed_subjects",),
            case=PUB,
            case_refs=(PUB.urn,),
        ),
        Made(
            "pnc_mixed_people.pdf",
            "PNC prints of two people in one file",
            pdf([head + convictions_print(right), convictions_print(wrong)], font="Courier"),
            (*urn, *_printed(right, "page 1"), *_printed(wrong, "page 2")),
            hazards=("mixed_subjects",),
            case=PUB,
            case_refs=(PUB.urn,),
            pages=2,
        ),
        Made(
            "pnc_print.txt",
            "PNC print as text",
            "\n".join(convictions_print(DRUGS.defendant)).encode(),
            _printed(DRUGS.defendant, "document"),
            case=DRUGS,
            verdicts=("safeguards", "ask", "stop"),
        ),
    )


def _ward_notes(person: Person) -> list[str]:
    return [
        "# EMERGENCY DEPARTMENT RECORD",
        f"Patient: {person.listed}          NHS No: {person.nhs}",
        f"DOB: {person.dob}          Hosp No: HM440{person.number}",
        f"Address: {person.home}, {person.postcode}",
        f"Tel: {person.phone}          GP: Dr A Llewellyn-Price, Weirside Surgery",
        "Presenting complaint: laceration to left forearm, 6 cm, glass.",
        "Past history: depressive episode 2019 treated with sertraline; termination of pregnancy 2016; asthma.",
        "Treatment: wound explored under local anaesthetic, no glass seen, seven sutures. Tetanus up to date.",
        "Next of kin: mother. Discharged 02:40 with analgesia and wound advice.",
    ]


def _redacted(lines: list[str], person: Person, words: tuple[str, ...]) -> list[str]:
    """The same lines with the values really gone, as a redaction tool leaves them."""
    kept = []
    for line in lines:
        for word in words:
            line = line.replace(word, "[redacted]")
        kept.append(line)
    return kept


def _medical() -> tuple[Made, ...]:
    person = PUB.victim
    lines = _ward_notes(person)
    planted = (
        *about(person, "listed nhs dob address postcode phone", "page 1"),
        *plain("health", "depressive episode 2019", "page 1", role="victim"),
        *plain("person_name", "A Llewellyn-Price", "page 1", role="professional"),
    )
    gone = (person.listed, person.nhs, person.dob, person.home, person.postcode, person.phone, f"HM440{person.number}")
    proper = [line for line in _redacted(lines, person, gone) if "Past history" not in line and "GP:" not in line]

    def boxes(canvas: Canvas, number: int, baselines: dict[str, float]) -> None:
        del number
        for line, y in baselines.items():
            if "[redacted]" in line:
                canvas.rect(400, y - 3, 120, 12, fill=1)

    from tests.files.words import document

    return (
        Made("medical_unredacted.pdf", "medical notes unredacted", pdf([lines]), planted, case=PUB),
        Made(
            "medical_redacted.pdf",
            "medical notes properly redacted",
            pdf([proper], draw=boxes),
            plain("health", "laceration to left forearm", "page 1"),
            case=PUB,
            clean=True,
            verdicts=(*EXPECTED,),
        ),
        Made(
            "gp_letter.docx",
            "general practitioner's letter",
            document(
                [
                    "Weirside Surgery",
                    "To whom it may concern",
                    f"Re: {DRIVING.victim.name}, born {DRIVING.victim.dob}",
                    f"NHS number {DRIVING.victim.nhs}",
                    f"of {DRIVING.victim.home} {DRIVING.victim.postcode}",
                    "She has been treated for a fracture of the left tibia and for anxiety after the collision. She takes citalopram.",
                ]
            ),
            (
                *about(DRIVING.victim, "name dob nhs address postcode", "body"),
                *plain("health", "treated for a fracture", "body", role="victim"),
            ),
            case=DRIVING,
        ),
        Made(
            "counselling_note.txt",
            "counselling notes",
            (
                f"Session note 4\nClient: {ASSAULT.victim.name}\nShe spoke about nightmares and panic attacks since the sexual "
                "assault in February and about self-harm as a teenager.\nHer counsellor will write to her GP. Next session Tuesday.\n"
            ).encode(),
            (
                *about(ASSAULT.victim, "name", "document"),
                *plain("health", "panic attacks", "document", role="victim"),
                *plain("sexual_offence", "sexual assault in February", "document", role="victim"),
            ),
            case=ASSAULT,
            verdicts=UNSURE,
        ),
    )


def _logs() -> tuple[Made, ...]:
    caller, case = ROBBERY.caller, ROBBERY
    log = [
        "Incident log 0417 of 3 November",
        "15:42:10 CALL RECEIVED 999",
        f"15:42:31 CALLER {caller.surname.upper()}, {caller.first.upper()}",
        f"15:42:40 CALLER TEL {caller.phone}",
        f"15:42:58 CALLER LOC {caller.home} {caller.postcode}",
        "15:43:20 CALLER STATES SCHOOLBOY CRYING OUTSIDE HER HOUSE, PHONE TAKEN",
        "15:44:00 UNIT DISPATCHED",
        "15:52:17 UNIT ON SCENE",
    ]
    found = (
        *plain("person_name", f"{caller.surname.upper()}, {caller.first.upper()}", "document", role="caller"),
        *about(caller, "phone address postcode", "document"),
    )
    arrest = asn(2025, "88", "KD", "01", 204417)
    person: Person = BURGLARY.defendant
    custody = [
        "# CUSTODY RECORD",
        "Custody ref: KD/002044/25",
        f"Detained person: {person.name}",
        f"Date of birth: {person.dob}",
        f"Address: {person.home}, {person.postcode}",
        f"ASN: {arrest}",
        f"PNC ID: {person.pnc}",
        f"NI number: {person.nino}",
        "Medical: insulin dependent diabetic, seen by nurse at 14:10, fit to be detained and interviewed.",
        "Property: one wallet, one house key, 14.20 in cash.",
    ]
    held = (
        *about(person, "name dob address postcode pnc nino", "page 1"),
        *plain("asn", arrest, "page 1", role="defendant"),
        *plain("health", "insulin dependent diabetic", "page 1", role="defendant"),
    )
    return (
        Made("incident_log_999.txt", "999 log", "\n".join(log).encode(), found, case=case),
        Made(
            "custody_record.pdf",
            "custody record",
            pdf([custody]),
            held,
            case=BURGLARY,
            verdicts=("safeguards", "ask", "stop"),
        ),
    )


def _transcript(case: Case) -> Made:
    person = case.defendant
    lines = [
        "# RECORD OF INTERVIEW",
        f"URN {slashed(case.urn)}",
        f"Person interviewed: {person.name}",
        "DC: Do you agree that you were at the car park?",
        "ANSWER: No comment.",
        "DC: Whose telephones are they?",
        "ANSWER: No comment.",
    ]
    planted = (*about(person, "name", "page 1"), *plain("case_urn", slashed(case.urn), "page 1"))
    return Made(
        "interview_record.pdf",
        "record of interview",
        pdf([lines]),
        planted,
        case=case,
        case_refs=(case.urn,),
        clean=True,
        verdicts=EXPECTED,
    )


def files() -> tuple[Made, ...]:
    """All records."""
    return (*_prints(), *_medical(), *_logs(), _transcript(DRUGS))
