"""Finds a value again in the text of a page, whatever line breaks, spaces and hyphens lie in it."""

from collections.abc import Iterator, Sequence

from bot.scan.copies.interface import Quad

_SHORT = 4
"""Letters: a value of fewer counts only with the same capitals and as a word of its own."""
Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def occurrences(text: str, value: str, *, loose: bool = False) -> Iterator[tuple[int, int]]:
    """Where a value stands in a text; unless `loose`, not as a part of a longer word or number."""
    letters, origin = _with_origin(text)
    wanted = folded(value)
    start = letters.find(wanted) if wanted else -1
    while start >= 0:
        first, last = origin[start], origin[start + len(wanted) - 1] + 1
        apart = not (text[first - 1 : first].isalnum() or text[last : last + 1].isalnum())
        exact = len(wanted) >= _SHORT or text[first:last] == value.strip()
        if exact and (apart or (loose and len(wanted) >= _SHORT)):
            yield first, last
        start = letters.find(wanted, start + 1)


def folded(text: str) -> str:
    """Letters and digits alone, in small letters."""
    return _with_origin(text)[0]


def _with_origin(text: str) -> tuple[str, list[int]]:
    """The same with the position of each."""
    letters: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        for small in character.casefold():
            if small.isalnum():
                letters.append(small)
                origin.append(index)
    return "".join(letters), origin


def in_lines(rects: Sequence[Rect]) -> list[Rect]:
    """Letter boxes in reading order joined to one box a row."""
    lines: list[Rect] = []
    for rect in rects:
        if lines and _is_next(lines[-1], rect):
            left, top, right, bottom = lines[-1]
            lines[-1] = (min(left, rect[0]), min(top, rect[1]), max(right, rect[2]), max(bottom, rect[3]))
        else:
            lines.append(rect)
    return lines


def _is_next(line: Rect, letter: Rect) -> bool:
    """Whether a letter goes on in the same row, or in the same column of text that is written downwards."""
    size = max(letter[2] - letter[0], letter[3] - letter[1], 4.0)
    across, down = _shared(line, letter, 0), _shared(line, letter, 1)
    is_wide = line[2] - line[0] > 1.3 * (line[3] - line[1])
    in_row = down >= 0.4 * max(0.1, min(line[3] - line[1], letter[3] - letter[1])) and -across < 3 * size
    in_column = across >= 0.4 * max(0.1, min(line[2] - line[0], letter[2] - letter[0])) and -down < 3 * size
    return in_row or (in_column and not is_wide)


def _shared(one: Rect, other: Rect, axis: int) -> float:
    """How far two boxes overlap along an axis; less than nothing when there is a gap."""
    return min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])


def grown(rect: Rect, pad: float) -> Quad:
    """A box made larger on every side, as corners."""
    left, top, right, bottom = rect[0] - pad, rect[1] - pad, rect[2] + pad, rect[3] + pad
    return (left, top), (right, top), (right, bottom), (left, bottom)
