"""What people write when it already went, and what only sounds like it."""

import json
import re
from pathlib import Path

import pytest

from bot.domain.verdict import Verdict
from bot.incident.went import Left, left, told_as
from knowledge import embedder, starter_pack

WENT = [
    "my colleague has accidentally cc'd the defendant on the victim's email",
    "interpreter was given the wrong case papers",
    "the stick is missing from my bag",
    "the email went to all forty witnesses by mistake",
    "I sent it",
    "i've sent it",
    "ive already sent it",
    "it's gone",
    "its gone already",
    "I sent the statement to the wrong solicitor",
    "just emailed the MG11 to defence with the address still on it",
    "i sent it to the wrong sarah, what do i do",
    "sent it to the wrong person what do i do",
    "oh no, wrong Sarah, it's gone",
    "pressed send too soon",
    "I hit send before I took the contact page off",
    "the email has gone to the wrong person",
    "I've just posted the letter to her old address",
    "the letter went to the wrong flat",
    "it was published on the website with the names in",
    "I left the file on the train",
    "my bag was stolen with the papers in it",
    "I lost my notebook on the bus",
    "how do I recall an email I sent to the wrong address?",
    "how can I unsend the email I just sent to the wrong group",
    "does it matter that I sent it unencrypted?",
    "is it a breach that I emailed the witness list to the wrong firm?",
    "Do I have to tell anyone that I sent the victim's address to the defence by mistake?",
    "I accidentally forwarded the whole chain to the defendant",
    "I've copied the wrong person in and it went",
    "we served the unredacted medical notes on the defence this morning",
    "the unredacted exhibit has been served on the defence",
    "I uploaded the bundle to the wrong case",
    "I shared the folder with the wrong person on sharepoint",
    "I posted it in a channel with guests by mistake",
    "the courier left the discs at the wrong office",
    "the parcel went missing",
    "the discs have gone missing",
    "I gave the defendant the unredacted copy by mistake",
    "I told the caller her address and it was not her mum",
    "I read out the address to the wrong person on the phone",
    "The spreadsheet went out with the hidden sheet in it",
    "I emailed all the victims in cc instead of bcc",
    "I cc'd all the witnesses instead of bcc and sent it",
    "I sent the defence another case's statement. What now?",
    "Help. I have just sent the PNC print for the wrong man to the defence solicitor",
    "too late, I already emailed it",
    "I already sent it",
    "I sent it before I saw the answer",
    "I forgot to redact it and sent it to the defence",
    "I sent the disc and it was not encrypted",
    "The defence have told me they got the wrong defendant's file from us",
    "Sent the victim's new address to the defence. Can I get it back?",
    "I sent it to the wrong person but they said they deleted it",
    "it was me who emailed the list to the wrong school",
    "Ive emailed the wrong bloke's antecedents to chambers",
    "Just realised the MG9 went to the defence with phone numbers in it",
    "the stupid autocomplete picked another Smith and I pressed send",
    "Already gone to the defence I'm afraid",
    "We've disclosed the third party material by mistake",
    "I dropped an envelope with statements on the tube",
    "someone at chambers rang to say they've had our email meant for the court",
    "The letter has been delivered to her ex husband's address",
    "bundle uploaded to DCS under the wrong case number",
    "I clicked send and then saw her address was in the footer",
    "My laptop was stolen from the car last night",
    "I left case papers in the robing room and they've gone",
    "wrong attachment sent to the defence",
    "email sent to wrong recipient",
    "sent to the wrong email address!!",
    "I have sent an email to a witness which included another witness's details",
    "I whatsapped the photo to the wrong group",
    "The spreadsheet I sent to the FOI requester had a hidden tab with names",
    "we published the judgment with the child's name in",
    "I told a journalist the victim's name by accident",
    "sent it",
    "I sent the ABE disc to Brighton and it never turned up",
    "it went out to all 40 witnesses with addresses showing",
    "I'm afraid I sent the unredacted version to the defendant's solicitor",
    "An unencrypted usb stick was lost in the post",
    "it's been sent to the wrong court",
    "I faxed it to the wrong number",
    "Oh god I replied all with the medical report attached",
    "I have given the victim's number to the defence, can I undo that?",
    "can I recall it, I sent it to the wrong sarah",
    "I've posted the VPS to the suspect instead of the victim",
    "bcc went wrong, everyone on the list has seen everyone's address",
    "I shared my screen with the victim's details up and the defence saw it",
    "the defence have opened the wrong bundle on DCS, I uploaded it there",
    "I handed the usher the unredacted bundle and she gave it to the defendant",
    "The link I shared was open to anyone, someone has downloaded it",
    "I emailed my own gmail the case file by mistake",
    "we sent the summons to the old address and his mother opened it",
    "someone nicked the files from my car",
    "I put the wrong letter in the envelope and it was posted this morning",
    "I let the statement go to the defence with her phone number showing",
    "the redaction came off - the defence solicitor can read it and i sent it friday",
    "I sent two statements and one was from another case",
    "i emaild the pnc to the wrong dc",
    "the bundle was emailed to the wrong court last night",
    "I published the wrong spreadsheet on the website",
    "I've accidentally disclosed the witness's new address to the suspect",
    "sent, but to the wrong inbox",
    "Sent to wrong Patel",
    "hi, i sent something i shouldnt have",
]

