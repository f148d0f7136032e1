"""PDF: pdfplumber gives words and ruled tables, pypdfium2 draws scanned pages for OCR."""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
import pypdfium2

from knowledge.formats.interface import MOST_PAGES, NOT_USED, CannotRead, Read, lift_pages
from knowledge.formats.pdf_blocks import Style, blocks
from knowledge.formats.pdf_lines import Line, Word, lines_of, unnamed, without_furniture, words_of
from knowledge.formats.pdf_tables import Table, TableRun, find_tables, inside, placed
from knowledge.formats.pdf_unruled import heads_rules, read_unruled

MOST_SCANNED = 300
_FEW_LETTERS = 30
_FEW_BESIDE_A_PICTURE = 250
_MOST_WORDS = 20_000


@dataclass
class _Page:
    """A page as first seen."""

    height: float
    words: list[Word]
    tables: list[Table]
    scanned: bool


Item = Line | Table | None


def read_pdf(content: bytes) -> Read:
    """A PDF; scanned pages are read by OCR and named in the notes; raises CannotRead."""
    drawn = _opened(content)
    try:
        pages, properties, damaged = _pages(content)
        scans, notes = _scans(drawn, pages)
    finally:
        drawn.close()
    kept, furniture = without_furniture([(page.height, page.words) for page in pages])
    unruled, remarks = read_unruled([[] if number in scans else words for number, words in enumerate(kept)])
    items: list[Item] = []
    for number, (page, words) in enumerate(zip(pages, kept, strict=True)):
        items += [None] if number else []
        items += scans[number] if number in scans else _in_order(words, [*page.tables, *unruled.get(number, [])])
    text, starts = lift_pages(_text(items))
    fields = {**properties, **({"page furniture": "\n".join(furniture)} if furniture else {})}
    notes += remarks + [f"page {number} is damaged and was not read" for number in damaged]
    if not text.strip() and damaged:
        raise CannotRead("it is damaged; open it and save it anew as PDF")
    return Read(text, "PDF", fields, starts or ((0, 1),), tuple(notes))


def _opened(content: bytes) -> Any:
    try:
        drawn = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CannotRead("it is protected with a password; save a copy without one") from error
        raise CannotRead("it is damaged and cannot be opened; open it and save it anew as PDF") from error
    if not 0 < len(drawn) <= MOST_PAGES:
        raise CannotRead(f"it has {len(drawn)} pages; a document has between 1 and {MOST_PAGES}")
    return drawn


def _pages(content: bytes) -> tuple[list[_Page], dict[str, str], list[int]]:
    """Every page, what the properties say, and the numbers of pages that could not be read."""
    pages: list[_Page] = []
    damaged: list[int] = []
    # pdfminer raises many kinds for damaged files; all mean the same to the owner.
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            properties = dict(_properties(pdf.metadata or {}))
            for number, page in enumerate(pdf.pages, start=1):
                try:
                    pages.append(_page(page))
                except (MemoryError, KeyboardInterrupt):
                    raise
                except Exception:
                    damaged.append(number)
                    pages.append(_Page(842.0, [], [], scanned=False))
                page.close()
    except (MemoryError, KeyboardInterrupt, CannotRead):
        raise
    except Exception as error:
        raise CannotRead("it is damaged and cannot be opened; open it and save it anew as PDF") from error
    return pages, properties, damaged


def _page(page: Any) -> _Page:
    page.process_object = _lightly(page)
    words = words_of(page.extract_words(extra_attrs=["size", "fontname", "upright"]))
    if len(words) > _MOST_WORDS:
        raise CannotRead("a page holds more words than a page can")
    tables = []
    for table in find_tables(page):
        place, grid = placed(table, words, 0)
        tables.append(Table(table.bbox, place.edges, grid))
    words = [word for word in words if not any(inside(word, table.box) for table in tables)]
    letters = sum(len(word.text) for word in words) + 100 * len(tables)
    pictured = sum(_area(image) for image in page.images) / max(1.0, float(page.width * page.height))
    scanned = (letters < _FEW_LETTERS and pictured > 0.1) or (letters < _FEW_BESIDE_A_PICTURE and pictured > 0.6)
    return _Page(float(page.height), words, tables, scanned or unnamed(words))


