"""Picture files as pages: every frame as its pixels, and a new file that holds pixels and nothing else."""

import io
import re

from PIL import Image, ImageOps

from bot.scan.copies.interface import CannotCopyError, LaidOut, Painter, Quad
from bot.scan.extract.image import quiet

_MOST_FRAMES = 500
_MOST_PIXELS = 400_000_000
"""Of all frames together."""
_AS = {"PNG": ("PNG", "png"), "BMP": ("PNG", "png"), "GIF": ("GIF", "gif"), "WEBP": ("WEBP", "webp")}
_ONE = ("JPEG", "jpg")
_SEVERAL = ("TIFF", "tif")
"""What several frames are kept as when their own format is none of the above."""
_FRAME = re.compile(r"(?:page|frame) (\d+)")


class PictureSheets:
    """The frames of one picture file."""

    def __init__(self, content: bytes) -> None:
        try:
            with quiet(), Image.open(io.BytesIO(content)) as image:
                count = getattr(image, "n_frames", 1)
                if count > _MOST_FRAMES or count * image.width * image.height > _MOST_PIXELS:
                    raise CannotCopyError("The picture is too large for a copy.")
                self._content, self._count = content, count
                self._duration = image.info.get("duration")
                several = _SEVERAL if count > 1 or image.format == "TIFF" else _ONE
                self._format, self.extension = _AS.get(image.format or "", several)
        except (CannotCopyError, MemoryError):
            raise
        except Exception as error:  # Pillow's decoders raise many kinds; all mean the same to the user
            raise CannotCopyError("The picture is broken, so no copy can be made.") from error

    def __len__(self) -> int:
        return self._count

    def drawn(self, index: int) -> Image.Image:
        """One frame, upright, without transparency."""
        try:
            with quiet(), Image.open(io.BytesIO(self._content)) as image:
                image.seek(index)
                upright = ImageOps.exif_transpose(image) if self._count == 1 else image.copy()
                clear = upright.convert("RGBA")
        except MemoryError:
            raise
        except Exception as error:
            raise CannotCopyError("The picture is broken, so no copy can be made.") from error
        flat = Image.new("RGBA", clear.size, "white")
        flat.alpha_composite(clear)
        return flat.convert("RGB")

    def letters(self, index: int) -> LaidOut | None:
        """A picture has none."""
        return None

    def pictures(self, index: int) -> list[Quad]:
        """The whole frame."""
        width, height = self.drawn(index).size
        return [((0, 0), (width, 0), (width, height), (0, height))]

    def index_of(self, place: str) -> int | None:
        """The frame of a place such as "page 3"; what is said in properties is on none."""
        match = _FRAME.fullmatch(place)
        if match:
            return int(match[1]) - 1
        return 0 if place in ("photo", "picture", "scan") else None

    def rebuilt(self, painted: frozenset[int], paint: Painter) -> bytes:
        """A new picture file of the painted frames."""
        frames = [paint(index, self.drawn(index)) for index in range(self._count)]
        out = io.BytesIO()
        options: dict[str, object] = {"JPEG": {"quality": 92}, "TIFF": {"compression": "tiff_lzw"}}.get(
            self._format, {}
        )  # type: ignore[assignment]
        if self._count > 1:
            options |= {"save_all": True, "append_images": frames[1:]}
            if self._duration and self._format != "TIFF":
                options["duration"] = self._duration
        frames[0].save(out, self._format, **options)
        return out.getvalue()
