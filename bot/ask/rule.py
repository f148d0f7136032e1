"""From a question as understood to a decision: look up what the guidance says, and decide by it."""

from dataclasses import replace

from bot.ask.clarify import Unstated
from bot.ask.decide import SAME, Decision, decide
from bot.ask.evidence import GENERAL, Book, Evidence
from bot.ask.question import Question
from bot.ask.retrieve import retrieve
from bot.ask.scope import is_foreign, whose
from bot.domain.verdict import Verdict
from knowledge import Facts, Library

MOST_ASKED = 2
"""Clarifying questions in a row; then the strictest of what remains is the answer."""
SURE = 0.8
"""Facts less sure than this never lead to `ok`."""
_STRICT = 0.12
"""From here on the known questions, taken together, speak for a stricter answer than one row that lets it go. Where one
in two hundred rightly mild answers to the starter pack's own questions is held back, each judged without itself."""
_FEW = 4
"""Words of a follow-up too short to be about something else."""
_LIKELY = 0.7
"""Facts less sure than this lead to no yes at all: a person is asked first."""


def rule(question: Question, library: Library, book: Book) -> Decision:
    """What the guidance comes to for this question."""
    evidence = retrieve(question, library)
    if not question.said_now and question.sentences and _turns_away(question, library, book):
        return Decision(Verdict.NOT_COVERED, outside=whose(evidence, book))
    decision = decide(
        question.facts,
        evidence,
        book,
        unread=question.unread,
        denied=question.denied,
        manner=question.manner,
        unnamed=question.unnamed and not set(question.facts.materials) - GENERAL,
        may_ask=question.asked_before < MOST_ASKED,
    )
    if _all_guessed(question) and decision.verdict in (Verdict.OK, Verdict.SAFEGUARDS):
        if question.asked_before < MOST_ASKED:
            return replace(decision, verdict=Verdict.ASK, unstated=Unstated("material", book.usual_materials()))
        return replace(decision, verdict=Verdict.ASK, doubted=True)
    return _careful(decision, question, evidence)


def _all_guessed(question: Question) -> bool:
    """True when neither what goes nor to whom was read in known words."""
    taken = {term for term, _ in question.guessed}
    return bool(taken) and taken >= {*question.facts.materials, *question.facts.recipients} and len(taken) > 1


def _turns_away(question: Question, library: Library, book: Book) -> bool:
    """True when a message in a conversation is about something else altogether ("and when is lunch?")."""
    said = question.sentences[0]
    if not question.unread or any(book.vocabulary.terms[term].situation for term in question.facts.materials):
        return False
    alone = Evidence(library.asked(said), (), library.leaning(said).relevance)
    return len(said.split()) >= _FEW and is_foreign(Facts(), alone, book, question.manner)


def _against(question: Question, evidence: Evidence) -> bool:
    """True when the known questions together speak against a yes, unless every word was read or one is the same."""
    manner = question.manner
    plain = not manner.unread and manner.clear is not None and {"material", "recipient"} <= manner.clear
    same = bool(evidence.asked) and evidence.asked[0].similarity >= SAME
    return evidence.strictness > _STRICT and not plain and not same


def _careful(decision: Decision, question: Question, evidence: Evidence) -> Decision:
    """The less sure the reader is of what was meant, the less it allows; nor where such questions end more strictly."""
    if decision.verdict in (Verdict.OK, Verdict.SAFEGUARDS) and _against(question, evidence):
        return replace(decision, verdict=Verdict.ASK, doubted=True)
    least = min((sure for _, sure in question.guessed), default=1.0)
    doubted = (least < SURE and decision.verdict is Verdict.OK) or (
        least < _LIKELY and decision.verdict is Verdict.SAFEGUARDS
    )
    doubted |= question.beside and decision.verdict is Verdict.OK
    return replace(decision, verdict=Verdict.ASK, doubted=True) if doubted else decision
