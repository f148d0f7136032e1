"""Plain text, Markdown and CSV."""

import csv
import io

from charset_normalizer import from_bytes

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Cell, Extract, Table, Watch

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def decode(content: bytes) -> str:
    """Read bytes as text: UTF with or without a mark, else the likeliest old code page."""
    for encoding, mark in (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    # Windows' Western code page before any guess: on British desks it is nearly always that one.
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(content[:200_000]).best()
    return content.decode(best.encoding if best else "latin-1", errors="replace")


def read_text(attachment: Attachment, watch: Watch) -> Extract:
    """Read plain text and Markdown, place by place of forty lines."""
    basket = Gathered("text/plain")
    text = decode(attachment.content)
    clean = text.translate(_INVISIBLE)
    if len(text) - len(clean) > 5:
        basket.hazard(HazardKind.HIDDEN_TEXT, "text", "There are invisible characters between the letters.")
    add_in_blocks(basket, clean)
    return basket.extract()


def add_in_blocks(basket: Gathered, text: str, size: int = 40, *, prefix: str = "") -> None:
    """Add text in blocks of lines that end at an empty line where there is one, so that a place says where to look."""
    block: list[str] = []
    first = 1
    for number, line in enumerate(text.splitlines(), 1):
        block.append(line)
        if (len(block) >= size and not line.strip()) or len(block) >= 3 * size:
            basket.text("\n".join(block), f"{prefix}lines {first} to {number}")
            block, first = [], number + 1
    last = first + len(block) - 1
    basket.text("\n".join(block), f"{prefix}lines {first} to {last}" if last > first else f"{prefix}line {first}")


def read_csv(attachment: Attachment, watch: Watch) -> Extract:
    """Read CSV and TSV as one table, so that a column can be told from its heading."""
    basket = Gathered("text/csv")
    text = decode(attachment.content).translate(_INVISIBLE)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel_tab if attachment.name.lower().endswith((".tsv", ".tab")) else csv.excel
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), dialect), 1):
            rows.append(tuple(Cell(value, f"row {number}, column {column}") for column, value in enumerate(row, 1)))
            cells += len(row)
            if cells > limits.CELLS:
                basket.unreadable(
                    f"after row {number}", UnreadReason.TOO_LARGE, "There are more cells than one check reads."
                )
                break
    except csv.Error:
        # Not a table after all: it is still text, and read as such.
        return read_text(attachment, watch)
    basket.parts.append(Table("table", tuple(rows)))
    return basket.extract()
