# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Who a file is about: whom the case is against, whose convictions are printed, whom a letter is written to.

The wrong person's convictions in a bundle is the inspectorate's first example (facts.md 1.1): the print, the case and the
message must be about one person, so each is handed on as keyed digests and compared in `bot.scan.compare`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import regex

from bot.domain.finding import Category, Identity
from bot.scan.keyed import birth_key, name_keys, number_key
from bot.scan.recognise.dates import parse
from bot.scan.recognise.interface import Span
from bot.scan.recognise.mask import mask
from bot.scan.recognise.materials import materials_of
from bot.scan.recognise.people import AGAINST, VERSUS, Cast, Place

MOST = 200
"""People of one file that are compared with other files; a staff list of thousands is no case paper."""
_PRINT = "previous_convictions"
_VERSUS = regex.compile(VERSUS)
_AGAINST = regex.compile(AGAINST, regex.I)
_CALLED_DEFENDANT = regex.compile(
    r"^ ?[,(] ?(?:the )?(?:co-?)?(?:defendant|accused)\b[ ]*(?:no\.? ?)?\d?[ ]*[),.;]", regex.I
)
_AND = regex.compile(r"[ ]*(?:\(\d+\))?[ ]*(?:,|&|and|,[ ]*and|/|;)[ ]*(?:\(\d+\))?[ ]*", regex.I)
_OTHERS = regex.compile(r"^[ ]*(?:,|&|and)[ ]*(?:others?|another|ors\.?|anor\.?)\b", regex.I)
_AUTHORITIES = frozenset(
    [
        "turnbull",
        "galbraith",
        "ghosh",
        "ivey",
        "woollin",
        "lucas",
        "vye",
        "hanson",
        "sang",
        "makin",
        "jogee",
        "adomako",
        "cunningham",
        "hannam",
        "goodyear",
        "keane",
        "khan",
        "brown",
        "dougall",
        "argent",
        "condron",
        "davis",
        "exall",
        "horncastle",
        "riat",
        "ward",
        "edwards",
        "evans",
        "lawrence",
    ]
)
"""Defendants of decided cases that practitioners cite by surname alone ("a Turnbull direction"): the file is not about them."""
_CITING = regex.compile(
    r"\b(?:see|also|in|and|per|cf\.?|by|with|from|following|applied|applying|considered|approved|citing|under|since|as|to)[ ]+$|[,;(][ ]*$",
    regex.I,
)
_LABEL = regex.compile(
    r"\b(?:surname|family name|last name|(?:full )?name|subject|nominal|fore ?names?(?:\(s\))?|first names?|given names?|defendant)[ ]*[:=-]?[ ]*$"
    r"|\b(?:previous convictions|convictions?(?:\(s\))?|antecedents?(?: history)?|record|print)[ ]*(?:of|for|in respect of|relating to|[:-])[ ]*(?:(?:mr|mrs|ms|miss)\.? )?$",
    regex.I,
)
_ALIAS = regex.compile(
    r"\b(?:alias(?:es)?|a\.?k\.?a\.?|also known as|other names?|maiden name|formerly)\b[^\n]{0,20}$", regex.I
)
_LINKED = regex.compile(
    r"\b(?:linked|related|conjoined|joined with|associated|cross-ref\w*|co-?accused|previous (?:urn|case|ref)|see also|committed with)\b[^.\n]{0,60}(?:\n[^.\n]{0,40})?$",
    regex.I,
)
_DEAR = regex.compile(r"(?im)^[ >]*dear[ ](?:(?:mr|mrs|ms|miss|dr)\.? )?$")
_NEAR = 90
"""Most characters between a defendant's name and the date of birth or number that is taken for theirs."""


@dataclass
class _Subject:
    """One person while the file is being read."""

    about: str
    place: str
    said: list[str] = field(repr=False)
    at: int = 0
    """Where the name stands, for what stands near it."""
    accused: bool = False
    recorded: bool = False
    addressed: bool = False
    births: list[str] = field(default_factory=list, repr=False)
    pnc_ids: list[str] = field(default_factory=list, repr=False)
    cro_numbers: list[str] = field(default_factory=list, repr=False)

    def identity(self, site_key: bytes) -> Identity:
        """What leaves the checking process."""
        return Identity(
            about=self.about,
            masked=", ".join(mask(Category.PERSON_NAME, name) for name in self.said),
            place=self.place,
            accused=self.accused,
            recorded=self.recorded,
            addressed=self.addressed,
            names=name_keys(site_key, self.said),
            births=tuple(dict.fromkeys(self.births)),
            pnc_ids=tuple(dict.fromkeys(self.pnc_ids)),
            cro_numbers=tuple(dict.fromkeys(self.cro_numbers)),
        )


