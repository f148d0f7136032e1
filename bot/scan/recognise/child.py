# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Children: someone under eighteen who is spoken of, by age, school or birth."""

from collections.abc import Iterator

import regex

from bot.domain.finding import Category
from bot.language import ordinary_words
from bot.scan.recognise.interface import HIGH, LOW, MEDIUM, Page, Span, around, leading, trailing
from bot.scan.recognise.name_lists import name_lists
from bot.scan.recognise.topic import PERSON, in_statute

_NUMBER = r"(?:1[0-7]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
_AGED = regex.compile(
    rf"\b(?:aged? ?:? ?{_NUMBER}\b(?![\d/.:-]|\s?(?:-|to|and|or) ?\d)|(?:is|was|am|i'm|only|just|turned|boy|girl|son|daughter|kid|child),? ?\(?{_NUMBER} years? old\b|\b{_NUMBER}[ -]years?[ -]olds?\b|\b{_NUMBER} ?(?:yr ?old|y/o|yo)\b"
    rf"|{_NUMBER} months? old\b)",
    regex.I,
)
_CHILD = r"(?:son|daughter|boy|girl|baby|toddler|child|kid|niece|nephew|grandson|granddaughter|grandchild|little (?:brother|sister|one))"
_BRACKETED = regex.compile(
    rf"\b(?i:{_CHILD}),? (?:\p{{Lu}}[\p{{L}}'-]+ ?){{0,3}}[(,] ?(?:aged )?(?:1[0-7]|\d)(?: ?\)|,)"
)
_NAMED = regex.compile(
    rf"\b(?i:(?:my|her|his|their|our|your|the (?:victim|complainant|defendant)'s) (?:\w+ )?{_CHILD})(?: called| named|,)? (\p{{Lu}}[\p{{Ll}}'-]+)"
)
_SCHOOL = regex.compile(
    r"\b(?i:attends?|goes to|pupil at|student at|school[ ]?:|nursery[ ]?:|in year \d{1,2} at|drop\w* (?:\w+ )?(?:off )?at|pick\w* (?:\w+ )?up from)[ ]+(?:the )?((?:[\p{Lu}][\p{L}'.-]*[ ]?){1,5}(?:(?i:primary|infants?|juniors?|nursery|school|academy|high|grammar|college|comprehensive)\b[ ]?){1,3})"
)
_YEAR_GROUP = regex.compile(
    r"\b(?:is |was )?in (?:school )?year (?:[1-9]|1[0-3])\b(?! ?(?:of|\d))|\byear (?:[1-9]|1[0-3]) pupil\b|\bunder[- ]18\b: ?(?:1[0-7]|\d)\b",
    regex.I,
)
_FORM = regex.compile(r"\bage if under 18[ :]{1,3}\(?(?:1[0-7]|[1-9])\b(?!\d)", regex.I)
_SAID = regex.compile(
    rf"\b(?:she|he)(?:'s| is| was)(?: only| just| now)? {_NUMBER}(?=[.,;!?\n)]| and\b| at the time\b|$)", regex.I
)
_NAME_AND_AGE = regex.compile(r"(?<![\p{L}-])(\p{Lu}\p{Ll}+)(?:-\p{Lu}\p{Ll}+)? ?\((?:aged )?(?:1[0-7]|[1-9])\)")
_CLASS = regex.compile(r"\byear (?:R|[1-9]|1[0-3])\b(?! ?\d)", regex.I)
_AT_SCHOOL = regex.compile(r"\b(?:school|teacher|head ?teacher|pupil|attendance|classroom|playground)\b", regex.I)
_THING = regex.compile(
    r"\b(?:scotch|whisky|wine|relationship|marriage|car|vehicle|building|house|company|tenancy|sentence|imprisonment|custody|bottle|dog|cat|phone|computer)\b",
    regex.I,
)
_GENERAL = regex.compile(
    r"\b(?:under|over|below|above|between|from|than|least|children|anyone|person|persons)\b[^.\n]{0,12}$", regex.I
)


class Child(Page):
    """Recognise children."""

    category = Category.CHILD

    def find(self, text: str) -> Iterator[Span]:
        """Ages under eighteen said of someone, named children, school places."""
        yield from self._ages(text)
        for match in _NAMED.finditer(text):
            yield self.span(match, LOW)
        for pattern in (_SCHOOL, _YEAR_GROUP):
            for match in pattern.finditer(text):
                yield self.span(match, MEDIUM)
        for match in _CLASS.finditer(text):
            near = around(text, match.start(), match.end(), 200, 200)
            if PERSON.search(near) and _AT_SCHOOL.search(near):
                yield self.span(match, 0.6)

    def _ages(self, text: str) -> Iterator[Span]:
        for pattern in (_FORM, _BRACKETED):
            for match in pattern.finditer(text):
                yield self.span(match, HIGH)
        for match in _AGED.finditer(text):
            if _GENERAL.search(leading(text, match.start(), 30)) or in_statute(text, match.start(), match.end()):
                continue
            if not _THING.search(trailing(text, match.end(), 18)):
                yield self.span(match, 0.8)
        for match in _SAID.finditer(text):
            yield self.span(match, MEDIUM)
        for match in _NAME_AND_AGE.finditer(text):
            if name_lists().is_name(match.group(1)) and match.group(1).lower() not in ordinary_words():
                yield self.span(match, MEDIUM)
