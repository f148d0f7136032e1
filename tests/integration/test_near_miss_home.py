"""A person's own page shows what they reported by name, and nothing of others or of what was reported otherwise."""

from collections.abc import Iterator

import pytest

from bot.domain.people import Person, Place
from tests.databases import sqlite_address  # noqa: F401
from tests.near_miss_world import ANNA, MONDAY, TEAM, World, of, world

TEXT = "Nearly sent the letter template with the old address to the wrong solicitor, stopped in time"
BEN = Person("slack", "U0BEN", Place("slack", "D0BEN"))


@pytest.fixture
def here(sqlite_address: str) -> Iterator[World]:  # noqa: F811
    made = world(sqlite_address)
    yield made
    made.engine.dispose()


def test_a_report_by_name_stands_on_its_reporters_page_with_the_last_word_of_the_team(here: World) -> None:
    receipt = of(here.report(TEXT, way="named", name="Anna"), "Report")
    here.press("report.acknowledge", receipt, TEAM)
    here.press("report.ask_back", receipt, TEAM, text="Which template was it?")
    (card,) = here.desk.home(ANNA, MONDAY)
    assert card.title == f"Your report {receipt}"
    assert card.lines == ("The information team: Which template was it?",)


@pytest.mark.parametrize("way", ["confidential", "anonymous"])
def test_what_was_not_reported_by_name_stands_on_nobodys_page(here: World, way: str) -> None:
    here.report(TEXT, way=way)
    assert here.desk.home(ANNA, MONDAY) == ()


def test_nobody_sees_the_reports_of_others(here: World) -> None:
    here.report(TEXT, way="named", name="Anna")
    assert here.desk.home(BEN, MONDAY) == ()
