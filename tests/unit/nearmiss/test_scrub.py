"""Scrubbing: what goes, what stays, and that it goes whole."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot
from bot.domain.finding import Category
from bot.nearmiss.scrub import LABELS, Scrubber


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    category: Category


class Listed:
    """A recogniser that knows a list of values."""

    def __init__(self, values: dict[str, Category]) -> None:
        self._values = values

    def __call__(self, text: str) -> Sequence[Found]:
        return [
            Found(match.start(), match.end(), category)
            for value, category in self._values.items()
            for match in re.finditer(re.escape(value), text)
        ]


def scrub(text: str, **values: Category) -> str:
    return Scrubber(Listed({name.replace("_", " "): category for name, category in values.items()})).scrub(text).text


@pytest.mark.parametrize(
    "text, stored",
    [
        ("ring me on 07700 900123 today", "ring me on [number] today"),
        ("+44 (0)20 7946 0321 was in it", "[number] was in it"),
        ("wrote to n.okafor@example.org instead", "wrote to [email] instead"),
        ("see https://files.example.org/s/8fj2 and www.example.org/x", "see [link] and [link]"),
        ("told @nadia.ok about it", "told [handle] about it"),
        ("attached Okafor_MG11_v2.docx to it", "attached [file] to it"),
        ("born 14/03/1987 and 1987-03-14", "born [date] and [date]"),
        ("on 14th March we sent it", "on [day] March we sent it"),
        ("on March 14th we sent it", "on March [day] we sent it"),
        ("the URN was 01AB1234526", "the URN was [number]"),
        ("NI number QQ123456C", "NI number [number]"),
        ("he lives in NN6 9ZZ now", "he lives in [postcode] now"),
        ("at 14 Larkspur Close they opened it", "at [address] they opened it"),
        ("the bundle in R v Castellano went", "the bundle in R v [name] went"),
        ("the Falconbridge papers were in it", "the [name] papers were in it"),
        ("it was Bronwen Price's statement", "it was [name]'s statement"),
        ("zielinski's statement went", "[name]'s statement went"),
        ("D1 (Okafor) and D2 (Bell) were swapped", "D1 ([name]) and D2 ([name]) were swapped"),
        ("pc 4417 jones rang", "pc [name] rang"),
        ("the file of o'brien-smith went", "the file of [name] went"),
        ("the complainant K.L. rang", "the complainant [name] rang"),
        ("Aoife Brennan's page was in it", "[name]'s page was in it"),
    ],
)
def test_what_looks_like_a_value_goes_without_any_recogniser(text: str, stored: str) -> None:
    assert scrub(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "Nearly sent the MG11 with the back page to the defence solicitor by CJSM",
        "Outlook picked the wrong address, spotted it on Monday before it went",
        "The PNC print and the MG6C were in the Word file for the Crown Court",
        "I sent it by WhatsApp in March. It was 12 pages of 300 in total",
        "The victim's and the co-defendant's papers were in somebody's tray at 5 o'clock",
        "Posted three discs by Royal Mail, template 4 still shows the address",
        "Autocomplete was switched off, and Spellcheck no longer changes what CaseView shows",
    ],
)
def test_roles_channels_and_kinds_of_document_stay(text: str) -> None:
    assert scrub(text) == text


def test_what_a_recogniser_finds_becomes_its_label() -> None:
    values = {"nadia okafor": Category.PERSON_NAME, "the old mill": Category.ADDRESS}
    stored = Scrubber(Listed(values)).scrub("told nadia okafor at the old mill")
    assert (stored.text, stored.removed) == ("told [name] at [address]", 2)


def test_the_parts_of_a_name_go_wherever_they_stand_again() -> None:
    text = "Nadia Okafor rang. okafor's file went, and nadia knows. NADIA was upset"
    assert (
        scrub(text, Nadia_Okafor=Category.PERSON_NAME)
        == "[name] rang. [name]'s file went, and [name] knows. [name] was upset"
    )


def test_ordinary_words_in_a_name_do_not_empty_the_report() -> None:
    text = "Mark Price rang about the price of the file, I will mark it"
    assert scrub(text, Mark_Price=Category.PERSON_NAME) == "[name] rang about the price of the file, I will mark it"


@pytest.mark.parametrize("name", ["Mark", "will", "May", "Grace"])
def test_a_name_that_is_also_a_word_goes_when_a_recogniser_says_it_is_one(name: str) -> None:
    assert scrub(f"told {name} about it", **{name: Category.PERSON_NAME}) == "told [name] about it"


@pytest.mark.parametrize("word", ["else", "Defence", "DC", "MG11", "MG 6C", "PNC"])
def test_a_role_or_form_that_a_recogniser_takes_for_a_name_stays(word: str) -> None:
    recogniser = Listed({word: Category.PERSON_NAME})
    assert Scrubber(recogniser).scrub(f"sent to {word} by mistake").text == f"sent to {word} by mistake"


def test_half_a_word_is_never_left_standing() -> None:
    recogniser = lambda text: [Found(5, 8, Category.PERSON_NAME)]  # noqa: E731
    assert Scrubber(recogniser).scrub("told okafor today").text == "told [name] today"


def test_topics_stay_because_they_identify_nobody_alone() -> None:
    assert scrub("her depression was in it", depression=Category.HEALTH) == "her depression was in it"
    kept = set(Category) - set(LABELS)
    assert kept == {
        Category.HEALTH,
        Category.SEXUAL_OFFENCE,
        Category.SPECIAL_CATEGORY,
        Category.CRIMINAL_RECORD,
        Category.CHILD,
    }


def test_the_label_that_says_most_wins() -> None:
    assert scrub("NHS 999 123 4568", **{"999_123_4568": Category.NHS_NUMBER}) == "NHS [NHS number]"
    assert scrub("born 14/03/1987", **{"14/03/1987": Category.DATE_OF_BIRTH}) == "born [date of birth]"


def test_overlapping_values_leave_one_label_and_no_remainder() -> None:
    values = {"Nadia Okafor": Category.PERSON_NAME, "Okafor of Mill Lane": Category.ADDRESS}
    assert Scrubber(Listed(values)).scrub("told Nadia Okafor of Mill Lane").text == "told [address]"


def test_a_preview_sent_back_is_left_as_it_is() -> None:
    once = scrub("Nadia Okafor rang on 07700 900123 about R v Castellano")
    assert scrub(once) == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.from_regex(r"\A[0-9]{6,16}\Z"), st.text(max_size=60))
def test_no_run_of_six_digits_survives_whatever_stands_around_it(before: str, digits: str, after: str) -> None:
    assert digits not in scrub(before + digits + after)


def test_scrubbed_text_is_made_in_the_scrubber_and_read_back_in_the_store_and_nowhere_else() -> None:
    root = Path(bot.__file__).parent
    makers = {
        str(file.relative_to(root))
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ScrubbedText"
    }
    # Besides, what was scrubbed is joined or wrapped again, and a few fixed words of the product's own stand in.
    again = {"followup/typed.py", "dispatch/record.py", "domain/dispatch.py"}
    assert {maker for maker in makers if not maker.startswith("store/")} - again == {"nearmiss/scrub.py"}
