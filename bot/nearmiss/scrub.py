"""Takes personal data out of free text; the one place where ScrubbedText is made from what a person typed.

Taking out too much is better than leaving something in, so every span the recognisers offer counts, however unsure, and
whatever looks like a number, an address on a network or a file name goes as well. What a reader can learn from stays:
roles, channels, kinds of document, months.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.finding import Category
from bot.domain.nearmiss import ScrubbedText
from bot.language import ordinary_words
from bot.nearmiss.caution import Mark, suspicious
from bot.nearmiss.cautious_names import likely_names

LABELS = {
    Category.PERSON_NAME: "[name]",
    Category.DATE_OF_BIRTH: "[date of birth]",
    Category.ADDRESS: "[address]",
    Category.POSTCODE: "[postcode]",
    Category.PHONE: "[phone]",
    Category.EMAIL: "[email]",
    Category.NHS_NUMBER: "[NHS number]",
    Category.NI_NUMBER: "[NI number]",
    Category.PASSPORT: "[passport number]",
    Category.DRIVING_LICENCE: "[driving licence]",
    Category.VEHICLE_REGISTRATION: "[vehicle registration]",
    Category.BANK_ACCOUNT: "[bank account]",
    Category.PAYMENT_CARD: "[payment card]",
    Category.PNC_ID: "[PNC ID]",
    Category.CRO_NUMBER: "[CRO number]",
    Category.CASE_URN: "[case number]",
    Category.ASN: "[arrest number]",
    Category.PRISON_NUMBER: "[prison number]",
    Category.IP_OR_DEVICE: "[device]",
    Category.GPS_LOCATION: "[location]",
    Category.CREDENTIAL_SECRET: "[secret]",
}
"""What stands for a value. Categories missing here are said about a person and identify nobody alone: they stay."""

_LABEL = re.compile(r"\[[A-Za-z ]{3,20}\]")
_BETWEEN = re.compile(r"[\s,]{1,2}")
_OWNS = re.compile(r"(?:['’]s?)?$")
_WORTH = re.compile(r"[^\W_]")
_FORM = re.compile(r"(?i)(?:the )?(?:MG ?\d{1,2}[A-Z]?|PNC|ABE|VPS|VRR|CJSM|DCS|D\d)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# fmt: off
_ROLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "pc", "dc", "ds", "di", "sgt", "judge", "else",
    "court", "crown", "police", "defence", "witness", "victim", "officer", "solicitor", "counsel", "case",
})
# fmt: on
"""What somebody is, not who; a span of only one of these is a mistake of the recogniser."""


class FoundSpan(Protocol):
    """Where a recogniser saw personal data; `bot.scan.recognise.interface.Span` is one."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""

    @property
    def category(self) -> Category:
        """What it is."""


@dataclass(frozen=True)
class Stretch:
    """A piece of a text."""

    text: str = field(repr=False)
    label: str = ""
    """What is put in its place; empty when it stays."""
    removed: int = 0
    """How many values it holds."""


def joined(pieces: Iterable[Stretch]) -> ScrubbedText:
    """The text as it is stored."""
    pieces = tuple(pieces)
    return ScrubbedText("".join(one.label or one.text for one in pieces), sum(one.removed for one in pieces))


def labels_in(text: str) -> list[tuple[int, int]]:
    """Where labels stand in a scrubbed text."""
    return [match.span() for match in _LABEL.finditer(text)]


