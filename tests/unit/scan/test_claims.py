"""What the sender says is held against what the check found; the finding wins."""

import pytest

from bot.domain.finding import Category, Finding, Hazard, HazardKind, Inspection, Role, Unread, UnreadReason
from bot.scan.claims import contradictions
from knowledge import Facts

PHONE = Finding(Category.PHONE, "page 4", "••23", role=Role.WITNESS)
NAME = Finding(Category.PERSON_NAME, "sheet Data, A2", "J. E.")
COVERED = Hazard(HazardKind.FAILED_REDACTION, "page 2", "Text is covered")
LOCKED = Unread("file", UnreadReason.ENCRYPTED, "It is locked with a password")


def file(*found: Finding | Hazard | Unread, rows: int = 0) -> Inspection:
    return Inspection(
        "paper.pdf",
        "application/pdf",
        1,
        "",
        "full",
        findings=tuple(one for one in found if isinstance(one, Finding)),
        hazards=tuple(one for one in found if isinstance(one, Hazard)),
        unread=tuple(one for one in found if isinstance(one, Unread)),
        rows=rows,
    )


def said(inspection: Inspection, *protections: str, counted: frozenset[int] = frozenset()) -> str:
    return " ".join(contradictions(Facts(protections=frozenset(protections)), counted, inspection))


@pytest.mark.parametrize(
    "inspection, claim, told",
    [
        (file(PHONE), "contact_page_removed", "page 4 still has contact details"),
        (file(COVERED), "redacted", "page 2 the text can still be read"),
        (file(PHONE), "redacted", "page 4 still has contact details"),
        (file(NAME), "anonymised", "still has names"),
        (file(), "encrypted", "opens without a password"),
    ],
)
def test_a_claim_the_file_does_not_bear_out_is_named_with_its_place(
    inspection: Inspection, claim: str, told: str
) -> None:
    assert told in said(inspection, claim)


@pytest.mark.parametrize(
    "inspection, claim",
    [(file(), "contact_page_removed"), (file(), "redacted"), (file(LOCKED), "encrypted"), (file(PHONE), "tracked")],
)
def test_a_claim_that_holds_says_nothing(inspection: Inspection, claim: str) -> None:
    assert said(inspection, claim) == ""


def test_an_officers_number_does_not_break_the_claim_that_the_contact_page_is_off() -> None:
    officer = Finding(Category.PHONE, "page 1", "••23", role=Role.OFFICER)
    assert said(file(officer), "contact_page_removed") == ""


def test_a_list_much_longer_than_the_sender_says_is_named() -> None:
    assert "You say 150; paper.pdf holds 18,714 rows" in said(file(rows=18_714), counted=frozenset({150}))


@pytest.mark.parametrize("rows, counted", [(151, {150}), (0, {150}), (5_000, set()), (20, {18})])
def test_a_list_about_as_long_as_said_is_fine(rows: int, counted: set[int]) -> None:
    assert said(file(rows=rows), counted=frozenset(counted)) == ""
