"""Charts made small enough to travel inside a card: Teams shows no picture from an address that needs a sign-in."""

import io
from base64 import b64encode

from PIL import Image

MOST_BYTES = 40_000
"""Of a picture as it travels; a message may have 80 kB in all."""
_WIDTHS = (1000, 800, 600, 400)
_COLOURS = 32


def data_address(png: bytes) -> str:
    """The picture as a data address, redrawn with few colours; empty when it cannot be made small enough."""
    with Image.open(io.BytesIO(png)) as opened:
        opened.load()
        for width in _WIDTHS:
            small = opened.convert("RGB")
            small.thumbnail((width, width))
            out = io.BytesIO()
            small.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
            if out.tell() * 4 // 3 <= MOST_BYTES:
                return f"data:image/png;base64,{b64encode(out.getvalue()).decode('ascii')}"
    return ""
