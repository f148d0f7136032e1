"""Scanned pages read from their pixels, with the same engine and settings as the check of files uses."""

from functools import cache
from typing import Any

from knowledge.formats.pdf_lines import Line

_LEGIBLE = 0.5
_DPI = 150
SURE = 0.8
"""Mean score below which a person must compare the text with the scan."""


@cache
def _engine() -> Any:
    # Loaded with the first scan: most guidance has none, and the models take a second.
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Det.limit_type": "max", "Det.limit_side_len": 1280})


def read_page(page: Any) -> tuple[list[Line], float]:
    """The lines of a pypdfium2 page in reading order, in its own points, and how sure they are (0 to 1)."""
    scale = _DPI / 72
    result = _engine()(page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3])
    if result.boxes is None or not result.txts:
        return [], 0.0
    lines = [
        Line(
            text.strip(),
            float(box[:, 0].min()) / scale,
            float(box[:, 0].max()) / scale,
            float(box[:, 1].min()) / scale,
            float(box[:, 1].max()) / scale,
            0.0,
            False,
        )
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if score >= _LEGIBLE and text.strip()
    ]
    letters = sum(len(text) for text in result.txts) or 1
    sure = sum(score * len(text) for text, score in zip(result.txts, result.scores, strict=True)) / letters
    return _rows(lines), float(sure)


def _rows(lines: list[Line]) -> list[Line]:
    """Pieces at one height as one line, left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    right = max((line.x1 for line in lines), default=0.0)
    made = []
    for row in rows:
        row.sort(key=lambda line: line.x0)
        text = "  ".join(line.text for line in row)
        top, bottom = min(line.top for line in row), max(line.bottom for line in row)
        made.append(Line(text, row[0].x0, max(line.x1 for line in row), top, bottom, 0.0, False, right))
    return made
