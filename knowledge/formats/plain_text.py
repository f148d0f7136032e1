"""Plain text: pages, hand-made headings and tables by tabs."""

import re

from knowledge.formats.decode import decode
from knowledge.formats.fake_headings import could_head, in_capitals, number_depth
from knowledge.formats.interface import PAGE, Read, lift_pages
from knowledge.formats.tables import Cell, pipe_table

_LEADER = re.compile(r"\.{4,}\s*\d+$")


def read_text(content: bytes) -> Read:
    """A text file; a form feed begins a new page, a short numbered or capital line alone is a heading."""
    said, notes = decode(content)
    made = "\n".join(_structured(said.replace("\f", PAGE).split("\n")))
    text, starts = lift_pages(made if made.endswith("\n") else made + "\n")
    return Read(text, "text", {}, starts, notes)


def _structured(lines: list[str]) -> list[str]:
    made: list[str] = []
    begins = next((number for number, line in enumerate(lines) if line.strip()), 0)
    at = 0
    while at < len(lines):
        end = at
        tabs = lines[at].strip("\n").count("\t")
        while tabs >= 2 and end < len(lines) and lines[end].count("\t") == tabs:
            end += 1
        if end - at >= 2:
            rows = [[Cell(cell) for cell in line.split("\t")] for line in lines[at:end]]
            made += ["", *pipe_table(rows).split("\n"), ""]
            at = end
            continue
        alone = (at == 0 or not lines[at - 1].strip(f" {PAGE}")) and (at + 1 == len(lines) or not lines[at + 1].strip())
        made.append(_heading(lines[at], first=at <= begins) if alone else lines[at])
        at += 1
    return made


def _heading(line: str, *, first: bool) -> str:
    words = line.replace(PAGE, "").strip()
    depth = number_depth(words)
    if first and could_head(words) and not words.startswith(("#", "-", "|", "*")):
        return f"# {words}"
    if not could_head(words) or _LEADER.search(words) or not (in_capitals(words) or (depth and len(words) < 70)):
        return line
    return f"{PAGE if PAGE in line else ''}{'#' * min(6, max(2, depth + 1))} {words}"
