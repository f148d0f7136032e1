"""Two editions of one policy are recognised; two documents that merely look alike are not."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge import Document, find_editions
from knowledge.editions import in_force
from knowledge.load import starter_pack
from knowledge.readers import load

MESSY = Path(__file__).parents[2] / "golden" / "messy"
HANDBOOK = Path(__file__).parents[4] / "shared" / "corpora" / "handbook"
POLICY = (
    "Discs travel in a numbered bag. The courier signs for each bag and gives it to the person named on the sheet. "
    "A bag that cannot be handed over comes back the same day and is locked in the safe until the sender is told."
)
REWRITTEN = (
    "Discs travel in a numbered bag. The courier signs twice. A parcel is never left at a gatehouse or a shop, "
    "and one that cannot be handed over comes back the same day. Tell the sender before five."
)
FORM = (
    "This statement, consisting of the pages each signed by me, is true to the best of my knowledge and I make "
    "it knowing that I may be prosecuted if I have stated in it anything that I know to be false. "
)


def page(name: str, text: str, title: str = "Couriers", **fields: object) -> Document:
    return replace(Document(name, title, f"# {title}\n\n{text}\n"), **fields)  # type: ignore[arg-type]


def pairs(*documents: Document) -> set[tuple[str, str, bool]]:
    return {(one.older, one.current, one.sure) for one in find_editions(documents)}


@pytest.mark.parametrize(
    "old, new",
    [
        (page("archive/couriers.md", POLICY), page("couriers.md", REWRITTEN)),
        (page("Legacy docs/c.md", POLICY), page("c.md", REWRITTEN)),
        (page("couriers OLD.md", POLICY), page("couriers.md", REWRITTEN)),
        (page("Copy of couriers (2).docx", POLICY), page("couriers.docx", REWRITTEN)),
        (page("couriers-v1.2.md", POLICY), page("couriers-v2.md", REWRITTEN)),
        (page("a.md", POLICY, version="2.9"), page("b.md", REWRITTEN, version="2.10")),
        (page("a.md", POLICY, version="1.2 draft"), page("b.md", REWRITTEN, version="1.1")),
        (page("a.md", POLICY, reviewed=date(2019, 3, 1)), page("b.md", REWRITTEN, reviewed=date(2026, 3, 1))),
        (page("couriers_2019.pdf", POLICY), page("couriers_2024_final.pdf", REWRITTEN)),
        (page("c.md", POLICY, "Couriers (interim, April 2020)"), page("d.md", REWRITTEN)),
        (page("archive/x.md", POLICY, "Moving media about"), page("couriers.md", POLICY + " Ring ahead.")),
    ],
)
def test_the_older_of_two_editions_gives_way(old: Document, new: Document) -> None:
    assert pairs(old, new) == {(old.id, new.id, True)}
    assert pairs(new, old) == {(old.id, new.id, True)}


def test_the_same_page_as_markdown_and_as_a_web_page_counts_once() -> None:
    assert pairs(page("site/couriers.html", POLICY), page("couriers.md", POLICY)) == {
        ("site/couriers.html", "couriers.md", True)
    }


def test_what_a_document_says_of_itself_outweighs_every_sign() -> None:
    stated = page("couriers-v9.md", POLICY, superseded_by="couriers.md", reviewed=date(2026, 1, 1))
    assert pairs(stated, page("couriers.md", REWRITTEN, version="1")) == {("couriers-v9.md", "couriers.md", True)}


@pytest.mark.parametrize(
    "one, other",
    [
        (
            page("s9-medical.md", FORM + "State what you found on examination.", "Statement, medical witness"),
            page("s9-shop.md", FORM + "State what was taken from the till.", "Statement, shop witness"),
        ),
        (page("a.md", POLICY, "Mid year review"), page("b.md", REWRITTEN, "End of year review")),
        (page("couriers.md", POLICY), page("parking.md", "Eighty bays, first come.", "Parking")),
        (page("archive/rota.md", "Sam on Mondays.", "Duty rota"), page("couriers.md", POLICY)),
    ],
)
def test_two_documents_that_share_wording_or_part_of_a_title_stay_two(one: Document, other: Document) -> None:
    assert pairs(one, other) == set()


@pytest.mark.parametrize(
    "one, other, why",
    [
        (page("a.md", POLICY), page("b.md", REWRITTEN), "nothing says which"),
        (
            page("archive/a.md", POLICY, reviewed=date(2026, 3, 1)),
            page("a.md", REWRITTEN, reviewed=date(2019, 3, 1)),
            "disagree",
        ),
        (
            page("a.md", POLICY, version="3", reviewed=date(2019, 3, 1)),
            page("b.md", REWRITTEN, version="2", reviewed=date(2026, 3, 1)),
            "disagree",
        ),
        (page("a.md", POLICY, "Couriers"), page("b.md", POLICY, "Vans"), "two titles"),
    ],
)
def test_where_the_signs_are_missing_or_disagree_a_person_is_asked(one: Document, other: Document, why: str) -> None:
    (found,) = find_editions((one, other))
    assert not found.sure
    assert why in found.reason
    assert in_force((one, other)) == {}


def test_three_editions_all_lead_to_the_one_in_force() -> None:
    found = pairs(
        page("a.md", POLICY, version="1"),
        page("b.md", POLICY, version="2"),
        page("c.md", POLICY + " Ring.", version="3"),
    )
    assert {(older, current) for older, current, _ in found} == {("a.md", "c.md"), ("b.md", "c.md")}


def test_two_documents_that_name_each_other_both_stay() -> None:
    assert pairs(page("a.md", POLICY, superseded_by="b.md"), page("b.md", REWRITTEN, superseded_by="a.md")) == set()


def test_every_older_edition_of_the_messy_set_is_found_and_nothing_else() -> None:
    found = {one.older: one.current for one in find_editions(load(MESSY / "guidance").documents)}
    assert found == json.loads((MESSY / "editions.json").read_text())["older"]


def test_nothing_of_the_starter_pack_is_taken_for_an_older_edition() -> None:
    assert find_editions(load(starter_pack()).documents) == ()


@pytest.mark.skipif(not HANDBOOK.is_dir(), reason="the handbook is not beside this checkout")
def test_nothing_of_a_real_handbook_is_taken_for_an_older_edition() -> None:
    assert [one for one in find_editions(load(HANDBOOK).documents) if one.sure] == []
