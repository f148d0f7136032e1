"""Names as they are written in case papers, and capitals that are no name."""

import pytest

from bot.domain.finding import Category

WRITTEN = [
    ("OKAFOR, Chidi was seen.", "OKAFOR, Chidi"),
    ("PC 1234 Jones attended.", "Jones"),
    ("DC 4471 Naveed Rahimi took the statement.", "Naveed Rahimi"),
    ("I spoke to Mrs Szymańska.", "Szymańska"),
    ("R v Olumide Fashola", "Olumide Fashola"),
    ("Signed: D. Sadowski", "D. Sadowski"),
    ("SURNAME : GALBRAITH", "GALBRAITH"),
    ("Dear Ms O'Sullivan,", "O'Sullivan"),
    ("My mate Tyrone was there.", "Tyrone"),
    ("Statement of: Siân Pritchard-Rees", "Siân Pritchard-Rees"),
    ("Present: Xin Yi Cheung and Yusuf Demir.", "Yusuf Demir"),
    ("I know Gurpreet Kaur Dhillon from work.", "Gurpreet Kaur Dhillon"),
    ("can you ring danielle whitaker about it", "danielle whitaker"),
    ("Dear Shell,\nhow are you", "Shell"),
    ("a lad I know as Ginge came in", "Ginge"),
    ("DS FENWICK: Who's Biscuit?", "Biscuit"),
    ("Surname: STONE", "STONE"),
    ("Pte. Cullinane, D\nC wing", "Cullinane, D"),
    ("ID Officer Insp 0912 Whitlock", "Whitlock"),
    ("sent nadia okafors statement to the wrong firm", "nadia okafors"),
    ("na hes at nicoles in stretford", "nicoles"),
    ("tell him jordan pickersgill wants it back", "jordan pickersgill"),
    ("Ring Ngozi Okonjo-Hart, 12 Mill Mews, Wexham", "Ngozi Okonjo-Hart"),
    ("re: Mollie-Mae and her mother", "Mollie-Mae"),
    ("Crew: T Underhill / P Mistry", "P Mistry"),
    ("Yours sincerely\nTamsin Polglaze", "Tamsin Polglaze"),
]


def found(recogniser, text):
    return [text[span.start : span.end] for span in recogniser.spans(text) if span.category is Category.PERSON_NAME]


@pytest.mark.parametrize(("text", "name"), WRITTEN)
def test_a_name_is_found_however_it_is_written(recogniser, text, name):
    assert name in found(recogniser, text)


@pytest.mark.parametrize(
    "text",
    [
        "R v Smith [2019] EWCA Crim 1 was followed.",
        "In Woolmington v DPP [1935] AC 462 the burden was restated.",
        "The train from Cardiff to Newcastle stops at York.",
        "WITNESS STATEMENT",
        "Surname:\nForename:\nSignature:",
        "Rowan Close is shut.",
        "Exhibit JS/1 was seized.",
    ],
)
def test_a_case_citation_place_or_heading_is_no_name(recogniser, text):
    assert found(recogniser, text) == []


def test_a_name_found_once_is_found_again_by_its_surname(recogniser):
    text = "The defendant is Bartosz Wolniewicz. Later that day officers saw Wolniewicz leave."
    assert found(recogniser, text)[-1] == "Wolniewicz"
