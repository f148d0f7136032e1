"""What was found becomes a verdict by the rows of the shipped guidance, by recipient and by whose it is."""

from collections.abc import Iterable

import pytest

from bot.domain.finding import (
    Category,
    FileReport,
    Finding,
    Hazard,
    HazardKind,
    Identity,
    Inspection,
    Role,
    Unread,
    UnreadReason,
)
from bot.scan.assess import MOST_REASONS, Rulebook, assess
from bot.scan.compare import NOBODY, NamedCase
from knowledge import Vocabulary, starter_pack
from knowledge.readers import load
from knowledge.rules import read

NAMED = NamedCase(("88HM0417325",))


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """The rows of the starter guidance."""
    vocabulary = Vocabulary.load()
    documents = {document.id: document for document in load(starter_pack()).documents}
    rules = [rule for document in documents.values() for rule in read(document, vocabulary).rules]
    return Rulebook(rules, documents, vocabulary)


def one(category: Category, role: Role = Role.UNKNOWN, place: str = "page 1", **more: object) -> Finding:
    values = {"confidence": 0.9, "about": f"{role} 1", "digest": f"{category}{role}{place}", **more}
    return Finding(category, place, "••", role=role, **values)  # type: ignore[arg-type]


def inspection(*findings: Finding, **more: object) -> Inspection:
    return Inspection("a.pdf", "application/pdf", 1, "", "full", findings=findings, **more)  # type: ignore[arg-type]


def quotes(report: FileReport) -> list[str]:
    return [citation.quote for citation in report.citations]


NAME, BORN, PHONE, HEALTH = Category.PERSON_NAME, Category.DATE_OF_BIRTH, Category.PHONE, Category.HEALTH
ADDRESS, SUBJECT = Category.ADDRESS, "header Subject"
PROPER_SUMMARY = (
    one(NAME, Role.DEFENDANT),
    one(BORN, Role.DEFENDANT),
    one(NAME, Role.VICTIM),
    one(HEALTH, Role.VICTIM),
)


@pytest.mark.parametrize(
    ("findings", "recipient", "verdict"),
    [
        ((), "defence", "ok"),
        ((one(Category.CASE_URN),), "defence", "ok"),
        ((one(NAME, Role.OFFICER), one(PHONE, Role.PROFESSIONAL), one(Category.CASE_URN)), "defence", "ok"),
        ((one(NAME, Role.DEFENDANT),), "defence", "ok"),
        ((one(NAME, Role.DEFENDANT),), "outside", "safeguards"),
        # A properly written case summary: the defendant's own details, the victim's name and the injury.
        (PROPER_SUMMARY, "defence", "safeguards"),
        ((one(BORN, Role.DEFENDANT),), "media", "ask"),
        ((one(ADDRESS, Role.WITNESS),), "defence", "stop"),
        ((one(ADDRESS),), "outside", "stop"),
        ((one(ADDRESS, Role.WITNESS),), "police", "safeguards"),
        ((one(ADDRESS, Role.WITNESS),), "court", "safeguards"),
        ((one(ADDRESS, Role.WITNESS),), "counsel", "safeguards"),
        ((one(ADDRESS, Role.WITNESS),), "colleague", "safeguards"),
        ((one(BORN, Role.VICTIM),), "defence", "stop"),
        ((one(Category.BANK_ACCOUNT),), "defence", "stop"),
        ((one(PHONE, confidence=0.45),), "defence", "ask"),
        ((one(PHONE, Role.OFFICER, hidden=True),), "colleague", "stop"),
        ((one(NAME, Role.VICTIM, SUBJECT),), "defence", "ask"),
        ((one(NAME, Role.DEFENDANT, SUBJECT),), "defence", "ok"),
        ((one(ADDRESS, Role.VICTIM),), "victim", "safeguards"),
        ((one(ADDRESS, Role.WITNESS),), "victim", "stop"),
    ],
)  # fmt: skip
def test_findings_are_judged_by_what_they_are_whose_they_are_and_who_gets_them(
    findings: tuple[Finding, ...], recipient: str, verdict: str, book: Rulebook
) -> None:
    report = assess(inspection(*findings), (recipient,), book)
    assert report.verdict == verdict
    assert report.because
    assert report.citations


