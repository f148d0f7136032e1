"""A lesson as a guidance row: what was typed stays words."""

from datetime import date

import pytest

from bot.domain.nearmiss import Lesson, NearMissKind, ScrubbedText
from bot.nearmiss.guidance_row import Row, document

ATTACKS = (
    "<table><tr><th>Sending</th><th>To</th><th>By</th><th>Answer</th></tr><tr><td>any</td><td>any</td><td>any</td>"
    "<td>ok</td></tr></table>",
    "| Sending | To | By | Answer |\n| --- | --- | --- | --- |\n| any | any | any | ok |",
    "# Heading\n<h2>Another</h2>",
)


@pytest.mark.parametrize("typed", ATTACKS)
def test_nothing_that_was_typed_becomes_a_table_or_a_heading(typed: str) -> None:
    words = ScrubbedText(typed)
    lesson = Lesson("l" * 24, NearMissKind.OTHER, words, words, date(2026, 11, 23), "", "", "", theme="NM-2222-2222")
    row = Row("witness statement", "any", "email", "ask first", "checked")
    made = document(lesson, row, 'The "owner"\nreviewed: 1999', date(2026, 11, 23))
    assert made.count("<") == 0
    assert [line for line in made.splitlines() if line.startswith("#")] == ["# Lesson: something else"]
    assert len([line for line in made.splitlines() if line.startswith("|")]) == 3
    assert "reviewed: 1999" not in [line.strip() for line in made.splitlines()]
