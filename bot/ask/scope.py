"""Tells a question for somebody else (pay, the law, printers, small talk) from one about handling information. Pure."""

from bot.ask.evidence import Book, Evidence
from bot.domain.verdict import Verdict
from knowledge import Facts

# How a question for somebody else differs from one of ours: logistic regression over the starter pack's own questions,
# each judged by an index without its fold (`python -m bench.fit_scope`).
_BIAS = 2.0
_RELEVANCE = -3.0
_NEAR_OURS = -0.6
_NEAR_OTHERS = 1.4
_STATED = {"material": -1.8, "recipient": -1.5, "channel": -1.2, "protection": -0.6}
_FIRM = -1.0
"""A thing and where it goes, or how."""
_HANDLES = -0.6
"""A verb of sending, showing, keeping or changing."""
_HOPELESS = -0.9
"""A relevance so low that not even "lost" or "throw away" makes it a question of handling."""
_DECIDES = 0.70
"""From here on the nearest known question alone says whose question it is."""
_SAYS_THE_SAME = 0.82
"""The same, where a thing and where it goes were read."""
_POINTS = 0.54
"""From here on the page of a known question is worth naming."""


def is_foreign(facts: Facts, evidence: Evidence, book: Book, *, handles: bool = True) -> bool:
    """True for a question that the guidance leaves to others, or that is about nothing it knows."""
    happened = any(book.vocabulary.terms[material].situation for material in facts.materials)
    if happened and evidence.relevance > _HOPELESS:
        return False
    nearest = evidence.asked[0] if evidence.asked else None
    firm = bool(facts.materials and (facts.recipients or facts.channels))
    if nearest is not None and nearest.similarity >= (_SAYS_THE_SAME if firm else _DECIDES):
        return book.answer_of(nearest) == Verdict.NOT_COVERED
    near = dict.fromkeys((True, False), 0.0)
    for found in evidence.asked:
        ours = book.answer_of(found) != Verdict.NOT_COVERED
        near[ours] = max(near[ours], found.similarity)
    stated = {
        "material": facts.materials,
        "recipient": facts.recipients,
        "channel": facts.channels,
        "protection": facts.protections | facts.lacking,
    }
    score = _BIAS + _RELEVANCE * evidence.relevance + _NEAR_OURS * near[True] + _NEAR_OTHERS * near[False]
    score += _FIRM * firm + _HANDLES * handles
    return score + sum(_STATED[fact] for fact, terms in stated.items() if terms) > 0


def whose(evidence: Evidence, book: Book) -> str | None:
    """The page for the nearest question that the guidance leaves to others, if it is near at all."""
    for found in evidence.asked[:3]:
        if book.answer_of(found) == Verdict.NOT_COVERED and found.similarity >= _POINTS:
            return found.example.document
    return None
