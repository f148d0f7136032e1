"""A long check says what it has found so far; a short one says it all at once."""

from collections.abc import Sequence

import pytest

from bot.domain.finding import Category, Finding
from bot.scan import first_look
from bot.scan.extract.interface import Cell, Table, Text
from bot.scan.first_look import FirstLook
from bot.scan.recognise.interface import Recognised

PHONE = Finding(Category.PHONE, "page 1", "••23")
Told = list[tuple[int, int, str]]


class Counting:
    """Finds a telephone number wherever the word stands, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, parts: Sequence[Text | Table]) -> Recognised:
        self.asked += 1
        texts = [part.text if isinstance(part, Text) else part.rows[0][0].text for part in parts]
        return Recognised(findings=(PHONE,) if any("phone" in text for text in texts) else ())


@pytest.fixture
def told() -> Told:
    return []


def look(told: Told, monkeypatch: pytest.MonkeyPatch, after: float = 0.0) -> tuple[FirstLook, Counting]:
    monkeypatch.setattr(first_look, "AFTER", after)
    counting = Counting()
    return FirstLook(counting, lambda done, total, what: told.append((done, total, what))), counting


def test_what_was_found_stands_beside_how_far_it_is(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = look(told, monkeypatch)
    first.tell(1, 40, "Reading page 1 of 40")
    first.see([Text("my phone is 07700 900123", "page 1")])
    first.tell(2, 40, "Reading page 2 of 40")
    assert told[1:] == [
        (1, 40, "Reading page 1 of 40 · found so far: 1 × phone number"),
        (2, 40, "Reading page 2 of 40 · found so far: 1 × phone number"),
    ]


def test_no_value_is_told(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = look(told, monkeypatch)
    first.see([Text("my phone is 07700 900123", "page 1")])
    assert told
    assert "900123" not in str(told)


def test_a_short_check_is_not_slowed_by_a_look(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    first, counting = look(told, monkeypatch, after=60)
    first.see([Text("my phone is 07700 900123", "page 1")])
    assert counting.asked == 0


def test_it_gives_up_after_a_few_looks_in_vain(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    first, counting = look(told, monkeypatch)
    for page in range(20):
        first.see([Text("nothing here", f"page {page}")])
    assert counting.asked == 3


def test_a_table_is_looked_into_by_its_first_rows(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = look(told, monkeypatch)
    first.see([Table("sheet Data", tuple((Cell("phone", "A1"),) for _ in range(5_000)))])
    assert "phone number" in told[-1][2]
