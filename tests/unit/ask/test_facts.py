"""What is read from a question as staff type it."""

import pytest

from bot.ask.facts import FactReader
from bot.ask.tidy import shortened
from bot.domain.message import Attachment, Message, Remembered
from bot.language import pipeline
from knowledge import Facts, Vocabulary


@pytest.fixture(scope="module")
def reader() -> FactReader:
    return FactReader(Vocabulary.load(), pipeline())


def read(reader: FactReader, text: str, *earlier: str) -> Facts:
    remembered = None
    for line in earlier:
        remembered = Remembered(reader.read(Message(line, remembered=remembered)).facts)
    return reader.read(Message(text, remembered=remembered)).facts


@pytest.mark.parametrize(
    "text, recipients",
    [
        ("can I email a witness's MG11 to the defence", ("defence",)),
        ("the victim wants to know the trial date", ("victim",)),
        ("insurer asking for the case summary", ("insurer",)),
        ("can my husband drop the exhibits at court", ("court", "own_family")),
        ("statement from the officer, ok to serve?", ("defence",)),
        ("tell the court the witness is unavailable", ("court",)),
    ],
)
def test_the_recipient_is_whom_it_goes_to_and_not_whose_it_is(
    reader: FactReader, text: str, recipients: tuple[str, ...]
) -> None:
    assert read(reader, text).recipients == recipients


def test_a_witnesss_convictions_are_not_the_defendants(reader: FactReader) -> None:
    assert read(reader, "previous convictions of a witness to the defence").materials == ("witness_convictions",)


def test_what_was_taken_out_is_no_longer_sent(reader: FactReader) -> None:
    facts = read(reader, "I've taken her home address out of the MG11, can it go to the defence?")
    assert facts.materials == ("witness_statement",)
    assert "redacted" in facts.protections


def test_what_may_have_to_be_taken_out_is_still_there(reader: FactReader) -> None:
    assert "contact_details" in read(reader, "do I need to take her home address out of the MG11?").materials


@pytest.mark.parametrize("text", ["the disc is not encrypted", "unencrypted disc", "the disc isn't encrypted"])
def test_a_denied_protection_is_lacking(reader: FactReader, text: str) -> None:
    facts = read(reader, text)
    assert "encrypted" in facts.lacking
    assert "encrypted" not in facts.protections


def test_a_protection_asked_about_is_not_claimed(reader: FactReader) -> None:
    assert read(reader, "should I encrypt the disc?").protections == frozenset()


def test_a_way_that_is_not_there_does_not_count(reader: FactReader) -> None:
    assert read(reader, "he has no email so I will post the IDPC").channels == ("post",)


def test_a_follow_up_changes_just_what_it_says(reader: FactReader) -> None:
    facts = read(reader, "what about to the court?", "can I send the MG5 to the defence by CJSM")
    assert (facts.materials, facts.recipients, facts.channels) == (("case_summary",), ("court",), ("secure_email",))


def test_the_other_defendants_turns_precons_into_a_co_defendants(reader: FactReader) -> None:
    assert read(reader, "no the other defendant's", "precons to D1s solicitor").materials == (
        "codefendant_convictions",
    )


def test_an_attached_file_takes_the_place_of_what_was_talked_of_before(reader: FactReader) -> None:
    earlier = Remembered(Facts(("medical_records",), ("police",)))
    facts = reader.read(Message("and this?", (Attachment("a.pdf", b""),), remembered=earlier)).facts
    assert (facts.materials, facts.recipients) == ((), ("police",))


def test_a_question_that_stands_alone_inherits_nothing(reader: FactReader) -> None:
    facts = read(reader, "post the CCTV to the court", "encrypted MG5 to the defence by CJSM")
    assert (facts.materials, facts.channels, facts.protections) == (("cctv",), ("post",), frozenset())


def test_buttons_outrank_the_text(reader: FactReader) -> None:
    message = Message("can I send the MG5 to the defence", answers=(("recipient", "court"),))
    assert reader.read(message).facts.recipients == ("court",)


@pytest.mark.parametrize("answer", [("recipient", "nobody_known"), ("recipient", "spreadsheet"), ("mood", "defence")])
def test_a_forged_button_changes_nothing(reader: FactReader, answer: tuple[str, str]) -> None:
    message = Message("can I send the MG5 to the defence", answers=(answer,))
    assert reader.read(message).facts.recipients == ("defence",)


def test_an_empty_message_has_no_facts(reader: FactReader) -> None:
    assert read(reader, "") == Facts()


def test_a_very_long_paste_keeps_its_ends() -> None:
    text = shortened("first " + "x" * 50_000 + " last?")
    assert len(text) < 5000
    assert text.startswith("first")
    assert text.endswith("last?")


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("sending the list of 150 applicants to the MoD", {150}),
        ("spreadsheet with 1,200 rows to the police", {1200}),
        ("can I email all 40 of the witnesses", {40}),
        ("hearing on 14 March at 10 in court 3", set()),
    ],
)
def test_how_many_it_says_there_are(reader: FactReader, text: str, numbers: set[int]) -> None:
    assert reader.read(Message(text)).counted == numbers


