"""Witness statements and case summaries: with and without what the defence must not have."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

from tests.files.identifiers import slashed
from tests.files.paper import pdf
from tests.files.truth import CLEAN, EXPECTED, Made, about, plain
from tests.files.world import ASSAULT, BURGLARY, CONTROL, DRIVING, DRUGS, FRAUD, PUB, ROBBERY, Case, Person

_TRUE = (
    "This statement (consisting of 1 page signed by me) is true to the best of my knowledge and belief and I make it knowing "
    "that, if it is tendered in evidence, I shall be liable to prosecution if I have wilfully stated in it anything which I "
    "know to be false, or do not believe to be true."
)


def front(case: Case, person: Person, body: list[str]) -> list[str]:
    """The typed front of a statement form."""
    return [
        "# WITNESS STATEMENT",
        "Criminal Procedure Rules, r 16.2; Criminal Justice Act 1967, s.9",
        f"URN: {slashed(case.urn)}",
        f"Statement of: {person.name}",
        "Age if under 18: Over 18          Occupation: Not stated",
        _TRUE,
        f"Signature: {person.first[0]} {person.surname}          Date: 14 October 2025",
        "",
        *body,
        "",
        f"Signature witnessed by: {case.officer}",
    ]


def reverse(person: Person) -> list[str]:
    """The reverse with everything that must stay behind."""
    return [
        "# Witness contact details",
        "RESTRICTED - FOR POLICE AND PROSECUTION ONLY",
        f"Home address: {person.address}",
        f"Town: {person.town}          Postcode: {person.postcode}",
        f"Home telephone No: {person.landline}          Mobile: {person.phone}",
        f"E-mail address: {person.email}",
        f"Date of birth: {person.dob}",
        "DATES OF WITNESS NON-AVAILABILITY: 2 to 16 February",
        "Does the witness need a special measures assessment? Yes, afraid of repercussions.",
    ]


_SAW = [
    "I was on my way home when I heard raised voices. I stopped because I thought somebody might be hurt.",
    "From about ten metres, under a street lamp, I saw a man in a dark jacket push past another person and walk away.",
    "I would describe him as six feet tall, slim, with short brown hair. I had not seen him before. I watched for about a minute.",
    "I then rang the police and waited until they came. I produce a sketch plan of what I saw.",
]


def _with_reverse(case: Case, name: str) -> Made:
    person = case.witness
    planted = (
        *about(person, "name", "page 1"),
        *about(person, "postcode phone landline email dob", "page 2"),
        *plain("address", person.address, "page 2", role=person.role),
        *plain("person_name", case.officer_name, "page 1", role="officer"),
        *plain("case_urn", slashed(case.urn), "page 1"),
    )
    content = pdf([front(case, person, _SAW), reverse(person)], title="MG11")
    return Made(name, "MG11 with contact reverse", content, planted, case=case, case_refs=(case.urn,), pages=2)


def _front_only(case: Case, name: str, body: list[str] | None = None) -> Made:
    planted = (
        *about(case.witness, "name", "page 1"),
        *plain("person_name", case.officer_name, "page 1", role="officer"),
        *plain("case_urn", slashed(case.urn), "page 1"),
    )
    content = pdf([front(case, case.witness, body or _SAW)], title="MG11")
    return Made(
        name,
        "MG11 front only",
        content,
        planted,
        case=case,
        case_refs=(case.urn,),
        clean=True,
        verdicts=(*CLEAN, "ask"),
    )


def _body_leak(case: Case) -> Made:
    person = case.victim
    body = [
        f"I live at {person.home}, {person.postcode}, with my mother. I moved there in March and he does not know where it is.",
        "I work at the bakery by the harbour, on the early shift, and I drive a blue hatchback, registration KX19 ZTB.",
        "My son Matei goes to Lantern Street Primary School. He is six years old and saw most of what happened.",
        f"If the officer needs me I can be reached on {person.phone}, which is a new number.",
        "He would read my messages each evening and would not let me leave until I had shown him the telephone.",
    ]
    planted = (
        *about(person, "name address postcode phone", "page 1"),
        *plain("vehicle_registration", "KX19 ZTB", "page 1", role="victim"),
        *plain("person_name", "Matei", "page 1", role="child"),
        *plain("child", "My son Matei", "page 1", role="child"),
        *plain("person_name", case.officer_name, "page 1", role="officer"),
        *plain("case_urn", slashed(case.urn), "page 1"),
    )
    content = pdf([front(case, person, body)], title="MG11")
    return Made(
        "mg11_address_in_body.pdf", "MG11 with details in the body", content, planted, case=case, case_refs=(case.urn,)
    )


def _summary(case: Case, story: list[str]) -> list[str]:
    return [
        "# POLICE REPORT - CASE SUMMARY (MG5)",
        f"URN: {slashed(case.urn)}          Anticipated plea: not guilty",
        f"Defendant: {case.defendant.name}          Date of birth: {case.defendant.dob}",
        f"Offence: {case.offence}",
        "# Summary of the key evidence",
        *story,
        "# Defendant interview",
        "Interviewed with a solicitor present. No comment was made to all questions.",
        f"Officer in the case: {case.officer}",
    ]


def _caller(case: Case, name: str, hint: str) -> Made:
    caller = case.caller
    story = [f"On {case.date}, at {case.place}: {case.story}", hint]
    content = pdf([_summary(case, story)], title="MG5")
    planted = (
        *about(case.defendant, "name dob", "page 1"),
        *about(caller, "name address", "page 1"),
        *(about(caller, "phone", "page 1") if caller.phone in hint else ()),
        *plain("person_name", case.officer_name, "page 1", role="officer"),
        *plain("case_urn", slashed(case.urn), "page 1"),
    )
    return Made(name, "MG5 with a caller's address", content, planted, case=case, case_refs=(case.urn,))


def _clean_summary(case: Case, name: str) -> Made:
    story = [
        f"On {case.date}, at {case.place}: {case.story}",
        "A member of the public called the police. The account of the complainant is in a statement served separately.",
    ]
    planted = (
        *about(case.defendant, "name dob", "page 1"),
        *plain("person_name", case.officer_name, "page 1", role="officer"),
        *plain("case_urn", slashed(case.urn), "page 1"),
    )
    return Made(
        name,
        "MG5 without details",
        pdf([_summary(case, story)], title="MG5"),
        planted,
        case=case,
        case_refs=(case.urn,),
        clean=True,
        verdicts=EXPECTED,
    )


def files() -> tuple[Made, ...]:
    """All statements and summaries."""
    pub, drugs = PUB.caller, DRUGS.caller
    return (
        _with_reverse(PUB, "mg11_reverse_pub.pdf"),
        _with_reverse(BURGLARY, "mg11_reverse_burglary.pdf"),
        _with_reverse(ASSAULT, "mg11_reverse_assault.pdf"),
        _front_only(DRIVING, "mg11_front_driving.pdf"),
        _front_only(ROBBERY, "mg11_front_robbery.pdf"),
        _body_leak(CONTROL),
        _caller(
            PUB,
            "mg5_caller_pub.pdf",
            f"The call came from {pub.name} of {pub.home}, who watched from her front bedroom window.",
        ),
        _caller(
            DRUGS,
            "mg5_caller_drugs.pdf",
            f"Informant: {drugs.name}, {drugs.home}, telephone {drugs.phone}. She has rung about the car park before.",
        ),
        _clean_summary(BURGLARY, "mg5_clean_burglary.pdf"),
        _clean_summary(FRAUD, "mg5_clean_fraud.pdf"),
    )
