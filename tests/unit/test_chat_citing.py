"""Citations read as they stand in the guidance, each place once, and no more than help."""

from datetime import date

import pytest

from bot.domain.citation import Citation
from bot.platforms.chat.citing import MOST_QUOTED, quoted


def cited(quote: str, title: str = "Statements", **more: object) -> Citation:
    return Citation("a.md", title, "Sharing", quote, None, **{"reviewed": date(2026, 10, 3), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "quote, lines",
    [
        ("Take the page off\nbefore it is copied.", ("Take the page off before it is copied.",)),
        ("First.\n\nSecond.", ("First.", "Second.")),
        ("Check:\n- the page\n  of contacts\n2. the number", ("Check:", "- the page of contacts", "2. the number")),
        ("| a | b |\n| --- | --- |\n| c \\| d | e |", ("a · b", "c | d · e")),
        ("a\tb\tc\nprose", ("a · b · c", "prose")),
        ("prose\n| a | b |", ("prose", "a · b")),
    ],
)
def test_a_quotation_is_shown_by_paragraphs_items_and_rows(quote: str, lines: tuple[str, ...]) -> None:
    ((one,), more) = quoted([cited(quote)])
    assert (one.lines, more) == (lines, "")
    assert one.where == "Statements · Sharing · reviewed 3 October 2026"


def test_quotations_of_one_place_stand_together_and_none_twice() -> None:
    found, _ = quoted([cited("One."), cited("Two."), cited("One."), cited("Three.", "Lists", page=4, superseded=True)])
    assert [one.lines for one in found] == [("One.", "Two."), ("Three.",)]
    assert "page 4" in found[1].where
    assert "superseded" in found[1].where


def test_beyond_a_few_only_the_place_is_named() -> None:
    each = [cited(f"{number}.", f"Page {number}") for number in range(MOST_QUOTED + 2)]
    found, more = quoted([*each, cited("Other words.", "Page 0")])
    assert len(found) == MOST_QUOTED
    assert more == "See also: Page 4 · Sharing; Page 5 · Sharing"
