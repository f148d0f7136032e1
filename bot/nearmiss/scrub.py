"""Takes personal data out of free text; the one place where ScrubbedText is made from what a person typed.

Taking out too much is better than leaving something in, so every span the recognisers offer counts, however unsure, and
whatever looks like a number, an address on a network or a file name goes as well. What a reader can learn from stays:
roles, channels, kinds of document, months.
"""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from bot.domain.finding import Category
from bot.domain.nearmiss import ScrubbedText
from bot.language import ordinary_words
from bot.nearmiss.caution import Mark, suspicious

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
_REPEATED = re.compile(r"(\[[A-Za-z ]{3,20}\])(?:[\s,]{1,2}\1)+")
_OWNS = re.compile(r"(?:['’]s?)?$")
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


class Scrubber:
    """Replaces personal data by labels that say what stood there."""

    def __init__(self, spans: Callable[[str], Sequence[FoundSpan]]) -> None:
        self._spans = spans

    def scrub(self, text: str) -> ScrubbedText:
        """The text with a label for each value; labels that stand in it already stay as they are."""
        labels = [match.span() for match in _LABEL.finditer(text)]
        pieces: list[str] = []
        at = removed = 0
        for start, end, label in _merged(self._marks(text, labels)):
            pieces += [text[at:start], label]
            at, removed = end, removed + 1
        return ScrubbedText(_REPEATED.sub(r"\1", "".join([*pieces, text[at:]])), removed)

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
        return [mark for mark in [*found, *_elsewhere(text, names)] if not _meets(mark[0], mark[1], labels)]


def _meets(start: int, end: int, labels: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in labels)


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