def identities(
    cast: Cast, places: Sequence[Place], where: Sequence[str], materials: Sequence[str], site_key: bytes, today: date
) -> tuple[Identity, ...]:
    """The people of a file for comparison; those it is about first."""
    found: list[_Subject] = []
    others: dict[str, _Subject] = {}
    for index, (place, name) in enumerate(zip(places, where, strict=True)):
        spans = [span for span in place.spans if span.category is Category.PERSON_NAME]
        if not spans:
            continue
        here = [*_accused(cast, index, place, spans, name), *_addressed(cast, index, place, spans, name)]
        is_print = _PRINT in materials and _PRINT in materials_of([place.text])
        printed = _recorded(cast, index, place, spans, name) if is_print else []
        _give_numbers(place, printed or [one for one in here if one.said], site_key, today, bool(printed))
        found += [*here, *printed]
        for span in spans:
            if len(others) >= MOST:
                break
            person = cast.whose(index, place, span)
            text = place.text[span.start : span.end]
            if person and len(text.split()) > 1 and person.label not in others:
                others[person.label] = _Subject(person.label, name, [text])
    named = {one.about for one in found}
    every = [*found, *(one for label, one in others.items() if label not in named)]
    return tuple(dict.fromkeys(one.identity(site_key) for one in every[:MOST]))


def linked(places: Sequence[Place]) -> Iterator[str]:
    """The case references, as written, that the file itself calls linked cases."""
    for place in places:
        for span in place.spans:
            if span.category is Category.CASE_URN and _LINKED.search(place.text[max(0, span.start - 140) : span.start]):
                yield place.text[span.start : span.end]


def _accused(cast: Cast, index: int, place: Place, spans: Sequence[Span], where: str) -> Iterator[_Subject]:
    """Everyone named as the one the case is against."""
    last: Span | None = None
    for span in spans:
        before, after = place.text[max(0, span.start - 60) : span.start], place.text[span.end : span.end + 40]
        name = place.text[span.start : span.end]
        listed = last is not None and _AND.fullmatch(place.text[last.end : span.start]) is not None
        versus = _in_title(before, name)
        if not (listed or versus or _AGAINST.search(before.rpartition("\n")[2]) or _CALLED_DEFENDANT.search(after)):
            continue
        last = span
        person = cast.whose(index, place, span)
        yield _Subject(person.label if person else "", where, [name], span.start, accused=True)
        if _OTHERS.search(after):
            # "R v Jones and others": whoever else it is against is not said.
            yield _Subject("", where, [], span.start, accused=True)


def _in_title(before: str, name: str) -> bool:
    """Whether "R v" stands before a name as the title of the file's own case, not of one that is cited by surname."""
    title = _VERSUS.search(before)
    if title is None or " " in name.strip():
        return title is not None
    return name.lower() not in _AUTHORITIES and not _CITING.search(before[: title.start()])


def _addressed(cast: Cast, index: int, place: Place, spans: Sequence[Span], where: str) -> Iterator[_Subject]:
    for span in spans:
        if _DEAR.search(place.text[max(0, span.start - 20) : span.start]):
            person = cast.whose(index, place, span)
            yield _Subject(
                person.label if person else "", where, [place.text[span.start : span.end]], span.start, addressed=True
            )


def _recorded(cast: Cast, index: int, place: Place, spans: Sequence[Span], where: str) -> list[_Subject]:
    """Whoever a convictions print gives as its subject, with surname and forenames in fields of their own or together."""
    found: list[_Subject] = []
    for span in spans:
        line = place.text[max(0, span.start - 60) : span.start].rpartition("\n")[2]
        name, person = place.text[span.start : span.end], cast.whose(index, place, span)
        about = person.label if person else ""
        if _ALIAS.search(line):
            if found:
                found.append(_Subject(found[-1].about, where, [name], span.start, recorded=True))
        elif _LABEL.search(line):
            if found and span.start - found[-1].at < 120 and regex.search(r"(?i)(?:fore|first|given) ?names?", line):
                found[-1].said.append(name)
            elif not any(one.about == about for one in found):
                found.append(_Subject(about, where, [name], span.start, recorded=True))
    return found


def _give_numbers(place: Place, subjects: Sequence[_Subject], site_key: bytes, today: date, is_print: bool) -> None:
    """Dates of birth and record numbers go to the nearest subject of a print, or to the defendant just before them."""
    for span in place.spans:
        if span.category not in {Category.DATE_OF_BIRTH, Category.PNC_ID, Category.CRO_NUMBER} or span.confidence < 0.6:
            continue
        if _ALIAS.search(place.text[max(0, span.start - 40) : span.start].rpartition("\n")[2]):
            continue
        subject = _nearest(place, span, subjects, is_print)
        value = place.text[span.start : span.end]
        if subject is None:
            continue
        if span.category is Category.PNC_ID:
            subject.pnc_ids.append(number_key(site_key, value))
        elif span.category is Category.CRO_NUMBER:
            subject.cro_numbers.append(number_key(site_key, value))
        elif born := parse(value, today):
            subject.births.append(birth_key(site_key, born))


def _nearest(place: Place, span: Span, subjects: Sequence[_Subject], is_print: bool) -> _Subject | None:
    if is_print:
        return min(subjects, key=lambda one: abs(one.at - span.start), default=None)
    before = [one for one in subjects if one.accused and one.at < span.start]
    if not before:
        return None
    subject = max(before, key=lambda one: one.at)
    end = subject.at + len(subject.said[0])
    names = [s for s in place.spans if s.category is Category.PERSON_NAME and end <= s.start < span.start]
    return subject if span.start - end <= _NEAR and not names else None