class Scrubber:
    """Replaces personal data by labels that say what stood there."""

    def __init__(self, spans: Callable[[str], Sequence[FoundSpan]]) -> None:
        self._spans = spans

    def scrub(self, text: str, kept: Sequence[tuple[int, int]] = ()) -> ScrubbedText:
        """The text with a label for each value; labels that stand in it already stay as they are.

        `kept` are stretches that the author has said identify nobody.
        """
        return joined(self.stretches(text, kept))

    def stretches(self, text: str, kept: Sequence[tuple[int, int]] = ()) -> tuple["Stretch", ...]:
        """The text in pieces, each to stay or to be replaced by its label."""
        labels = [match.span() for match in _LABEL.finditer(text)]
        marks = [(*span, text[slice(*span)], 0) for span in labels]
        found = (piece for mark in self._marks(text, labels) for piece in _outside(text, mark, kept))
        pieces: list[Stretch] = []
        at = 0
        for start, end, label, removed in sorted([*marks, *((*mark, 1) for mark in _merged(list(found)))]):
            last = pieces[-1] if pieces else None
            if last and last.label == label and _BETWEEN.fullmatch(text, at, start):
                pieces[-1] = Stretch(last.text + text[at:end], label, last.removed + removed)
            else:
                pieces += [Stretch(text[at:start])] if at < start else []
                pieces.append(Stretch(text[start:end], label, removed))
            at = end
        return (*pieces, Stretch(text[at:])) if at < len(text) else tuple(pieces)

    def _marks(self, text: str, labels: list[tuple[int, int]]) -> list[Mark]:
        found, names = list(suspicious(text)), []
        for span in self._spans(text):
            if span.category not in LABELS or span.start >= span.end or _meets(span.start, span.end, labels):
                continue
            start, end = _whole_words(text, span.start, span.end)
            end -= len(_OWNS.search(text[start:end]).group())  # type: ignore[union-attr]
            if _FORM.fullmatch(text[start:end]) or text[start:end].lower() in _ROLES:
                continue
            found.append((start, end, LABELS[span.category]))
            if span.category is Category.PERSON_NAME:
                names.append(text[start:end])
        found += [mark for mark in likely_names(text, found) if not _meets(mark[0], mark[1], _spans(found))]
        names += [text[start:end] for start, end, label in found if label == "[name]" and " " in text[start:end]]
        return [mark for mark in [*found, *_elsewhere(text, names)] if not _meets(mark[0], mark[1], labels)]


def _spans(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in marks]


def _meets(start: int, end: int, labels: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in labels)


def _outside(text: str, mark: Mark, kept: Sequence[tuple[int, int]]) -> list[Mark]:
    """What of a mark lies outside the stretches to be kept."""
    pieces = [mark]
    for first, last in kept:
        cut = [((start, min(end, first), label), (max(start, last), end, label)) for start, end, label in pieces]
        pieces = [piece for pair in cut for piece in pair if _WORTH.search(text, piece[0], max(piece[0], piece[1]))]
    return pieces


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widened to whole words: half a value left standing may be enough to guess it."""
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _elsewhere(text: str, names: list[str]) -> list[Mark]:
    """The parts of a name that was found once, wherever they stand again: "Okafor's statement", "told nadia"."""
    parts = {part.group().lower() for name in names for part in _WORD.finditer(name)}
    parts = {part.removesuffix("'s").removesuffix("’s") for part in parts}
    telling = {part for part in parts if len(part) > 2 and part not in _ROLES | ordinary_words()}
    if not telling:
        return []
    again = re.compile(r"(?i)\b(?:" + "|".join(re.escape(part) for part in sorted(telling)) + r")\b")
    return [(match.start(), match.end(), "[name]") for match in again.finditer(text)]


def _merged(marks: list[Mark]) -> list[Mark]:
    """Overlapping marks as one, under the label that says most."""
    merged: list[Mark] = []
    heaviest = 0.0
    for mark in sorted(marks, key=lambda mark: (mark[0], mark[0] - mark[1])):
        start, end, label = mark
        if merged and start < merged[-1][1]:
            first, last, name = merged[-1]
            if _weight(mark) > heaviest:
                heaviest, name = _weight(mark), label
            merged[-1] = (first, max(last, end), name)
        else:
            heaviest = _weight(mark)
            merged.append(mark)
    return merged


def _weight(mark: Mark) -> float:
    """The longer counts, but "[NHS number]" says more than "[number]"."""
    start, end, label = mark
    return (end - start) * (0.5 if label in {"[number]", "[date]", "[day]"} else 1.0)
