"""Headings that authors made by hand: bold lines, numbered bold lines, lines in capitals."""

import re

from bs4 import NavigableString, Tag

from knowledge.formats.interface import PAGE, one_line

_LONGEST = 100
_NUMBER = re.compile(r"^(?:section\s+|part\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})[.):]?\s+\S", re.IGNORECASE)
_ENDS_LIKE_PROSE = (".", ";", ",", ":", "!")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INSIDE = ["li", "td", "th", "blockquote", "dd", "dt", "pre"]


def number_depth(text: str) -> int:
    """How deep a section number goes: 2 for "3.1 Scope", 0 without a number."""
    match = _NUMBER.match(text)
    return match.group(1).count(".") + 1 if match else 0


def in_capitals(text: str) -> bool:
    """True for a short line of capitals: "3. SENDING BY POST"."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and " " in text.strip() and all(letter.isupper() for letter in letters)


def could_head(text: str) -> bool:
    """True for words that can stand as a heading."""
    return 2 < len(text) <= _LONGEST and not text.endswith(_ENDS_LIKE_PROSE) and any(c.isalpha() for c in text)


def mark_headings(soup: Tag) -> None:
    """Turn hand-made headings into real ones, one level below the real heading above them or by their number."""
    _open_numbered_headings(soup)
    above = 1 if soup.find("h1") is not None else 0
    base = above
    for tag in soup.find_all(["p", "div", *_HEADINGS]):
        if tag.name in _HEADINGS:
            above = base = int(tag.name[1])
            continue
        if tag.find_parent(_INSIDE) is not None or tag.find(["p", "div", "table", "ul", "ol", "br"]) is not None:
            continue
        text = one_line(tag.get_text().replace(PAGE, ""))
        if not could_head(text) or not (_is_bold(tag) or in_capitals(text)):
            continue
        if not text.lower().startswith("people ask"):
            depth = number_depth(text)
            tag.name = f"h{min(6, max(1, depth + min(base, 1) if depth else above + 1))}"


def _open_numbered_headings(soup: Tag) -> None:
    """A numbered list whose items begin in bold is a document's sections: "1. **Purpose**", text or a list below."""
    for listing in soup.find_all("ol"):
        if listing.decomposed or listing.find_parent(["li", "td", "th"]) is not None:
            continue
        items = listing.find_all("li", recursive=False)
        if not items or not all(_heads(item) for item in items):
            continue
        for item in items:
            below = item.find_all(["ol", "ul"], recursive=False)
            for part in below:
                part.extract()
            item.name = "p"
            words = one_line(item.get_text())
            item.clear()
            bold = Tag(name="strong")
            bold.string = words
            item.append(bold)
            for part in reversed(below):
                item.insert_after(part)
        listing.unwrap()


def _heads(item: Tag) -> bool:
    own = [child for child in item.children if not (isinstance(child, Tag) and child.name in ("ol", "ul"))]
    text = one_line("".join(child.get_text() if isinstance(child, Tag) else str(child) for child in own))
    return could_head(text) and all(_bold_node(child) for child in own)


def _is_bold(tag: Tag) -> bool:
    return all(_bold_node(child) for child in tag.children) or bool(_BOLD_STYLE.search(str(tag.get("style") or "")))


def _bold_node(node: object) -> bool:
    if isinstance(node, NavigableString):
        return not str(node).replace(PAGE, "").strip()
    if not isinstance(node, Tag):
        return True
    if node.name in ("strong", "b") or _BOLD_STYLE.search(str(node.get("style") or "")):
        return True
    return node.name in ("span", "a", "u", "em", "i", "font", "p") and all(_bold_node(child) for child in node.children)
