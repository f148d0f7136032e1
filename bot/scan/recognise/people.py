# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Whose data it is: names gathered into people, each with the role the document shows, and findings linked to them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from bot.domain.finding import Category, Role
from bot.scan.recognise.interface import SEPARATOR, Span
from bot.scan.recognise.materials import materials_of

_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_FORENAME_NEXT = regex.compile(
    r"(?i)^[^\n]{0,40}?(?:\n[ ]*)?(?:fore ?names?|first names?|given names?)(?:\(s\))?[ ]*[:=][ ]*$"
)
_REACH = 500
VERSUS = r"(?:\bR\.?|\b(?:Regina|Rex|REGINA|REX|The King|The Queen|THE KING|THE QUEEN|The Crown|CPS|DPP))[ ]+(?:v\.?|V\.?|vs\.?|-v-|-V-|VS\.?)[ ]+(?:(?:Mr|Mrs|Ms|Miss)\.? )?$"
"""The title of a case; capitals count."""
AGAINST = (
    r"\b(?:co-?)?(?:defendants?|accused|suspect|detainee|detained person|person (?:charged|interviewed|summonsed)|interviewee)(?:'s)?(?: (?:name|no\.? ?\d|\d))?[ ]*[:(|*_-]*[ ]*(?:(?:mr|mrs|ms|miss)\.? )?$"
    r"|\b(?:case|charges?|proceedings|prosecution) (?:against|of) (?:(?:mr|mrs|ms|miss)\.? )?$"
)
"""What stands before the name of whoever a case is against."""

# What stands before the name on its line, then what stands after it; the first that agrees wins.
_CUES: tuple[tuple[Role, str, str], ...] = (
    (
        Role.OFFICER,
        r"\b(?:pc|ps|dc|ds|di|dci|pcso|sgt|insp|constable|sergeant|inspector|superintendent|oic|officer in (?:the )?case|disclosure officer|taken by|witnessed by|detective)\b[ \w.:]{0,14}$",
        r"^[ ,]*(?:pc|ps|dc|ds|di|dci) ?\d{2,}|^[ ,\n-]*(?:police officer|detective|disclosure officer)",
    ),
    (
        Role.PROFESSIONAL,
        r"\b(?:dr|doctor|prof\w*|nurse|midwife|consultant|solicitor|barrister|counsel|prosecutor|lawyer|judge|recorder|hhj|paramedic|social worker|interpreter|intermediary|clerk|gp|counsellor|therapist|reviewer)\b[ \w.:]{0,8}$",
        r"^[ ]?[,(\n-][ ]*(?:\w+ ){0,3}(?:crown prosecutor|prosecutor|solicitor|barrister|counsel|consultant|registrar|nurse|gp|doctor|paralegal|case ?worker|lawyer|partner at|social worker|st\d|gmc|nmc|llp|kc|kc)\b",
    ),
    (
        Role.CHILD,
        r"\b(?:son|daughter|child|boy|girl|baby|pupil|niece|nephew|grandson|granddaughter)\b[ ,\w]{0,10}$",
        r"^[ ,(]*aged? (?:1[0-7]|[1-9])\b(?!\d)|^ ?\((?:1[0-7]|[1-9])\)|^, (?:1[0-7]|[1-9])[,.;](?= ?\p{Ll}|\s*$)|^[^.\n]{0,20}\b(?:1[0-7]|[1-9])[ -]years?[ -]old",
    ),
    (
        Role.DEFENDANT,
        rf"\b(?:defendants?|accused|suspect|detainee|detained person|offender|regina|rex|\br) ?(?:v\.?|vs)?[ :,|*_]{{0,5}}$|\bR v\.? $|arrest(?:ed)? $|\bcharged? $|{AGAINST}",
        r"^[ ,(|]*(?:the )?(?:defendant|suspect|accused)\b|^ (?:was|is) (?:arrested|charged|convicted|remanded)",
    ),
    (
        Role.CALLER,
        r"\b(?:caller|informant|inft|reported by)\b[ \w:,|]{0,12}$|\b(?:999 )?call (?:was |had )?(?:received |made |came |taken )?(?:in )?(?:from|by) (?:(?:mr|mrs|ms|miss)\.? )?$",
        r"^[ ,(|]*(?:the )?(?:caller|informant)\b|^(?: of [^.;\n]{4,50}| at [^.;\n]{4,50})?,? (?:called|rang|phoned|telephoned|dialled|reports)\b",
    ),
    (
        Role.VICTIM,
        r"\b(?:victim|complainant|injured party|aggrieved|patient|pt|\bip|deceased|survivor)\b(?: name)?[ :,|*_\-]{0,6}$",
        r"^[ ,(|]*(?:the )?(?:victim|complainant|injured party|patient)\b",
    ),
    (
        Role.WITNESS,
        r"\b(?:witness(?: name)?|statement of|witness \d|eye-?witness)\b[ :,|*_\-]{0,6}$",
        r"^[ ,(|]*(?:the |a )?witness\b",
    ),
)
_COMPILED = tuple(
    (role, regex.compile(before, regex.I), regex.compile(after, regex.I)) for role, before, after in _CUES
)
_PAPER: dict[str, Role] = {
    "previous_convictions": Role.DEFENDANT,
    "medical_records": Role.VICTIM,
    "charge_sheet": Role.DEFENDANT,
    "therapy_notes": Role.VICTIM,
    "contact_details": Role.WITNESS,
    "witness_availability": Role.WITNESS,
    "witness_list": Role.WITNESS,
}
_STAFF = frozenset({Role.OFFICER, Role.PROFESSIONAL})
_STATEMENTS = frozenset({"witness_statement", "victim_personal_statement"})
_MAKER = regex.compile(r"\bstatement of[ :]{0,3}$", regex.I)
_MINE = regex.compile(
    r"\bI (?:live|lived|now live|reside|moved|work|worked|drive|own|was born|can be|am (?:staying|living|on))\b[^.!?\n]{0,60}$"
    r"|\b(?:[Mm]y|[Oo]ur) (?:new |own |current |home |mobile |work )*(?:address|home|house|flat|phone|mobile|number|email|e-mail|date of birth|car|van|vehicle|registration|bank|account|sister's|mother's|parents'?)\b[^.!?\n]{0,40}$"
    r"|\b(?:reached?|contact(?:ed)?|ring|call|phone|text|email) (?:me )?(?:on|at)\b[^.!?\n]{0,30}$"
)
"""The maker of a statement speaks of what is theirs."""
_OWNER = regex.compile(
    r"\b(?P<role>caller|informant|victim|complainant|patient|witness|defendant|suspect|accused)(?:'s)?[ ](?:loc(?:ation)?|tel(?:ephone)?|phone|mob(?:ile)?|address|d\.?o\.?b|date of birth|email|home address|contact|number|details?|lives at|resides at|nhs)\b[^\n]{0,24}$",
    regex.I,
)
_OWNERS = {
    "caller": Role.CALLER,
    "informant": Role.CALLER,
    "witness": Role.WITNESS,
    "defendant": Role.DEFENDANT,
    "suspect": Role.DEFENDANT,
    "accused": Role.DEFENDANT,
}


