"""A page of the board as it is shown; nothing here does input or output, and templates escape every word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from bot.domain.board import Cell, Page, Table
from bot.domain.card import Card
from bot.platforms.web.cards import CardView
from bot.platforms.web.surfaces import ADDRESS

NAMES = {
    "reports": "Reports",
    "clocks": "Clocks",
    "dispatches": "Dispatches",
    "register": "Register",
    "lessons": "Lessons",
    "measures": "Measures",
    "gaps": "Gaps",
    "answers": "Questions",
    "feedback": "Feedback",
}
"""The pages that have a place in the menu, in its order; others follow by their own name."""
FOR_REFERENCE = frozenset({"register", "lessons", "measures", "feedback"})
"""Pages on which nothing waits for anybody."""
ROWS_IN_FRONT = 5
SHORT = 16
"""A cell of so few characters, such as the number of a report, is not broken over lines."""


@dataclass(frozen=True)
class CellView:
    """One cell."""

    words: str
    href: str
    overdue: bool
    short: bool


@dataclass(frozen=True)
class TableView:
    """One list."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CellView, ...], ...]
    empty: str
    overdue: int
    """How many of its rows are overdue."""


@dataclass(frozen=True)
class PageView:
    """One page of the board."""

    title: str
    intro: tuple[str, ...]
    tables: tuple[TableView, ...]
    cards: tuple[CardView, ...]
    downloads: tuple[tuple[str, str], ...]
    search: str
    following: str


@dataclass(frozen=True)
class Section:
    """One page as the front page shows it."""

    name: str
    title: str
    table: TableView | None
    more: int
    """Rows that are not shown here."""
    says: str
    """What to say where there is no table, or why there is nothing."""


@dataclass(frozen=True)
class FrontView:
    """The front page."""

    waiting: tuple[Section, ...]
    """What somebody has to look at, what is overdue first."""
    quiet: tuple[Section, ...]
    """Pages on which nothing waits now."""
    reference: tuple[Section, ...]
    """Pages to look things up in."""


class ShowCard(Protocol):
    """Makes a card for a page of the board."""

    def __call__(self, card: Card) -> CardView:
        """The card with its buttons signed."""


def in_order(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(name, words) of the pages, the known ones first."""
    given = tuple(names)
    known = [name for name in NAMES if name in given]
    return tuple((name, _words(name)) for name in (*known, *(name for name in given if name not in NAMES)))


def page_view(page: Page, show: ShowCard) -> PageView:
    """Everything the template needs for one page."""
    return PageView(
        title=page.title,
        intro=page.intro,
        tables=tuple(_table(table) for table in page.tables),
        cards=tuple(show(card) for card in page.cards),
        downloads=tuple((f"/board/download/{quote(to, safe=ADDRESS)}", words) for to, words in page.downloads),
        search=page.search,
        following=f"?{page.following.removeprefix('?')}" if page.following else "",
    )


def front_view(sections: Iterable[Section]) -> FrontView:
    """What waits first, then the rest."""
    every = tuple(sections)
    work = [one for one in every if one.name not in FOR_REFERENCE]
    waiting = [one for one in work if one.says or (one.table and one.table.rows)]
    # The order of the menu is kept among those with something overdue, and among those without.
    waiting.sort(key=lambda one: not (one.table and one.table.overdue))
    quiet = tuple(one for one in work if one not in waiting)
    return FrontView(tuple(waiting), quiet, tuple(one for one in every if one.name in FOR_REFERENCE))


def section(name: str, page: Page | None, problem: str = "") -> Section:
    """The first list of a page: what is overdue first, then what stands first there."""
    if page is None or not page.tables:
        return Section(name, _words(name), None, 0, problem or " ".join(page.intro[:1] if page else ()))
    table = _table(page.tables[0])
    rows = sorted(table.rows, key=lambda row: not any(cell.overdue for cell in row))
    shown = TableView(table.title, table.columns, tuple(rows[:ROWS_IN_FRONT]), table.empty, table.overdue)
    return Section(name, _words(name), shown, max(0, len(rows) - ROWS_IN_FRONT), "")


def _table(table: Table) -> TableView:
    rows = tuple(tuple(_cell(cell) for cell in row) for row in table.rows)
    overdue = sum(1 for row in rows if any(cell.overdue for cell in row))
    return TableView(table.title, table.columns, rows, table.empty, overdue)


def _cell(cell: Cell) -> CellView:
    return CellView(
        cell.words, f"/board/{quote(cell.to, safe=ADDRESS)}" if cell.to else "", cell.overdue, len(cell.words) <= SHORT
    )


def _words(name: str) -> str:
    return NAMES.get(name, name.replace("_", " ").capitalize())
