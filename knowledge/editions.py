"""Recognises older editions and copies of a document among the others. Pure.

Folding two documents hides one, so it takes two signs: that they are the same document (title and shared wording, or
nearly all wording and a mark of age), and which of them is in force. Where either is in doubt the pair is reported and
both stay. What a document itself says (`superseded_by:`, `supersedes:`) always counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import PurePosixPath

from knowledge.markdown import split_front_matter
from knowledge.model import Document
from knowledge.words import plain_words, words_of

Runs = frozenset[int]
_SHINGLE = 3
_COMMON = 12
"""A run of words in more documents than this is a form of words, not a sign of kinship."""
_RELATED = 0.20
"""Of the shorter document's runs of words: from here on two documents of one title are editions of each other."""
_REWRITTEN = 0.10
"""Enough for one title when one of the two is marked as old."""
_MOSTLY = 0.60
"""From here on a document that is marked as old is an edition of the other, whatever its title."""
_SAME = 0.97
"""From here on it is the same text."""
_OLD_FOLDER = re.compile(
    r"\b(?:archived?|legacy|old|obsolete|superseded|previous|deprecated|withdrawn|history|exports?|exported|backups?|dump)\b",
    re.IGNORECASE,
)
_OLD_NAME = re.compile(
    r"\b(?:old|obsolete|superseded|withdrawn|deprecated|draft|interim|copy of|backup|do not use|archived?)\b"
    r"|\(\d\)\s*$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"\bv(?:ersion)?[ ._]?(\d+(?:\.\d+)*)\b|\b(\d+(?:\.\d+)+)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_TITLE = re.compile(
    r"\bv(?:ersion)?[ .]?\d+(?:\.\d+)*\b|\b\d+(?:\.\d+)+\b|\b(?:19|20)\d\d\b|\(\d\)|"
    r"\b(?:and|the|of|for|a|old|new|draft|final|interim|copy|superseded|archived?|obsolete|latest|current|updated|revised|guidance|policy|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_STATED = "it says so itself"
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Edition:
    """A document that another one stands in for, or may."""

    older: str
    """Path of the one that is not in force."""
    current: str
    reason: str
    """In words for the guidance's owner."""
    sure: bool
    """False when a person has to say; both are then used."""


def find_editions(documents: Sequence[Document]) -> tuple[Edition, ...]:
    """Every pair that is, or may be, one document in two editions; at most one sure entry for each older document."""
    by_id = {document.id: document for document in documents}
    stated = {one.id: named for one in documents if (named := _named(one, one.superseded_by, documents))}
    for document in documents:
        replaced = _named(document, document.supersedes, documents)
        if replaced:
            stated.setdefault(replaced, document.id)
    found = [Edition(old, new, _STATED, sure=True) for old, new in stated.items()]
    runs = {document.id: _runs(document) for document in documents}
    titles = {document.id: _plain_title(document) for document in documents}
    marked = {document.id: bool(_age_mark(document)) for document in documents}
    for one, other in _kin(titles, runs):
        if one in stated or other in stated:
            continue
        smaller, larger = sorted((len(runs[one]), len(runs[other])))
        if titles[one] != titles[other] and marked[one] == marked[other] and smaller < _SAME * larger:
            continue  # no overlap would make them editions of each other
        overlap, same = _overlap(runs[one], runs[other])
        judged = _judged(by_id[one], by_id[other], overlap, same)
        if judged is not None:
            found.append(judged)
    return tuple(_settled(found))


def in_force(documents: Sequence[Document]) -> dict[str, str]:
    """Each older edition's path, and the path of the document in force instead."""
    return {one.older: one.current for one in find_editions(documents) if one.sure}


def _named(document: Document, name: str | None, documents: Iterable[Document]) -> str | None:
    """The other document that `superseded_by:` or `supersedes:` names, by path, file name or title."""
    wanted = (name or "").strip().lower().removeprefix("./")
    for one in documents if wanted else ():
        names = {
            one.id.lower(),
            PurePosixPath(one.id).name.lower(),
            PurePosixPath(one.id).stem.lower(),
            one.title.lower(),
        }
        if one.id != document.id and wanted in names:
            return one.id
    return None


def _runs(document: Document) -> Runs:
    """The runs of words of a document, without its front matter and title; by their hashes, which compare quicker."""
    text = split_front_matter(document.text)[1].lstrip("# \n").removeprefix(document.title)
    words = plain_words(text)
    return frozenset(map(hash, zip(*(words[at:] for at in range(_SHINGLE)), strict=False)))


def _kin(named: Mapping[str, str], runs: Mapping[str, Runs]) -> Iterable[tuple[str, str]]:
    """Pairs that share a title, or wording that few others have."""
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    holders: dict[int, list[str]] = defaultdict(list)
    titles: dict[str, list[str]] = defaultdict(list)
    for document, title in named.items():
        titles[title].append(document)
        for run in runs[document]:
            holders[run].append(document)
    for several in holders.values():
        if 1 < len(several) <= _COMMON:
            for pair in combinations(several, 2):
                pairs[pair] += 1
    for alike in titles.values():
        for pair in combinations(alike[:_COMMON], 2):
            pairs[pair] += len(runs[pair[0]])
    few = _REWRITTEN / 2
    return sorted(pair for pair, shared in pairs.items() if shared >= few * min(len(runs[pair[0]]), len(runs[pair[1]])))


def _overlap(one: Runs, other: Runs) -> tuple[float, float]:
    """The shared runs as a share of the shorter document's, and of both documents' together."""
    shared, smaller = len(one & other), min(len(one), len(other))
    return (shared / smaller, shared / len(one | other)) if smaller else (0.0, 0.0)


def _judged(one: Document, other: Document, overlap: float, same: float) -> Edition | None:
    # One other word makes another document: "mid year" and "end of year" are two.
    titled = _plain_title(one) == _plain_title(other)
    marked = [mark for mark in (_age_mark(one), _age_mark(other)) if mark]
    related = _REWRITTEN if len(marked) == 1 else _RELATED
    kin = (titled and overlap >= related) or (len(marked) == 1 and overlap >= _MOSTLY) or same >= _SAME
    if not kin:
        return None
    if same >= _SAME and not titled and not marked:
        return _doubtful(one, other, "they say the same under two titles")
    older, why, agreed = _older(one, other, same >= _SAME)
    if older is None:
        return _doubtful(one, other, "they read like two editions, and nothing says which is in force")
    current = other if older is one else one
    if not agreed:
        return Edition(older.id, current.id, f"they read like two editions, but the signs disagree: {why}", sure=False)
    return Edition(older.id, current.id, why, sure=True)


def _doubtful(one: Document, other: Document, why: str) -> Edition:
    older, current = sorted((one.id, other.id), reverse=True)
    return Edition(older, current, why, sure=False)


def _older(one: Document, other: Document, same: bool) -> tuple[Document | None, str, bool]:
    """The one not in force, why, and whether the signs agree."""
    signs: list[tuple[Document, str]] = []
    marks = (_age_mark(one), _age_mark(other))
    if bool(marks[0]) != bool(marks[1]):
        signs.append((one if marks[0] else other, f"it is marked “{marks[0] or marks[1]}”"))
    for name, of in (("version", _version), ("review date", _reviewed), ("year", _year)):
        left, right = of(one), of(other)
        if left and right and left != right:
            signs.append((one if left < right else other, f"its {name} is earlier"))
    if not signs and same:
        # Nothing is lost whichever is kept: the one that can be written in, and nearer the top.
        kept = min(one, other, key=_plainness)
        return (other if kept is one else one), "it is a copy", True
    if not signs:
        # Dated or numbered beside a bare one: the bare one is kept up to date, or forgotten. A person has to say.
        return None, "", False
    older, why = signs[0]
    # A draft or an interim note may well carry the later date or number: the mark says that it is not in force.
    firm = why.startswith("it is marked")
    against = [reason for sign, reason in signs[1:] if sign is not older]
    return older, ", but the other: ".join([why, *against]), not against or (firm and "draft" in why)


def _plainness(document: Document) -> tuple[bool, int, str]:
    path = PurePosixPath(document.id)
    return (
        path.suffix.lower() not in {".md", ".markdown"},
        len(path.parts),
        document.id,
    )


def _age_mark(document: Document) -> str:
    """The word in a document's path, title or version that says it is not in force; empty when there is none."""
    path = PurePosixPath(document.id)
    name = path.stem.replace("_", " ").replace("-", " ")
    folders = " / ".join(path.parts[:-1]).replace("_", " ").replace("-", " ")
    named = map(_OLD_NAME.search, (name, document.title, document.version, document.status))
    found = _OLD_FOLDER.search(folders) or next(filter(None, named), None)
    return found.group().strip().lower() if found else ""


def _version(document: Document) -> tuple[int, ...]:
    stem = PurePosixPath(document.id).stem.replace("_", " ")
    for text in (f"v{document.version}" if document.version[:1].isdigit() else document.version, document.title, stem):
        found = _VERSION.search(text)
        if found:
            numbers = [int(part) for part in (found[1] or found[2]).split(".")]
            while numbers and numbers[-1] == 0:
                numbers.pop()
            return tuple(numbers) or (0,)
    return ()


def _reviewed(document: Document) -> tuple[int, ...]:
    return document.reviewed.timetuple()[:3] if document.reviewed else ()


def _year(document: Document) -> tuple[int, ...]:
    found = _YEAR.findall(f"{document.title} {PurePosixPath(document.id).stem.replace('-', ' ').replace('_', ' ')}")
    return tuple(sorted((int(year) for year in found), reverse=True)[:1])


def _plain_title(document: Document) -> str:
    """The title without what tells editions apart."""
    title = _NO_TITLE.sub(" ", _BRACKETS.sub(" ", document.title.lower().replace("_", " ").replace("-", " ")))
    return " ".join(sorted({word.stem for word in words_of(title)})) or document.title.lower()


def _settled(found: Sequence[Edition]) -> Iterable[Edition]:
    """The pairs with each older document led to the one in force at the end of its chain, and once."""
    next_of: dict[str, Edition] = {}
    for one in sorted(
        (one for one in found if one.sure), key=lambda one: (one.reason != "it says so itself", one.older)
    ):
        next_of.setdefault(one.older, one)
    for one in next_of.values():
        end, seen = one.current, {one.older}
        while end in next_of and end not in seen:
            seen.add(end)
            end = next_of[end].current
        if end not in seen:
            yield replace(one, current=end)
    for one in found:
        if not one.sure and one.older not in next_of and one.current not in next_of:
            yield one
