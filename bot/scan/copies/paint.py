"""Draws on pages: boxes with labels for review, or black over what must go."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from bot.scan.copies.interface import Area, Quad

_RED, _WHITE, _HIDDEN = (196, 16, 32), (255, 255, 255), (112, 32, 160)
_NOTICE = "Marked for review. Not for sending."


def blacked_out(page: Image.Image, areas: Sequence[Area]) -> Image.Image:
    """The page with every area painted over; what was beneath is gone from the pixels."""
    done = Image.new("RGB", page.size, _WHITE)
    done.paste(page.convert("RGB"))
    draw = ImageDraw.Draw(done)
    for area in areas:
        draw.polygon([(x, y) for x, y in area.quad], fill=(0, 0, 0))
    return done


def marked(page: Image.Image, areas: Sequence[Area]) -> Image.Image:
    """The page with every area boxed and labelled."""
    done = Image.new("RGB", page.size, _WHITE)
    done.paste(page.convert("RGB"))
    draw = ImageDraw.Draw(done)
    size = max(11, round(min(done.size) / 100))
    font = ImageFont.load_default(size)
    labels: dict[Quad, list[str]] = {}
    for area in areas:
        labels.setdefault(area.quad, []).append(area.label)
    for quad, said in labels.items():
        corners = [(x, y) for x, y in quad]
        draw.line([*corners, corners[0]], fill=_colour(said), width=max(2, size // 6))
    for quad, said in labels.items():
        left, top = min(x for x, _ in quad), min(y for _, y in quad)
        _tag(draw, ", ".join(dict.fromkeys(said)), (left, max(0.0, top - size - 3)), font, _colour(said))
    _tag(draw, _NOTICE, (size, size // 2), font, _RED)
    return done


def _colour(labels: Sequence[str]) -> tuple[int, int, int]:
    return _HIDDEN if any(label.endswith("hidden") for label in labels) else _RED


def _tag(
    draw: ImageDraw.ImageDraw,
    words: str,
    corner: tuple[float, float],
    font: ImageFont.ImageFont | ImageFont.FreeTypeFont,
    colour: tuple[int, int, int],
) -> None:
    left, top, right, bottom = draw.textbbox(corner, words, font=font)
    draw.rectangle((left - 2, top - 1, right + 2, bottom + 1), fill=colour)
    draw.text(corner, words, fill=_WHITE, font=font)
