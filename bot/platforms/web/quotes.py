"""A citation as the page shows it: a row of a table as its cells, prose as it stands."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.citation import Citation

_FEWEST_CELLS = 3
_LEAD = 70


@dataclass(frozen=True)
class QuoteView:
    """One citation, with a table row split into its cells."""

    title: str
    section: str
    where: str
    """Version, page and owner, as far as the document has them."""
    reviewed: str
    superseded: bool
    url: str
    text: str
    rows: tuple[tuple[str, ...], ...]
    lead: str
    """How the quote begins, to tell quotes of one section apart."""


def quotes_of(citations: tuple[Citation, ...]) -> tuple[QuoteView, ...]:
    """Each citation once, in their order."""
    return tuple(_quote(citation) for citation in dict.fromkeys(citations))


def _quote(citation: Citation) -> QuoteView:
    rows = table_rows(citation.quote)
    begins = " · ".join(rows[0][:2]) if rows else citation.quote
    safe_url = citation.url if citation.url and citation.url.startswith(("https://", "http://")) else ""
    return QuoteView(
        title=citation.title,
        section=citation.section.removeprefix(citation.title).removeprefix(" › "),
        where=_where(citation),
        reviewed=day(citation.reviewed) if citation.reviewed else "",
        superseded=citation.superseded,
        url=safe_url or "",
        text=citation.quote,
        rows=rows,
        lead=begins if len(begins) <= _LEAD else begins[:_LEAD].rsplit(" ", 1)[0] + " …",
    )


def _where(citation: Citation) -> str:
    version = f"Version {citation.version}" if citation.version[:1].isdigit() else citation.version
    page = f"page {citation.page}" if citation.page else ""
    owner = f"owner: {citation.owner}" if citation.owner else ""
    said = " · ".join(part for part in (version, page, owner) if part)
    return said[:1].upper() + said[1:]


def day(value: date | datetime) -> str:
    """A date as written in British English, such as 3 October 2026."""
    return f"{value.day} {value:%B %Y}"


def table_rows(quote: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a quoted table row; nothing for prose. Cells stand between upright bars or tabs."""
    rows = []
    for line in quote.strip().splitlines():
        bar = "\t" if "\t" in line else "|"
        cells = [cell.replace("\0", "|").strip() for cell in line.strip().replace("\\|", "\0").split(bar)]
        # The bars at both ends of a row are its border, and a quote may begin after the first of them.
        cells = cells[1:] if not cells[0] else cells
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) < _FEWEST_CELLS:
            return ()
        if not all(cell and set(cell) <= {"-", ":"} for cell in cells):
            rows.append(tuple(cells))
    return tuple(rows)
