"""Web pages, and every format that is first turned into HTML, as Markdown-like text."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString
from markdownify import MarkdownConverter

from knowledge.formats.decode import decode
from knowledge.formats.fake_headings import mark_headings
from knowledge.formats.interface import PAGE, CannotRead, Read, lift_pages, one_line
from knowledge.formats.tables import SOFT_BREAK, Cell, join_lines, pipe_table

_FURNITURE = [
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "iframe",
    "object",
    "svg",
    "button",
    "input",
    "select",
    "dialog",
]
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_DEEPEST = 1000
"""Far beyond what any editor writes."""
_NESTING_TAG = re.compile(
    r"<(/?)(?:div|span|section|article|blockquote|ul|ol|dl|table|font|b|i|u|em|strong|a|center|small|big|sub|sup)\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FURNITURE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:cookie|breadcrumbs?|skip-?link|site-?nav|sidebar|toc)(?:$|[-_ ])", re.IGNORECASE
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "tr",
        "section",
        "article",
    ]
)
_NOTHING = " \t\n" + SOFT_BREAK
_WIDEST = 60
_DEEPEST_SPAN = 500
_MANY_LINES = re.compile(r"\n{3,}")


def read_html(content: bytes) -> Read:
    """A web page: its own text without menus, headers and footers; raises CannotRead."""
    markup, notes = decode(content, markup=True)
    soup = _soup(markup)
    fields = dict(_properties(soup))
    _remove_furniture(soup)
    text, starts = lift_pages(markdown(_own_part(soup)))
    return Read(text, "web page", fields, starts, notes)


def from_markup(markup: str) -> str:
    """The Markdown-like text of a piece of HTML, page marks kept."""
    return markdown(_soup(markup))


def markdown(soup: Tag) -> str:
    """The Markdown-like text of parsed HTML, page marks kept."""
    try:
        _open_layout_tables(soup)
        mark_headings(soup)
        text = _Converter(
            heading_style="atx", bullets="-", escape_asterisks=False, escape_underscores=False
        ).convert_soup(soup)
    except RecursionError as error:
        raise CannotRead("its parts are nested too deeply; save it as Word or plain text") from error
    lines = (line.rstrip() for line in text.replace("\u00a0", " ").splitlines())
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"


def _nesting(markup: str) -> int:
    """How deep the elements that must be closed stand in one another; parsing takes ever longer with depth."""
    depth = deepest = 0
    for tag in _NESTING_TAG.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _soup(markup: str) -> BeautifulSoup:
    if _nesting(markup) > _DEEPEST:
        raise CannotRead("its parts are nested too deeply; save it as Word or plain text")
    soup = BeautifulSoup(markup, "lxml")
    for odd in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        odd.extract()  # comments, declarations: nobody sees them
    return soup


def _properties(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        said = str(meta.get("content") or "").strip()
        if name and said:
            yield {"og:url": "source url"}.get(name, re.sub(r"^(?:dc|dcterms|article)[.:]", "", name)), said
    if soup.title is not None:
        yield "title", one_line(soup.title.get_text())
    canonical = soup.find("link", rel="canonical")
    if isinstance(canonical, Tag) and canonical.get("href"):
        yield "source url", str(canonical["href"])


def _remove_furniture(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in ("html", "body", "main"):
            continue
        named = " ".join([*(tag.get_attribute_list("class")), *(tag.get_attribute_list("id"))] if tag.attrs else [])
        if (
            (tag.name in _FURNITURE and not (tag.name == "header" and tag.find_parent(["article", "main"])))
            or tag.get("role") in _FURNITURE_ROLES
            or tag.get("hidden") is not None
            or tag.get("aria-hidden") == "true"
            or _HIDDEN.search(str(tag.get("style") or ""))
            or (named and _FURNITURE_NAMES.search(named))
        ):
            tag.decompose()


def _own_part(soup: BeautifulSoup) -> Tag:
    """The part that is marked as the page's own text, when it holds most of the page."""
    whole = soup.body or soup
    chosen = soup.find("main") or soup.find(role="main") or soup.find("article")
    if isinstance(chosen, Tag) and len(chosen.get_text()) > len(whole.get_text()) // 2:
        return chosen
    return whole


