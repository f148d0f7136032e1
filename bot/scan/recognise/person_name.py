# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""People's names: the language model, the ways names are written, lists of names, and every repeat of a found name.

Measured in models.md section 1: the model alone finds three names in four; with the rest, more than nine in ten.
"""

from collections.abc import Iterable, Iterator, Sequence

import regex

from bot.domain.finding import Category
from bot.language import NameSpan, ordinary_words
from bot.scan.recognise.interface import LOW, MEDIUM, Page, Span, leading, trailing
from bot.scan.recognise.name_lists import NameLists, name_lists
from bot.scan.recognise.name_rules import by_rule, reported_cases
from bot.scan.recognise.places import AFTER_NAME, NEVER_NAMES, TOWNS

_TOKEN = regex.compile(r"\p{L}[\p{L}'’.-]*")
_CAPITALISED = regex.compile(r"\p{Lu}[\p{L}'’]+(?:-\p{Lu}?[\p{L}'’]+)*")
_RUN = regex.compile(
    r"\p{Lu}[\p{L}'’-]+(?:[ ]{1,2}(?:(?:de|van|von|al|el|bin|ap|ab|ul)[ ])?(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.?(?=[ ]\p{Lu})))*"
)
_CHAT_WORD = regex.compile(r"(?<![\p{L}@./'-])\p{Ll}[\p{Ll}'-]{2,}(?![\p{L}@/'-]|\.\p{L})")
_BEFORE_PLACE = regex.compile(r"(?i)\b(?:in|at|from|near|to|of|towards|outside)\s+(?:the\s+)?$")
_LINE = regex.compile(r"[^\n]+")
_LINE_START = regex.compile(r"(?:^|\n|[.!?|] )$")
_RELATION_BEFORE = regex.compile(r"(?i)\b(?:mr|mrs|ms|miss|dr|pc|dc|ps|ds)\.? $")


class PersonName(Page):
    """Recognise names of people."""

    category = Category.PERSON_NAME

    def __init__(self) -> None:
        super().__init__()
        self._lists: NameLists = name_lists()

    def find(self, text: str) -> Iterator[Span]:
        """Names by rule and list alone, for a text the model has not read."""
        yield from self.among(text, ())

    def among(self, text: str, read: Sequence[NameSpan]) -> list[Span]:
        """Names in one text, given what the language model read in it."""
        candidates = [*by_rule(text), *self._by_model(text, read), *self._by_list(text, read), *self._in_chat(text)]
        cited = reported_cases(text)
        spans = []
        for start, end, confidence in candidates:
            if any(start < last and first < end for first, last in cited):
                continue
            for first, last in self._trimmed(text, start, end):
                spans.append(Span(first, last, self.category, confidence))
        return merge(spans)

    def repeats(self, text: str, known: "Iterable[str]", found: Sequence[Span]) -> list[Span]:
        """Further places where a name found elsewhere in the file, or a part of it, stands again."""
        words = sorted({word for word in known if word}, key=len, reverse=True)
        if not words:
            return []
        spans = []
        for match in _CAPITALISED.finditer(text):
            word = match.group().lower().removesuffix("'s")
            here = Span(match.start(), match.start() + len(word), self.category, LOW + 0.15)
            if (
                word in known
                and not any(here.overlaps(other) for other in found)
                and not AFTER_NAME.match(text, here.end)
            ):
                spans.append(here)
        return merge(spans)

    def _by_model(self, text: str, read: Sequence[NameSpan]) -> Iterator[tuple[int, int, float]]:
        for span in read:
            words = [word.lower().strip(".'") for word in _TOKEN.findall(text[span.start : span.end])]
            listed = sum(self._lists.is_name(word) for word in words)
            if span.label == "PERSON":
                if not words or not any(char.isupper() for char in text[span.start : span.end]):
                    continue
                known = listed > 0 or any(word not in ordinary_words() for word in words)
                if text[span.start : span.end].isupper() and listed == 0:
                    # Headings and abbreviations in capitals read like names to the model.
                    halves = [half for word in words for half in word.split("-")]
                    if any(len(half) > 5 and half not in ordinary_words() for half in halves):
                        yield span.start, span.end, LOW
                elif (
                    len(words) == 1
                    and words[0] in ordinary_words()
                    and words[0] not in self._lists.first
                    and _LINE_START.search(leading(text, span.start, 3))
                ):
                    continue  # "Glass fragments", "Grant of bail": a capital only because a line begins
                elif known:
                    yield (
                        span.start,
                        span.end,
                        0.9 if len(words) > 1 and listed else MEDIUM if listed or len(words) > 1 else 0.6,
                    )
            elif (
                span.label in {"ORG", "GPE", "NORP", "FAC", "LOC"}
                and 2 <= len(words) <= 4
                and words[0] in self._lists.first
            ):
                yield span.start, span.end, 0.6

    def _by_list(self, text: str, read: Sequence[NameSpan]) -> Iterator[tuple[int, int, float]]:
        elsewhere = [span for span in read if span.label in {"GPE", "ORG", "LOC", "FAC", "LAW", "PRODUCT"}]
        for match in _RUN.finditer(text):
            words = [(part.group(), match.start() + part.start()) for part in _TOKEN.finditer(match.group())]
            for index, (word, start) in enumerate(words):
                plain = word.lower().removesuffix("'s")
                nearby = [other for other, _ in words[index + 1 : index + 3] if other.lower() not in NEVER_NAMES]
                if plain in self._lists.first and nearby and plain not in TOWNS and self._pair(plain, nearby):
                    last, at = words[index + len(nearby)] if index + len(nearby) < len(words) else words[-1]
                    yield start, at + len(last), 0.8 if any(self._lists.is_name(other) for other in nearby) else 0.6
                    break
                if plain in self._lists.sure_first and word[0].isupper() and not word.isupper() and len(plain) > 3:
                    inside = any(
                        span.start <= start < span.end and span.end - span.start > len(word) for span in elsewhere
                    )
                    if not inside and not _BEFORE_PLACE.search(leading(text, start, 20)):
                        yield start, start + len(word), 0.55

    def _pair(self, first: str, following: list[str]) -> bool:
        """A forename that is an English word too needs a listed surname behind it."""
        if first in self._lists.sure_first:
            return True
        return any(other.lower() in self._lists.last and other.lower() not in ordinary_words() for other in following)

    def _in_chat(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Forenames in lower case, in text that is written without capitals."""
        for line in _LINE.finditer(text):
            if len(line.group()) >= 12 and sum(char.isupper() for char in line.group()) * 40 <= len(line.group()):
                yield from self._in_lower_case(list(_CHAT_WORD.finditer(text, *line.span())))

    def _in_lower_case(self, words: "list[regex.Match[str]]") -> Iterator[tuple[int, int, float]]:
        for index, match in enumerate(words):
            word = match.group().removesuffix("'s")
            if word not in self._lists.first or word in NEVER_NAMES or word in TOWNS:
                continue
            following = (
                words[index + 1] if index + 1 < len(words) and words[index + 1].start() == match.end() + 1 else None
            )
            surname = following is not None and self._lower_surname(following.group(), word)
            if following is not None and surname:
                yield match.start(), following.end(), 0.7
            elif word in self._lists.sure_first and len(word) > 3:
                yield match.start(), match.start() + len(word), LOW

    def _lower_surname(self, word: str, first: str) -> bool:
        if word in ordinary_words() or word in NEVER_NAMES or word in TOWNS:
            return False
        return word in self._lists.last or (first in self._lists.sure_first and word.isalpha() and len(word) > 4)

    def _trimmed(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The name words of a candidate: cut at line ends, at words that are never names, and before places."""
        line_end = text.find("\n", start, end)
        end = end if line_end < 0 else line_end
        words = [(start + part.start(), start + part.end()) for part in _TOKEN.finditer(text[start:end])]
        if any(char.isdigit() for char in text[start:end]):
            words = [
                word
                for word in words
                if word[1] <= start + next(i for i, char in enumerate(text[start:end]) if char.isdigit())
            ]
        lower = [text[first:last].lower().strip(".'") for first, last in words]
        while words and (lower[0] in NEVER_NAMES or not lower[0]):
            words, lower = words[1:], lower[1:]
        stop = next((index for index, word in enumerate(lower) if word in NEVER_NAMES), len(words))
        words, lower = words[:stop], lower[:stop]
        if (
            not words
            or (len(words) == 1 and (lower[0] in TOWNS or len(lower[0]) < 3))
            or all(word in TOWNS for word in lower)
        ):
            return
        first, last = words[0][0], words[-1][1]
        while text[last - 1] in "-'’":
            last -= 1
        last -= 2 if text[last - 2 : last].lower() in {"'s", "’s"} else 0
        titled = _RELATION_BEFORE.search(leading(text, first, 8))
        if (AFTER_NAME.match(text, last) and not titled) or (
            trailing(text, last, 2)[:1] == "/" and not regex.match(r"/\p{Lu}\p{Ll}", trailing(text, last, 3))
        ):
            return
        halves = [half for word in lower for half in word.split("-")]
        if (
            not titled
            and all(half in ordinary_words() or half in NEVER_NAMES or len(half) < 3 for half in halves)
            and not any(self._lists.is_name(word) for word in lower)
        ):
            return
        if text[first - 1 : first] in {"/", "@"} and text[first:last].isupper():
            return
        yield first, last


def merge(spans: "Iterable[Span]") -> list[Span]:
    """Overlapping names as one: from first to last character, with the better confidence."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if merged and merged[-1].overlaps(span):
            last = merged.pop()
            span = Span(last.start, max(last.end, span.end), span.category, max(last.confidence, span.confidence))
        merged.append(span)
    return merged
