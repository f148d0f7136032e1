"""Letters to victims, and papers that name two cases."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

from tests.files.identifiers import slashed
from tests.files.paper import pdf
from tests.files.truth import EXPECTED, Made, Planted, about, plain
from tests.files.words import document
from tests.files.world import ASSAULT, CONTROL, DRIVING, FRAUD, PUB, ROBBERY, Case


def _letter(case: Case, name: str, outcome: str) -> list[str]:
    return [
        "Victim Liaison Unit",
        f"Our reference: {slashed(case.urn)}",
        f"Dear {name},",
        f"I am writing about the case against {case.defendant.name}.",
        outcome,
        "If you would like to have the decision looked at again, please tell us within ten working days.",
        "Yours sincerely,",
    ]


def _head(case: Case) -> tuple[Planted, ...]:
    return (*plain("case_urn", slashed(case.urn), "body"), *about(case.defendant, "name", "body"))


def files() -> tuple[Made, ...]:
    """All letters."""
    other = ROBBERY.witness
    mixed = _letter(
        ASSAULT,
        f"Ms {ASSAULT.victim.surname}",
        f"I know that this will be a disappointment, Ms {other.surname}, and I am sorry.",
    )
    left = _letter(
        CONTROL,
        "[INSERT NAME]",
        "The court has set the trial for <<DATE OF TRIAL>>. [delete as appropriate: bail / custody]",
    )
    wrong = [
        *_letter(DRIVING, f"Ms {DRIVING.victim.surname}", "The trial is listed in May."),
        "",
        f"URN {slashed(FRAUD.urn)}",
        f"R v {FRAUD.defendant.name}",
    ]
    alien = [
        "Disclosure certificate",
        f"URN {slashed(ROBBERY.urn)}",
        f"R v {ROBBERY.defendant.name}",
        "The schedule has been reviewed. There is nothing further to disclose.",
    ]
    fine = _letter(PUB, "Sir or Madam", "The defendant has pleaded guilty. Sentence is on 3 March.")
    two = (
        *_head(DRIVING),
        *plain("person_name", DRIVING.victim.surname, "body", role="victim"),
        *plain("case_urn", slashed(FRAUD.urn), "body"),
        *about(FRAUD.defendant, "name", "body"),
    )
    return (
        Made(
            "victim_letter_other_name.docx",
            "letter with another victim's name",
            document(mixed),
            (
                *_head(ASSAULT),
                *plain("person_name", ASSAULT.victim.surname, "body", role="victim"),
                *plain("person_name", other.surname, "body"),
            ),
            case=ASSAULT,
            case_refs=(ASSAULT.urn,),
            verdicts=("stop", "ask"),
        ),
        Made(
            "victim_letter_placeholders.docx",
            "letter with template placeholders",
            document(left),
            _head(CONTROL),
            ("template_placeholder",),
            case=CONTROL,
            case_refs=(CONTROL.urn,),
            verdicts=("stop", "ask"),
        ),
        Made(
            "letter_two_urns.docx",
            "two URNs in one letter",
            document(wrong),
            two,
            ("other_case",),
            case=DRIVING,
            case_refs=(DRIVING.urn, FRAUD.urn),
        ),
        Made(
            "certificate_wrong_case.pdf",
            "certificate of another case",
            pdf([alien]),
            (*plain("case_urn", slashed(ROBBERY.urn), "page 1"), *about(ROBBERY.defendant, "name", "page 1")),
            ("other_case",),
            case=PUB,
            case_refs=(ROBBERY.urn,),
        ),
        Made(
            "letter_plain.docx",
            "letter without details",
            document(fine),
            _head(PUB),
            case=PUB,
            case_refs=(PUB.urn,),
            clean=True,
            verdicts=EXPECTED,
        ),
        Made(
            "summary.md",
            "case note as Markdown",
            f"# Note\n\n**Victim**: {FRAUD.victim.name}\n\n- tel {FRAUD.victim.landline}\n- card {_CARD}\n- born {FRAUD.victim.dob}\n".encode(),
            (
                *about(FRAUD.victim, "name landline dob", "document"),
                *plain("payment_card", _CARD, "document", role="victim"),
            ),
            case=FRAUD,
        ),
    )


_CARD = "4000 0012 3456 7899"
