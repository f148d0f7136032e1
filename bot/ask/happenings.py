"""What a text says has happened: something went to the wrong place, nearly did, or is gone; by spaCy's parse.

The guidance has a page for each, and none of them may be missed for want of the very words of the vocabulary.
"""

from typing import TYPE_CHECKING

from bot.ask.done import denied_before
from bot.ask.grammar import ENGLISH, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SENT_WRONG = "sent_in_error"
STOPPED_IN_TIME = "near_miss"
LOST = "lost_item"
HOW_LONG = "retention_question"
_SENDING = ENGLISH["giving"] | ENGLISH["delivering"]


def happenings(doc: "Doc") -> tuple[str, ...]:
    """The situations of the vocabulary that the text tells of, as terms."""
    if any(_stopped(token) for token in doc):
        return (STOPPED_IN_TIME,)
    if any(_sent_wrong(token) for token in doc):
        return (SENT_WRONG,)
    if any(_gone(token) for token in doc):
        return (LOST,)
    return (HOW_LONG,) if _how_long(doc) else ()


def whereabouts(doc: "Doc") -> str | None:
    """Whose address is wanted in other words ("to know where the witness works"): the material, if any is."""
    for token in doc:
        verb = token.head
        if token.lower_ != "where" or verb.lemma_.lower() not in ENGLISH["dwelling"]:
            continue
        subject = subject_of(verb)
        told = verb.dep_ in ("ccomp", "xcomp", "dobj", "pcomp") and verb.head.lemma_.lower() in ENGLISH["telling"]
        if subject is not None and told:
            if subject.lemma_.lower() in ("defendant", "suspect", "accused", "offender"):
                return "defendant_address"
            if subject.lower_ in ("he", "she", "they") or subject.lemma_.lower() in ENGLISH["in_a_case"]:
                return "contact_details"
    return None


def _how_long(doc: "Doc") -> bool:
    """True for "how long must I hang on to it"."""
    words = [token.lemma_.lower() for token in doc]
    return any(
        words[at : at + 2] == ["how", "long"] and set(words[at + 2 : at + 6]) & ENGLISH["keeping"]
        for at in range(len(words) - 2)
    )


def _sent_wrong(verb: "Token") -> bool:
    """True for "I've sent the file to the wrong firm", "it went out by mistake"; not for "if I send the wrong one"."""
    lemma = verb.lemma_.lower()
    return lemma in _SENDING | {"go"} and _past(verb) and (_wrong(verb) or _too_soon(verb))


def _too_soon(verb: "Token") -> bool:
    """True for "sent it before taking the number out", "served without checking it"."""
    undone = ENGLISH["removing"] | ENGLISH["altering"] | ENGLISH["checking"] | ENGLISH["removing_with_particle"]
    return any(
        child.lower_ in ("before", "without") and any(step.lemma_.lower() in undone for step in child.children)
        for child in verb.children
    )


def _stopped(verb: "Token") -> bool:
    """True for "nearly sent it to the wrong firm", "stopped myself before pressing send"."""
    lemma = verb.lemma_.lower()
    nearly = any(child.lower_ in ENGLISH["nearly"] for child in verb.children)
    if nearly and lemma in _SENDING | {"go", "press", "hit"} and verb.tag_ in ("VBD", "VBN"):
        return True
    if lemma not in ENGLISH["noticing"] or not _past(verb):
        return False
    later = verb.doc[verb.i + 1 : verb.i + 6]
    ours = subject_of(verb) is None or subject_of(verb).lower_ in ENGLISH["us"]  # type: ignore[union-attr]
    in_time = any(token.lower_ == "before" for token in later) or "in time" in later.text.lower()
    return ours and in_time and _wrong(verb, whole=True)


def _wrong(verb: "Token", *, whole: bool = False) -> bool:
    """True when what is done goes wrong: "the wrong firm", "by mistake"."""
    words = verb.doc if whole else verb.sent
    if any(token.lower_ in ENGLISH["mistaken"] for token in words):
        near = [token for token in words if token.lower_ in ENGLISH["mistaken"]]
        return whole or any(verb in (token, *token.ancestors) for token in near)
    # "To a John Smith who is not counsel"
    return not whole and any(
        token.dep_ == "neg" and token.head.dep_ == "relcl" and verb in token.ancestors for token in words
    )


def _gone(verb: "Token") -> bool:
    """True for "I left the file on the bus", "my bag was nicked"; not for what was stolen in somebody's case."""
    lemma = verb.lemma_.lower()
    if not _past(verb) or lemma not in ENGLISH["losing"] | ENGLISH["stealing"] | {"leave", "take"}:
        return False
    things = [child for child in verb.children if child.dep_ in ("dobj", "obj", "nsubjpass")]
    if any(thing.lemma_.lower() in ENGLISH["not_lost"] for thing in things) or not things:
        return False
    subject = subject_of(verb)
    if lemma == "take":
        return subject is not None and subject.lower_ in ENGLISH["strangers"] and _ours(verb)
    by_us = subject is not None and subject.lower_ in ("i", "we", "ive", "weve")
    of_us = any(word.lower_ in ("my", "our") for thing in things for word in thing.lefts)
    if lemma == "leave":
        somewhere = any(
            child.lower_ in ("on", "at", "in", "behind")
            and any(t.lemma_.lower() in ENGLISH["public"] for t in child.subtree)
            for child in (*verb.children, *(c for thing in things for c in thing.children))
        )
        return (by_us or of_us) and somewhere
    return (by_us and lemma in ENGLISH["losing"]) or of_us


def _ours(verb: "Token") -> bool:
    return any(token.lower_ in ENGLISH["possessed"] for token in verb.sent)


def _past(verb: "Token") -> bool:
    """True for what has been done, not for what may be or was not."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    possible = auxiliaries & {"can", "could", "should", "would", "will", "may", "might", "must", "to", "if", "be"}
    denied = any(child.dep_ == "neg" for child in verb.children) or denied_before(verb.doc, verb.i, reach=2)
    supposed = any(child.lower_ in ("if", "in case") for child in verb.children)
    return verb.tag_ in ("VBD", "VBN") and verb.dep_ != "amod" and not possible and not denied and not supposed
