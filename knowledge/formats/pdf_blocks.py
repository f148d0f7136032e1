"""Lines of all pages as headings, paragraphs and lists."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from knowledge.formats.fake_headings import could_head, in_capitals, number_depth
from knowledge.formats.interface import PAGE
from knowledge.formats.pdf_lines import Line

_BULLET = re.compile(r"^(?:(?:[•▪◦●‣·\uf0b7\uf0a7]\s*)+|[-–o]\s+)(?=\S)")
_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,3}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)")
_LABELLED = re.compile(r"^[A-Z][A-Za-z /]{2,30}:\s+\S")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d+$")
_SENTENCE_END = re.compile(r"[.:;?!][\"'”’)]?$")


class Style:
    """What is body text in a document, and which larger sizes are its heading levels."""

    def __init__(self, lines: Sequence[Line]) -> None:
        letters: Counter[float] = Counter()
        for line in lines:
            letters[line.size] += len(line.text)
        self.body = letters.most_common(1)[0][0] if letters else 0.0
        total = sum(letters.values())
        larger = [size for size, count in letters.items() if size >= self.body * 1.12 and count < 0.3 * total]
        self._levels = {size: level for level, size in enumerate(sorted(larger, reverse=True)[:4], start=1)}
        gaps = [b.top - a.bottom for a, b in pairwise(lines) if 0 <= b.top - a.bottom < 2 * self.body + 4]
        self.gap = median(gaps) if gaps else 3.0
        self.words = Counter(word.lower().strip(".,;:()") for line in lines for word in line.text.split())

    def level(self, line: Line) -> int:
        """The heading level of a line; 0 for body text."""
        text = line.text.strip()
        if _CONTENTS.search(text) or len(text) < 3 or not any(char.isalpha() for char in text) or _BULLET.match(text):
            return 0
        if line.size in self._levels and len(text) <= 140:
            return self._levels[line.size]
        below = max(self._levels.values(), default=1)
        numbered = number_depth(text)
        if not could_head(text) or text.lower().startswith("people ask"):
            return 0
        if line.bold or in_capitals(text) or (line.size == 0 and numbered and len(text) < 60):
            return min(6, max(below + 1, numbered + 1) if numbered else below + 1)
        return 0


def blocks(lines: Sequence[Line | None], style: Style) -> str:
    """The lines as text; None stands where a new page begins."""
    made: list[str] = []
    page = ""
    last: Line | None = None
    depths: list[float] = []
    kind = ""
    for line in lines:
        if line is None:
            page = f"{page}{PAGE}"
            continue
        text = line.text.strip()
        level = style.level(line)
        bullet = _BULLET.match(text)
        if _CONTENTS.search(text):
            continue
        if (
            level
            and kind == f"h{level}"
            and last is not None
            and _near(last, line, style)
            and not page
            and not number_depth(text)
        ):
            made[-1] = f"{made[-1]} {text}"
        elif level:
            made.append(f"{page}{'#' * level} {text}")
            kind = f"h{level}"
        elif bullet:
            depths = [x for x in depths if x < line.x0 - 4] if kind == "item" else []
            made.append(f"{'  ' * len(depths)}- {page}{text[bullet.end() :]}")
            depths.append(line.x0)
            kind = "item"
        elif last is not None and kind in ("text", "item") and _flows(last, line, style, turned=bool(page)):
            made[-1] = _joined(made[-1], page, text, style.words)
        else:
            made.append(page + text)
            kind = "text"
        page = ""
        last = line
    return "\n".join(_spaced(made)) + page


def _near(above: Line, below: Line, style: Style) -> bool:
    return 0 <= below.top - above.bottom <= style.gap + 0.6 * max(above.size, style.body)


def _flows(above: Line, below: Line, style: Style, *, turned: bool) -> bool:
    """True when the lower line carries on the paragraph of the one above."""
    if (
        _NUMBERED.match(below.text)
        or _LABELLED.match(below.text)
        or abs(above.size - below.size) > 0.6
        or _LABELLED.match(above.text)
    ):
        return False
    ended = bool(_SENTENCE_END.search(above.text))
    moved = turned or below.top < above.top
    if moved:
        return not ended and (below.text[:1].islower() or above.text.endswith("-") or above.x1 > above.right - 40)
    gap = below.top - above.bottom
    if gap > style.gap + 0.45 * (style.body or above.bottom - above.top):
        return False
    return not (ended and above.x1 < above.right - 0.25 * (above.right - above.x0))


def _joined(above: str, page: str, text: str, words: Counter[str]) -> str:
    match = re.search(r"(\w+)-$", above)
    rest = re.match(r"[a-z]\w*", text)
    if match is None or rest is None:
        return f"{above} {page}{text}"
    # A word that the document also writes with its hyphen, or whose halves are words, keeps it.
    hyphened, plain = f"{match.group(1)}-{rest.group(0)}".lower(), f"{match.group(1)}{rest.group(0)}".lower()
    own = words[hyphened] or (
        not words[plain] and match.group(1).lower() in ("self", "non", "co", "cross", "ex", "well")
    )
    return f"{above}{page}{text}" if own else f"{above[:-1]}{page}{text}"


def _spaced(made: Sequence[str]) -> Iterator[str]:
    """A blank line between blocks, none between the items of a list."""
    before = ""
    for block in made:
        item = block.lstrip().startswith("- ")
        if before and not (item and before.lstrip().startswith("- ")):
            yield ""
        yield block
        before = block