@dataclass
class Person:
    """One person of a file, while it is being read."""

    words: set[str] = field(repr=False)
    role: Role = Role.UNKNOWN
    label: str = ""


@dataclass(frozen=True)
class Place:
    """One text that was read: where it stands and its spans."""

    text: str = field(repr=False)
    spans: tuple[Span, ...] = ()


class Cast:
    """The people of one file."""

    def __init__(self, places: Sequence[Place], materials: Sequence[str]) -> None:
        self._people: list[Person] = []
        self._by_word: dict[str, list[Person]] = {}
        self._who: dict[tuple[int, int], Person] = {}
        self._usual = _usual_roles(places, materials)
        names = [
            (index, span)
            for index, place in enumerate(places)
            for span in place.spans
            if span.category is Category.PERSON_NAME
        ]
        by_length = sorted(names, key=lambda one: -len(_words(places[one[0]].text, one[1])))
        for index, span in by_length:
            self._who[index, span.start] = self._person(_words(places[index].text, span))
        self._join_forms(places, names)
        labelled = 0
        for index, span in names:
            person = self._who[index, span.start]
            if not person.label:
                labelled += 1
                person.label = f"person {labelled}"
            person.role = person.role if person.role is not Role.UNKNOWN else _role(places[index].text, span)
        for index, span in names:
            person = self._who[index, span.start]
            person.role = self._usual[index] if person.role is Role.UNKNOWN else person.role
        self._maker = self._first(places, names, _MAKER) if _STATEMENTS & set(materials) else None
        self._subjects: dict[Role, Person] = {}
        for index, span in names:
            self._subjects.setdefault(self._who[index, span.start].role, self._who[index, span.start])

    def whose(self, index: int, place: Place, span: Span) -> Person | None:
        """The person a span stands with; itself for a name."""
        if span.category is Category.PERSON_NAME:
            return self._who[index, span.start]
        told = self._told(place, span, index)
        if told is not None:
            return told
        best: tuple[int, Person] | None = None
        for other in place.spans:
            if other.category is not Category.PERSON_NAME:
                continue
            person = self._who[index, other.start]
            following = other.start >= span.end
            between = place.text[span.end : other.start] if following else place.text[other.end : span.start]
            if SEPARATOR in between:
                continue
            distance = len(between) + 30 * between.count("\n") + 150 * between.count("\n\n") + (80 if following else 0)
            distance += 250 if person.role in _STAFF else 0
            if distance <= _REACH and (best is None or distance < best[0]):
                best = (distance, person)
        if best is None or best[1].role in _STAFF:
            # A contact page names the officer who took it; its details are those of the person the paper is about.
            about = self._subjects.get(self._usual[index]) if self._usual[index] is not Role.UNKNOWN else None
            return about or (best[1] if best else None)
        return best[1]

    def usual_at(self, index: int) -> Role:
        """The role that the paper of this place is about, for whoever no other cue tells."""
        return self._usual[index]

    def _told(self, place: Place, span: Span, index: int) -> Person | None:
        """The person that the words before a span give as its owner: the maker of a statement, or one by role."""
        before = place.text[max(0, span.start - 110) : span.start].rpartition(SEPARATOR)[2]
        if self._maker and _MINE.search(before):
            return self._maker
        owner = _OWNER.search(before)
        if owner is None:
            return None
        role = _OWNERS.get(owner["role"].lower(), Role.VICTIM)
        here = [one for one in place.spans if one.category is Category.PERSON_NAME and one.start < span.start]
        theirs = (self._who[index, one.start] for one in reversed(here))
        return next((person for person in theirs if person.role is role), None)

    def _first(
        self, places: Sequence[Place], names: Sequence[tuple[int, Span]], cue: "regex.Pattern[str]"
    ) -> Person | None:
        found = (
            self._who[index, span.start]
            for index, span in names
            if cue.search(places[index].text[max(0, span.start - 30) : span.start])
        )
        return next(found, None)

    def _person(self, words: list[str]) -> Person:
        long = [word for word in words if len(word) > 1]
        alike = min((self._by_word.get(word, []) for word in long), key=len, default=[])
        for person in reversed(alike):
            if _same(person.words, words):
                return person
        person = Person(set(words))
        self._people.append(person)
        for word in person.words:
            self._by_word.setdefault(word, []).append(person)
        return person

    def _join_forms(self, places: Sequence[Place], names: Sequence[tuple[int, Span]]) -> None:
        """A surname in one field and forenames in the next are one person."""
        for (index, surname), (following, forename) in itertools.pairwise(names):
            between = places[index].text[surname.end : forename.start]
            if index == following and _FORENAME_NEXT.match(between):
                # From the words that stand here: a brother's surname may have been taken for the defendant's.
                words = [*_words(places[index].text, surname), *_words(places[index].text, forename)]
                joined = next((person for person in self._people if _same(person.words, words)), None)
                if joined is None:
                    joined = Person(set(words))
                    self._people.append(joined)
                self._who[index, surname.start] = self._who[index, forename.start] = joined


