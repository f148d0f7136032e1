"""Pages for information managers, before the web renders them."""

from dataclasses import dataclass, field

from bot.domain.card import Button, Card


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    words: str
    to: str = ""
    """Address of a board page it leads to ("reports/NM-7F3K-92QD"), if any."""
    overdue: bool = False


@dataclass(frozen=True)
class Table:
    """A list with headings."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    empty: str = "Nothing here yet."
    """What to say instead of an empty table."""


@dataclass(frozen=True)
class Page:
    """One page of the board."""

    title: str
    intro: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    cards: tuple[Card, ...] = ()
    buttons: tuple[Button, ...] = ()
    downloads: tuple[tuple[str, str], ...] = ()
    """(address below /board/download/, words)."""
    search: str = ""
    """Label of the search field; empty when the page has none. What is typed comes back as the query "q"."""
    following: str = ""
    """Query string of the next page of a long list; empty on the last."""


@dataclass(frozen=True)
class Download:
    """A file made for one request."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
