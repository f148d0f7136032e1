"""The benchmark counts a finding as right only when it is about what was planted."""

import pytest

from bench.baseline import Page, compare, places_of
from bench.score import Checked, digest_with, false_findings, found, hazards, is_right
from bot.domain.finding import Category, Finding, Hazard, HazardKind, Inspection
from tests.files.truth import Made, Planted

KEY = b"key of this test"
digest = digest_with(KEY)
NAME = Planted("person_name", "WASILEWSKI, Piotr", "page 1")
ADDRESS = Planted("address", "31 Larkspur Close, Harrowmere", "page 2")
POSTCODE = Planted("postcode", "HX77 9BT", "page 2")
PHONE = Planted("phone", "07700 900115", "page 2")
MADE = Made("a.pdf", "statement", b"", (NAME, ADDRESS, POSTCODE, PHONE), hazards=("hidden_text",))


def finding(category: Category, value: str, masked: str = "", place: str = "page 9") -> Finding:
    return Finding(category, place, masked or "•" * 6 + value[-2:], digest=digest(category.value, value))


@pytest.mark.parametrize(
    "said, right",
    [
        (finding(Category.PERSON_NAME, "WASILEWSKI, Piotr"), True),
        (finding(Category.PERSON_NAME, "Piotr Wasilewski"), True),
        (finding(Category.PERSON_NAME, "Wasilewski"), True),
        (finding(Category.PERSON_NAME, "Peter Grey", "P. G."), False),
        (finding(Category.ADDRESS, "31 Larkspur Close, Harrowmere HX77 9BT"), True),
        (finding(Category.ADDRESS, "9 Elm Road, Otherton", place="page 1"), False),
        (finding(Category.PHONE, "+44 7700 900115"), True),
        (finding(Category.PHONE, "07700 900215"), False),
        (finding(Category.EMAIL, "07700 900115"), False),
    ],
)
def test_a_finding_is_right_when_it_is_about_a_planted_value(said: Finding, right: bool) -> None:
    assert is_right(said, MADE, digest) is right


def test_a_postcode_reported_as_the_end_of_an_address_counts_as_found() -> None:
    whole = finding(Category.ADDRESS, "31 Larkspur Close, Harrowmere HX77 9BT")
    assert found(POSTCODE, Checked(MADE, inspection(whole), 0.1), digest)
    assert not found(POSTCODE, Checked(MADE, inspection(), 0.1), digest)


def test_white_text_called_a_failed_redaction_counts_as_reported_and_silence_does_not() -> None:
    said = Hazard(HazardKind.FAILED_REDACTION, "page 1", "Text is covered.")
    assert hazards([Checked(MADE, Inspection("a.pdf", "", 0, "", "full", hazards=(said,)), 0.1)]) == {
        "hidden_text": (1, 1)
    }
    assert hazards([Checked(MADE, inspection(), 0.1)]) == {"hidden_text": (0, 1)}


def test_only_what_is_not_planted_counts_against_a_clean_file() -> None:
    clean = Made("b.pdf", "note", b"", (NAME,), clean=True, pages=3)
    said = inspection(finding(Category.PERSON_NAME, "Piotr Wasilewski"), finding(Category.PHONE, "07700 900115"))
    assert false_findings([Checked(clean, said, 0.1)], digest) == ({"phone": 1}, 3)


def test_a_value_is_found_in_text_whatever_line_breaks_lie_in_it() -> None:
    assert places_of("07700 900115", "ring 07700\n900 115 now") == [(5, 18)]
    assert places_of("07700 900115", "ring 07700 900116 now") == []


def test_an_engine_that_covers_half_of_a_value_under_the_right_category_has_found_it() -> None:
    page = Page(MADE, "Wasilewski, Piotr, 07700 900115")
    outcome = compare("one", lambda text: [(0, 17, "person_name"), (19, 22, "phone")], [page])
    assert (outcome.found, outcome.planted) == (1, 2)


def inspection(*findings: Finding) -> Inspection:
    return Inspection("a.pdf", "application/pdf", 0, "", "full", findings)