def _usual_roles(places: Sequence[Place], materials: Sequence[str]) -> list[Role]:
    """The role that the paper at each place is about; in a bundle each paper speaks for itself and its further pages."""
    usual = next((_PAPER[material] for material in materials if material in _PAPER), Role.UNKNOWN)
    if len(materials) < 2 or usual is Role.UNKNOWN:
        return [usual] * len(places)
    roles: list[Role] = []
    for place in places:
        own = materials_of([place.text])
        known = next((_PAPER[material] for material in own if material in _PAPER), Role.UNKNOWN)
        roles.append(known if own or not roles else roles[-1])
    return roles


def _words(text: str, span: Span) -> list[str]:
    return [str(word).lower().removesuffix("'s") for word in _WORD.findall(text[span.start : span.end])]


def _same(known: set[str], words: list[str]) -> bool:
    """Whether all words of a shorter name belong to a longer one, initials counting for what they begin."""
    long = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    return (
        bool(long)
        and all(word in known for word in long)
        and all(any(other[0] == one for other in known) for one in initials)
    )


def _role(text: str, span: Span) -> Role:
    before = text[max(0, span.start - 60) : span.start].rpartition(SEPARATOR)[2].rpartition("\n")[2]
    after = text[span.end : span.end + 60].partition(SEPARATOR)[0]
    return next(
        (role for role, ahead, behind in _COMPILED if ahead.search(before) or behind.search(after)), Role.UNKNOWN
    )
