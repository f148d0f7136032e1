"""The words staff use and the terms they stand for, read from `vocabulary.yaml`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from knowledge.errors import VocabularyError
from knowledge.words import Word, words_of

FACTS = ("material", "recipient", "channel", "protection")
_NOTHING = "nothing"
"""The list of phrases that hold a word of the vocabulary and do not mean it ("Evening Post", "right hand column")."""
SHIPPED = Path(__file__).with_name("vocabulary.yaml")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C where PyYAML was built with it: six times as fast."""
_ARTICLES = frozenset({"a", "an", "the", "your"})
_TAKEN_BACK = re.compile(
    r"\b(?:no,? sorry|sorry,? (?:i )?mean[t]?|sorry,? no|(?:no,? )?i meant(?: to say)?|scratch that|correction(?=[:,])|"
    r"no,? (?:wait|actually))\b",
    re.IGNORECASE,
)
"""Words with which somebody takes back what was said just before."""


@dataclass(frozen=True)
class Term:
    """One idea with one name."""

    id: str
    fact: str
    """One of FACTS."""
    say: str
    """The words shown to people."""
    parents: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """For a protection: words that say it is missing ("unencrypted")."""
    faint: tuple[str, ...] = ()
    """Everyday words ("address", "file") that mean this only when the text names nothing clearer of its kind."""
    owned_by: tuple[tuple[str, str], ...] = ()
    """(owner term, term meant instead): "convictions" owned by a witness are a witness's convictions."""
    situation: bool = False
    """Something that has happened or is to be done with it ("throw away"), rather than a thing to send."""
    happened: bool = False
    """A situation that counts only as something that has happened: "pressed send", not "before pressing send"."""
    gone_wrong: bool = False
    """A situation that must never be met with "not covered": something lost, astray or nearly so."""
    common: bool = False
    """Among the first to offer when a fact is asked for."""
    lacking_means: str = ""
    """For a protection: what is sent when it is missing: a redaction that is not burned in does not redact."""
    implies: tuple[str, ...] = ()
    """Terms of other facts that go without saying: the initial details go to the defence."""


@dataclass(frozen=True)
class _Entry:
    """What a phrase stands for."""

    term: str
    lacking: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Mention:
    """A phrase of the vocabulary found in a text."""

    term: str
    fact: str
    start: int
    end: int
    lacking: bool = False
    """True when the phrase itself says that the protection is missing."""
    guessed: bool = False
    """True when a spelling slip was forgiven."""
    faint: bool = False
    """True for an everyday word that counts only when nothing clearer is there."""


