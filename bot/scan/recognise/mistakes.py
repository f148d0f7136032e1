# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Mistakes of assembly: template words or another person left in a letter, and convictions of more than one person.

Fewer than one in five letters to victims were of acceptable quality when the inspectorate looked (facts.md 1.1).
"""

from collections.abc import Iterator, Sequence

import regex

from bot.domain.finding import Category, Hazard, HazardKind
from bot.scan.recognise.interface import Span
from bot.scan.recognise.mask import mask
from bot.scan.recognise.materials import materials_of
from bot.scan.recognise.name_lists import name_lists

_PLACEHOLDER = regex.compile(
    r"\[ ?(?:insert|enter|add|type|delete|name|title|date|address|surname|forename|first name|defendant|victim|witness|court|amount|reference|urn|salutation|recipient|your|tbc|xx+|click)\b[^\]\n]{0,60}\]"
    r"|<<[^<>\n]{1,60}>>|«[^«»\n]{1,60}»|\{\{[^{}\n]{1,60}\}\}|<(?:insert|enter|name|title|date|address|defendant|victim)\b[^<>\n]{0,40}>"
    r"|\b(?:click|tap) (?:here )?or (?:tap|click) (?:here )?to enter (?:text|a date)|\bclick here to enter\b|\{ ?MERGEFIELD[^}]{0,60}\}|\blorem ipsum\b"
    r"|\bdelete as (?:appropriate|applicable)\b|\[ ?(?:he/she|she/he|his/her|her/his|him/her|mr/mrs|mr/ms)\b[^\]\n]{0,20}\]"
    r"|\{ ?(?:name|first ?name|surname|title|date|address|court|defendant|victim|urn)\b[^{}\n]{0,30}\}|(?m:^dear (?:mr/m\w+[^\n,]{0,16}|mr|mrs|ms|miss)?[ ]*,[ ]*$)",
    regex.I,
)
_CROSSES = regex.compile(r"(?<![\w*])X{3,}(?![\w*])")
_LETTER = regex.compile(r"\bdear\b|\byours (?:sincerely|faithfully)", regex.I)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?"
_PRINT = "previous_convictions"
_TELLING = {
    Category.PNC_ID: "PNC IDs",
    Category.CRO_NUMBER: "CRO numbers",
    Category.DATE_OF_BIRTH: "dates of birth",
}
_ALIAS = regex.compile(r"\b(?:alias(?:es)?|a\.?k\.?a\.?|also known as|other)\b[^\n]{0,30}$", regex.I)
_DEAR = regex.compile(r"(?im)^[ >]*dear[ ](?P<whom>[^\n]{2,60})$")
_CALLED = regex.compile(rf", {_TITLE} (?P<name>\p{{Lu}}[\p{{L}}'-]+(?: \p{{Lu}}[\p{{L}}'-]+){{0,2}})[,.!]")
_BLOCK = regex.compile(
    rf"(?m)^[ ]*{_TITLE} (?P<name>\p{{Lu}}[^\n,]{{1,40}}),?\n[ ]*(?:(?i:flat|apartment|apt|unit|room|house)\b|\d+[a-z]?\b)[^\n]*\n"
)
_PERSON_NOUN = regex.compile(
    r"(?i)(?:er|or|our|ist|ant|(?<!m)ent|ess|man|woman|son|ee|ian|ege|gue|wife|husband|partner|mother|father|aunt|victim|judge|witness|clerk|nurse)$"
)
_NAME_WORD = regex.compile(r"\p{Lu}[\p{L}'-]+")
_SHELTER = regex.compile(
    r"\b(?:refuge|safe ?house|safe address|women's aid|safety plan|supported accommodation|mother and baby unit|witness protection|hostel)\b",
    regex.I,
)
_SENTENCE = regex.compile(r"[^.!?\n]+")
_KNOWN_BEFORE = regex.compile(
    r"(?i)\b(?:mr|mrs|ms|miss|dr|dear|regards|sincerely|faithfully|wishes|thanks|son|daughter|child|brother|sister|mother|father|partner|husband|wife|friend|baby|colleague|named?|called|and|pc|dc|ps)[ ,.\n]*$"
)


def placeholders(text: str, place: str) -> Hazard | None:
    """Template words nobody filled in, counted; crosses count in letters only, where they stand for a missing value."""
    count = len(_PLACEHOLDER.findall(text))
    if _LETTER.search(text):
        count += len(_CROSSES.findall(text))
    if not count:
        return None
    return Hazard(HazardKind.TEMPLATE_PLACEHOLDER, place, "Template wording was left in and never filled in.", count)


def mixed_subjects(pages: Sequence[tuple[str, str, Sequence[Span]]], materials: Sequence[str]) -> Hazard | None:
    """Two PNC IDs, else two CRO numbers, else two dates of birth in convictions prints: they are of more than one person.

    `pages` are (place, text, spans); of a bundle only the prints are looked at. The first that two pages both have decides,
    because one person may have an alias born on another day. The inspectorate's first example (facts.md 1.1).
    """
    if _PRINT not in materials:
        return None
    prints = [page for page in pages if len(materials) == 1 or _PRINT in materials_of([page[1]])]
    known: list[tuple[str, dict[Category, set[str]]]] = [
        (place, {category: _values(text, spans, category) for category in _TELLING}) for place, text, spans in prints
    ]
    for number, (place, own) in enumerate(known):
        for _, earlier in known[: number + 1]:
            for category, words in _TELLING.items():
                if own[category] and earlier[category]:
                    together = own[category] | earlier[category]
                    apart = not own[category] & earlier[category] or (earlier is own and len(together) > 1)
                    if apart:
                        said = f"The convictions here show {len(together)} different {words}: they are of more than one person"
                        return Hazard(HazardKind.MIXED_SUBJECTS, place, said, len(together))
                    break
    return None


def _values(text: str, spans: Sequence[Span], category: Category) -> set[str]:
    """The values of a category, however written; those given as an alias are left out."""
    return {
        _plain_number(text[span.start : span.end])
        for span in spans
        if span.category is category
        and span.confidence >= 0.7
        and not _ALIAS.search(text[max(0, span.start - 40) : span.start].rpartition("\n")[2])
    }


def _plain_number(value: str) -> str:
    """A number without what may differ in writing: century, leading zeros of the serial, spaces."""
    pnc = regex.fullmatch(r"(?:19|20)?(\d\d) ?/ ?0*(\d{1,7}) ?([A-Za-z])", value)
    return f"{pnc[1]}/{pnc[2]}{pnc[3].upper()}" if pnc else str(regex.sub(r"\W", "", value)).upper()


def letter_mistakes(pages: Sequence[tuple[str, str, Sequence[Span]]]) -> list[Hazard]:
    """A second addressee in a letter, or someone who is left over from another one; `pages` are (place, text, spans)."""
    found: list[Hazard] = []
    for place, text, spans in pages:
        if not _LETTER.search(text):
            continue
        other = next(_second_addressee(text), None)
        if other:
            said = f"The letter is written to one person and speaks to another as well ({mask(Category.PERSON_NAME, other)})"
            found.append(Hazard(HazardKind.MIXED_SUBJECTS, place, said))
        stray = next(_left_over(text, spans), None)
        if stray:
            said = (
                f"{mask(Category.PERSON_NAME, stray)} is named beside a refuge or safe place and nowhere else in the letter:"
                " it may be left over from another case"
            )
            found.append(Hazard(HazardKind.OTHER_CASE, place, said))
    return found


def _second_addressee(text: str) -> Iterator[str]:
    """Names that a letter greets, calls by or carries above the address, other than the first it greets."""
    greeted = [match["whom"] for match in _DEAR.finditer(text)]
    # "Dear colleague", "Dear Sir or Madam" and a firm's name greet nobody by name.
    people = [
        set(_NAME_WORD.findall(whom))
        - {"Sir", "Sirs", "Madam", "All", "Colleague", "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"}
        for whom in greeted
    ]
    named = [words for words in people if words]
    if not named or len(named) != len(people):
        return
    first = named[0]
    for words in named[1:]:
        if not words & first:
            yield " ".join(sorted(words))
    for match in _BLOCK.finditer(text[: text.lower().find("dear")]):
        words = set(_NAME_WORD.findall(match["name"]))
        if regex.match(rf"(?i){_TITLE} ", greeted[0]) and not words & first:
            yield match["name"]
    for match in _CALLED.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()].split()
        if before and not _PERSON_NOUN.search(before[-1]) and not set(_NAME_WORD.findall(match["name"])) & first:
            yield match["name"]


def _left_over(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """Forenames that stand alone beside words of shelter and belong to no name in the letter."""
    names = [span for span in spans if span.category is Category.PERSON_NAME]
    whole = {
        word.lower()
        for one in names
        for word in _NAME_WORD.findall(text[one.start : one.end])
        if " " in text[one.start : one.end]
    }
    whole |= {word.lower() for match in _DEAR.finditer(text) for word in _NAME_WORD.findall(match["whom"])}
    for sentence in _SENTENCE.finditer(text):
        if not _SHELTER.search(sentence.group()):
            continue
        for one in names:
            word = text[one.start : one.end]
            alone = sentence.start() <= one.start < sentence.end() and word.lower() in name_lists().sure_first
            if (
                alone
                and word.lower() not in whole
                and not _KNOWN_BEFORE.search(text[max(0, one.start - 20) : one.start])
            ):
                yield word