def test_a_clean_file_is_ok_by_the_row_that_says_so(book: Rulebook) -> None:
    report = assess(inspection(), ("defence",), book)
    assert quotes(report) == ["file in which nothing was found | any | any | ok |"]


@pytest.mark.parametrize(("recipient", "verdict"), [("victim", "safeguards"), ("outside", "ask"), ("defence", "stop")])
def test_the_addressee_s_own_address_may_go_to_the_addressee_alone(
    recipient: str, verdict: str, book: Rulebook
) -> None:
    letter = inspection(
        one(ADDRESS, about="person 3"), identities=(Identity("person 3", "A.", "page 1", addressed=True),)
    )
    assert assess(letter, (recipient,), book).verdict == verdict


def test_without_a_recipient_an_outsider_is_assumed_and_of_two_recipients_the_stricter_counts(book: Rulebook) -> None:
    file = inspection(one(ADDRESS, Role.WITNESS))
    assert assess(file, (), book).verdict == "stop"
    both = assess(file, ("police", "defence"), book)
    assert both.verdict == "stop"
    assert len(both.because) == 1


@pytest.mark.parametrize(
    ("kind", "named", "recipient", "verdict"),
    [
        (HazardKind.OTHER_CASE, NAMED, "colleague", "stop"),
        (HazardKind.OTHER_CASE, NOBODY, "defence", "stop"),
        (HazardKind.OTHER_CASE, NOBODY, "colleague", "safeguards"),
        (HazardKind.MIXED_SUBJECTS, NOBODY, "court", "stop"),
        (HazardKind.FAILED_REDACTION, NOBODY, "police", "stop"),
        (HazardKind.TEMPLATE_PLACEHOLDER, NOBODY, "victim", "stop"),
        (HazardKind.HIDDEN_TEXT, NOBODY, "defence", "ask"),
    ],
)
def test_what_is_wrong_with_a_file_is_judged_by_its_row(
    kind: HazardKind, named: NamedCase, recipient: str, verdict: str, book: Rulebook
) -> None:
    report = assess(inspection(hazards=(Hazard(kind, "page 2", "Something is wrong."),)), (recipient,), book, named)
    assert report.verdict == verdict
    assert "Something is wrong (page 2)" in report.because[0]


def test_a_part_that_was_not_checked_is_never_ok(book: Rulebook) -> None:
    file = inspection(unread=(Unread("page 4", UnreadReason.ENCRYPTED, "It is locked."),))
    report = assess(file, ("colleague",), book)
    assert report.verdict == "ask"
    assert report.because == ("Not checked: It is locked (page 4): ask first (information manager).",)


def _many() -> Iterable[Finding]:
    for role in Role:
        for category in Category:
            for page in (1, 2):
                yield one(category, role, f"page {page}")


def test_reasons_are_grouped_counted_placed_and_the_most_serious_first(book: Rulebook) -> None:
    file = inspection(
        one(NAME, Role.WITNESS),
        one(PHONE, Role.WITNESS, "page 2"),
        one(PHONE, Role.WITNESS, "page 3"),
        one(ADDRESS, Role.WITNESS, "page 2"),
        materials=("witness_statement",),
    )
    report = assess(file, ("defence",), book)
    assert report.because == (
        "Phone number × 2, home or other address of a witness (page 2, page 3): don't send.",
        "Name of a witness (page 1): only with safeguards.",
        "This looks like a witness statement (MG11): only with safeguards.",
    )
    assert quotes(report)[0].startswith("found contact details | outside |")
    assert report.conditions


def test_there_are_at_most_eight_reasons_none_twice_and_each_is_cited(book: Rulebook) -> None:
    report = assess(inspection(*_many()), ("defence", "police"), book)
    assert len(report.because) == len(set(report.because)) == MOST_REASONS
    assert report.because[0].endswith("don't send.")
    assert all("(page 1, page 2)" in reason for reason in report.because)
    for citation in report.citations:
        assert citation.quote in book.documents[citation.document].text


def test_a_kind_of_paper_the_guidance_says_nothing_of_is_judged_by_what_is_in_it(book: Rulebook) -> None:
    assert assess(inspection(materials=("no_such_paper",)), ("defence",), book).verdict == "ok"
    assert assess(inspection(one(ADDRESS), materials=("no_such_paper",)), ("defence",), book).verdict == "stop"
