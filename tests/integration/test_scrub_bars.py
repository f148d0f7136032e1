"""The scrubber on made reports full of personal data: the bars of issue 5, on names and texts no rule was mended on."""

import pytest

from bench.scrub import BARS, SITE_KEY, Scored, gone, score
from bench.scrub_set import Value, reports
from bot.nearmiss.scrub import Scrubber
from bot.scan.recognise.engine import Recogniser


@pytest.fixture(scope="module")
def fresh() -> Scored:
    scored, _ = score("fresh", reports("fresh"), Scrubber(Recogniser.load(SITE_KEY).spans))
    return scored


def test_there_are_three_hundred_reports_and_every_value_stands_in_its_text() -> None:
    made = reports("fresh")
    assert len(made) >= 300
    assert all(value.text in one.text for one in made for value in one.values)
    assert all("{" not in one.text and "[[" not in one.text for one in made)


@pytest.mark.parametrize("what", ["names", "identifiers"])
def test_so_much_is_taken_out_as_was_asked_for(fresh: Scored, what: str) -> None:
    assert fresh.share(what) >= BARS[what]


def test_what_can_be_learned_from_stays(fresh: Scored) -> None:
    assert fresh.kept >= 0.95


@pytest.mark.parametrize(
    "kind, value, stored, expected",
    [
        ("n", "Nadia Okafor", "told [name] about it", True),
        ("n", "Nadia Okafor", "told [name] okafor about it", False),
        ("phone", "07700 900123", "ring [number] today", True),
        ("phone", "07700 900123", "ring [number]900123 today", False),
        ("email", "n.okafor@example.org", "wrote to [email]", True),
        ("email", "n.okafor@example.org", "wrote to n.okafor", False),
        ("address", "14 Larkspur Close", "at [address] then", True),
        ("address", "14 Larkspur Close", "at [number] Larkspur", False),
        ("dob", "14/03/1987", "born [date]", True),
        ("dob", "14 March 1987", "born 14 March 1987", False),
    ],
)
def test_half_a_value_left_standing_counts_as_missed(kind: str, value: str, stored: str, expected: bool) -> None:
    assert gone(Value(kind, value), stored) is expected
