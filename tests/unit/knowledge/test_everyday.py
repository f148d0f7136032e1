"""Questions and pages that say the same in different words are brought nearer to each other."""

import pytest

from knowledge.everyday import Everyday

WORDS = Everyday(
    {"SAR": ("request for one's own data",), "OS": ("official sensitive",), "A&E": ("emergency department",)},
    {"bloke": "man", "chuck": "throw away", "memory stick": "removable media"},
)


@pytest.mark.parametrize(
    "typed, said",
    [
        ("got a sar from some bloke", "got a sar from some bloke (request for one's own data, man)"),
        ("the a&e letter", "the a&e letter (emergency department)"),
        ("which os do we run", "which os do we run"),
        ("can i chuck a memory stick", "can i chuck a memory stick (throw away, removable media)"),
        ("the man chucked it", "the man chucked it"),
        ("the bloke is a man", "the bloke is a man"),
    ],
)
def test_a_question_gains_what_offices_write(typed: str, said: str) -> None:
    assert WORDS.asked(typed) == said


def test_a_passage_gains_its_acronyms_only_where_they_stand_in_capitals() -> None:
    assert WORDS.written("SARs go to the team") == "SARs go to the team (request for one's own data)"
    assert WORDS.written("the sar of the house; OSprey") == "the sar of the house; OSprey"


def test_acronyms_that_the_guidance_spells_out_are_learned_from_it() -> None:
    learned = WORDS.with_those_of(
        ["Ask the Digital Evidence Unit (DEU).", "A Statement of Special Adverse Report (SAR)."]
    )
    assert learned.asked("who is deu") == "who is deu (Digital Evidence Unit)"
    assert learned.asked("a sar came") == "a sar came (request for one's own data, Special Adverse Report)"


def test_brackets_that_do_not_stand_for_the_words_before_them_are_no_acronym() -> None:
    assert WORDS.with_those_of(["Crown Court Office (ASAP)"]).asked("asap") == "asap"


def test_the_shipped_words_can_be_read() -> None:
    assert "camera" in Everyday.load().asked("bwv please")
