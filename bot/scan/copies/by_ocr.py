"""Text of a drawn page as OCR reads it, with the place of each letter."""

import math
from bisect import bisect_right

import numpy as np
from PIL import Image

from bot.scan.copies.interface import LaidOut, Quad
from bot.scan.extract.ocr import LONGEST_SIDE, Line, find_lines, reading_rows

_LEGIBLE = 0.3
"""Lower than where a check takes a line for text: what is perhaps read is surely covered."""
_NARROW, _WIDE = frozenset("iljtfrI.,:;'!|()-1 "), frozenset("mwMWQGOD@%")


def laid_out(page: Image.Image, *, whole_lines: bool = False) -> LaidOut:
    """Read a picture; with `whole_lines` a finding takes its whole line, for when an estimate was not enough."""
    small = page.convert("RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    scale = page.width / small.width
    lines = find_lines(np.ascontiguousarray(np.asarray(small)[:, :, ::-1]))
    rows = reading_rows([line for line in lines if line.score >= _LEGIBLE])
    starts: list[int] = []
    placed: list[Line] = []
    text = ""
    for row in rows:
        for number, line in enumerate(row):
            text += "  " if number else "\n" if text else ""
            starts.append(len(text))
            placed.append(line)
            text += line.text

    def areas(start: int, end: int) -> list[Quad]:
        found = []
        for index in range(max(0, bisect_right(starts, start) - 1), len(placed)):
            line, first = placed[index], starts[index]
            if first >= end:
                break
            if start < first + len(line.text):
                share = (0.0, 1.0) if whole_lines else _share(line.text, start - first, end - first)
                found.append(_part(line, share, scale))
        return found

    return LaidOut(text, areas)


def _share(text: str, start: int, end: int) -> tuple[float, float]:
    """Where some letters of a line begin and end, by how wide letters usually are."""
    widths = [0.5 if letter in _NARROW else 1.4 if letter in _WIDE else 1.0 for letter in text]
    total = sum(widths) or 1.0
    return sum(widths[: max(0, start)]) / total, sum(widths[: max(0, end)]) / total


def _part(line: Line, share: tuple[float, float], scale: float) -> Quad:
    """A stretch of a line as four corners, a little larger than the letters."""
    along = (math.cos(line.angle), math.sin(line.angle))
    across = (-along[1], along[0])
    slack = 0.5 * line.height
    start = max((share[0] - 0.5) * line.width - slack, -0.5 * line.width - slack)
    end = min((share[1] - 0.5) * line.width + slack, 0.5 * line.width + slack)
    half = 0.62 * line.height
    corners = ((start, -half), (end, -half), (end, half), (start, half))
    return tuple(
        (scale * (line.x + a * along[0] + b * across[0]), scale * (line.y + a * along[1] + b * across[1]))
        for a, b in corners
    )
