"""Right case, right person? Compares files with the case the sender named and with one another. Pure.

Names, births and record numbers are compared by the keyed digests that the checking process hands out; case URNs
are references and may be shown. Wrong convictions and papers of another case: facts.md 1.1 and 3.2.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.finding import Category, Finding, Hazard, HazardKind, Identity, Inspection
from bot.scan.keyed import Name, name_keys, same_name

_URN = re.compile(r"(?<![\w/-])\d\d ?/? ?[0-9a-z]{2} ?/? ?\d{5} ?/? ?\d\d(?![\w/-])", re.IGNORECASE)
_URN_LABEL = re.compile(r"\b(?:urn|case|ref\w*)\b[^\n]{0,12}$", re.IGNORECASE)
_VERSUS = re.compile(
    r"\b(?:r|regina|rex|the king|the crown) ?(?:v\.?|vs\.?|-v-) ?(?P<names>[^\n.;:?!()]{2,80})", re.IGNORECASE
)
_DEFENDANT = re.compile(r"\b(?:[Dd]efendant|[Aa]ccused)(?: is| named| called|:|,)? (?P<names>[A-Z][^\n.;:?!()]{2,60})")
_CAPITAL_RUN = re.compile(r"[A-Z][\w'’-]*(?: (?:(?:de|van|von|al|el|bin) )?[A-Z][\w'’-]*)*")
_BETWEEN = re.compile(r" ?(?:,|&|\band\b|/) ?")


@dataclass(frozen=True)
class NamedCase:
    """The case the sender says it is about."""

    urns: tuple[str, ...] = ()
    """Normalised to eleven characters; all of them are meant."""
    defendants: tuple[Name, ...] = ()
    """As `bot.scan.keyed` makes them."""

    def __bool__(self) -> bool:
        return bool(self.urns or self.defendants)


NOBODY = NamedCase()
"""No case was named."""


def case_named(texts: Iterable[str | None], site_key: bytes) -> NamedCase:
    """The case references and defendants in what the sender wrote: "for 71WX0041826", "R v Pritchett"."""
    urns: dict[str, None] = {}
    defendants: dict[Name, None] = {}
    for text in texts:
        for match in _URN.finditer(text or ""):
            written = match.group()
            # Eleven bare digits may be a phone number.
            if any(char.isalpha() or char == "/" for char in written) or _URN_LABEL.search(
                text[: match.start()] if text else ""
            ):
                urns[normal_urn(written)] = None
        for match in (*_VERSUS.finditer(text or ""), *_DEFENDANT.finditer(text or "")):
            defendants.update((name_keys(site_key, [name]), None) for name in _names(match["names"]))
    return NamedCase(tuple(urns), tuple(name for name in defendants if name))


def normal_urn(reference: str) -> str:
    """A case URN without slashes and spaces, in capitals."""
    return "".join(letter for letter in reference.upper() if letter.isalnum())


def compared(inspections: Sequence[Inspection], named: NamedCase) -> tuple[Inspection, ...]:
    """The files of one message with the hazards of another case or person, and with one label a person across them."""
    files = _labelled_alike(inspections) if len(inspections) > 1 else tuple(inspections)
    hazards: list[list[Hazard]] = [
        [*_references(one, named), *_defendants(one, named), *wrong_prints(one.identities, files, named)]
        for one in files
    ]
    for index, hazard in _between(files, named):
        if not any(other.kind is hazard.kind for other in hazards[index]):
            hazards[index].append(hazard)
    return tuple(
        replace(one, hazards=tuple(dict.fromkeys((*one.hazards, *_new(one, found)))))
        for one, found in zip(files, hazards, strict=True)
    )


def _new(inspection: Inspection, hazards: Iterable[Hazard]) -> Iterator[Hazard]:
    """One hazard of two people's records is enough: the print itself may have shown it already."""
    known = {hazard.kind for hazard in inspection.hazards}
    return (one for one in hazards if one.kind is not HazardKind.MIXED_SUBJECTS or one.kind not in known)


