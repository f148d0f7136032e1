"""How the web chat shows quotes and file sizes."""

import pytest

from bot.platforms.web.quotes import table_rows
from bot.platforms.web.words import size


@pytest.mark.parametrize(
    ("quote", "rows"),
    [
        ("| MG11 | defence | any | don't send |", (("MG11", "defence", "any", "don't send"),)),
        ("MG11 | defence | any | don't send |", (("MG11", "defence", "any", "don't send"),)),
        ("| a | b | c | |", (("a", "b", "c"),)),
        ("| a | | c |", (("a", "", "c"),)),
        ("| a \\| b | c | d |", (("a | b", "c", "d"),)),
        ("| To | By | Answer |\n|---|:--|---|\n| x | y | z |", (("To", "By", "Answer"), ("x", "y", "z"))),
        ("MG11\tdefence\tdon't send", (("MG11", "defence", "don't send"),)),
        ("Take the contact page off.", ()),
        ("Use one | or the other.", ()),
        ("A first line.\nA second | with | bars", ()),
        ("", ()),
    ],
)
def test_a_quoted_row_is_shown_as_its_cells_and_prose_as_prose(quote: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert table_rows(quote) == rows


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (1024, "1 KB"), (1536, "1.5 KB"), (104857600, "100 MB"), (1024**3, "1 GB")],
)
def test_a_size_is_said_as_people_say_it(count: int, words: str) -> None:
    assert size(count) == words
