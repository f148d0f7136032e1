"""Recognition of one file: every part read, findings linked to people, one line per value and place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from bot.domain.finding import Category, Finding, Hazard, Role
from bot.language import NameSpan, names, ordinary_words
from bot.scan.extract.interface import Table, Text
from bot.scan.recognise.calibration import calibrated
from bot.scan.recognise.case_urn import normal_urn
from bot.scan.recognise.catalogue import CODES, lists_things
from bot.scan.recognise.columns import by_column
from bot.scan.recognise.dates import age, parse
from bot.scan.recognise.email import is_at_work
from bot.scan.recognise.interface import MEDIUM, TOPICS, Page, Recognised, Span
from bot.scan.recognise.mask import digest, mask, normal_value
from bot.scan.recognise.materials import materials_of
from bot.scan.recognise.mistakes import letter_mistakes, mixed_subjects, placeholders
from bot.scan.recognise.name_lists import name_lists
from bot.scan.recognise.normal import forgive_ocr, normalise
from bot.scan.recognise.pages import every_page
from bot.scan.recognise.people import Cast, Place
from bot.scan.recognise.person_name import PersonName
from bot.scan.recognise.places import NEVER_NAMES, TOWNS
from bot.scan.recognise.reading import for_names, read_table
from bot.scan.recognise.subjects import identities, linked

_APART = TOPICS | {Category.CHILD}
"""Said about a stretch of text rather than being its value: they may lie over other findings."""
_NOBODYS = frozenset({Category.CASE_URN, Category.CREDENTIAL_SECRET})
_LEAST = 0.45
"""Anything less sure is not shown."""


@dataclass(frozen=True)
class _Seen:
    """One span where it stands."""

    span: Span
    place: str
    hidden: bool


@dataclass
class _Read:
    """Everything read so far of one file."""

    places: list[Place] = field(default_factory=list)
    seen: list[list[_Seen]] = field(default_factory=list)

    def add(self, text: str, seen: list[_Seen]) -> None:
        self.places.append(Place(text, tuple(one.span for one in seen)))
        self.seen.append(seen)


class Recogniser:
    """All recognisers, loaded once."""

    def __init__(self, site_key: bytes, pages: Sequence[Page], today: date) -> None:
        self._site_key = site_key
        self._pages = pages
        self._names = PersonName()
        self._today = today

    @classmethod
    def load(cls, site_key: bytes, today: date | None = None) -> Self:
        """Load name lists and language model; `today` decides who is a child."""
        names([""])
        day = today or date.today()
        return cls(site_key, every_page(day), day)

    def spans(self, text: str) -> list[Span]:
        """Personal data in one text, by position in it as it came."""
        normal = normalise(text)
        return [
            Span(*normal.original(span.start, span.end), span.category, span.confidence)
            for span in self._find([normal.text])[0]
        ]

    def spans_in(self, parts: Sequence[Text], allowed: frozenset[str] = frozenset()) -> list[list[Span]]:
        """Personal data in texts of one file, by position in each as it came; digests in `allowed` are passed over."""
        normal = [normalise(part.text) for part in parts]
        found = self._find([one.text for one in normal], [part.source == "ocr" for part in parts])
        return [
            [
                replace(span, start=start, end=end)
                for span in spans
                if not allowed or digest(self._site_key, span.category, one.text[span.start : span.end]) not in allowed
                for start, end in [one.original(span.start, span.end)]
            ]
            for one, spans in zip(normal, found, strict=True)
        ]

    def recognise(self, parts: Sequence[Text | Table]) -> Recognised:
        """All findings of one file, its case references, its kind, and mistakes of assembly."""
        read, texts = _Read(), [part for part in parts if isinstance(part, Text)]
        normal = [normalise(part.text).text for part in texts]
        found = iter(zip(normal, self._find(normal, [part.source == "ocr" for part in texts]), strict=True))
        for part in parts:
            if isinstance(part, Table):
                for row in read_table(part, self._find, self._today):
                    read.add(
                        row.text,
                        [_Seen(span, cell.place or part.place, part.hidden or cell.hidden) for span, cell in row.spans],
                    )
            else:
                text, spans = next(found)
                read.add(text, [_Seen(span, part.place, part.hidden) for span in spans])
        materials = materials_of([*normal, *(_top(part) for part in parts if isinstance(part, Table))])
        cast = Cast(read.places, materials)
        where = [seen[0].place if seen else "" for seen in read.seen]
        return Recognised(
            self._findings(read, cast),
            _case_refs(read),
            materials,
            self._hazards(read, texts, normal, materials),
            tuple(dict.fromkeys(ref for value in linked(read.places) if (ref := normal_urn(value)))),
            identities(cast, read.places, where, materials, self._site_key, self._today),
        )

    def _find(self, texts: Sequence[str], ocr: Sequence[bool] | None = None) -> list[list[Span]]:
        """Spans in each text; names found in one are looked for in all."""
        pieces = [(index, offset, piece) for index, text in enumerate(texts) for offset, piece in for_names(text)]
        readings: list[list[NameSpan]] = [[] for _ in texts]
        for (index, offset, _), reading in zip(pieces, names([piece for _, _, piece in pieces]), strict=True):
            readings[index] += [NameSpan(offset + one.start, offset + one.end, one.label) for one in reading]
        people = [self._names.among(text, reading) for text, reading in zip(texts, readings, strict=True)]
        known = _known_words(texts, people)
        result = []
        for index, text in enumerate(texts):
            found = [*people[index], *self._names.repeats(text, known, people[index])]
            readable = [text, forgive_ocr(text)] if ocr is not None and ocr[index] else [text]
            for version in dict.fromkeys(readable):
                for page in self._pages:
                    found += page.find(version)
            found += by_column(text)
            if lists_things(text):
                found = [span for span in found if span.category not in CODES or span.confidence > MEDIUM]
            result.append(resolve([*found, *self._children(text, found)]))
        return result

    def _children(self, text: str, found: Iterable[Span]) -> list[Span]:
        """A birth less than eighteen years ago is a child."""
        return [
            Span(span.start, span.end, Category.CHILD, span.confidence)
            for span in found
            if span.category is Category.DATE_OF_BIRTH and self._is_child(text, span)
        ]

    def _is_child(self, text: str, span: Span) -> bool:
        born = parse(text[span.start : span.end], self._today)
        return born is not None and age(born, self._today) < 18

    def _findings(self, read: _Read, cast: Cast) -> tuple[Finding, ...]:
        for index, place in enumerate(read.places):
            for span in place.spans:
                if span.category is Category.DATE_OF_BIRTH and self._is_child(place.text, span):
                    person = cast.whose(index, place, span)
                    if person and person.role in {Role.UNKNOWN, Role.VICTIM, Role.WITNESS}:
                        person.role = Role.CHILD
        findings: dict[tuple[Category, str, str, bool, str], Finding] = {}
        for index, (place, seen) in enumerate(zip(read.places, read.seen, strict=True)):
            for one in seen:
                nobodys = one.span.category in _NOBODYS
                person = None if nobodys else cast.whose(index, place, one.span)
                role = person.role if person else Role.UNKNOWN if nobodys else cast.usual_at(index)
                if role is Role.UNKNOWN and self._is_work(place.text, one.span):
                    role = Role.PROFESSIONAL
                self._count(findings, place.text, one, (person.label if person else "", role))
        return tuple(findings.values())

    def _is_work(self, text: str, span: Span) -> bool:
        """Whether this is an email address that someone has by their work in the justice system or a public body."""
        return span.category is Category.EMAIL and is_at_work(text[span.start : span.end])

    def _count(
        self,
        findings: dict[tuple[Category, str, str, bool, str], Finding],
        text: str,
        one: _Seen,
        whose: tuple[str, Role],
    ) -> None:
        category, value = one.span.category, text[one.span.start : one.span.end]
        about, role = whose
        key = (category, normal_value(category, value), one.place, one.hidden, about if category in TOPICS else "")
        earlier, sureness = findings.get(key), round(calibrated(category, one.span.confidence), 2)
        if earlier:
            findings[key] = replace(earlier, count=earlier.count + 1, confidence=max(earlier.confidence, sureness))
            return
        findings[key] = Finding(
            category=category,
            place=one.place,
            masked=mask(category, value),
            confidence=sureness,
            hidden=one.hidden,
            role=role,
            about=about,
            digest=digest(self._site_key, category, value),
        )

    def _hazards(
        self, read: _Read, texts: Sequence[Text], normal: Sequence[str], materials: tuple[str, ...]
    ) -> tuple[Hazard, ...]:
        found = [placeholders(text, part.place) for part, text in zip(texts, normal, strict=True)]
        pages = [
            (seen[0].place, place.text, place.spans) for place, seen in zip(read.places, read.seen, strict=True) if seen
        ]
        return tuple(hazard for hazard in [*found, mixed_subjects(pages, materials), *letter_mistakes(pages)] if hazard)


def resolve(spans: Iterable[Span]) -> list[Span]:
    """Where spans overlap the surer wins, then the longer.

    A name inside an address belongs to it; a postcode inside one is also told by itself; content lies over values.
    """
    ordered = sorted(
        {span for span in spans if span.confidence >= _LEAST},
        key=lambda span: (-span.confidence, span.start - span.end),
    )
    addresses = [span for span in ordered if span.category is Category.ADDRESS]
    kept: list[Span] = []
    for span in ordered:
        if span.category is Category.PERSON_NAME and any(
            other.start <= span.start and span.end <= other.end for other in addresses
        ):
            continue
        if not any(other.overlaps(span) and _compete(span, other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: (span.start, span.end))


def _compete(one: Span, other: Span) -> bool:
    if one.category in _APART or other.category in _APART:
        return one.category is other.category
    return {one.category, other.category} != {Category.ADDRESS, Category.POSTCODE}


def _known_words(texts: Sequence[str], people: Sequence[Sequence[Span]]) -> frozenset[str]:
    """Words of surely found names that mean a person wherever they stand capitalised."""
    words = {
        word.lower().strip(".,'")
        for text, spans in zip(texts, people, strict=True)
        for span in spans
        if span.confidence >= 0.7
        for word in text[span.start : span.end].replace(",", " ").split()
    }
    lists = name_lists()
    return frozenset(
        word
        for word in words - NEVER_NAMES - TOWNS
        if len(word) > 2 and (word not in ordinary_words() or (lists.is_name(word) and len(word) > 3))
    )


def _case_refs(read: _Read) -> tuple[str, ...]:
    values = (
        normal_urn(place.text[span.start : span.end])
        for place in read.places
        for span in place.spans
        if span.category is Category.CASE_URN
    )
    return tuple(dict.fromkeys(value for value in values if value))


def _top(table: Table) -> str:
    return "\n".join(" ".join(cell.text for cell in row) for row in table.rows[:8])[:2000]
