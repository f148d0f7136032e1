"""Tells a question for somebody else (pay, the law, printers, small talk) from one about handling information. Pure."""

from bot.ask.evidence import Book, Evidence
from bot.ask.manner import USUAL, Manner
from bot.domain.verdict import Verdict
from knowledge import Facts

OUTSIDE_TOPIC = "outside_topic"
_NEAREST = 3
"""Known questions of either kind whose mean likeness counts."""
_AMONG = 8
"""The nearest known questions of which the share of foreign ones counts."""
_MOST_UNREAD = 4
# How a question for somebody else differs from one of ours: above 0 it is foreign. Logistic regression over the starter
# pack's own questions, each judged by an index without its fold, and two golden sets (`python -m bench.fit_scope`).
WEIGHTS = {
    "bias": 2.3,
    "relevance": -3.9,
    "like_ours": -0.5,
    "like_others": 1.3,
    "among_others": 1.1,
    "material": -0.9,
    "material_clear": -0.6,
    "recipient": -0.3,
    "recipient_clear": -0.1,
    "channel": -0.5,
    "channel_clear": -0.4,
    "protection": -0.4,
    "firm": -1.3,
    "handles": -0.2,
    "situation": -0.6,
    "sends": -0.7,
    "gets": -0.8,
    "points": -1.2,
    "wonders": 0.7,
    "counts": 1.2,
    "unread": 0.5,
}
_HOPELESS = -0.8
"""A relevance so low that not even "lost" or "to the wrong firm" makes it a question of handling."""
_DECIDES = 0.70
"""From here on the nearest known question alone says whose question it is."""
_SAYS_THE_SAME = 0.82
"""The same, where a thing and where it goes were read."""
_POINTS = 0.54
"""From here on the page of a known question is worth naming."""


def signs(facts: Facts, manner: Manner, evidence: Evidence, book: Book) -> dict[str, float]:
    """What tells the two kinds apart, by the names of `WEIGHTS`."""
    ours = [found.similarity for found in evidence.asked if book.answer_of(found) != Verdict.NOT_COVERED]
    others = [found.similarity for found in evidence.asked if book.answer_of(found) == Verdict.NOT_COVERED]
    near = [book.answer_of(found) == Verdict.NOT_COVERED for found in evidence.asked[:_AMONG]]
    things = [term for term in facts.materials if not book.vocabulary.is_a(term, OUTSIDE_TOPIC)]
    stated = {"material": things, "recipient": facts.recipients, "channel": facts.channels}
    seen = {
        "bias": 1.0,
        "relevance": evidence.relevance,
        "like_ours": _mean(ours[:_NEAREST]),
        "like_others": _mean(others[:_NEAREST]),
        "among_others": _mean(near),
        "protection": bool(facts.protections | facts.lacking),
        "firm": bool(things and (facts.recipients or facts.channels)),
        "situation": any(book.vocabulary.terms[term].situation for term in things),
        "handles": manner.handles,
        "sends": manner.sends,
        "gets": manner.gets,
        "points": manner.points,
        "wonders": manner.wonders,
        "counts": manner.counts,
        "unread": min(manner.unread, _MOST_UNREAD) / _MOST_UNREAD,
    }
    for fact, terms in stated.items():
        seen[fact] = bool(terms)
        seen[f"{fact}_clear"] = bool(terms) and (manner.clear is None or fact in manner.clear)
    return {name: float(value) for name, value in seen.items()}


def is_foreign(facts: Facts, evidence: Evidence, book: Book, manner: Manner = USUAL) -> bool:
    """True for a question that the guidance leaves to others, or that is about nothing it knows."""
    terms = [book.vocabulary.terms[material] for material in facts.materials]
    if any(term.gone_wrong for term in terms) and evidence.relevance > _HOPELESS:
        return False
    topic = any(book.vocabulary.is_a(term.id, OUTSIDE_TOPIC) for term in terms)
    if topic and not (manner.handles or facts.recipients or facts.channels):
        return True
    nearest = evidence.asked[0] if evidence.asked else None
    firm = bool(facts.materials and (facts.recipients or facts.channels))
    if nearest is not None and nearest.similarity >= (_SAYS_THE_SAME if firm else _DECIDES):
        return book.answer_of(nearest) == Verdict.NOT_COVERED
    score = sum(WEIGHTS[name] * value for name, value in signs(facts, manner, evidence, book).items())
    return score > 0


def whose(evidence: Evidence, book: Book) -> str | None:
    """The page for the nearest question that the guidance leaves to others, if it is near at all."""
    for found in evidence.asked[:_NEAREST]:
        if book.answer_of(found) == Verdict.NOT_COVERED and found.similarity >= _POINTS:
            return found.example.document
    return None


def _mean(values: list[float] | list[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