class Vocabulary:
    """All terms, with look-up by phrase; immutable once built."""

    def __init__(self, terms: Iterable[Term], nothing: Iterable[str] = ()) -> None:
        self.terms: dict[str, Term] = {term.id: term for term in terms}
        self._nothing = {
            tuple(word.plain for word in _telling(words_of(form)))
            for phrase in nothing
            for form in (phrase, f"{phrase}s")
        }
        # A phrase as it is typed comes before a phrase of the same stems: "training" is not a "train".
        self._typed: dict[tuple[str, ...], list[_Entry]] = {}
        self._stemmed: dict[tuple[str, ...], list[_Entry]] = {}
        for term in self.terms.values():
            for phrase in (term.id.replace("_", " "), term.say, *term.words):
                if phrase not in term.faint:
                    self._add(phrase, _Entry(term.id))
            for phrase in term.without:
                self._add(phrase, _Entry(term.id, lacking=True))
            for phrase in term.faint:
                for form in (phrase, f"{phrase}s"):
                    self._add(form, _Entry(term.id, faint=True))
        self._longest = max((len(phrase) for phrase in (*self._typed, *self._nothing)), default=1)
        self._long_words = sorted({word for phrase in self._stemmed for word in phrase if len(word) >= 5})

    def _add(self, phrase: str, entry: "_Entry") -> None:
        words = _telling(words_of(phrase))
        for index, key in (
            (self._typed, tuple(word.plain for word in words)),
            # Everyday words count as typed only: "charging" is not "the charges".
            (self._stemmed, () if entry.faint else tuple(word.stem for word in words)),
        ):
            if key and entry not in index.setdefault(key, []):
                index[key].append(entry)

    @classmethod
    def load(cls, extra: Path | None = None) -> "Vocabulary":
        """Read the shipped file and a site's own on top; raises VocabularyError naming the entry."""
        entries, nothing = _read(SHIPPED)
        if extra is not None:
            own, own_nothing = _read(extra)
            nothing = (*nothing, *own_nothing)
            for fact, terms in own.items():
                for name, entry in terms.items():
                    shipped = entries[fact].get(name, {})
                    words = [*shipped.get("words", []), *entry.get("words", [])]
                    entries[fact][name] = {**shipped, **entry, "words": words}
        vocabulary = cls(
            (_term(fact, name, entry) for fact, terms in entries.items() for name, entry in terms.items()), nothing
        )
        for term in vocabulary.terms.values():
            unknown = [
                name
                for name in (*term.parents, *term.implies, *(meant for _, meant in term.owned_by))
                if name not in vocabulary.terms
            ]
            if unknown:
                raise VocabularyError(f"{term.id}: {unknown[0]} is not a term of the vocabulary")
        return vocabulary

    def say(self, term: str) -> str:
        """The words for people; an unknown term is said as it is."""
        known = self.terms.get(term)
        return known.say if known else term.replace("_", " ")

    def is_a(self, term: str, broader: str) -> bool:
        """True when `term` is `broader` or one of its kinds, at any depth."""
        return broader in self.lineage(term)

    @lru_cache(maxsize=4096)  # noqa: B019 - one vocabulary lives as long as the process
    def lineage(self, term: str) -> frozenset[str]:
        """The term itself and everything broader."""
        known = self.terms.get(term)
        if known is None:
            return frozenset({term})
        return frozenset({term}).union(*(self.lineage(parent) for parent in known.parents))

    def depth(self, term: str) -> int:
        """How specific a term is: 1 for the broadest."""
        known = self.terms.get(term)
        return 1 + max((self.depth(parent) for parent in known.parents), default=0) if known else 1

    def narrowest(self, terms: Iterable[str]) -> tuple[str, ...]:
        """The terms without those that a narrower one of them already says, in their order."""
        unique = list(dict.fromkeys(terms))
        return tuple(t for t in unique if not any(t != other and self.is_a(other, t) for other in unique))

    def find(self, text: str, *, forgive: Callable[[str], bool] | None = None) -> list[Mention]:
        """All phrases in the text, leftmost and longest first, never overlapping, without what is taken back.

        Spelling slips are forgiven in words for which `forgive` answers True.
        """
        words = _telling(words_of(text))
        found: list[Mention] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                run = words[at : at + length]
                if tuple(word.plain for word in run) in self._nothing:
                    at += length
                    break
                entries, guessed = self._look_up(run, forgive)
                if entries:
                    found += [
                        Mention(e.term, self.terms[e.term].fact, run[0].start, run[-1].end, e.lacking, guessed, e.faint)
                        for e in entries
                    ]
                    at += length
                    break
            else:
                at += 1
        return _standing(text, found)

    def named(self, text: str) -> frozenset[str]:
        """The terms that a text names, with all that is broader; what it says is missing with a mark."""
        return frozenset(
            f"{'not:' if mention.lacking else ''}{term}"
            for mention in self.find(text)
            for term in self.lineage(mention.term)
        )

    def _look_up(self, run: "list[Word]", forgive: Callable[[str], bool] | None) -> "tuple[list[_Entry], bool]":
        entries = self._typed.get(tuple(word.plain for word in run)) or self._stemmed.get(
            tuple(word.stem for word in run)
        )
        if entries or forgive is None:
            return entries or [], False
        spelt = tuple(self._spelt(word.stem) if forgive(word.plain) else word.stem for word in run)
        return self._stemmed.get(spelt, []), True

    @lru_cache(maxsize=8192)  # noqa: B019 - one vocabulary lives as long as the process
    def _spelt(self, stem: str) -> str:
        """The vocabulary's word one slip away (two for long words), else the word as typed."""
        if len(stem) < 5 or stem in self._long_words:
            return stem
        slips = 2 if len(stem) >= 9 else 1
        nearest = extractOne(stem, self._long_words, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
        # A slip in the first letter is rare, and forgiving it turns one word into another.
        return str(nearest[0]) if nearest and nearest[0][0] == stem[0] else stem


def _telling(words: "Iterable[Word]") -> "list[Word]":
    """The words without articles: "to the wrong person" is "to wrong person"; an article alone stays."""
    every = list(words)
    return [word for word in every if word.plain not in _ARTICLES] or every


def _standing(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions without the one that "no sorry, by email" takes back: the last before it of the same kind."""
    for said in _TAKEN_BACK.finditer(text):
        after = next((one for one in found if one.start >= said.end()), None)
        before = [one for one in found if after is not None and one.end <= said.start() and one.fact == after.fact]
        if before:
            found = [one for one in found if one.start != before[-1].start]
    return found


def _read(path: Path) -> tuple[dict[str, dict[str, dict[str, Any]]], tuple[str, ...]]:
    """The terms by fact, and the phrases that mean nothing."""
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe loaders
    except (OSError, yaml.YAMLError) as error:
        raise VocabularyError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(entries, Mapping) or not set(entries) <= {*FACTS, _NOTHING}:
        raise VocabularyError(f"{path.name}: the top level holds {', '.join((*FACTS, _NOTHING))} and no other name")
    nothing = tuple(str(phrase) for phrase in entries.get(_NOTHING) or ())
    return {fact: dict(entries.get(fact) or {}) for fact in FACTS}, nothing


def _term(fact: str, name: str, entry: Mapping[str, Any]) -> Term:
    try:
        return Term(
            id=name,
            fact=fact,
            say=str(entry.get("say", name.replace("_", " "))),
            parents=tuple(entry.get("is_a", ())),
            words=tuple(str(word) for word in entry.get("words", ())),
            without=tuple(str(word) for word in entry.get("without", ())),
            faint=tuple(str(word) for word in entry.get("faint", ())),
            situation=bool(entry.get("situation", False)),
            happened=bool(entry.get("happened", False)),
            gone_wrong=bool(entry.get("gone_wrong", False)),
            common=bool(entry.get("common", False)),
            lacking_means=str(entry.get("lacking_means", "")),
            implies=tuple(str(word) for word in entry.get("implies", ())),
            owned_by=tuple((str(owner), str(meant)) for owner, meant in dict(entry.get("owned_by", {})).items()),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise VocabularyError(f"{name}: {error}") from error
