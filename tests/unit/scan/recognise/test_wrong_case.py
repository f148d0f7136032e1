"""Papers of another case and records of another person, told in whole files as they are recognised."""

import pytest

from bot.domain.finding import Category, HazardKind, Inspection
from bot.scan.compare import NOBODY, NamedCase, case_named, compared, wrong_prints
from bot.scan.extract.interface import Text
from bot.scan.recognise.engine import Recogniser

KEY = b"a key for tests"
URN, OTHER_URN = "88HM0417325", "87EX2210424"
PERSON, CASE = HazardKind.MIXED_SUBJECTS, HazardKind.OTHER_CASE


def record(surname: str, forenames: str, pnc: str = "2011/0418873N", born: str = "14/02/1994", more: str = "") -> str:
    return (
        "** POLICE NATIONAL COMPUTER ** PRINT OF: DISCLOSURE\nDATE 11/05/26\n"
        f"PNCID : {pnc}\nSURNAME : {surname}\nFORENAME : {forenames}\n{more}BORN : {born} SEX: M\n"
        "CONVICTION(S): 2 OFFENCE(S): 2\n1. 13/07/10 HARROWMERE MAGISTRATES\nTHEFT TA 1968 S.1\nDISPOSAL: FINE\n"
    )


HIS = record("PRITCHETT", "CALLUM DARREN")
ANOTHERS = record("PRITCHARD", "CALLUM DARRYL", "2009/0902217G", "14/12/1991")
NAMESAKES = record("PRITCHETT", "CALLUM DARREN", "2009/0902217G", "14/12/1991")
MARRIED = record("EVANS", "CALLUM", more="ALIAS: PRITCHETT CALLUM DARREN\n")
SUMMARY = (
    f"CASE SUMMARY (MG5)\nURN {URN}\nDefendant: Callum Darren Pritchett  DOB 14/02/1994  PNC ID 11/418873N\n"
    "Summary\nVictim: Marguerite Oyelaran-Finch, date of birth 01/02/1980\n"
)
INDICTMENT = "INDICTMENT\nR v Callum Darren PRITCHETT\nStatement of offence: wounding.\n"
ANOTHER_INDICTMENT = "INDICTMENT\nR v Marlon Tyrese Beckford\nStatement of offence: robbery.\n"
OF_TWO = "INDICTMENT\nR v Callum PRITCHETT and Dean Evans-Roe\nStatement of offence: affray.\n"
OF_MANY = "INDICTMENT\nR v Callum PRITCHETT and others\nStatement of offence: affray.\n"
CERTIFICATE = f"Disclosure certificate\nURN {OTHER_URN}\nR v Marlon Tyrese Beckford\nNothing further to disclose.\n"
LINKED = f"Case note\nURN {URN}\nThis is linked to URN {OTHER_URN} and both are listed together.\n"
LETTER = (
    f"Our ref {URN}\nDear Ms Tremlett\nI write about the case against Callum Pritchett.\nYours faithfully\nA Clerk\n"
)
STATEMENT = (
    "WITNESS STATEMENT (MG11)\nR v PRITCHETT\nStatement of: David Stokes\nI saw Callum Pritchett by the door.\n"
    "True to the best of my knowledge and belief.\n"
)
SKELETON = "Skeleton argument\nThis is a Turnbull case: see R v Turnbull and R v Galbraith, and also R v Jones.\n"


def inspect(recogniser: Recogniser, name: str, pages: tuple[str, ...]) -> Inspection:
    found = recogniser.recognise([Text(page, f"page {number}") for number, page in enumerate(pages, 1)])
    return Inspection(
        name,
        "text/plain",
        1,
        "",
        "full",
        findings=found.findings,
        hazards=(*found.hazards, *wrong_prints(found.identities)),
        case_refs=found.case_refs,
        linked_refs=found.linked_refs,
        materials=found.materials,
        identities=found.identities,
    )


def alarms(recogniser: Recogniser, named: NamedCase, *files: tuple[str, ...]) -> list[set[HazardKind]]:
    inspections = [inspect(recogniser, f"file {number}", pages) for number, pages in enumerate(files, 1)]
    return [{hazard.kind for hazard in one.hazards} for one in compared(inspections, named)]


def named(words: str) -> NamedCase:
    return case_named([words], KEY)


