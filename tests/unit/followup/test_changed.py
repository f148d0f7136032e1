"""When the guidance changes so that an answer would differ, whoever asked is told, once, without their question."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.answers import AnswerRecord
from bot.domain.card import Card
from bot.domain.citation import cite
from bot.domain.people import Person, Place
from bot.domain.verdict import Verdict
from bot.followup.again import Ground
from bot.followup.changed import tell_changes
from knowledge import Facts, Library
from tests.unit.followup.world import ASKER, NOW, STATEMENTS, Site, guidance, opened

FACTS = Facts(materials=("witness_statement",), recipients=("defence",), channels=("email",))
ASKER_PLACE = ASKER.place or Place("", "")


@pytest.fixture(scope="module")
def stricter(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same guidance, in which statements no longer go to the defence."""
    folder = tmp_path_factory.mktemp("stricter")
    return opened(guidance(folder / "guidance", "don't send"), folder / "data")


@pytest.fixture(scope="module")
def reworded(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same answers in other words."""
    folder = tmp_path_factory.mktemp("reworded")
    return opened(guidance(folder / "guidance", "with safeguards"), folder / "data")


def tell(site: Site, library: Library) -> list[Card]:
    tell_changes(library, site.book, site.post, "the information manager")
    return site.post.to(ASKER_PLACE)


def test_a_stricter_row_is_told_with_both_verdicts_the_section_and_what_to_do(site: Site, stricter: Library) -> None:
    site.answer(FACTS, "may I email the statement to the wombat keeper's solicitor")
    (card,) = tell(site, stricter)
    assert dict(card.details)["The answer was"] == "Only with these safeguards"
    assert dict(card.details)["The answer is now"] == "Don't send"
    assert dict(card.details)["Where it says so"] == "Witness statements, Sending a statement"
    assert "you did nothing wrong" in card.lines[1]
    assert "the disclosure lead" in card.lines[1]
    assert "wombat" not in repr((card.title, card.lines, card.details))
    assert ("answer.mute", "a1") in [(button.act, button.about) for button in card.buttons]


def test_the_same_change_is_told_once_and_a_change_back_again(site: Site, stricter: Library) -> None:
    site.answer(FACTS)
    assert len(tell(site, stricter)) == 1
    assert len(tell(site, stricter)) == 1
    back = tell(site, site.library)
    assert len(back) == 2
    assert dict(back[1].details)["The answer is now"] == "Only with these safeguards"
    assert back[1].steps == ("contact page taken off", "case number checked")
    assert len(tell(site, stricter)) == 3


def test_two_processes_that_see_the_same_change_send_one_card(site: Site, stricter: Library) -> None:
    site.answer(FACTS)
    before = site.book.find("a1")
    tell(site, stricter)
    after = site.book.find("a1")
    assert before is not None
    assert after is not None
    site.book.moved_on("another state", [])
    late = replace(before, verdict=Verdict.STOP, told=1)
    site.book.moved_on(stricter.stamp, [late])  # the slower process keeps nothing over the quicker one's record
    assert site.book.find("a1") == after


def test_other_words_for_the_same_answer_are_no_news(site: Site, reworded: Library) -> None:
    site.answer(FACTS)
    assert tell(site, reworded) == []


def test_a_row_that_is_gone_is_told_as_ask_first(
    site: Site, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site.answer(FACTS)
    folder = tmp_path / "gone"
    guidance(folder)
    text = STATEMENTS.format(defence="only with safeguards")
    kept = "\n".join(line for line in text.splitlines() if "| defence |" not in line)
    (folder / "statements.md").write_text(kept, encoding="utf-8")
    (card,) = tell(site, opened(folder, tmp_path / "data"))
    assert dict(card.details)["The answer is now"] in ("Ask first", "The guidance doesn't cover this")


def test_an_answer_that_rested_on_a_known_question_follows_its_row(site: Site, stricter: Library) -> None:
    site.answer(Facts())  # nothing was read, the row came from a question like it
    (card,) = tell(site, stricter)
    assert dict(card.details)["The answer is now"] == "Don't send"


def test_whoever_opted_out_hears_nothing(site: Site, stricter: Library) -> None:
    site.answer(FACTS)
    site.press("answer.mute", "a1", ASKER)
    assert tell(site, stricter) == []


def test_a_person_who_asked_the_same_twice_hears_it_once(site: Site, stricter: Library) -> None:
    for name in ("a1", "a2", "a3"):
        site.answer(FACTS, name=name)
    site.answer(FACTS, name="b1", by=Person("slack", "U0OTHER", Place("slack", "D0OTHER")))
    assert len(tell(site, stricter)) == 1
    assert len(site.post.to(Place("slack", "D0OTHER"))) == 1


def test_many_answers_are_held_against_the_guidance_in_one_go(site: Site, stricter: Library) -> None:
    ground = Ground(site.library)
    rule = site.library.rules[0]
    relied = ground.relied_on([cite(site.library.documents[rule.document], rule.section, rule.quote)])
    for number in range(300):
        place = Place("slack", f"D{number}")
        site.book.add(
            AnswerRecord(
                f"m{number}",
                Verdict.SAFEGUARDS,
                Verdict.SAFEGUARDS,
                FACTS,
                relied,
                NOW.date(),
                site.library.stamp,
                place,
            )
        )
    assert tell_changes(stricter, site.book, site.post, "x") == 300
    assert tell_changes(stricter, site.book, site.post, "x") == 0
    assert len(site.post.sent) == 300


def test_a_question_for_somebody_else_stays_one(site: Site, stricter: Library) -> None:
    site.answer(FACTS)
    kept = site.book.find("a1")
    assert kept is not None
    site.book.add(replace(kept, id="n1", verdict=Verdict.NOT_COVERED))
    site.book.mute("a1")
    assert tell(site, stricter) == []


@pytest.mark.parametrize(("defence", "told"), [("ok", 0), ("don't send", 1)])
def test_an_answer_that_was_doubted_is_never_told_to_be_milder(
    site: Site, tmp_path: Path, defence: str, told: int
) -> None:
    site.answer(FACTS)
    kept = site.book.find("a1")
    assert kept is not None
    site.book.add(replace(kept, id="d1", verdict=Verdict.ASK))  # safeguards by the facts, but they were a guess
    site.book.mute("a1")
    newer = opened(guidance(tmp_path / "g", defence), tmp_path / "data")
    assert tell_changes(newer, site.book, site.post, "x") == told
