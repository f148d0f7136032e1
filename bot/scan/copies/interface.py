"""What the makers of copies share: who finds, what is painted, and how pages come and go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from bot.domain.finding import Category
from bot.scan.examine import Recognises
from bot.scan.extract.interface import Text
from bot.scan.recognise.interface import Span

Quad = tuple[tuple[float, float], ...]
"""Four corners in pixels of the drawn page."""
Painter = Callable[[int, Image.Image], Image.Image]
"""Takes the index and the picture of a page, gives the picture to keep."""


class CannotCopyError(Exception):
    """No copy can be made; the text says why, to the user, and holds no value."""


class Finds(Recognises, Protocol):
    """Finds personal data, and says where in a text it stands."""

    def spans_in(self, parts: Sequence[Text], allowed: frozenset[str] = frozenset()) -> list[list[Span]]:
        """Spans in each text as it came, without the values that the site allows."""


@dataclass(frozen=True)
class Value:
    """A found value; it never leaves the confined process."""

    category: Category
    text: str = field(repr=False)
    place: str
    hidden: bool
    from_pixels: bool


@dataclass(frozen=True)
class Area:
    """A place on a drawn page that holds a finding."""

    quad: Quad
    label: str
    """What it is, in words of the product; names no value."""


@dataclass(frozen=True)
class LaidOut:
    """Text of a page with the way from letters to places."""

    text: str = field(repr=False)
    areas: Callable[[int, int], list[Quad]] = field(repr=False)
    """Places that the letters from `start` to `end` take."""


class Sheets(Protocol):
    """The pages of a document, or the frames of a picture."""

    @property
    def extension(self) -> str:
        """Of the copy."""

    def __len__(self) -> int:
        """How many pages there are."""

    def drawn(self, index: int) -> Image.Image:
        """A page as a reader sees it."""

    def letters(self, index: int) -> LaidOut | None:
        """The text of a page with places on the drawn page; None where there is only a picture."""

    def pictures(self, index: int) -> list[Quad]:
        """Where pictures lie on a page."""

    def index_of(self, place: str) -> int | None:
        """The page that a place of the check lies on; None for what hangs on the whole document."""

    def rebuilt(self, painted: frozenset[int], paint: Painter) -> bytes:
        """The document anew, with the painted pages as pictures and nothing but pages in it."""