@pytest.mark.parametrize(
    "text, facts",
    [
        ("a juror left a voicemail asking if she can have the MG5", (("case_summary",), ("jury",), ())),
        ("somebody from the press wants the custody photo", (("custody_photo",), ("media",), ())),
        ("the MP emailed wanting the case summary", (("case_summary",), ("mp",), ())),
        ("case summary, back page is off, read through for addresses", (("case_summary",), (), ())),
        ("the 999 call has been muted for her number, to the defence", (("call_recording",), ("defence",), ())),
        (
            "precons of the defendant and the main witness to the court",
            (("previous_convictions", "witness_convictions"), ("court",), ()),
        ),
        ("statement through the barrister's letterbox", (("witness_statement",), ("counsel",), ("hand",))),
        ("reviewing lawyer has seen the MG5, ok for the court?", (("case_summary",), ("court",), ())),
        ("the printer's dead so I'll email the MG5 to counsel", (("case_summary",), ("counsel",), ("email",))),
        ("can i send the m g 5 on c j s m 2 the court", (("case_summary",), ("court",), ("secure_email",))),
        ("CAN I SEND THE MG5 TO COUNSEL", (("case_summary",), ("counsel",), ())),
    ],
)
def test_who_sends_what_to_whom_is_read_from_the_grammar(
    reader: FactReader, text: str, facts: tuple[tuple[str, ...], ...]
) -> None:
    said = read(reader, text)
    assert (said.materials, said.recipients, said.channels) == facts


def test_a_case_of_ones_own_people_is_told_from_sending_to_them(reader: FactReader) -> None:
    assert read(reader, "a case about my cousin has come in, can I look").materials == ("own_interest",)
    assert read(reader, "can I send the MG5 to my cousin").recipients == ("own_family",)


def test_a_redaction_that_is_not_burned_in_is_a_failed_one(reader: FactReader) -> None:
    assert "failed_redaction" in read(reader, "the pdf is redacted but not burned in").materials


@pytest.mark.parametrize(
    "text",
    [
        "the statement has her address in the second paragraph, can it go to the defence",
        "serving the MG11 with the victim's phone number still on it",
        "page 4 of the report shows her house number, defence want it",
    ],
)
def test_what_stands_in_a_paper_goes_with_it(reader: FactReader, text: str) -> None:
    assert "contact_details" in read(reader, text).materials


@pytest.mark.parametrize(
    "text",
    [
        "NOT sending the address page, just the statement to the defence",
        "I'm leaving out the page with her number on and sending the statement to the defence",
        "we took the contact page out, statement to the defence ok?",
        "the statement without its back page to the defence",
    ],
)
def test_what_is_left_out_does_not_go(reader: FactReader, text: str) -> None:
    facts = read(reader, text)
    assert facts.materials == ("witness_statement",)
    assert "redacted" in facts.protections


@pytest.mark.parametrize(
    "text",
    [
        "medical notes to the other side, I haven't had time to redact",
        "statement for the defence, not redacted yet",
        "the redaction isn't finished but the court wants it",
        "no chance to edit the ABE, defence want it",
        "phone download to the defence, no one has been through it",
    ],
)
def test_work_that_was_not_done_is_lacking(reader: FactReader, text: str) -> None:
    assert "redacted" in read(reader, text).lacking


def test_to_ask_whether_to_redact_says_nothing_of_what_was_done(reader: FactReader) -> None:
    assert "redacted" not in read(reader, "do I need to redact the statement for the defence").lacking


@pytest.mark.parametrize(
    "text, recipients",
    [
        ("the victim's solicitor has asked for the bodycam", ("insurer",)),
        ("D2's barrister wants the medical notes", ("codefendant_solicitor",)),
        ("defence expert has asked for the GP records", ("defence",)),
        ("the officer's wife will pick up the file", ("public",)),
        ("a bloke stopped me and asked for her statement", ("unknown_caller",)),
    ],
)
def test_whoever_acts_for_somebody_is_told_by_whose_they_are(
    reader: FactReader, text: str, recipients: tuple[str, ...]
) -> None:
    assert read(reader, text).recipients == recipients


@pytest.mark.parametrize(
    "text, late",
    [
        ("the courier comes at 6.45am", True),
        ("delivery at 8pm to chambers", True),
        ("the driver says 7.15 tomorrow morning", True),
        ("courier at 10am, they sign for it", False),
        ("the assault was at 3am, statement to the defence", False),
    ],
)
def test_a_time_at_which_offices_are_closed_is_read_where_something_arrives(
    reader: FactReader, text: str, late: bool
) -> None:
    assert ("out_of_hours" in read(reader, text).channels) is late


def test_a_blank_form_holds_nobodys_data(reader: FactReader) -> None:
    assert read(reader, "can I send a blank VPS form to a new starter").materials == ("blank_template",)


def test_a_password_beside_the_thing_is_told_from_one_given_by_phone(reader: FactReader) -> None:
    assert "password_with_file" in read(reader, "the stick is encrypted, password is on the label").materials
    assert read(reader, "I give him the password tomorrow").materials == ("credentials",)


@pytest.mark.parametrize(
    "text", ["I have not taken the address page off the MG11", "we have not taken her home address out of the MG11"]
)
def test_a_page_that_is_still_on_goes_with_it(reader: FactReader, text: str) -> None:
    facts = read(reader, text)
    assert "contact_details" in facts.materials
    assert facts.protections == frozenset()
