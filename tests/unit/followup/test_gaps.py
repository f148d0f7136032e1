"""Gaps are put together by meaning, drafted, and closed once the guidance answers them."""

import random
from pathlib import Path

import pytest

from bot.domain.component import ActError
from bot.domain.gap import Gap
from bot.domain.nearmiss import ScrubbedText
from bot.domain.verdict import Verdict
from bot.followup.clusters import Clusters
from bot.followup.drafts import HEADER, UNKNOWN_MATERIAL, UNKNOWN_RECIPIENT, draft
from knowledge import Facts, Vocabulary, embedder, find_defects
from tests.unit.followup.world import NOW, TEAMMATE, Site, guidance, opened

PUB = [
    "is it ok to send cctv to the pub landlord",
    "can the pub landlord have the cctv",
    "sending the cctv footage to the landlord of the pub where it happened",
]
CANTEEN = ["what time is the canteen open", "canteen opening hours?"]
GYM = ["can the gym have a witness statement"]


def gaps(*questions: str) -> list[Gap]:
    return [
        Gap(ScrubbedText(question), Verdict.NOT_COVERED, NOW.date(), f"g{number}")
        for number, question in enumerate(questions)
    ]


def fill(site: Site, *questions: str) -> None:
    for question in questions:
        site.gap_log.add(ScrubbedText(question), Verdict.NOT_COVERED, NOW)


@pytest.fixture(scope="module")
def clusters() -> Clusters:
    return Clusters(embedder(), lambda text: text)


def test_questions_that_ask_the_same_are_one_cluster_with_the_most_central_as_title(clusters: Clusters) -> None:
    found = clusters.of(gaps(*PUB, *CANTEEN, *GYM))
    assert [len(one.gaps) for one in found] == [3, 2, 1]
    assert found[0].title == PUB[0]
    assert {gap.question.text for gap in found[0].gaps} == set(PUB)


def test_the_same_gaps_give_the_same_clusters_in_whatever_order(clusters: Clusters) -> None:
    every = gaps(*PUB, *CANTEEN, *GYM)
    shuffled = list(every)
    random.Random(7).shuffle(shuffled)
    assert clusters.of(every) == clusters.of(shuffled)


def test_the_same_question_asked_often_is_one_cluster(clusters: Clusters) -> None:
    (found,) = clusters.of(gaps(*["may the vet see it"] * 40))
    assert len(found.gaps) == 40


def test_no_gaps_are_no_clusters(clusters: Clusters) -> None:
    assert clusters.of([]) == ()


def test_a_draft_is_read_by_the_guidance_as_a_row_that_asks_first(tmp_path: Path) -> None:
    say = Vocabulary.load().say
    made = draft([Facts(("bwv",), ("media",))] * 3, PUB, "the video lead", say)
    folder = guidance(tmp_path / "g")
    page = folder / "video.md"
    page.write_text(page.read_text() + f"\n## Drafted\n\n{made.markdown}", encoding="utf-8")
    library = opened(folder, tmp_path / "data")
    (rule,) = [rule for rule in library.rules if rule.section[-1] == "Drafted"]
    assert (rule.answer, rule.ask_whom, rule.recipients) == ("ask", "the video lead", ("media",))
    assert [one.question for one in library.examples if one.rule == rule.id] == PUB


def test_an_unfinished_draft_is_reported_and_not_used(tmp_path: Path) -> None:
    vocabulary = Vocabulary.load()
    made = draft([Facts()], PUB, "the video lead", vocabulary.say)
    assert (made.sending, made.to, made.by) == (UNKNOWN_MATERIAL, UNKNOWN_RECIPIENT, "any")
    folder = guidance(tmp_path / "g")
    (folder / "video.md").write_text(f"---\ntitle: V\n---\n# V\n\n{made.markdown}", encoding="utf-8")
    said = [one.problem for one in find_defects(folder, vocabulary, NOW.date())]
    assert any(UNKNOWN_MATERIAL in problem for problem in said)


def test_a_question_cannot_draw_table_cells_or_name_rows() -> None:
    made = draft([Facts()], ["# may | I | (row 7)\nsend it"], "x | y", str)
    assert made.people_ask == ("may / I / send it",)
    assert made.markdown.splitlines()[:2] == HEADER.splitlines()
    assert made.row.count("|") == 6


def test_the_board_lists_gaps_by_how_often_they_were_asked_with_a_draft_each(site: Site) -> None:
    fill(site, *PUB, *GYM)
    page = site.component.pages["gaps"]("", {})
    first = page.tables[0].rows[0]
    assert [cell.words for cell in first] == [
        PUB[0],
        "3",
        "20 November 2026",
        "The guidance doesn't cover this",
        "open",
    ]
    one = site.component.pages["gaps"](first[0].to.partition("/")[2], {})
    assert HEADER.splitlines()[0] in one.cards[0].lines
    text = site.component.downloads["gaps"]("guidance-drafts.md", {}).content.decode()
    assert text.count(HEADER) == 2
    assert all(f"- {question} (row 1)" in text for question in PUB)


def test_a_cluster_that_was_dealt_with_is_closed_and_left_out_of_the_drafts(site: Site) -> None:
    fill(site, *PUB, *GYM)
    gap = site.component.pages["gaps"]("", {}).tables[0].rows[0][0].to.partition("/")[2]
    site.press("gap.done", gap, TEAMMATE)
    rows = [[cell.words for cell in row] for row in site.component.pages["gaps"]("", {}).tables[0].rows]
    assert [row[4] for row in rows] == ["open", "dealt with"]
    assert PUB[0] not in site.component.downloads["gaps"]("", {}).content.decode()


def test_a_gap_that_the_guidance_answers_by_now_is_closed(site: Site, tmp_path: Path) -> None:
    fill(site, *["may the mp have the witness statement"] * 2)
    row = "| witness statement (MG11) | MP | any | don't send | |\n"
    rows = site.component.pages["gaps"]("", {}).tables[0].rows
    assert rows[0][4].words == "open"
    site.library = opened(guidance(tmp_path / "g", extra=row), tmp_path / "data")
    rows = site.component.pages["gaps"]("", {}).tables[0].rows
    assert rows[0][4].words == "answered now: don't send"


def test_a_gap_that_is_not_kept_is_said_so(site: Site) -> None:
    with pytest.raises(ActError, match="no longer kept"):
        site.component.pages["gaps"]("nothing", {})
