"""Which words of the guidance are quoted: the rows, and the sentence beside them that is about the question. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.ask.conditions import conditional
from bot.ask.decide import Decision
from bot.ask.evidence import GENERAL
from bot.ask.question import Question
from bot.domain.citation import Citation, cite
from bot.domain.verdict import Verdict
from knowledge import Library, Match, Vocabulary, words_of

_MOST_CITATIONS = 2
_MOST_QUOTED = 30
"""Words of prose that are quoted beside a row."""
_ABOUT = 4
"""Shared words (a term counts double) from which on a sentence is about the question."""
_TELLING_LETTERS = 4
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_LISTED = re.compile(r"\s*\d*\s*[.)]?\s*$")


def quoted(question: Question, decision: Decision, leading: tuple[Match, ...], library: Library) -> Iterable[Citation]:
    """The rows as they stand, behind the prose that is about the very question, where there is some."""
    asking = decision.unstated is not None
    sought = _Sought.by(question, library.vocabulary)
    if leading and not asking:
        passage = _beside(leading[0], sought, library)
        if passage is not None:
            yield cite(library.documents[leading[0].rule.document], leading[0].rule.section, passage)
    rows = leading[:1] if asking else (*leading, *(one for one in conditional(decision) if one not in leading))
    telling = [one for one in rows if one.material is not None and one.material not in GENERAL]
    seen: set[tuple[str, str]] = set()
    for one in rows:
        document = library.documents[one.rule.document]
        # A refusal of the thing itself needs no rows about case material in general.
        idle = decision.verdict is Verdict.STOP and telling and one not in telling and one.channel is None
        if not idle and (document.id, one.rule.quote) not in seen and len(seen) < _MOST_CITATIONS:
            seen.add((document.id, one.rule.quote))
            yield cite(document, one.rule.section, one.rule.quote)
    for hit in decision.hits if not (asking and seen) else ():
        quote = _most_like(hit.passage.text, sought) or hit.passage.text
        yield cite(library.documents[hit.passage.document], hit.passage.section, quote)


@dataclass(frozen=True)
class _Sought:
    """What a question is about, made once for the many sentences it is compared with."""

    terms: frozenset[str]
    stems: frozenset[str]
    vocabulary: Vocabulary

    @classmethod
    def by(cls, question: Question, vocabulary: Vocabulary) -> "_Sought":
        """The question's terms with all that is broader, and its longer words."""
        facts = question.facts
        stated = (*facts.materials, *facts.recipients, *facts.channels)
        terms = {wider for term in stated for wider in vocabulary.lineage(term)} | facts.protections | facts.lacking
        texts = " ".join((question.text, *question.sentences))
        stems = frozenset(word.stem for word in words_of(texts) if len(word.plain) > _TELLING_LETTERS)
        return cls(frozenset(terms - GENERAL - {"outside"}), stems, vocabulary)

    def likeness(self, sentence: str) -> int:
        """How much a sentence shares with the question: terms count double."""
        said, stems = _said(sentence, self.vocabulary)
        return 2 * len(self.terms & said) + len(self.stems & stems)


@lru_cache(maxsize=4096)
def _said(sentence: str, vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """The terms and the words of a sentence of the guidance; the same few are looked at for every question."""
    terms = frozenset(mention.term for mention in vocabulary.find(sentence))
    return terms, frozenset(word.stem for word in words_of(sentence))


def _beside(one: Match, sought: _Sought, library: Library) -> str | None:
    """The sentence or two of the row's own section that are most like the question, if any is clearly about it."""
    beside = [p for p in library.passages if p.document == one.rule.document and p.section == one.rule.section]
    found = [quote for p in beside if (quote := _most_like(p.text, sought)) is not None]
    return max(found, key=sought.likeness, default=None)


def _most_like(passage: str, sought: _Sought) -> str | None:
    """The literal sentence that shares most with the question, with the next one where both are short."""
    places = [found.span() for found in _SENTENCE.finditer(passage) if not _LISTED.match(found.group())]
    best = max(places, key=lambda place: sought.likeness(passage[slice(*place)]), default=None)
    if best is None or sought.likeness(passage[slice(*best)]) < _ABOUT:
        return None
    start, end = best
    after = next((place for place in places if place[0] >= end), None)
    if (
        after is not None
        and len(passage[start : after[1]].split()) <= _MOST_QUOTED
        and "\n\n" not in passage[end : after[0]]
    ):
        end = after[1]
    return passage[start:end].strip()
