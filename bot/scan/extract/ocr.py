"""Text read from pixels, with the engine and settings that measured best on wristbands, scans and phone photographs.

A picture on which the detector finds no text at all is taken as a plain photograph and counts as read: every photograph
of a scene would otherwise need a human check. A picture with regions that look like text but cannot be read for certain
is `low_confidence`, and so is a page of a document with marks on it in which nothing was found.
"""

import io
import math
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from rapidocr import RapidOCR

from bot.domain.finding import Hazard, HazardKind, Unread, UnreadReason
from bot.scan.extract.image import quiet
from bot.scan.extract.interface import Extract, Picture, Text
from bot.scan.extract.weak_marks import count_blurred, see_through

SURE = 0.80
"""Mean score below which a human must look (measured on the OCR comparison)."""
_LEGIBLE = 0.5
"""Score below which a line is noise rather than text."""
LONGEST_SIDE = 4_500
"""Pixels; larger pictures are made smaller first, as the detector would do anyway."""
_SMALLEST = 24
"""Pixels; below this a picture is a bullet or a rule line."""


@dataclass(frozen=True)
class Line:
    """One line of text as detected."""

    text: str = field(repr=False)
    score: float
    x: float
    y: float
    """Centre, in pixels."""
    width: float
    """Along the reading direction."""
    height: float
    angle: float
    """Reading direction in radians; 0 reads left to right, pi/2 downwards."""