NOT_GONE = [
    "The file is missing a page, can I send it anyway?",
    "the contact page is missing from the statement",
    "can't find the disc form on the intranet",
    "the email went to counsel yesterday, can the exhibits go by courier?",
    "I was given another case to cover, can I email the file to myself",
    "who should be cc'd?",
    "what if I sent it to the wrong person?",
    "What happens if I send it to the wrong person",
    "what would happen if I sent the statement to the wrong solicitor?",
    "can I send the MG11 to the defence?",
    "Can I send it?",
    "if it was sent to the wrong person what do I do?",
    "if I sent it to the wrong person, who would I tell?",
    "if i accidentally sent something to the wrong person what should i do",
    "training: someone sent a file to the wrong address, what should they do?",
    "Training question: a colleague emailed the wrong defendant. What is the first step?",
    "For a training exercise: I sent the bundle to the wrong firm. What next?",
    "hypothetically, I emailed the list to the wrong person, what then?",
    "suppose I sent it unencrypted, is that a breach?",
    "Imagine someone posted the disc to the wrong office",
    "scenario: the discs went missing",
    "in theory if a disc got lost who is told?",
    "has the bundle been sent?",
    "has it been sent to the court yet?",
    "did the police send us the PNC print?",
    "was it sent encrypted?",
    "should this be sent encrypted?",
    "how should it be sent?",
    "who should it be sent to?",
    "The police sent me the PNC print, can I forward it to the defence?",
    "the witness sent me her new address, can I share it with the officer?",
    "the hospital emailed us unredacted notes, may I serve them?",
    "counsel sent me the brief back, can I print it at home?",
    "I was sent someone else's file by the police",
    "I sent it to the court yesterday, can I send it to counsel too?",
    "I sent the defence the bundle last week, is it ok to send them the photos by email?",
    "I want to send the statement I sent last week to counsel",
    "I have been asked to send the medical notes that were sent to us",
    "I nearly sent it to the wrong person",
    "I almost sent the wrong file but noticed in time",
    "I haven't sent it yet",
    "I have not sent it",
    "it hasn't gone yet",
    "it was not sent",
    "I'm about to send it to the defence",
    "I'm sending three discs to Brighton by courier",
    "we are going to post the file tomorrow",
    "before I sent it I noticed the address",
    "I caught it before it was sent",
    "when an email is sent to the wrong person, who is told?",
    "what does the guidance say about papers lost on a train?",
    "how do I report something that was sent to the wrong person?",
    "what counts as sent to the wrong person?",
    "who do I tell when I have sent something to the wrong person?",
    "how do I make sure it isn't sent to the wrong person",
    "What is the procedure for lost discs?",
    "I don't want to have it sent to the wrong person",
    "can I send the letter that went to the wrong address again to the right one?",
    "can I send a copy of the email I sent?",
    "The draft went to my manager for checking, can I send it on?",
    "MG11 to defence by CJSM",
    "hello",
    "",
    "Is it a breach if someone sends a file to the wrong case?",
    "the bundle has arrived from the police, can I serve it?",
    "I sent the corrected one to the right person",
    "no I did not send it",
    "Can I send the statement to the defence solicitor who sent me an email yesterday?",
    "The officer emailed the MG6C, do I serve it?",
    "Does it count as a breach if it was encrypted?",
    "can I email the bundle to counsel, it was sent by post before",
    "I have been sent the wrong defendant's PNC by police, what do I do?",
    "we received the victim's address in the case summary; can it go to defence?",
    "the police have sent the unredacted statement to us, can we serve it",
    "Is it ok to post a disc that was lost and found again?",
    "who decides whether victims are told after a breach?",
    "how long do we have to report a breach to the ICO?",
    "what's a near miss?",
    "should I send it by post or courier?",
    "I redacted the statement, can I send it?",
    "my colleague wants to know if the file was sent",
    "I'd like to send the disc with the interview",
    "The defence asked for the unredacted version, can I send it?",
    "can I share what the witness told me on the phone",
    "The court has asked us to send the bundle again as it got lost, can I email it?",
    "Is the bundle ready to be sent?",
    "she gave me her new address, can I put it in the statement",
    "the previous convictions are for the wrong man, I stopped it before it went, can I send the right ones?",
    "I haven't redacted it yet, can I send it to the defence?",
    "I forgot to redact it but it's still in drafts",
    "can I tell the victim that the defendant was sent her statement?",
    "Can I resend the email with the correct attachment?",
    "Can I send an unencrypted disc?",
    "my manager said he sent it by secure email, can I do the same",
    "How do I send a file to the wrong side of the court",
    "is it a problem if the hidden sheet goes out?",
    "I found hidden data in the sheet, can I still send it?",
    "Is the case system safe to send unredacted papers?",
    "Can I send what I sent the court to counsel as well?",
    "The wrong statement is in the draft bundle, can I fix it before service?",
    "What should I do when a disc is lost?",
    "if the disc goes missing, who do I ring?",
    "Someone gave us the wrong file, do we delete it?",
    "how do I avoid sent-to-wrong-person mistakes",
    "I was asked whether the letter was sent",
    "when was the guidance last changed?",
    "I'm worried about sending it to the wrong person",
    "can I use the recall button in Outlook?",
    "What do I check before I send it to the wrong person again",
    "the victim has lost her phone, can I call her on another number?",
    "victim has moved and sent us her new address; may it go in the MG11?",
    "The defence say they have not received the bundle I sent, can I send it again?",
    "would it be wrong if I sent it by post?",
    "Could I have sent it by ordinary email?",
    "Do the police get told when something has been sent in error?",
    "Who tells the victim if her address has gone to the defence?",
    "can i post the disc that came back",
]