def wrong_prints(
    people: Sequence[Identity], files: Sequence[Inspection] = (), named: NamedCase = NOBODY
) -> Iterator[Hazard]:
    """Convictions of someone whom the case is not against, or of a namesake with another birth or number.

    `people` are those of one file, `files` all files of the message, that one among them.
    """
    everyone = [*people, *(one for file in files for one in file.identities)]
    accused = [one for one in everyone if one.accused]
    wanted = [*(one.names for one in accused), *named.defendants]
    for about in dict.fromkeys(one.about for one in people if one.recorded):
        forms = [one for one in people if one.recorded and one.about == about]
        if wanted and not any(same_name(one.names, name) for one in forms for name in wanted):
            against = f"{_masks(accused)}, whom the case is against" if accused else "the defendant you named"
            yield _print_of(forms[0], f"The convictions are those of {forms[0].masked}, not of {against}")
            continue
        known = [one for one in everyone if one.accused or one.recorded]
        what = next(
            (_differs(a, b) for a in forms for b in known if same_name(a.names, b.names) and _differs(a, b)), ""
        )
        if what:
            said = f"The convictions are those of a {forms[0].masked} with another {what} than the defendant"
            yield _print_of(forms[0], said)


def _print_of(one: Identity, said: str) -> Hazard:
    return Hazard(HazardKind.MIXED_SUBJECTS, one.place, said)


def _names(text: str) -> Iterator[str]:
    """The names at the start of a text: runs of capitalised words, or one word of a message without capitals."""
    rest = text.strip()
    while rest:
        run = _CAPITAL_RUN.match(rest)
        if run is None:
            if text.islower():
                yield rest.split()[0]
            return
        yield run.group()
        joint = _BETWEEN.match(rest, run.end())
        if joint is None:
            return
        rest = rest[joint.end() :]


def _references(inspection: Inspection, named: NamedCase) -> Iterator[Hazard]:
    """References to another case than the one named, or to several cases in one file; linked cases are none."""
    refs = [ref for ref in dict.fromkeys(inspection.case_refs) if ref not in inspection.linked_refs]
    others = [ref for ref in refs if ref not in named.urns]
    if named.urns and others:
        said = f"The file names case {_list(others)}, not {_list(named.urns)}"
        yield Hazard(HazardKind.OTHER_CASE, _place_of(inspection, others[0]), said, len(others))
    elif not named.urns and len(refs) > 1:
        said = f"The file names {len(refs)} cases: {_list(refs)}"
        yield Hazard(HazardKind.OTHER_CASE, _place_of(inspection, refs[1]), said, len(refs))


def _defendants(inspection: Inspection, named: NamedCase) -> Iterator[Hazard]:
    """A file against nobody whom the sender named; under the right reference it may be a co-defendant's."""
    accused = _accused(inspection)
    if not (named.defendants and accused) or set(inspection.case_refs) & set(named.urns):
        return
    if not any(same_name(one.names, name) for one in accused for name in named.defendants):
        said = f"The file is about the case against {_masks(accused)}, who is not the defendant you named"
        yield Hazard(HazardKind.OTHER_CASE, accused[0].place, said)


def _differs(one: Identity, other: Identity) -> str:
    """What shows that two people of one name are two: words for it, or nothing."""
    for what, ours, theirs in (
        ("PNC ID", one.pnc_ids, other.pnc_ids),
        ("CRO number", one.cro_numbers, other.cro_numbers),
        ("date of birth", one.births, other.births),
    ):
        if ours and theirs:
            # The first that both have decides: an alias date of birth under one PNC ID is one person.
            return "" if set(ours) & set(theirs) else what
    return ""


def _between(files: Sequence[Inspection], named: NamedCase) -> Iterator[tuple[int, Hazard]]:
    """Files of one message that are of different cases: those that are not of the case most of them are of."""
    groups = _cases(files)
    right = [group for group in groups if any(_is_named(files[at], named) for at in group)]
    largest = max((len(group) for group in groups), default=0)
    if not right and sum(len(group) == largest for group in groups) == 1:
        right = [group for group in groups if len(group) == largest]
    for group in groups:
        others = [at for one in (right or groups) for at in one if group not in right and one is not group]
        other = next((files[at] for at in others if all(_two_cases(files[own], files[at]) for own in group)), None)
        if other is None:
            continue
        for at in group:
            said = f"It is of {_case_words(files[at])}; {other.name} is of {_case_words(other)}"
            yield at, Hazard(HazardKind.OTHER_CASE, _first_place(files[at]), said)


