"""Draws pictures of paper and of people's wrists; the noise is seeded, so each picture is always the same."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import reportlab
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONTS = Path(reportlab.__file__).parent / "fonts"


def typeface(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Vera, which comes with reportlab and so is on every machine."""
    return ImageFont.truetype(str(_FONTS / ("VeraBd.ttf" if bold else "Vera.ttf")), size)


def sheet(
    width: int,
    height: int,
    colour: str,
    lines: Sequence[str] = (),
    *,
    size: int = 30,
    left: int = 90,
    top: int = 100,
    ink: str = "black",
    boxes: Sequence[tuple[int, int, int, int]] = (),
) -> Image.Image:
    """A sheet of paper with lines of text and filled boxes on it."""
    picture = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(picture)
    for at, line in enumerate(lines):
        pen.text((left, top + at * round(size * 1.6)), line, font=typeface(size), fill=ink)
    for box in boxes:
        pen.rectangle(box, fill="black")
    return picture


def photographed(picture: Image.Image, seed: int, blur: float = 0.6) -> Image.Image:
    """The picture as a telephone takes it: uneven light, a little noise, a little blur."""
    noise = numpy.random.default_rng(seed).normal(0, 6, (picture.height, picture.width, 1))
    light = numpy.linspace(0.82, 1.06, picture.width)[None, :, None]
    pixels = numpy.clip(numpy.asarray(picture, dtype=float) * light + noise, 0, 255).astype("uint8")
    return Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(blur))


def wristband(lines: Sequence[str], turn: float, size: tuple[int, int], text: int, seed: int) -> Image.Image:
    """A hospital wristband on a forearm, turned by some degrees, in a photograph of this size."""
    width, height = size
    scene = Image.new("RGB", size, (96, 110, 124))
    arm = Image.new("RGBA", (round(width * 0.95), round(height * 0.5)), (0, 0, 0, 0))
    ImageDraw.Draw(arm).rounded_rectangle(
        (0, 0, arm.width, arm.height), round(arm.height * 0.4), fill=(214, 170, 140, 255)
    )
    longest = max(typeface(text).getlength(line) for line in lines)
    band = Image.new("RGBA", (round(longest + 2.4 * text), round(text * (1.5 * len(lines) + 1))), (246, 247, 244, 255))
    pen = ImageDraw.Draw(band)
    for at, line in enumerate(lines):
        pen.text((text, text * (0.5 + 1.5 * at)), line, font=typeface(text), fill=(28, 30, 36))
    for layer in (arm, band):
        turned = layer.rotate(turn, expand=True, resample=Image.Resampling.BICUBIC)
        scene.paste(turned, ((width - turned.width) // 2, (height - turned.height) // 2), turned)
    return photographed(scene, seed)


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as bytes of a format."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
