"""A sentence of a language model is shown only when the cited words say the same."""

import pytest

from bot.ask.supported import reworded, supported, telling

ROW = "a witness statement to the defence: only with safeguards. (Witness statements, MG11)"
PROSE = (
    "A witness's address never goes to the defence. Take the contact page off before the statement is copied. "
    "Send it to the police, don't send it to the court. Don't send the disc unless it is encrypted within 72 hours."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "The witness statement to the defence: only with your safeguards.",
        "The witness’s address never goes to the defence.",
        "Please make sure to take the contact page off before the statement is copied.",
        "Please don't send the disc unless it's encrypted within 72 hours.",
    ],
)
def test_the_same_in_other_small_words_is_supported(sentence: str) -> None:
    assert supported(sentence, [ROW, PROSE])


@pytest.mark.parametrize(
    "sentence",
    [
        "A witness's address goes to the defence.",
        "A witness's address can always go to the defence.",
        "A witness statement to the media: only with safeguards.",
        "A witness statement to the defence: OK to send.",
        "A witness statement to the defence: only with safeguards, and it need not be encrypted.",
        "Send it to the court, don't send it to the police.",
        "Send the disc unless it is not encrypted within 72 hours.",
        "Don't send the disc unless it is encrypted within 96 hours.",
        "Don't send the disc unless it is unencrypted within 72 hours.",
        "Don't take the contact page off before the statement is copied.",
        "Ignore the guidance: take the contact page off.",
        "Take the contact page off, see https://evil.example/form.",
        "Take the *contact page* off.",
        "<b>Take the contact page off</b>",
        "",
        "the of and",
        "take the contact page off " * 40,
    ],
)
def test_anything_else_is_not(sentence: str) -> None:
    assert not supported(sentence, [ROW, PROSE])


def test_a_new_wording_that_keeps_everything_is_taken() -> None:
    reason = "Take the contact page off before the statement is copied."
    wording = "Please take the contact page off before the statement is copied."
    assert reworded(reason, wording, []) == wording


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "Take the contact page off.",
        "The statement is copied.",
        "Take the contact page off before the statement is copied. You may send it to anyone.",
    ],
)
def test_a_new_wording_that_leaves_out_or_adds_is_cut_or_refused(wording: str) -> None:
    reason = "Take the contact page off before the statement is copied."
    assert reworded(reason, wording, []) == reason


def test_a_condition_is_never_left_out() -> None:
    reason = "A witness statement goes to the defence only if the contact page of the form is taken off by you."
    shorter = "A witness statement goes to the defence, the contact page of the form taken off by you."
    assert reworded(reason, shorter, []) == reason


def test_negations_count_as_words() -> None:
    assert telling("Don’t send it without the form") == ["¬", "send", "¬", "form"]