def _lightly(page: Any) -> Callable[[Any], dict[str, Any]]:
    """How the page takes in its objects: of a letter only what is used here, which makes a page three times as fast."""
    whole = page.process_object
    left, top = page.mediabox[:2]
    height, above = page.height, page.initial_doctop

    def process(item: Any) -> dict[str, Any]:
        if not hasattr(item, "fontname"):
            made: dict[str, Any] = whole(item)
            return made
        begins = height - item.y1 + top
        return {
            "object_type": "char",
            "page_number": page.page_number,
            "text": item.get_text(),
            "fontname": str(item.fontname),
            "size": item.size,
            "upright": item.upright,
            "x0": item.x0 + left,
            "x1": item.x1 + left,
            "top": begins,
            "bottom": height - item.y0 + top,
            "doctop": above + begins,
        }

    return process


def _area(image: Mapping[str, Any]) -> float:
    return float(abs(image["x1"] - image["x0"]) * abs(image["bottom"] - image["top"]))


def _scans(drawn: Any, pages: Sequence[_Page]) -> tuple[dict[int, list[Line]], list[str]]:
    """The lines of scanned pages, and what the owner should know of them."""
    scanned = [number for number, page in enumerate(pages) if page.scanned]
    if not scanned:
        return {}, []
    from knowledge.formats.ocr import SURE, read_page

    found: dict[int, list[Line]] = {}
    sure: list[int] = []
    unsure: list[int] = []
    for number in scanned[:MOST_SCANNED]:
        found[number], certain = read_page(drawn[number])
        (sure if certain >= SURE else unsure).append(number + 1)
    notes = []
    if sure:
        notes.append(f"{_numbers(sure)} scanned and read by OCR: compare the text with the paper")
    if unsure:
        notes.append(f"{_numbers(unsure)} scanned and hardly legible: type the text, or scan it again more clearly")
    notes += [
        f"page {number}: a table of rules is scanned, so {NOT_USED}: type it"
        for number in sure + unsure
        if any(heads_rules(re.split(r"\s{2,}", line.text)) for line in found[number - 1])
    ]
    if len(scanned) > MOST_SCANNED:
        notes.append(f"{_numbers([n + 1 for n in scanned[MOST_SCANNED:]])} scanned and not read: split the document")
    return found, notes


def _numbers(numbers: Sequence[int]) -> str:
    """The pages with their verb: "page 4 is", "pages 4-6 and 9 are"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    if len(numbers) == 1:
        return f"page {said[0]} is"
    return f"pages {', '.join(said[:-1])}{' and ' if len(said) > 1 else ''}{said[-1]} are"


def _in_order(words: Sequence[Word], tables: Sequence[Table]) -> list[Item]:
    """The page's lines with its tables in their places; text above, between and below tables is ordered by itself."""
    made: list[Item] = []
    left = [word for word in words if not any(inside(word, table.box) for table in tables)]
    for table in sorted(tables, key=lambda table: table.box[1]):
        above = [word for word in left if word.bottom <= table.box[1] + 3]
        made += [*lines_of(above), table]
        taken = {id(word) for word in above}
        left = [word for word in left if id(word) not in taken]
    return made + list(lines_of(left))


def _text(items: Sequence[Item]) -> str:
    style = Style([item for item in items if isinstance(item, Line)])
    parts: list[str] = []
    held: list[Line | None] = []
    run: TableRun | None = None
    for item in items:
        if isinstance(item, Table):
            if run is not None and not any(held) and run.goes_on(item.edges, item.rows):
                # The page's mark stands in the table's first new row.
                held = []
                continue
            parts += _flushed(run, held, style)
            held, run = [], TableRun(item.edges, item.rows)
        else:
            if item is not None and run is not None:
                parts.append(run.text())
                run = None
            held.append(item)
    parts += _flushed(run, held, style)
    return "\n\n".join(part for part in parts if part) + "\n"


def _flushed(run: TableRun | None, held: Sequence[Line | None], style: Style) -> Iterator[str]:
    if run is not None:
        yield run.text()
    if held:
        yield blocks(held, style)


def _properties(metadata: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, said in metadata.items():
        words = str(said).strip() if isinstance(said, str) else ""
        if words and len(words) < 300:
            yield str(name).lower(), words
