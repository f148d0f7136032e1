"""Did it go? What was it? Read from the words, measured on examples left out one at a time."""

from collections import Counter

import pytest

from bot.domain.nearmiss import AlreadySent, NearMissKind
from bot.nearmiss.breach import already_sent, classify
from bot.nearmiss.nearest import examples
from bot.nearmiss.words import words
from knowledge.embed import embedder

TRUE, FALSE, UNCLEAR = AlreadySent.TRUE, AlreadySent.FALSE, AlreadySent.UNCLEAR


@pytest.mark.parametrize(
    "text, expected",
    [
        ("I sent the bundle to the wrong solicitor", TRUE),
        ("It went to the wrong firm", TRUE),
        ("already emailed it to the defence", TRUE),
        ("the letter has been posted to her old address", TRUE),
        ("The statement that I served still had her address in it", TRUE),
        ("the defence have opened it", TRUE),
        ("my laptop was stolen", TRUE),
        ("I tried to recall it but it had already gone", TRUE),
        ("I noticed after it went", TRUE),
        ("I hit send before I noticed the wrong address", TRUE),
        ("nobody noticed until after it had been served", TRUE),
        ("nearly sent it to the wrong solicitor", FALSE),
        ("I was about to email it to the defence", FALSE),
        ("caught it before it was sent", FALSE),
        ("I haven't sent it", FALSE),
        ("didn't press send", FALSE),
        ("the log shows nobody opened it", FALSE),
        ("it was never served", FALSE),
        ("my colleague stopped me sending the bundle", FALSE),
        ("the bundle would have gone to the wrong court", FALSE),
        ("the police sent us the wrong print, noticed before serving", FALSE),
        ("recalled it before it was opened", UNCLEAR),
        ("I sent it to the wrong firm but it bounced", UNCLEAR),
        ("the parcel hasn't arrived", UNCLEAR),
        ("I don't know whether it was sent", UNCLEAR),
        ("it may have gone to the wrong firm", UNCLEAR),
        ("the page with the address is odd", UNCLEAR),
    ],
)
def test_whether_it_went_is_read_from_tense_negation_and_modality(text: str, expected: AlreadySent) -> None:
    assert already_sent(text) is expected


@pytest.mark.parametrize(
    "text, kind",
    [
        ("reply all with the victim's details", NearMissKind.WRONG_RECIPIENT),
        ("a page of another case was in the bundle", NearMissKind.WRONG_CASE_MATERIAL),
        ("the back page was still on, unredacted", NearMissKind.UNREDACTED_PERSONAL_DATA),
        ("you can select the text under the black boxes", NearMissKind.FAILED_REDACTION),
        ("a hidden tab in the workbook", NearMissKind.HIDDEN_DATA),
        ("the PNC print was for another man", NearMissKind.WRONG_CONVICTIONS),
        ("discs left in reception", NearMissKind.PHYSICAL_MEDIA_OR_PAPER),
        ("laptop stolen from the car", NearMissKind.LOST_OR_STOLEN),
        ("sent it to my gmail", NearMissKind.CHANNEL_MISUSE),
        ("letter to the old address", NearMissKind.MISADDRESSED_LETTER),
        ("the shared folder had the wrong permissions", NearMissKind.ACCESS_OR_PERMISSIONS),
        ("overheard in the lift", NearMissKind.OTHER),
        ("something odd happened", NearMissKind.OTHER),
    ],
)
def test_phrases_alone_tell_the_kind(text: str, kind: NearMissKind) -> None:
    assert classify(text) is kind


def test_each_kind_has_phrases_and_examples_enough_and_no_example_stands_twice() -> None:
    kinds = Counter(example.kind for example in examples())
    sent = Counter(example.already_sent for example in examples())
    assert set(words().kinds) == set(NearMissKind)
    assert all(kinds[kind] >= 15 for kind in NearMissKind)
    assert all(sent[value] >= 40 for value in AlreadySent)
    assert len({example.text for example in examples()}) == len(examples())


def test_examples_left_out_one_at_a_time_are_read_right() -> None:
    embed = embedder()
    sent = [(example, already_sent(example.text, embed, leave_out=example.text)) for example in examples()]
    kinds = [(example, classify(example.text, embed, leave_out=example.text)) for example in examples()]
    assert sum(read is example.already_sent for example, read in sent) / len(sent) >= 0.88
    assert sum(read is example.kind for example, read in kinds) / len(kinds) >= 0.84
    # The costly mistake: a breach that is taken for a near miss.
    costly = [example.text for example, read in sent if (example.already_sent, read) == (TRUE, FALSE)]
    assert len(costly) / sum(example.already_sent is TRUE for example in examples()) <= 0.04