OPEN = [
    "can't find the disc I had on my desk",
    "I think I may have sent it to the wrong person",
    "I might have emailed the wrong solicitor",
    "not sure if I sent the wrong attachment",
    "have I just sent this to the wrong person?",
    "I can't remember whether I sent the unredacted one",
    "I don't know whether it went to the wrong address",
    "I think the wrong file was attached",
    "the receiver has not confirmed the discs arrived",
    "possibly sent the wrong version to the defence",
    "how do I recall an email?",
]


@pytest.mark.parametrize("said", WENT)
def test_what_went_is_taken_for_a_breach(said: str) -> None:
    assert left(said, Verdict.ASK) is Left.WENT


@pytest.mark.parametrize("said", NOT_GONE)
def test_a_question_or_a_thought_is_not_taken_for_a_breach(said: str) -> None:
    assert left(said, Verdict.STOP) is Left.NOT_SAID


@pytest.mark.parametrize("said", OPEN)
def test_what_may_have_gone_is_asked_about(said: str) -> None:
    assert left(said, Verdict.ASK) is Left.UNCLEAR


@pytest.mark.parametrize(
    "said", ["I sent the MG11 to the defence by CJSM. Was that ok?", "Should I have encrypted the disc I sent?"]
)
@pytest.mark.parametrize(
    ("verdict", "read"), [(Verdict.STOP, Left.WENT), (Verdict.SAFEGUARDS, Left.UNCLEAR), (Verdict.OK, Left.NOT_SAID)]
)
def test_whoever_asks_afterwards_whether_it_was_right_is_read_by_what_the_guidance_says(
    said: str, verdict: Verdict, read: Left
) -> None:
    assert left(said, verdict) is read


def test_a_plain_account_of_something_allowed_is_asked_about_rather_than_alarmed() -> None:
    assert left("I sent the MG11 to the defence by CJSM", Verdict.SAFEGUARDS) is Left.UNCLEAR


def people_ask() -> list[str]:
    """The questions of the guidance's own "People ask" lists, but for those about what went wrong."""
    return [
        match.group(1)
        for page in starter_pack().glob("[0-79]-*/*.md")
        for match in re.finditer(r"^- (.+?)(?: \(row \d+\))?$", page.read_text(encoding="utf-8"), re.MULTILINE)
    ]


def test_of_thousands_of_ordinary_questions_hardly_any_raises_an_alarm() -> None:
    """The questions of the guidance's own "People ask" lists, but for those about what went wrong."""
    asked = people_ask()
    alarmed = [question for question in asked if left(question, Verdict.ASK) is Left.WENT]
    assert len(asked) > 3000
    assert len(alarmed) < len(asked) / 500, alarmed


