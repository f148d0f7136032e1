"""Markdown files, as they are, except for the HTML that people paste into them."""

import re

from markdown_it import MarkdownIt

from knowledge.formats.decode import decode
from knowledge.formats.html import from_markup
from knowledge.formats.interface import PAGE, Read

_PARSER = MarkdownIt("commonmark").enable("table")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_TABLE = re.compile(r"^\s*<table\b", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"</table\s*>", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n---\s*\n", re.DOTALL)


def read_markdown(content: bytes) -> Read:
    """A Markdown file; HTML tables and blocks in it become Markdown, everything else stays letter by letter."""
    text, notes = decode(content)
    head = match.group(0) if (match := _FRONT_MATTER.match(text)) else ""
    body = text[len(head) :]
    if "<" in body:
        body = _without_blocks(_without_tables(body))
    return Read(head + body, "Markdown", notes=notes)


def _without_tables(body: str) -> str:
    """HTML tables as pipe tables; found by their tags, because a blank line inside ends CommonMark's HTML block."""
    made: list[str] = []
    lines = body.split("\n")
    fence = ""
    at = 0
    while at < len(lines):
        if match := _FENCE.match(lines[at]):
            fence = "" if fence and match.group(1).startswith(fence) else fence or match.group(1)
        end = at
        if not fence and _TABLE.match(lines[at]):
            end = next((n for n in range(at, len(lines)) if _TABLE_ENDS.search(lines[n])), at - 1) + 1
        if end > at:
            made += ["", _markup("\n".join(lines[at:end])), ""]
            at = end
        else:
            made.append(lines[at])
            at += 1
    return "\n".join(made)


def _without_blocks(body: str) -> str:
    lines = body.split("\n")
    for token in reversed(_PARSER.parse(body)):
        if token.type == "html_block" and token.map is not None and token.level == 0:
            start, end = token.map
            lines[start:end] = ["", *_markup("\n".join(lines[start:end])).split("\n"), ""]
    return "\n".join(lines)


def _markup(markup: str) -> str:
    return from_markup(markup).replace(PAGE, "").strip()
