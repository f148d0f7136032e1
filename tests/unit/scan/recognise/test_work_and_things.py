# ruff: noqa: E501 (sample papers stay on their line)
"""What belongs to an office, a list of things, or a law report is no person's detail."""

import pytest

from bot.domain.finding import Category, Role
from bot.scan.extract.interface import Text
from bot.scan.recognise.catalogue import lists_things
from bot.scan.recognise.columns import by_column
from bot.scan.recognise.email import is_at_work, is_shared

DELIVERY = "DELIVERY NOTE\nQty  Code  Description\n4  AB445566C  Swab kit\n2  WX12 ABC  Wallet\n1  G4417KJ  Gel pen\nWeight 12 kg"


@pytest.mark.parametrize(
    "value",
    ["caseunit@cps.gov.uk", "disclosure@defence.example.com", "crime.team@firm.example.com", "listing2@justice.gov.uk"],
)
def test_a_mailbox_named_after_its_purpose_is_an_offices(value):
    assert is_shared(value)


@pytest.mark.parametrize("value", ["press@gmail.com", "amara.okonjo@cps.gov.uk", "n.justice@example.org"])
def test_a_persons_mailbox_or_webmail_is_not_an_offices(value):
    assert not is_shared(value)


@pytest.mark.parametrize(
    ("value", "at_work"),
    [
        ("a.person@wexham.pnn.police.uk", True),
        ("a.person@nhs.net", True),
        ("a.person@personlaw.example.com", True),
        ("a.person@person-solicitors.example.com", True),
        ("a.person@9harbourchambers.example.com", True),
        ("a.person@example.org", False),
        ("police.fan@example.org", False),
    ],
)
def test_a_public_body_or_law_firm_is_told_from_a_home(value, at_work):
    assert is_at_work(value) is at_work


def test_a_prosecutors_mailbox_is_professional_and_a_witnesss_is_not(recogniser):
    mail = recogniser.recognise([Text("From: amara.okonjo@cps.gov.uk", "header From")])
    form = recogniser.recognise([Text("Witness: Ada Lovelock\nE-mail: ada.lovelock@nhs.net", "page 1")])
    assert [one.role for one in mail.findings if one.category is Category.EMAIL] == [Role.PROFESSIONAL]
    assert [one.role for one in form.findings if one.category is Category.EMAIL] == [Role.WITNESS]


def test_codes_in_a_list_of_things_are_codes(recogniser):
    assert lists_things(DELIVERY)
    assert recogniser.spans(DELIVERY) == []


def test_a_labelled_number_is_found_even_among_prices(recogniser):
    text = f"{DELIVERY}\nSigned for by the customer, NI number AB123456C"
    assert Category.NI_NUMBER in {span.category for span in recogniser.spans(text)}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("surname,dob,mobile\nHope,1990-01-31,07700900810", ["Hope", "1990-01-31", "07700900810"]),
        ("Name | Tel\nBaz | 07700 900466", ["Baz", "07700 900466"]),
        ("Payee  Sort code  Account number\nAda Person  11-22-33  00012345", ["Ada Person", "11-22-33", "00012345"]),
    ],
)
def test_a_table_typed_into_text_is_read_by_its_headings(text, values):
    assert [text[span.start : span.end] for span in by_column(text)] == values


@pytest.mark.parametrize(
    "text", ["Name, address and date of birth are\nremoved before service, always.", "a | b\nc | d"]
)
def test_prose_and_unknown_headings_are_no_table(text):
    assert list(by_column(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sirs,",
        "Non-availability of the officer: NON-AVAILABILITY",
        "The test in R v Person [1981] 1 WLR 1039 was restated by Lord Bingham CJ. EWCA Crim has said so since.",
        "London SW1H 9EA",
        "ALL STAFF MUST READ THIS. TABS, FOLDERS AND BINDERS ARE TO BE RETURNED.",
        "He is at HMP Marlfield.",
        "The Albert Hall meeting room is closed.",
        "St Winnow's Hospital is on Priory Road.",
        "Sources: HMCPSI, Inspection of information; ICO, Guide to breaches; CPS, NPCC, College of Policing.",
        "The FOI team answers. We read text, CSV, HTML, XML, RTF and PDF.",
        "Mark the file so that nobody sends it. Look what else lies there.",
    ],
)
def test_headings_prisons_saints_and_cited_judges_are_no_names(recogniser, text):
    assert [span for span in recogniser.spans(text) if span.category is Category.PERSON_NAME] == []


def test_confidence_is_what_the_evaluation_set_bears_out(recogniser):
    result = recogniser.recognise([Text("Rose was there. NHS number 999 765 4323 for Ada Lovelock.", "page 1")])
    stated = {one.category: one.confidence for one in result.findings if one.masked != "R."}
    assert stated[Category.NHS_NUMBER] > 0.9
    assert stated[Category.PERSON_NAME] > 0.8
