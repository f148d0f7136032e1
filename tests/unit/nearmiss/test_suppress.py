"""Small numbers are hidden, and cannot be worked out from what is shown."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nearmiss.suppress import LEAST, suppress, suppress_together

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), max_size=8)


@pytest.mark.parametrize(
    "counts, shown, total",
    [
        ({}, {}, 0),
        ({"a": 0}, {"a": 0}, 0),
        ({"a": 7, "b": 5}, {"a": 7, "b": 5}, 12),
        ({"a": 7, "b": 0}, {"a": 7, "b": 0}, 7),
        ({"a": 3}, {"a": None}, None),
        ({"a": 7, "b": 2}, {"a": None, "b": None}, 9),
        ({"a": 9, "b": 6, "c": 1}, {"a": None, "b": 6, "c": None}, 16),
        ({"a": 9, "b": 3, "c": 3}, {"a": 9, "b": None, "c": None}, 15),
        ({"a": 9, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}, 11),
        ({"a": 5, "b": 4, "c": 4}, {"a": None, "b": None, "c": None}, 13),
        ({"a": 5, "b": 5, "c": 4}, {"a": None, "b": 5, "c": None}, 14),
        ({"a": 1, "b": 1}, {"a": None, "b": None}, None),
    ],
)
def test_what_is_shown_of_some_counts(counts: dict[str, int], shown: dict[str, int | None], total: int | None) -> None:
    found = suppress(counts)
    assert (dict(found.counts), found.total) == (shown, total)


@given(COUNTS)
def test_no_number_under_five_is_ever_shown_but_none(counts: dict[str, int]) -> None:
    found = suppress(counts)
    assert all(count is None or count == 0 or count >= LEAST for count in found.counts.values())
    assert found.total is None or found.total == 0 or found.total >= LEAST


@given(COUNTS)
def test_every_hidden_count_could_be_five_or_more_as_far_as_anybody_can_tell(counts: dict[str, int]) -> None:
    found = suppress(counts)
    hidden = [name for name, count in found.counts.items() if count is None]
    if found.total is None or not hidden:
        return
    left = found.total - sum(count for count in found.counts.values() if count is not None)
    assert len(hidden) >= 2
    for _ in hidden:
        # What one of them can be, when each of the others is at least one person.
        assert left - (len(hidden) - 1) >= LEAST


@pytest.mark.parametrize("kinds, most", [(2, 30), (3, 22), (4, 16)])
def test_somebody_who_tries_every_table_never_finds_one_count_alone_that_fits(kinds: int, most: int) -> None:
    fitting: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for table in (one for one in product(range(most + 1), repeat=kinds) if sum(one) <= most):
        found = suppress(dict(zip("abcd", table, strict=False)))
        if found.total is not None:
            fitting[(*found.counts.items(), found.total)].append(table)
    for shown, tables in fitting.items():
        hidden = [place for place, entry in enumerate(shown[:-1]) if entry[1] is None]  # type: ignore[index]
        assert all(len({table[place] for table in tables}) > 1 for place in hidden), shown


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=40))
def test_one_breakdown_does_not_give_away_the_total_that_another_must_hide(reports: list[tuple[str, str]]) -> None:
    first = {name: sum(1 for one, _ in reports if one == name) for name in "abc"}
    second = {name: sum(1 for _, one in reports if one == name) for name in "xyz"}
    tables, total = suppress_together({"first": first, "second": second})
    if total is None and reports:
        assert all(any(count is None for count in table.values()) for table in tables.values())
    for table in tables.values():
        assert all(count is None or count == 0 or count >= LEAST for count in table.values())