def test_most_reports_of_something_that_went_are_read_so_as_questions_too() -> None:
    golden = Path(__file__).parents[2] / "golden" / "nearmiss.jsonl"
    cases = [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines()]
    read = {case["id"]: left(case["text"], Verdict.ASK) for case in cases}
    went = [case["id"] for case in cases if case["already_sent"] is True]
    assert sum(read[case] is Left.WENT for case in went) / len(went) > 0.85
    assert not [case["id"] for case in cases if case["already_sent"] is False and read[case["id"]] is Left.WENT]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Three witness statements ended up with the wrong barrister because of me", Left.UNCLEAR),
        ("I mixed up two envelopes and posted both", Left.UNCLEAR),
        ("I said her new surname in front of the defendant", Left.UNCLEAR),
        ("which courtroom is the trial in", Left.NOT_SAID),
        ("can I mix two envelopes?", Left.NOT_SAID),
        ("send both envelopes to the wrong flat", Left.NOT_SAID),
        ("", Left.NOT_SAID),
    ],
)
def test_an_account_in_other_words_is_asked_about(said: str, read: Left) -> None:
    assert told_as(said, embedder()) is read


# In words that the lists do not know; the last ten were not looked at when the examples of `accounts.yaml` were chosen.
OTHER_WORDS = [
    "I've gone and put the wrong person on cc and it's off",
    "Defence have had the whole pack including the bits they shouldn't",
    "The pack is with the wrong firm",
    "Bundle landed with the other side's solicitor",
    "my finger slipped and the mail is on its way to Jones & Co",
    "Autocomplete picked the wrong Sarah and I didn't notice till after",
    "the disc isn't where it should be",
    "Can't find the memory stick I had this morning",
    "The mother has the foster carers' address now",
    "Someone outside has seen the witness list",
    "A member of the public handed our file in",
    "the courier says he left it outside the door",
    "I let the defendant see the complainant's number",
    "the envelope was for somebody else and they opened it",
    "victim's address was on the papers we served",
    "We put the unredacted version on DCS",
    "I pinged the statement over to the wrong inbox",
    "Our laptop bag got left on the train",
    "the jury bundle had the previous convictions in it",
    "witness rang to say she has someone else's letter",
    "the spreadsheet that went to the press had a second tab with names",
    "counsel for the co-defendant can see our unused schedule",
    "I think the reporter overheard the victim's name",
    "turns out the black boxes come off if you click them and the defence already have it",
    "notebook with addresses in is somewhere on the 43 bus",
    "A juror found our memo in the public canteen",
    "I realised the court clerk has been emailing us about a page nobody redacted and the public gallery saw it",
    "my daughter picked up my work phone and read the messages about the case",
    "we left the exhibits list on the projector when the defence walked in",
    "the bundle we printed at the library was taken by someone else",
    "somebody rang to say our letter came to their flat",
    "the complainant told me her ex quoted her statement back to her",
    "I dictated the case notes on the train and the man next to me wrote it down",
    "the archive company tells us three boxes never came back",
    "I hit the wrong chat and the photos were in it",
]
ORDINARY = [
    "The disc is in the safe.",
    "The defence have asked for the whole pack.",
    "I have the bundle ready for the court.",
    "The witness has moved house and given a new address.",
    "Counsel needs the unused schedule by Friday.",
    "The courier comes at three.",
    "The victim's mother wants a copy of the statement.",
    "I need to send the statement to the police.",
    "Defence solicitor says he can't open the CJSM email.",
    "The file is on my desk.",
    "A journalist rang about the case.",
    "We serve the papers on Monday.",
    "The previous convictions are on the PNC print.",
    "Please send the jury bundle to the court.",
    "I'm putting the redacted version on DCS.",
    "The laptop is encrypted.",
    "The officer handed me the memory stick.",
    "I've taken the back page off.",
    "The envelope is addressed to the probation office.",
    "The interview video is on a disc that came from the police.",
    "I found the file in the cabinet.",
    "Reception has the parcel.",
    "The spreadsheet has a hidden tab.",
    "The black boxes come off if you click them.",
    "I caught the wrong address before it was sent.",
    "The witness lives in Leeds.",
    "Emailing the expert the medical records.",
    "The defendant is unrepresented.",
]


def test_most_accounts_in_words_that_no_list_knows_are_asked_about_at_first_sight() -> None:
    asked = [
        said
        for said in OTHER_WORDS
        if left(said, Verdict.NOT_COVERED) is not Left.NOT_SAID or told_as(said, embedder()) is not Left.NOT_SAID
    ]
    assert len(asked) >= 20, asked


def test_what_people_tell_of_their_work_is_hardly_ever_asked_about() -> None:
    asked = [said for said in ORDINARY if told_as(said, embedder()) is not Left.NOT_SAID]
    assert len(asked) <= 3, asked


def test_of_the_questions_of_the_guidance_hardly_any_is_asked_whether_it_went() -> None:
    told = [question for question in people_ask()[::10] if told_as(question, embedder()) is not Left.NOT_SAID]
    assert len(told) < len(people_ask()) / 10 / 30, told
