"""What people type next: swaps, additions, "both", thanks, and something else altogether."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

import pytest

from bot.ask.courtesy import courtesy
from bot.domain.message import Message, Turn
from bot.domain.verdict import Verdict
from bot.respond import Assistant
from tests.conversations import STATEMENT, assistant, conversation  # noqa: F401

SCHEDULE = "can I send the MG6C to the defence by CJSM"


@pytest.mark.parametrize(
    "first, text, material, recipient, channel",
    [
        (SCHEDULE, "and the sensitive one as well?", "sensitive_schedule", "defence", "secure_email"),
        (SCHEDULE, "and the sensitive one too", "sensitive_schedule", "defence", "secure_email"),
        (SCHEDULE, "what about the sensitive ones", "sensitive_schedule", "defence", "secure_email"),
        (SCHEDULE, "can the 6D go too", "sensitive_schedule", "defence", "secure_email"),
        ("can I send the MG6D to the defence", "ok and the non sensitive one", "unused_schedule", "defence", ""),
        (STATEMENT, "no sorry by email", "witness_statement", "defence", "email"),
        (STATEMENT, "by post instead", "witness_statement", "defence", "post"),
        (STATEMENT, "by courier then?", "witness_statement", "defence", "courier"),
        (STATEMENT, "could it go on a disc", "witness_statement", "defence", "removable_media"),
        (STATEMENT, "what if I whatsapp it", "witness_statement", "defence", "messaging_app"),
        (STATEMENT, "I meant by post", "witness_statement", "defence", "post"),
        (STATEMENT, "sorry I meant the MG5", "case_summary", "defence", "secure_email"),
        (STATEMENT, "and to the judge?", "witness_statement", "court", "secure_email"),
        (STATEMENT, "and to the judge", "witness_statement", "court", "secure_email"),
        (STATEMENT, "and to prosecution counsel?", "witness_statement", "counsel", "secure_email"),
        (STATEMENT, "no, to the police", "witness_statement", "police", "secure_email"),
        (STATEMENT, "same for the interpreter?", "witness_statement", "interpreter", "secure_email"),
        (STATEMENT, "and the medical notes?", "medical_records", "defence", "secure_email"),
        (STATEMENT, "and the ABE too?", "interview_video", "defence", "secure_email"),
        (STATEMENT, "I meant the judge", "witness_statement", "court", "secure_email"),
    ],
)
def test_a_follow_up_puts_in_what_it_names_and_keeps_the_rest(
    assistant: Assistant, first: str, text: str, material: str, recipient: str, channel: str
) -> None:
    facts = conversation(assistant, first, text).facts
    assert (facts.materials, facts.recipients) == ((material,), (recipient,))
    assert facts.channels == ((channel,) if channel else ())


@pytest.mark.parametrize("text", ["what if it's redacted", "and if it is redacted?", "its redacted", "redacted now"])
def test_a_protection_is_added_to_what_was_said(assistant: Assistant, text: str) -> None:
    facts = conversation(assistant, STATEMENT, text).facts
    assert facts.materials == ("witness_statement",)
    assert "redacted" in facts.protections


@pytest.mark.parametrize("text", ["all of it, the lot", "both", "both please", "all of them", "the lot", "everything"])
def test_all_that_was_offered_is_the_strictest_of_it(assistant: Assistant, text: str) -> None:
    said = (
        Turn("user", "The defence want the unused schedules. Can I email them securely"),
        Turn("assistant", "Which schedule: the non-sensitive (MG6C) or the sensitive (MG6D)?"),
    )
    reply = assistant.respond(Message(text, history=said))
    assert set(reply.facts.materials) == {"unused_schedule", "sensitive_schedule"}
    assert reply.verdict is Verdict.STOP


def test_all_answers_a_question_of_our_own(assistant: Assistant) -> None:
    asked = assistant.respond(Message("can I send the witness statement"))
    assert asked.clarify is not None
    reply = assistant.respond(Message("all of them", remembered=asked.remember))
    assert len(reply.facts.recipients) > 1
    assert reply.clarify is None or reply.clarify.fact != "recipient"
    assert reply.verdict is not Verdict.OK


@pytest.mark.parametrize(
    "text, kind",
    [
        ("thanks", "thanks"),
        ("ta", "thanks"),
        ("ok thanks very much", "thanks"),
        ("Cheers, that's great!", "thanks"),
        ("perfect thank you", "thanks"),
        ("hello?", "hello"),
        ("hi there", "hello"),
        ("is anyone there?", "hello"),
        ("bye", "goodbye"),
        ("never mind", "never_mind"),
        ("forget it", "never_mind"),
        ("nvm", "never_mind"),
        ("ok never mind then, thanks", "never_mind"),
        ("great, send it then?", None),
        ("thanks, and to the court?", None),
        ("hello can I send the MG5", None),
        ("never mind the MG5, what about the MG6", None),
        ("I don't mind sending it by post", None),
        ("", None),
    ],
)
def test_a_courtesy_is_told_from_a_question(text: str, kind: str | None) -> None:
    assert courtesy(text) == kind


@pytest.mark.parametrize("text", ["thanks", "ok cheers", "hello?", "never mind", "bye"])
@pytest.mark.parametrize("before", [(), (STATEMENT,), ("can I send the witness statement",)])
def test_a_courtesy_gets_a_short_answer_and_no_verdict(
    assistant: Assistant, before: tuple[str, ...], text: str
) -> None:
    reply = conversation(assistant, *before, text)
    assert reply.verdict is Verdict.NOT_COVERED
    assert "cover" not in reply.headline
    assert (reply.because, reply.conditions, reply.citations, reply.clarify) == ((), (), (), None)


def test_after_thanks_the_thread_goes_on_and_after_never_mind_it_does_not(assistant: Assistant) -> None:
    assert conversation(assistant, STATEMENT, "thanks", "and to the judge?").facts.materials == ("witness_statement",)
    assert conversation(assistant, STATEMENT, "never mind", "and to the judge?").facts.materials == ()


@pytest.mark.parametrize(
    "text",
    [
        "ta. also do you know how i book a day off",
        "how do I claim mileage",
        "who won the football",
        "what time does the canteen close",
        "btw when is payday",
        "where do I get a new chair",
    ],
)
def test_something_else_altogether_takes_nothing_along(assistant: Assistant, text: str) -> None:
    reply = conversation(assistant, STATEMENT, text)
    assert reply.verdict is Verdict.NOT_COVERED
    assert (reply.facts.materials, reply.facts.recipients) != (("witness_statement",), ("defence",))


@pytest.mark.parametrize("text", ["how should I send it then", "who else may see that", "when can it go"])
def test_a_question_that_points_back_is_about_what_was_asked(assistant: Assistant, text: str) -> None:
    assert conversation(assistant, STATEMENT, text).facts.materials == ("witness_statement",)


def test_a_whole_sentence_about_something_new_takes_nothing_from_before(assistant: Assistant) -> None:
    new = "The court clerk wants our opening note on a memory stick, ok if I drop it at the front desk?"
    reply = conversation(assistant, "can I email the victim's medical records to the defence?", new)
    assert reply.facts.materials == ()
    assert reply.verdict is not Verdict.OK
