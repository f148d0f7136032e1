"""Marks in a picture that were meant to hide and do not: see-through boxes and blur ([facts] 3.3, weak redaction).

A dark bar through which darker letters still show is stretched in contrast, and counts when the letters can be read. A
line of smears among sharp lines counts as blurred: what is only blurred can be worked out again.
"""

from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[Any]
Place = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_DARK = 0.62
"""Share of the paper's brightness below which a bar is one that hides."""
_LEAST_STEP = 10
"""Grey levels between letters and bar; less is noise of the compression."""
_SHARP, _SMEARED = 0.3, 0.12
"""How steep grey changes in a line, as a share of its contrast: in printed lines, and in those blurred on purpose."""
_LEGIBLE_LETTERS = 4


def see_through(pixels: NDArray[np.uint8], read: Callable[[Grey], str]) -> list[str]:
    """The words that can be read through dark bars; `read` is OCR."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    found = []
    for left, top, right, bottom in _bars(grey):
        stretched = _stretched(grey[top:bottom, left:right])
        if stretched is None:
            continue
        text = read(cv2.cvtColor(stretched, cv2.COLOR_GRAY2BGR))
        if sum(letter.isalnum() for letter in text) >= _LEGIBLE_LETTERS:
            found.append(text)
    return found


def _bars(grey: Grey) -> Iterator[Place]:
    """Dark flat rectangles about as high as a line or a few."""
    height, width = grey.shape
    paper = float(np.percentile(grey, 90))
    if paper < 150:
        return
    dark = (grey < _DARK * paper).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((9, 31), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(solid)
    for left, top, wide, high, area in boxes[1:]:
        if 10 <= high <= 0.15 * height and wide >= 40 and area >= 0.9 * wide * high and area < 0.2 * width * height:
            yield int(left) + 2, int(top) + 2, int(left + wide) - 2, int(top + high) - 2


def _stretched(bar: Grey) -> Grey | None:
    """A bar with the contrast of its letters made full; None when there is nothing darker in it."""
    ground = float(np.median(bar))
    deepest = float(np.percentile(bar, 1))
    darker, brighter = (bar < ground - _LEAST_STEP).mean(), (bar > ground + 40).mean()
    if ground - deepest < _LEAST_STEP or not 0.01 < darker < 0.45 or brighter > 0.02:
        return None
    full = np.clip((bar.astype(float) - deepest) / (ground - deepest), 0, 1) * 255
    framed = cv2.copyMakeBorder(full.astype(np.uint8), 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=255)
    return np.ascontiguousarray(cv2.resize(framed, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))


def count_blurred(pixels: NDArray[np.uint8]) -> int:
    """How many lines are smeared on a page whose other lines are sharp."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    height, width = grey.shape
    paper = float(np.median(grey))
    if paper < 170:
        return 0
    ink = (grey.astype(np.int16) < paper - 18).astype(np.uint8)
    lines = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 15), np.uint8))
    across, down = (cv2.Sobel(grey, cv2.CV_32F, *order, ksize=3, scale=0.125) for order in ((1, 0), (0, 1)))
    steep = np.hypot(across, down)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
    sharp = smeared = 0
    for left, top, wide, high, area in boxes[1:]:
        if not (
            10 <= high <= max(60, 0.06 * height)
            and wide >= 2.5 * high
            and wide < 0.9 * width
            and area > 0.4 * wide * high
        ):
            continue
        inside = (slice(top, top + high), slice(left, left + wide))
        contrast = paper - float(np.percentile(grey[inside], 2))
        if contrast < 25:
            continue
        share = float(np.percentile(steep[inside], 95)) / contrast
        sharp += share > _SHARP
        smeared += share < _SMEARED
    return smeared if sharp >= 3 else 0
