"""Tables that people read are rules the assistant follows."""

import pytest

from knowledge import Vocabulary
from knowledge.load import parse
from knowledge.rules import read
from knowledge.split import passages

WORDS = Vocabulary.load()
PAGE = """---
title: Statements
owner: Disclosure lead
reviewed: 2026-10-01
---
# Statements

Take the contact page off before the statement goes.

## To the defence

| What | Recipient | How | Verdict | Conditions |
| --- | --- | --- | --- | --- |
| MG11 | defence or court | any | only with safeguards | contact page removed; case number checked |
| witness contact details | defence | any | don't send | |
| unencrypted disc with an ABE interview | all | courier | never | |
| case summary | journalist | any | ask first: press office | |

People ask:

- can i send the mg11 (row 1)
- can they have her address (row 2)
"""
READING = read(parse("statements.md", PAGE), WORDS)


def test_each_row_is_a_rule_whatever_the_columns_are_called() -> None:
    assert [rule.answer for rule in READING.rules] == ["safeguards", "stop", "stop", "ask"]


def test_any_and_all_leave_a_column_open() -> None:
    assert READING.rules[0].channels == ()
    assert READING.rules[2].recipients == ()


def test_several_terms_in_a_cell_are_alternatives() -> None:
    assert READING.rules[0].recipients == ("defence", "court")


def test_a_denied_protection_is_part_of_the_rule() -> None:
    assert READING.rules[2].lacking == {"encrypted"}


def test_conditions_are_split_at_semicolons() -> None:
    assert READING.rules[0].conditions == ("contact page removed", "case number checked")


def test_the_role_to_ask_stands_after_the_colon() -> None:
    assert READING.rules[3].ask_whom == "press office"


def test_every_quote_stands_literally_in_the_page() -> None:
    assert all(rule.quote in PAGE for rule in READING.rules)
    assert all(passage.text in PAGE for passage in passages(parse("statements.md", PAGE)))


def test_questions_name_the_row_they_were_asked_about() -> None:
    assert [example.rule for example in READING.examples] == ["statements.md#row-1", "statements.md#row-2"]
    assert READING.examples[0].question == "can i send the mg11"


def test_a_cell_the_vocabulary_does_not_know_is_reported_and_its_row_is_not_used() -> None:
    page = PAGE.replace("| case summary | journalist |", "| case summary | the wombat |")
    reading = read(parse("statements.md", page), WORDS)
    assert [(unknown.column, unknown.words) for unknown in reading.unknown] == [("to", "the wombat")]
    assert len(reading.rules) == 3


@pytest.mark.parametrize("answer", ["maybe", "", "it depends"])
def test_an_answer_that_is_none_is_reported(answer: str) -> None:
    reading = read(parse("statements.md", PAGE.replace("ask first: press office", answer)), WORDS)
    assert [unknown.column for unknown in reading.unknown] == ["answer"]


def test_an_ordinary_table_states_no_rules() -> None:
    assert read(parse("x.md", "# X\n\n| Force | Code |\n| --- | --- |\n| Met | 01 |\n"), WORDS).rules == ()
