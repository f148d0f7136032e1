# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""People's names: the language model, the ways names are written, lists of names, and every repeat of a found name.

Measured in models.md section 1: the model alone finds three names in four; with the rest, more than nine in ten.
"""

from collections.abc import Iterable, Iterator, Sequence

import regex

from bot.domain.finding import Category
from bot.language import NameSpan, is_ordinary, ordinary_words
from bot.scan.recognise.interface import LOW, MEDIUM, Page, Span, leading, trailing
from bot.scan.recognise.name_lists import NameLists, name_lists
from bot.scan.recognise.name_rules import by_certain_rule, by_rule, is_judge, reported_cases
from bot.scan.recognise.places import AFTER_NAME, NEVER_NAMES, PREFIXES, TOWNS

_TOKEN = regex.compile(r"\p{L}[\p{L}'’.-]*")
_CAPITALISED = regex.compile(r"\p{Lu}[\p{L}'’]+(?:-\p{Lu}?[\p{L}'’]+)*")
_RUN = regex.compile(
    r"\p{Lu}[\p{L}'’-]+(?:[ ]{1,2}(?:(?:de|van|von|al|el|bin|ap|ab|ul)[ ])?(?:\p{Lu}[\p{L}'’-]+|\p{Lu}\.?(?=[ ]\p{Lu})))*"
)
_CHAT_WORD = regex.compile(r"(?<![\p{L}@./'-])\p{Ll}[\p{Ll}'-]{2,}(?![\p{L}@/'-]|\.\p{L})")
_BEFORE_PLACE = regex.compile(r"(?i)\b(?:in|at|from|near|to|of|towards|outside)\s+(?:the\s+)?$")
_LINE = regex.compile(r"[^\n]+")
# A full line without an end: what follows is prose that goes on, not a message.
_WRAPPED = regex.compile(r"[^\n]{56,}[^\n.!?:;>]\n$")
_SENDER = regex.compile(r"^\[?\d[\d/.,: -]{6,24}(?:[ap]m)?\]?[ -]{1,3}[^:\n]{1,30}: ", regex.I)
_INTRODUCES = frozenset({"its", "it's", "called", "named", "tell", "ask", "with", "dont", "text"})
_LINE_START = regex.compile(r"(?:^|\n|[.!?|] )$")
_ODD = regex.compile(r"[\d()|\n]| - ")
_DIGIT = regex.compile(r"\d")
_GOES_ON = regex.compile(
    r"'s\b| (?:\p{Ll}+(?:s|ed)|was|is|has|had|did|said|told|went|came|and|got|will|would|left|saw|then|who|hit|ran|took|gave|kept|threw|drove|fell|held|"
    r"lost|made|paid|sat|spoke|stood|wrote|rang|knew|thought|began|broke|bit|cut)\b"
)
_ARTICLE_BEFORE = regex.compile(r"\b(?:the|an?|this|our|your|any) $", regex.I)
_UNSPOKEN = regex.compile(r"(?<!\p{L})(?!SCH)[B-DF-HJ-NP-TV-XZ]{4}|[B-DF-HJ-NP-TV-XZ]{5}|^[^AEIOUYÀ-Ý]+$")
_SURNAME_FIRST = regex.compile(r"(\p{Lu}[\p{Lu}'-]+), ?(\p{Lu}\p{L}*)")
_NOT_PEOPLE_BEFORE = regex.compile(r"(?:\b(?:HMP|HMYOI|YOI|HMS|RAF|Operation|OPERATION|Op|Project)(?:/YOI)?) $")
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
        for sure, (start, end, confidence) in [
            *((False, one) for one in candidates),
            *((True, one) for one in by_certain_rule(text)),
        ]:
            if any(start < last and first < end for first, last in cited):
                continue
            for first, last in self._trimmed(text, start, end, sure):
                if not (cited and is_judge(text, first, last)):
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
            words = [text[start:end].lower().strip(".'") for start, end in _words_of(text, span.start, span.end)]
            listed = sum(self._lists.is_name(word) for word in words)
            if span.label == "PERSON":
                if not words or not any(char.isupper() for char in text[span.start : span.end]):
                    continue
                known = listed > 0 or not all(is_ordinary(word) for word in words)
                if text[span.start : span.end].isupper() and not self._listed_whole(words, listed):
                    # Headings and abbreviations in capitals read like names to the model.
                    halves = [half for word in words for half in word.split("-")]
                    if any(len(half) > 5 for half in halves) and not any(is_ordinary(half) for half in halves):
                        yield span.start, span.end, LOW
                elif (
                    len(words) == 1
                    and is_ordinary(words[0])
                    and (words[0] not in self._lists.first or not _GOES_ON.match(text, span.end))
                    and _LINE_START.search(leading(text, span.start, 3))
                ):
                    continue  # "Glass fragments", "Grant of bail": a capital only because a line begins
                elif known:
                    yield span.start, span.end, self._sureness(words, listed)
            elif (
                span.label in {"ORG", "GPE", "NORP", "FAC", "LOC"}
                and 2 <= len(words) <= 4
                and words[0] in self._lists.first
            ):
                yield span.start, span.end, 0.6

    def _could_be_called(self, words: list[str], shouted: bool) -> bool:
        """Whether English words are also names; of several in capitals the first and the last must be."""
        lists = self._lists
        return lists.is_name(words[0]) and lists.is_name(words[-1]) if shouted else any(map(lists.is_name, words))

    def _sureness(self, words: list[str], listed: int) -> float:
        if len(words) == 1 and is_ordinary(words[0]):
            return LOW  # "Frank", "Bill", "Rose": as often the word as the name
        return 0.9 if len(words) > 1 and listed else MEDIUM if listed or len(words) > 1 else 0.6

    def _listed_whole(self, words: list[str], listed: int) -> bool:
        """Whether words in capitals are on the lists, and as forename and surname when all are English words too."""
        if all(is_ordinary(word) for word in words):
            return words[0] in self._lists.first and any(word in self._lists.last for word in words[1:])
        return listed > 0

    def _by_list(self, text: str, read: Sequence[NameSpan]) -> Iterator[tuple[int, int, float]]:
        elsewhere = [
            span
            for span in read
            if span.label in {"GPE", "ORG", "LOC", "FAC", "LAW", "PRODUCT"}
            and not _ODD.search(text, span.start, span.end)
        ]
        for match in _RUN.finditer(text):
            words = [(part.group(), match.start() + part.start()) for part in _TOKEN.finditer(match.group())]
            for index, (word, start) in enumerate(words):
                plain = word.lower().removesuffix("'s")
                nearby = [other for other, _ in words[index + 1 : index + 3] if other.lower() not in NEVER_NAMES]
                if plain in self._lists.first and nearby and plain not in TOWNS and self._pair(plain, nearby):
                    last, at = words[index + len(nearby)] if index + len(nearby) < len(words) else words[-1]
                    yield start, at + len(last), 0.8 if any(self._lists.is_name(other) for other in nearby) else 0.6
                    break
                if self._is_sure(plain) and word[0].isupper() and not word.isupper() and len(plain) > 3:
                    inside = any(
                        span.start <= start < span.end and span.end - span.start > len(word) for span in elsewhere
                    )
                    if not inside and not _BEFORE_PLACE.search(leading(text, start, 20)):
                        yield start, start + len(word), 0.55

    def _pair(self, first: str, following: list[str]) -> bool:
        """A forename that is an English word too needs a listed surname behind it."""
        if self._is_sure(first):
            return True
        surname = following[0].lower().removesuffix("'s")
        if len(surname) > 4 and surname not in TOWNS and not is_ordinary(surname) and not following[0].isupper():
            return True
        return any(other.lower() in self._lists.last and other.lower() not in ordinary_words() for other in following)

    def _is_sure(self, word: str) -> bool:
        """Whether a word is a forename and nothing else; double forenames by their halves ("mollie-mae")."""
        halves = word.split("-")
        return word in self._lists.sure_first or (
            len(halves) == 2
            and all(half in self._lists.first for half in halves)
            and any(half in self._lists.sure_first for half in halves)
        )

    def _in_chat(self, text: str) -> Iterator[tuple[int, int, float]]:
        """Forenames in lower case, in text that is written without capitals."""
        for line in _LINE.finditer(text):
            if _WRAPPED.search(leading(text, line.start(), 60)) and not _SENDER.match(line.group()):
                continue
            said = _SENDER.sub("", line.group())  # "[14/03/2026, 21:07:40] Mo:" begins the lines of an exported chat
            if len(said) >= 12 and sum(char.isupper() for char in said) * 40 <= len(said):
                yield from self._in_lower_case(list(_CHAT_WORD.finditer(text, line.end() - len(said), line.end())))

    def _in_lower_case(self, words: "list[regex.Match[str]]") -> Iterator[tuple[int, int, float]]:
        for index, match in enumerate(words):
            word = match.group().removesuffix("'s")
            if word.endswith("s") and word not in self._lists.first and self._is_sure(word[:-1]) and len(word) > 4:
                if not is_ordinary(word) and word not in NEVER_NAMES | TOWNS:
                    yield match.start(), match.end(), LOW  # "nicoles" is how a possessive is typed
                continue
            if word not in self._lists.first or word in NEVER_NAMES or word in TOWNS:
                continue
            following = (
                words[index + 1] if index + 1 < len(words) and words[index + 1].start() == match.end() + 1 else None
            )
            surname = following is not None and self._lower_surname(following.group(), word)
            if following is not None and surname:
                yield match.start(), following.end(), 0.7
            elif len(word) > 3 and (
                word in self._lists.sure_first or (index and words[index - 1].group() in _INTRODUCES)
            ):
                yield match.start(), match.start() + len(word), LOW

    def _lower_surname(self, word: str, first: str) -> bool:
        if is_ordinary(word) or word in NEVER_NAMES or word in TOWNS or not word.isalpha():
            return word in self._lists.last and word not in ordinary_words() | NEVER_NAMES | TOWNS
        return (
            word in self._lists.last
            or (self._is_sure(first) and len(word) > 4)
            or (len(first) > 3 and len(word) > 5 and not word.endswith("nt"))
        )

    def _trimmed(self, text: str, start: int, end: int, sure: bool = False) -> Iterator[tuple[int, int]]:
        """The name words of a candidate: cut at line ends, at words that are never names, and before places."""
        words = _words_of(text, start, end)
        lower = [text[first:last].lower().strip(".'") for first, last in words]
        while words and (lower[0] in NEVER_NAMES or not lower[0]):
            words, lower = words[1:], lower[1:]
        stop = next((index for index, word in enumerate(lower) if word in NEVER_NAMES), len(words))
        words, lower = words[:stop], lower[:stop]
        if (
            not words
            or (len(words) == 1 and (lower[0] in TOWNS or (len(lower[0]) < 3 and not sure)))
            or all(word in TOWNS for word in lower)
        ):
            return
        first, last = words[0][0], words[-1][1]
        while text[last - 1] in "-'’":
            last -= 1
        last -= 2 if text[last - 2 : last].lower() in {"'s", "’s"} else 0
        titled = _RELATION_BEFORE.search(leading(text, first, 8))
        if _NOT_PEOPLE_BEFORE.search(leading(text, first, 14)) or (lower[0] == "st" and len(words) > 1 and not titled):
            return
        if (AFTER_NAME.match(text, last) and not titled) or (
            trailing(text, last, 2)[:1] == "/" and not regex.match(r"/\p{Lu}\p{Ll}", trailing(text, last, 3))
        ):
            return
        halves = [half for word in lower for half in word.split("-")]
        if (
            not (titled or sure)
            and all(is_ordinary(half) or half in NEVER_NAMES or len(half) < 3 for half in halves)
            and (halves[0] in PREFIXES or not self._could_be_called(lower, text[first:last].isupper()))
        ):
            return
        if text[first - 1 : first] in {"/", "@"} and text[first:last].isupper():
            return
        if not (titled or sure) and self._is_abbreviation(text, first, last):
            return
        yield first, last

    def _is_abbreviation(self, text: str, first: int, last: int) -> bool:
        """Whether capitals are an office, a format or a form rather than a surname ("ICO, Guide", "the HMCPSI report")."""
        words = text[first:last]
        listed = self._lists.is_name
        if pair := _SURNAME_FIRST.fullmatch(words):
            surname, forename = pair.groups()
            unknown = len(surname) < 4 or bool(_UNSPOKEN.search(surname)) or is_ordinary(surname.lower())
            if unknown and not listed(surname):
                return True
            return not listed(forename) and (
                is_ordinary(forename.lower()) or (forename.isupper() and len(forename) > 2)
            )
        if " " in words or listed(words):
            return False
        shouted = words.isupper() and (len(words) <= 4 or _UNSPOKEN.search(words) is not None)
        return shouted or _ARTICLE_BEFORE.search(leading(text, first, 6)) is not None


def _words_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words of a candidate stand, up to the line's end or the first word that holds or touches a digit."""
    line_end = text.find("\n", start, end)
    end = end if line_end < 0 else line_end
    words = []
    reached = start
    for part in _TOKEN.finditer(text, start, end):
        if _DIGIT.search(text, reached, part.start()) or text[part.end() : part.end() + 1].isdigit():
            break
        reached = part.end()
        words.append(part.span())
    return words


def merge(spans: "Iterable[Span]") -> list[Span]:
    """Overlapping names as one: from first to last character, with the better confidence."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if merged and merged[-1].overlaps(span):
            last = merged.pop()
            span = Span(last.start, max(last.end, span.end), span.category, max(last.confidence, span.confidence))
        merged.append(span)
    return merged