@cache
def engine() -> RapidOCR:
    """The one engine, loaded at first use with every model, on one thread so that forking is safe."""
    cv2.setNumThreads(1)
    ready = RapidOCR(
        params={
            "Global.log_level": "error",
            "Det.limit_type": "max",
            "Det.limit_side_len": 960,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    page = np.full((120, 400, 3), 255, np.uint8)
    cv2.putText(page, "ready", (40, 80), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 3)
    ready(page)
    return ready


def read_picture(picture: Picture) -> Extract:
    """Read one picture; never raises for a bad one."""
    try:
        pixels = _pixels(picture.content)
    except MemoryError:
        raise
    except Image.DecompressionBombError:
        return _unread(picture, UnreadReason.TOO_LARGE, "The picture has more pixels than one check reads.")
    except Exception:  # Pillow's decoders raise many kinds; all mean the same to the user
        return _unread(picture, UnreadReason.CORRUPT, "The picture could not be opened.")
    if min(pixels.shape[:2]) < _SMALLEST:
        return Extract("image/*")
    try:
        lines = find_lines(pixels)
    except MemoryError:
        raise
    except Exception:  # the engine raises its own kinds and OpenCV's
        return _unread(picture, UnreadReason.LOW_CONFIDENCE, "The picture could not be read.")
    legible = [line for line in lines if line.score >= _LEGIBLE]
    text = in_reading_order(legible)
    parts = (Text(text, picture.place, picture.hidden, "ocr"),) if text else ()
    doubt = _doubt(picture, pixels, lines, legible)
    beneath, weak = _weak_marks(picture, pixels)
    return Extract("image/*", parts + beneath, hazards=weak, unread=(doubt,) if doubt else ())


def _weak_marks(picture: Picture, pixels: NDArray[np.uint8]) -> tuple[tuple[Text, ...], tuple[Hazard, ...]]:
    """Words under see-through bars, and what is only blurred."""
    seen = see_through(pixels, lambda bar: in_reading_order([one for one in find_lines(bar) if one.score >= SURE]))
    hazards = []
    if seen:
        detail = "A see-through mark in the picture only dims words: they can still be read."
        hazards.append(Hazard(HazardKind.FAILED_REDACTION, picture.place, detail, len(seen)))
    blurred = count_blurred(pixels)
    if blurred:
        detail = "Words in the picture are only blurred, and could be made out again."
        hazards.append(Hazard(HazardKind.FAILED_REDACTION, picture.place, detail, blurred))
    return tuple(Text(text, picture.place, True, "ocr") for text in seen), tuple(hazards)


def _unread(picture: Picture, reason: UnreadReason, detail: str) -> Extract:
    return Extract("image/*", unread=(Unread(picture.place, reason, detail),))


def _pixels(content: bytes) -> NDArray[np.uint8]:
    with quiet(), Image.open(io.BytesIO(content)) as image:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "P", "PA"):
            # Transparent pictures are mostly dark text on nothing; on white they look as they do on a page.
            clear = upright.convert("RGBA")
            upright = Image.new("RGBA", clear.size, "white")
            upright.alpha_composite(clear)
        upright = upright.convert("RGB")
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return np.ascontiguousarray(np.asarray(upright)[:, :, ::-1])


def find_lines(pixels: NDArray[np.uint8]) -> list[Line]:
    """All lines that the engine detects, legible or not; the engine's own filter would hide the doubtful ones."""
    found, turned, read = engine().run_ocr_steps(pixels, {"preprocess": {"ratio_h": 1.0, "ratio_w": 1.0}})[:3]
    if found.boxes is None or read.txts is None:
        return []
    flipped = [str(turn[0]) == "180" for turn in turned.cls_res or [("0", 1.0)] * len(found.boxes)]
    lines = [
        _line(box, str(text), float(score), flip)
        for box, text, score, flip in zip(found.boxes, read.txts, read.scores, flipped, strict=True)
    ]
    return [
        _read_again(pixels, box, line, flip) if math.cos(line.angle - _shared_direction(lines)) < -0.5 else line
        for box, line, flip in zip(found.boxes, lines, flipped, strict=True)
    ]


def _read_again(pixels: NDArray[np.uint8], box: Any, line: Line, flip: bool) -> Line:
    """Read a line that seems to stand on its head among its neighbours the other way up, and keep the surer reading.

    Which way up a row of digits stands is hardly to be told from itself, and NHS numbers are rows of digits.
    """
    crop = engine().crop_text_regions(pixels, np.asarray([box]))[0]
    read = engine().recognize_txt([crop if flip else np.ascontiguousarray(np.rot90(crop, 2))])
    if not read.txts or read.scores[0] < line.score:
        return line
    return _line(box, str(read.txts[0]), float(read.scores[0]), not flip)


def _line(box: Any, text: str, score: float, upside_down: bool) -> Line:
    corner = np.asarray(box, dtype=float)
    across, down = corner[1] - corner[0], corner[2] - corner[1]
    width, height = float(np.hypot(*across)), float(np.hypot(*down))
    # The engine turns boxes half as tall again as wide by a quarter before it reads them: they read downwards.
    along = down if height >= 1.5 * width else across
    angle = math.atan2(along[1], along[0]) + (math.pi if upside_down else 0.0)
    centre = corner.mean(axis=0)
    return Line(text.strip(), score, float(centre[0]), float(centre[1]), max(width, height), min(width, height), angle)


def in_reading_order(lines: list[Line]) -> str:
    """The lines as text: turned to the reading direction most of them share, then top to bottom and left to right."""
    return "\n".join("  ".join(line.text for line in row) for row in reading_rows(lines))


def reading_rows(lines: list[Line]) -> list[list[Line]]:
    """The lines in reading order, row by row."""
    if not lines:
        return []
    angle = _shared_direction(lines)
    cosine, sine = math.cos(-angle), math.sin(-angle)
    placed = sorted(
        ((line.x * sine + line.y * cosine, line.x * cosine - line.y * sine, line) for line in lines),
        key=lambda item: item[:2],
    )
    rows: list[list[tuple[float, float, Line]]] = []
    for item in placed:
        height = item[2].height
        if rows and abs(item[0] - rows[-1][-1][0]) < 0.5 * min(height, rows[-1][-1][2].height):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [[item[2] for item in sorted(row, key=lambda item: item[1])] for row in rows]


def _shared_direction(lines: list[Line]) -> float:
    """The quarter turn that carries most letters, refined by the lines that agree with it."""
    weight = [0.0, 0.0, 0.0, 0.0]
    for line in lines:
        weight[round(line.angle / (math.pi / 2)) % 4] += len(line.text) if line.width > 1.5 * line.height else 0.1
    quarter = weight.index(max(weight)) * math.pi / 2
    x = y = 0.0
    for line in lines:
        if math.cos(line.angle - quarter) > math.cos(math.pi / 4):
            x += math.cos(line.angle) * len(line.text)
            y += math.sin(line.angle) * len(line.text)
    return math.atan2(y, x) if (x or y) else quarter


def _doubt(picture: Picture, pixels: NDArray[np.uint8], lines: list[Line], legible: list[Line]) -> Unread | None:
    letters = sum(len(line.text) for line in legible)
    if not lines:
        if picture.place.startswith("page") and not _is_blank(pixels):
            return Unread(
                picture.place, UnreadReason.LOW_CONFIDENCE, "There are marks on this page, but no text was found."
            )
        return None
    if not letters:
        return Unread(picture.place, UnreadReason.LOW_CONFIDENCE, "Something looks like text but could not be read.")
    mean = sum(line.score * len(line.text) for line in legible) / letters
    unsure = sum(line.width for line in lines if line.score < _LEGIBLE) > 0.34 * sum(line.width for line in lines)
    if mean < SURE or unsure:
        return Unread(
            picture.place, UnreadReason.LOW_CONFIDENCE, "The text in the picture could not be read for certain."
        )
    return None


def _is_blank(pixels: NDArray[np.uint8]) -> bool:
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    paper = int(np.median(grey))
    return bool((np.abs(grey.astype(np.int16) - paper) > 60).mean() < 0.002)
