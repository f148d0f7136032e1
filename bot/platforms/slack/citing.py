"""Citations as Slack shows them: the exact words, a row of a table as its cells, and where they stand."""

from collections.abc import Sequence
from itertools import groupby

from bot.domain.citation import Citation
from bot.platforms.slack.blocks import Block, context, paragraphs
from bot.platforms.slack.text import escape

MOST_QUOTED = 4
"""More quotations than this hide what to do; the rest are named."""
_FEWEST_CELLS = 3


def citations_blocks(citations: Sequence[Citation]) -> list[Block]:
    """Each place once, with its quotations; beyond a few, only where to look."""
    each = tuple(dict.fromkeys(citations))
    blocks: list[Block] = []
    for where, some in groupby(each[:MOST_QUOTED], _where):
        quoted = "\n".join(f"> {escape(line)}" for one in some for line in _lines(one.quote))
        blocks += [*paragraphs(quoted), context(escape(where))]
    shown = {_place(one) for one in each[:MOST_QUOTED]}
    if left := [place for place in dict.fromkeys(map(_place, each[MOST_QUOTED:])) if place not in shown]:
        blocks.append(context(escape("See also: " + "; ".join(left))))
    return blocks


def _place(citation: Citation) -> str:
    return " · ".join(part for part in (citation.title, citation.section) if part)


def _where(citation: Citation) -> str:
    parts = [
        _place(citation),
        f"page {citation.page}" if citation.page else "",
        f"reviewed {citation.reviewed.day} {citation.reviewed:%B %Y}" if citation.reviewed else "",
        "superseded" if citation.superseded else "",
        citation.url or "",
    ]
    return " · ".join(part for part in parts if part)


def _lines(quote: str) -> list[str]:
    """The lines of a quotation; the bars of a table row become dots, its words stay as they are."""
    return [shown for line in quote.splitlines() if (shown := _line(line.strip()))]


def _line(line: str) -> str:
    bar = "\t" if "\t" in line else "|"
    if line.count(bar) < _FEWEST_CELLS - 1:
        return line
    cells = [cell.replace("\0", "|").strip() for cell in line.replace("\\|", "\0").split(bar)]
    if all(set(cell) <= {"-", ":"} for cell in cells):
        return ""
    return " · ".join(cell for cell in cells if cell)
