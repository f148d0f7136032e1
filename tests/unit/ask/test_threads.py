"""What a conversation remembers: each message changes just the fact it speaks of."""

# ruff: noqa: F811 - fixtures are imported by name and then named as arguments

from dataclasses import replace

import pytest

from bot.ask.thread import bare_answer
from bot.domain.message import Message, Remembered, Turn
from bot.domain.verdict import Verdict
from bot.respond import Assistant
from knowledge import Facts
from tests.conversations import STATEMENT, assistant, conversation  # noqa: F401


@pytest.mark.parametrize(
    "text, facts",
    [
        ("what about to the court?", (("witness_statement",), ("court",), ("secure_email",))),
        ("same for the medical notes", (("medical_records",), ("defence",), ("secure_email",))),
        ("same for the medical notes to the court", (("medical_records",), ("court",), ("secure_email",))),
        ("no, by post", (("witness_statement",), ("defence",), ("post",))),
        ("can I tell the victim the trial date by phone", (("court_result",), ("victim",), ("phone",))),
    ],
)
def test_a_follow_up_changes_just_the_fact_it_speaks_of(
    assistant: Assistant, text: str, facts: tuple[tuple[str, ...], ...]
) -> None:
    read = conversation(assistant, STATEMENT, text).facts
    assert (read.materials, read.recipients, read.channels) == facts


def test_and_if_it_is_redacted_changes_just_the_protection(assistant: Assistant) -> None:
    facts = conversation(assistant, "can the medical notes go to the defence", "and if they are redacted?").facts
    assert (facts.materials, facts.recipients) == (("medical_records",), ("defence",))
    assert "redacted" in facts.protections


def test_a_bare_option_answers_the_question_that_was_asked(assistant: Assistant) -> None:
    asked = assistant.respond(Message("can I send the witness statement"))
    assert asked.clarify is not None
    assert asked.clarify.fact == "recipient"
    said = assistant.respond(Message("the defence", remembered=asked.remember))
    assert said.facts == Facts(("witness_statement",), ("defence",))
    place = [term for term, _ in asked.clarify.options].index("defence") + 1
    assert assistant.respond(Message(str(place), remembered=asked.remember)).facts == said.facts
    pressed = Message(answers=(("recipient", "defence"),), remembered=asked.remember)
    assert assistant.respond(pressed).facts == said.facts


PROTECTION = Remembered(Facts(("interview_video",), ("police",)), "protection", ("encrypted", "not:encrypted"), 1)


@pytest.mark.parametrize(
    "text, answer",
    [
        ("yes", ("protection", "encrypted")),
        ("yeah it is", ("protection", "encrypted")),
        ("no", ("protection", "not:encrypted")),
        ("it isn't", ("protection", "not:encrypted")),
        ("not sure", None),
        ("don't know", None),
        ("yes and can I also send the medical notes by post", None),
    ],
)
def test_yes_and_no_answer_a_question_about_a_protection(text: str, answer: tuple[str, str] | None) -> None:
    assert bare_answer(text, PROTECTION) == answer


def test_no_to_a_protection_is_remembered_as_lacking(assistant: Assistant) -> None:
    reply = assistant.respond(Message("no", remembered=PROTECTION))
    assert reply.facts.lacking == {"encrypted"}
    assert reply.verdict is Verdict.STOP


def test_no_more_than_two_questions_are_asked_in_a_row_and_then_the_strictest_holds(assistant: Assistant) -> None:
    first = assistant.respond(Message("can I send this"))
    second = assistant.respond(Message("not sure", remembered=first.remember))
    third = assistant.respond(Message("dunno", remembered=second.remember))
    assert first.clarify is not None
    assert second.clarify is not None
    assert third.clarify is None
    assert third.verdict in (Verdict.ASK, Verdict.STOP)
    assert any("strictest" in sentence for sentence in third.because)


def test_another_subject_in_the_same_conversation_is_still_not_covered(assistant: Assistant) -> None:
    assert conversation(assistant, STATEMENT, "and what time is lunch in the canteen").verdict is Verdict.NOT_COVERED


def test_something_that_went_wrong_is_never_a_follow_up_question(assistant: Assistant) -> None:
    facts = conversation(assistant, STATEMENT, "I've lost the disc").facts
    assert (facts.materials, facts.recipients) == (("lost_item",), ())


def test_the_texts_of_a_conversation_come_to_the_same_as_what_is_remembered(assistant: Assistant) -> None:
    texts = ("can I send the witness statement", "defence", "what about the MG6D?", "and to the court")
    remembered = conversation(assistant, *texts)
    told = assistant.respond(Message(texts[-1], history=tuple(Turn("user", text) for text in texts[:-1])))
    assert (told.facts, told.verdict, told.remember) == (remembered.facts, remembered.verdict, remembered.remember)


def test_the_flow_keeps_what_is_remembered_under_the_key_of_the_conversation(assistant: Assistant) -> None:
    assistant.respond(Message(STATEMENT, thread="c1/17"))
    assert assistant.respond(Message("what about to the court?", thread="c1/17")).facts.materials == (
        "witness_statement",
    )
    assert assistant.respond(Message("what about to the court?", thread="c1/18")).facts.materials == ()


def test_what_was_found_in_the_files_of_a_conversation_counts_until_another_thing_is_named(
    assistant: Assistant,
) -> None:
    remembered = Remembered(Facts((), ("defence",)), found=("medical_records",))
    assert assistant.respond(Message("and by post?", remembered=remembered)).facts.materials == ("medical_records",)
    named = assistant.respond(Message("what about the MG6D", remembered=remembered)).facts
    assert named.materials == ("sensitive_schedule",)


def test_a_misread_fact_is_changed_without_any_text(assistant: Assistant) -> None:
    reply = assistant.respond(Message(STATEMENT))
    assert reply.remember is not None
    revised = assistant.revise(reply.remember, {"recipient": "media"})
    assert revised.facts == replace(reply.facts, recipients=("media",))
    assert revised.verdict is not reply.verdict
    forged = assistant.revise(reply.remember, {"recipient": "spreadsheet", "mood": "good"})
    assert forged.facts == reply.facts


@pytest.mark.parametrize("fact", ["material", "recipient", "channel", "protection"])
def test_the_choices_for_a_misread_fact_are_few_and_leave_out_what_was_read(assistant: Assistant, fact: str) -> None:
    reply = assistant.respond(Message(STATEMENT))
    assert reply.remember is not None
    offered = assistant.choices(fact, reply.remember)
    assert 3 <= len(offered) <= 20
    assert not {"witness_statement", "defence", "secure_email"} & {term for term, _ in offered}
    assert assistant.choices("mood", reply.remember) == ()


def test_nothing_of_the_text_is_remembered(assistant: Assistant) -> None:
    reply = conversation(assistant, STATEMENT, "it is about Mr Quillfeather of 3 Larch Row")
    assert "quill" not in repr(reply.remember).lower()
    assert "larch" not in repr(reply.remember).lower()
