"""What has happened is read by grammar, where the vocabulary has no words for it."""

import pytest

from bot.ask.happenings import HOW_LONG, LOST, SENT_WRONG, STOPPED_IN_TIME, happenings, whereabouts
from bot.language import pipeline


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I sent the file to the wrong solicitor", (SENT_WRONG,)),
        ("nearly sent it to the wrong firm", (STOPPED_IN_TIME,)),
        ("my bag was nicked on the way to court", (LOST,)),
        ("how long must I hang on to the notebook", (HOW_LONG,)),
        ("we served it without taking her address out", (SENT_WRONG,)),
        ("I gave his solicitor the other file instead of his", (SENT_WRONG,)),
        ("what if I send it to the wrong firm", ()),
        ("we lost the trial", ()),
        ("her bag was stolen in the burglary", ()),
    ],
)
def test_what_has_happened_is_told_from_what_may_or_what_the_case_is_about(text: str, told: tuple[str, ...]) -> None:
    assert happenings(pipeline()(text)) == told


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("he wants to know where the witness works", "contact_details"),
        ("can I tell her where the defendant lives", "defendant_address"),
        ("the house where the witness lives burned down", None),
    ],
)
def test_an_address_is_wanted_in_other_words(text: str, material: str | None) -> None:
    assert whereabouts(pipeline()(text)) == material