@pytest.mark.parametrize(
    ("words", "pages", "kind"),
    [
        ("for R v Pritchett", (ANOTHERS,), PERSON),
        ("in r v pritchett, can i send it to the defence", (ANOTHERS,), PERSON),
        ("", (INDICTMENT, ANOTHERS), PERSON),
        ("", (SUMMARY, NAMESAKES), PERSON),
        ("", (HIS, ANOTHERS), PERSON),
        ("R v Pritchett", ("Antecedents of Marlon Tyrese Beckford\nborn 17/02/2002\nDisposal: fine\n",), PERSON),
        (f"for {URN}", (CERTIFICATE,), CASE),
        ("R v Pritchett", (ANOTHER_INDICTMENT,), CASE),
        ("the defendant Callum Pritchett", (ANOTHER_INDICTMENT,), CASE),
        ("", (SUMMARY, CERTIFICATE), CASE),
    ],
)
def test_a_file_of_another_case_or_person_is_reported(
    recogniser: Recogniser, words: str, pages: tuple[str, ...], kind: HazardKind
) -> None:
    assert alarms(recogniser, named(words), pages) == [{kind}]


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("R v Pritchett", (HIS,)),
        ("r v pritchet", (HIS,)),
        (f"for {URN}", (SUMMARY, HIS)),
        ("", (INDICTMENT, MARRIED)),
        ("", (OF_TWO, record("EVANS-ROE", "DEAN", "2012/0418873K", "14/02/1990"))),
        ("", (OF_MANY, ANOTHERS)),
        ("", (HIS, HIS.replace("2011/0418873N", "11/418873N"))),
        ("", (f"{HIS}ALIAS DOB: 15/02/1994\n",)),
        (f"for {URN}", (LINKED,)),
        ("", (LINKED,)),
        (f"R v Pritchett {URN}", (LETTER,)),
        ("R v Pritchett", (STATEMENT,)),
        ("R v Pritchett", (SKELETON,)),
        ("R v Pritchett", ("The stationery order is late.\n",)),
        ("call me on 07700 900123", (SUMMARY,)),
    ],
)
def test_a_file_of_the_right_case_is_no_alarm(recogniser: Recogniser, words: str, pages: tuple[str, ...]) -> None:
    assert alarms(recogniser, named(words), pages) == [set()]


@pytest.mark.parametrize(
    ("words", "files", "expected"),
    [
        ("", ((SUMMARY,), (ANOTHERS,)), [set(), {PERSON}]),
        ("", ((SUMMARY,), (NAMESAKES,)), [set(), {PERSON}]),
        ("", ((SUMMARY,), (HIS,)), [set(), set()]),
        ("", ((SUMMARY,), (CERTIFICATE,)), [{CASE}, {CASE}]),
        ("", ((SUMMARY,), (CERTIFICATE,), (LETTER,)), [set(), {CASE}, set()]),
        ("", ((INDICTMENT,), (ANOTHER_INDICTMENT,)), [{CASE}, {CASE}]),
        ("R v Pritchett", ((INDICTMENT,), (ANOTHER_INDICTMENT,)), [set(), {CASE}]),
        ("", ((LINKED,), (CERTIFICATE,)), [set(), set()]),
        ("", ((INDICTMENT,), (SUMMARY,)), [set(), set()]),
        ("", ((SUMMARY,), ("The stationery order is late.\n",)), [set(), set()]),
    ],
)
def test_files_of_one_message_are_compared_with_one_another(
    recogniser: Recogniser, words: str, files: tuple[tuple[str, ...], ...], expected: list[set[HazardKind]]
) -> None:
    assert alarms(recogniser, named(words), *files) == expected


def test_one_person_has_one_label_in_all_files_of_a_message(recogniser: Recogniser) -> None:
    inspections = [inspect(recogniser, name, (page,)) for name, page in (("a", LETTER), ("b", SUMMARY), ("c", HIS))]
    labels = [
        {one.about for one in file.identities if one.accused or one.recorded} for file in compared(inspections, NOBODY)
    ]
    assert labels[0] == labels[1] == labels[2]
    victims = [one.about for one in compared(inspections, NOBODY)[1].findings if one.masked == "M. O."]
    assert victims
    assert not labels[0] & set(victims)


def test_which_reference_differs_is_said_and_names_are_masked(recogniser: Recogniser) -> None:
    (file,) = compared([inspect(recogniser, "a.pdf", (CERTIFICATE,))], named(f"{URN}, R v Pritchett"))
    said = " ".join(hazard.detail for hazard in file.hazards)
    assert f"names case {OTHER_URN}, not {URN}" in said
    assert file.hazards[0].place == "page 1"
    (print_,) = compared([inspect(recogniser, "b.pdf", (ANOTHERS,))], named("R v Pritchett"))
    assert "P., C. D." in print_.hazards[0].detail
    assert "ritchar" not in repr(print_).lower()


@pytest.mark.parametrize(
    ("words", "urns"),
    [
        ("can this go in 88/HM/04173/25?", (URN,)),
        ("for 88hm0417325 please", (URN,)),
        ("cases 88HM0417325 and 87EX2210424", (URN, OTHER_URN)),
        ("ring 07700900123", ()),
        ("case 88221234525", ("88221234525",)),
        ("page 12 of 214", ()),
    ],
)
def test_case_numbers_are_read_from_the_message(words: str, urns: tuple[str, ...]) -> None:
    assert named(words).urns == urns


def test_a_statement_gives_its_makers_details_to_the_maker(recogniser: Recogniser) -> None:
    text = (
        "WITNESS STATEMENT (MG11)\nStatement of: Roxana Popescu\nMy son Matei, 6, was there.\n"
        "He has my new number, 07700 900123.\nTrue to the best of my knowledge and belief.\n"
    )
    found = inspect(recogniser, "a", (text,))
    (maker,) = {one.about for one in found.findings if one.masked == "R. P."}
    (phone,) = [one for one in found.findings if one.category is Category.PHONE]
    assert (phone.about, phone.role.value) == (maker, "witness")
