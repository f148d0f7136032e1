"""What stands in papers: an address on page two, a number at the start of a call. It goes with them, and it decides.

An everyday word ("address", "number") beside the name of a paper mostly says nothing; said to stand in it, it counts.
"""

from typing import TYPE_CHECKING

from bot.ask.done import denied_before
from bot.ask.grammar import ENGLISH, span_of, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTS = ("dobj", "obj", "attr", "conj", "nsubj", "dep")
_NEAR = 4
"""Words between a thing and where it is said to stand ("her mobile is halfway down page 2")."""


def held(doc: "Doc", start: int, end: int) -> bool:
    """True when these words name what stands in a paper ("it has her address on", "the number is on page 3")."""
    span = span_of(doc, start, end)
    if denied_before(doc, span.start, reach=4):
        return False
    return _is_held(span.root) or _stands_in(doc, span.start, span.end) or _somebodys(doc, span.start)


def _somebodys(doc: "Doc", start: int) -> bool:
    """True for "the victim's phone number": nobody says so of an office's or a firm's."""
    return start > 1 and doc[start - 1].tag_ == "POS" and doc[start - 2].lemma_.lower() in ENGLISH["protected"]


def _is_held(noun: "Token") -> bool:
    """True for "page 4 shows the address", "it still gives her number"."""
    verb = noun.head.head if noun.dep_ == "conj" else noun.head
    if verb.lemma_.lower() not in ENGLISH["holding"] or noun.dep_ not in _PARTS:
        return False
    subject = subject_of(verb)
    if noun.dep_ == "nsubj":
        return verb.lemma_.lower() in ENGLISH["showing"]  # "the house number shows"
    return subject is not None and subject.lower_ not in ENGLISH["people"] and subject.ent_type_ != "PERSON"


def _stands_in(doc: "Doc", start: int, end: int) -> bool:
    """True for "her number on page 3", "with the address still on it", "the number is in the second paragraph"."""
    after = list(doc[end : end + _NEAR + 3])
    for at, token in enumerate(after[:_NEAR]):
        if token.is_punct:
            return False
        if token.lower_ in ("visible", "legible", "readable", "showing", "shows"):
            return True
        if token.lower_ in ("on", "in", "at", "down", "within", "inside"):
            where = [word.lemma_.lower() for word in after[at + 1 : at + 5]]
            return not where or any(word in ENGLISH["in_papers"] for word in where) or after[at + 1].is_punct
    return doc[start - 1].lower_ == "with" and any(token.lower_ == "still" for token in after[:2]) if start else False
