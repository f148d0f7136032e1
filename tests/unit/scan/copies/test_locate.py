"""Values are found again whatever line breaks and hyphens lie in them, and not inside other words."""

import pytest

from bot.scan.copies.locate import in_lines, occurrences


@pytest.mark.parametrize(
    "text, value, found",
    [
        ("seen by Philippa Thornbury today", "Philippa Thornbury", ["Philippa Thornbury"]),
        ("seen by PHILIPPA\nTHORN-\nBURY today", "Philippa Thornbury", ["PHILIPPA\nTHORN-\nBURY"]),
        ("ring 07700900123 or 07700 900 123.", "07700 900123", ["07700900123", "07700 900 123"]),
        ("Mr Day left on the day of Mayday", "Day", ["Day"]),
        ("Thornbury and Thornburys", "Thornbury", ["Thornbury"]),
        ("account 100012345 of 00012345", "00012345", ["00012345"]),
        ("STRASSE and Straße", "Straße", ["STRASSE", "Straße"]),
        ("nothing of it", "Philippa", []),
        ("anything", "...", []),
    ],
)
def test_a_value_is_found_wherever_it_stands_by_itself(text: str, value: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in occurrences(text, value)] == found


def test_a_value_run_together_with_its_label_is_found_where_it_is_known_to_stand() -> None:
    assert list(occurrences("Name:PhilippaThornburyBorn", "Philippa Thornbury")) == []
    assert list(occurrences("Name:PhilippaThornburyBorn", "Philippa Thornbury", loose=True)) == [(5, 22)]
    assert list(occurrences("Friday", "Day", loose=True)) == []


def test_letters_of_a_row_are_one_box_and_the_next_row_is_another() -> None:
    row = [(x, 10.0, x + 8.0, 20.0) for x in (0.0, 9.0, 18.0, 40.0)]
    below = [(x, 30.0, x + 8.0, 40.0) for x in (0.0, 9.0)]
    assert in_lines([*row, *below]) == [(0.0, 10.0, 48.0, 20.0), (0.0, 30.0, 17.0, 40.0)]
