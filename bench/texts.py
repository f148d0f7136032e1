"""The text of made files as the product's extractors read it, for comparing engines on the same words."""

from collections.abc import Iterator, Sequence

from bench.baseline import Page
from bot.domain.message import Attachment
from bot.scan.extract.interface import Text, Watch
from bot.scan.extract.registry import read_file
from tests.files.truth import Made


def pages_of(files: Sequence[Made]) -> list[Page]:
    """One page a file that has text; pictures are left out, since reading them would measure OCR."""
    pages = []
    for made in files:
        if not made.drawn and not made.unread:
            text = "\n".join(_lines(Attachment(made.file, made.content), depth=3))
            if text.strip():
                pages.append(Page(made, text))
    return pages


def _lines(attachment: Attachment, depth: int) -> Iterator[str]:
    extract = read_file(attachment, Watch())
    for part in extract.parts:
        if isinstance(part, Text):
            yield part.text
        else:
            yield from ("  ".join(cell.text for cell in row) for row in part.rows)
    if depth:
        for child, _ in extract.children:
            yield from _lines(child, depth - 1)