def _open_layout_tables(soup: Tag) -> None:
    """Tables that only place things (one column or row, headings or tables inside) become their contents."""
    for table in reversed(soup.find_all("table")):
        rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
        widest = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
        if widest <= 1 or len(rows) <= 1 or table.find(["table", "h1", "h2", "h3"]) is not None:
            for part in [*table.find_all(["td", "th", "tr", "tbody", "thead", "tfoot", "caption"]), table]:
                part.name = "div"


class _Converter(MarkdownConverter):
    """Headings, lists and paragraphs as markdownify makes them, without emphasis and addresses; tables as ours."""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A pipe table."""
        caption = el.find("caption")
        said = one_line(caption.get_text(" ")) + "\n\n" if caption is not None else ""
        return f"\n\n{said}{pipe_table(_grid(el))}\n\n"

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A paragraph; what would read as Markdown's own marks loses them."""
        made = str(super().convert_p(el, text, parent_tags))  # type: ignore[misc]
        return re.sub(r"^(\s*)(?:#+\s+|>+\s+|```+|-{3,}\s*$|={3,}\s*$)", r"\1", made)

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A ruled line says nothing."""
        return "\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A plain new line."""
        return " " if "_inline" in parent_tags else "\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A picture's description."""
        return one_line(str(el.get("alt") or ""))

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Struck-out words are not guidance any more."""
        return ""

    convert_s = convert_del
    convert_strike = convert_del


def _as_it_is(self: Any, el: Tag, text: str, parent_tags: set[str]) -> str:
    return text


for _name in ("a", "b", "strong", "em", "i", "code", "kbd", "samp", "sub", "sup", "q", "u"):
    setattr(_Converter, f"convert_{_name}", _as_it_is)


def _grid(table: Tag) -> list[list[Cell]]:
    """The table's cells in their places, merged ones filled in."""
    grid: list[list[Cell]] = []
    pending: dict[int, tuple[int, Cell]] = {}
    for row in table.find_all("tr"):
        places: list[Cell] = []

        def waiting(places: list[Cell]) -> None:
            while len(places) in pending:
                left, cell = pending.pop(len(places))
                if left > 1:
                    pending[len(places)] = (left - 1, cell)
                places.append(cell)

        for cell in row.find_all(["td", "th"], recursive=False):
            waiting(places)
            text = join_lines(list(_lines(cell)))
            wide, deep = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", _DEEPEST_SPAN)
            for step in range(min(wide, _WIDEST - len(places))):
                if deep > 1:
                    pending[len(places)] = (deep - 1, Cell(text, across=step > 0, down=True))
                places.append(Cell(text, across=step > 0))
        waiting(places)
        grid.append(places)
    return grid


def _span(cell: Tag, name: str, most: int) -> int:
    said = str(cell.get(name) or "1").strip()
    return max(1, min(int(said), most)) if said.isdecimal() and len(said) < 9 else 1


def _lines(cell: Tag) -> Iterator[str]:
    """The lines of a cell as its paragraphs, list items and breaks part them."""
    line = ""
    for part in _walk(cell):
        if part is None:
            if line.strip(_NOTHING):
                yield line.strip(_NOTHING)
            line = ""
        else:
            line += part
    if line.strip(_NOTHING):
        yield line.strip(_NOTHING)


def _walk(tag: Tag) -> Iterator[str | None]:
    for child in tag.children:
        if isinstance(child, NavigableString):
            yield str(child).replace("\n", " ")
        elif isinstance(child, Tag) and child.name == "br":
            yield SOFT_BREAK
        elif isinstance(child, Tag) and child.name not in ("del", "s", "strike"):
            block = child.name in _BLOCKS
            if block:
                yield None
            yield from _walk(child)
            if block:
                yield None


__all__ = ["PAGE", "from_markup", "markdown", "read_html"]
