"""What a document says of itself is found where people write it, in the dates they write."""

from datetime import date

import pytest

from knowledge.dates import read_date
from knowledge.load import read_file
from knowledge.model import Document


@pytest.mark.parametrize(
    "said, day",
    [
        ("2026-10-01", date(2026, 10, 1)),
        ("2026-10-01T09:00:00Z", date(2026, 10, 1)),
        ("1 October 2026", date(2026, 10, 1)),
        ("1st of October, 2026", date(2026, 10, 1)),
        ("October 1, 2026", date(2026, 10, 1)),
        ("01/10/2026", date(2026, 10, 1)),
        ("1.10.26", date(2026, 10, 1)),
        ("1-Oct-26", date(2026, 10, 1)),
        ("Oct 2026", date(2026, 10, 1)),
        ("10/2026", date(2026, 10, 1)),
        ("31/02/2026", None),
        ("annually", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_as_people_write_it(said: object, day: date | None) -> None:
    assert read_date(said) == day


def test_a_review_due_in_a_month_is_due_on_its_last_day() -> None:
    assert read_date("Feb 2028", last_day=True) == date(2028, 2, 29)


def page(*lines: str) -> Document:
    return read_file("page.md", ("# Policy\n\n" + "\n".join(lines) + "\n").encode())


def test_lines_of_the_first_page_say_owner_and_version() -> None:
    document = page("**Owner:** Head of Disclosure", "Version 2.1", "Next review: 1 May 2027", "Contact: the post room")
    assert (document.owner, document.version, document.contact) == ("Head of Disclosure", "2.1", "the post room")
    assert document.review_due == date(2027, 5, 1)


def test_a_review_date_after_the_date_of_issue_is_the_next_review() -> None:
    document = page("Issue date: 1 May 2026", "Review date: 1 May 2028")
    assert (document.reviewed, document.review_due) == (date(2026, 5, 1), date(2028, 5, 1))


def test_the_latest_entry_of_a_history_counts() -> None:
    document = page(
        *("## Version control", "", "| Version | Date | Author |", "| --- | --- | --- |"),
        *("| 1.0 | 1 May 2024 | Legal team |", "| 2.0 | 3 June 2026 | Policy team |"),
    )
    assert (document.version, document.reviewed, document.owner) == ("2.0", date(2026, 6, 3), "Policy team")


def test_a_person_who_typed_it_is_not_its_owner() -> None:
    assert page("Author: Jo Bloggs", "Version 3").owner == ""


def test_what_is_still_to_be_filled_in_says_nothing() -> None:
    document = page("Owner: TBC", "Version: n/a", "Review date: to be confirmed")
    assert (document.owner, document.version, document.reviewed) == ("", "", None)


def test_words_of_ordinary_prose_and_tables_are_no_control() -> None:
    document = page(
        "The owner: of the van is asked first.",
        "",
        *("| Title | Status | Contact |", "| --- | --- | --- |", "| Clerk | Busy | Desk 4 |"),
    )
    assert (document.owner, document.status, document.title) == ("", "", "Policy")