def _is_named(file: Inspection, named: NamedCase) -> bool:
    if set(file.case_refs) & set(named.urns):
        return True
    return any(same_name(one.names, name) for one in _accused(file) if one.names for name in named.defendants)


def _cases(files: Sequence[Inspection]) -> list[list[int]]:
    """The files that say whose case they are, gathered by shared reference or shared defendant."""
    groups: list[list[int]] = []
    for at, file in enumerate(files):
        if not (file.case_refs or _accused(file)):
            continue
        joined = [group for group in groups if any(_one_case(file, files[other]) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append(sorted([at, *(other for group in joined for other in group)]))
    return groups


def _one_case(one: Inspection, other: Inspection) -> bool:
    """Two references are two cases, even against one defendant."""
    if one.case_refs and other.case_refs:
        return bool(set(one.case_refs) & set(other.case_refs))
    return _shared_defendant(one, other)


def _two_cases(one: Inspection, other: Inspection) -> bool:
    """A reference on one and a name on the other do not say that they differ."""
    if one.case_refs and other.case_refs:
        return not set(one.case_refs) & set(other.case_refs)
    return bool(_accused(one) and _accused(other)) and not _shared_defendant(one, other)


def _shared_defendant(one: Inspection, other: Inspection) -> bool:
    return any(same_name(a.names, b.names) and not _differs(a, b) for a in _accused(one) for b in _accused(other))


def _accused(inspection: Inspection) -> list[Identity]:
    return [one for one in inspection.identities if one.accused]


def _case_words(inspection: Inspection) -> str:
    if inspection.case_refs:
        return f"case {_list(inspection.case_refs)}"
    return f"the case against {_masks(_accused(inspection))}"


def _labelled_alike(inspections: Sequence[Inspection]) -> tuple[Inspection, ...]:
    """The same files, in which one person carries one label throughout."""
    people: list[tuple[str, list[Identity]]] = []
    files = []
    for file in inspections:
        labels: dict[str, str] = {"": ""}
        every = [*(one.about for one in file.identities), *(one.about for one in file.findings)]
        for old in dict.fromkeys(about for about in every if about):
            forms = [one for one in file.identities if one.about == old and sum(len(w) > 1 for w in one.names) > 1]
            known = next((person for person in people if _one_person(person[1], forms)), None)
            if known is None:
                known = (f"person {len(people) + 1}", [])
                people.append(known)
            known[1].extend(forms)
            labels[old] = known[0]
        identities = tuple(replace(one, about=labels[one.about]) for one in file.identities)
        findings = tuple(replace(one, about=labels[one.about]) for one in file.findings)
        files.append(replace(file, identities=identities, findings=findings))
    return tuple(files)


def _one_person(known: Sequence[Identity], forms: Sequence[Identity]) -> bool:
    return any(same_name(a.names, b.names) and not _differs(a, b) for a in known for b in forms)


def _place_of(inspection: Inspection, ref: str) -> str:
    """Where a reference stands, as far as its last characters tell."""
    urns: list[Finding] = [one for one in inspection.findings if one.category is Category.CASE_URN]
    return next((one.place for one in urns if one.masked[-2:] == ref[-2:]), urns[0].place if urns else "")


def _first_place(inspection: Inspection) -> str:
    if inspection.case_refs:
        return _place_of(inspection, inspection.case_refs[0])
    return next((one.place for one in _accused(inspection)), "")


def _masks(people: Sequence[Identity]) -> str:
    return " and ".join(dict.fromkeys(one.masked for one in people if one.masked)) or "someone else"


def _list(refs: Sequence[str]) -> str:
    return ", ".join(refs[:4]) + (f" and {len(refs) - 4} more" if len(refs) > 4 else "")
