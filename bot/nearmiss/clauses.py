"""What happened, clause by clause: which verbs say that something went, and whether it really did.

Tense, negation and modality come from the grammar that the language pipeline reads, so that "I sent it", "I nearly sent
it", "before I sent it" and "not sure whether it was sent" are four different things.
"""

from enum import Enum
from typing import Any

from bot.language import pipeline
from bot.nearmiss.words import words

# spaCy's tokens are untyped for us: the home of that library is bot.language.
Token = Any


class Event(Enum):
    """What one clause says of something going out."""

    WENT = "went"
    LOST = "lost"
    STOPPED = "stopped"
    UNCERTAIN = "uncertain"


def events(text: str) -> list[Event]:
    """The events of a report in the order they are told."""
    doc = pipeline()(text)
    found = (_event(token) for token in doc if _is_told(token))
    return [event for event in found if event is not None]


def _is_told(token: Token) -> bool:
    # "emailed antecedents of a man": a note that opens with what was done, which the grammar takes for an adjective.
    if token.is_sent_start and token.tag_ in {"VBN", "VBD"}:
        return True
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod"}


def _event(verb: Token) -> Event | None:
    lost = _is_lost(verb)
    if not (lost or _lets_go(verb) or _arrives(verb) or _is_seen(verb)):
        return Event.STOPPED if _is_noticed(verb) else None
    if _wondered_about(verb) or _may_have(verb):
        return Event.UNCERTAIN
    if not _really_happened(verb):
        # What did not arrive was sent all the same.
        return Event.UNCERTAIN if verb.lemma_ in {"arrive", "reach"} and _is_denied(verb) else Event.STOPPED
    return Event.LOST if lost else Event.WENT


def _is_noticed(verb: Token) -> bool:
    """Somebody saw the slip or put it right, nobody looked, or it was yet to happen ("before they came in")."""
    if _marked(verb, {"before"}):
        return True
    if verb.lemma_.lower() in words().events["seen"] and _denied_subject(verb):
        return True
    if verb.lemma_.lower() not in words().events["noticing"] or _is_denied(verb):
        return False
    return verb.tag_ in {"VBD", "VBN"} and not any(child.tag_ == "MD" for child in verb.children)


def _lets_go(verb: Token) -> bool:
    """Such as "I emailed the bundle", "it has been posted"; not "the police sent us the print"."""
    lists = words().events
    lemma = verb.lemma_.lower()
    if lemma in lists["pressing"]:
        return any(child.lower_ == "send" for child in verb.children)
    if lemma not in lists["going"]:
        return False
    passive = _children(verb, "nsubjpass")
    carried = passive or _children(verb, "dobj", "dative") or _antecedent(verb)
    if lemma in lists["everyday"] and not any(child.lemma_.lower() in lists["carried"] for child in carried):
        return False
    if lemma == "read" and not any(child.lower_ in {"out", "aloud"} for child in verb.children):
        return False
    if any(_is_one_of(child, "inside") for child in _aims(verb)):
        return False
    if any(child.lower_ in {"me", "us"} for child in verb.children) or any(
        child.lower_ in {"i", "we"} for child in passive
    ):
        return False
    return not any(_described_as_right(child) for child in [*carried, *_aims(verb)])


def _arrives(verb: Token) -> bool:
    """Such as "it went to the wrong firm"; not "I went to the printer", "what went wrong"."""
    if verb.lemma_.lower() not in words().events["arriving"]:
        return False
    subjects = _children(verb, "nsubj", "nsubjpass") or _antecedent(verb)
    if verb.lemma_.lower() == "leave" and _children(verb, "dobj"):
        return False
    if any(_is_one_of(child, "inside") for child in _aims(verb)) or any(_described_as_right(s) for s in subjects):
        return False
    return any(_is_one_of(subject, "carried") for subject in subjects)


def _is_seen(verb: Token) -> bool:
    """Such as "the defence opened it", "she has the letter now"; seen by one of us does not count."""
    if verb.lemma_.lower() not in words().events["seen"]:
        return False
    subjects = _children(verb, "nsubj")
    if not any(_is_one_of(subject, "outsiders") for subject in subjects):
        return False
    seen = _children(verb, "dobj") or _antecedent(verb)
    return any(_is_one_of(thing, "carried") for thing in seen)


def _is_lost(verb: Token) -> bool:
    """Such as "my bag was stolen", "lost my notebook", "left it on the train"."""
    lists = words().events
    lemma = verb.lemma_.lower()
    if lemma not in lists["losing"]:
        return False
    things = _children(verb, "dobj", "nsubjpass")
    if not any(_is_one_of(thing, "carried") for thing in things):
        return False
    if lemma in {"leave", "take"}:
        # "address left in the statement" and "taken off the bundle" are not losses; "left the bag on the train" is.
        return any(
            child.lower_ in {"on", "behind", "at", "from"}
            for child in verb.children
            if child.dep_ in {"prep", "advmod", "prt"}
        )
    return True


def _really_happened(verb: Token) -> bool:
    lists = words().events
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.tag_ == "MD" and child.lower_ not in {"can"} for child in helpers) or any(
        child.lower_ == "to" for child in helpers
    ):
        return False
    if any(child.lower_ in lists["nearly"] for child in verb.children) or _denied_subject(verb):
        return False
    if _marked(verb, {"before", "if", "unless", "until", "rather", "without", "instead"}):
        return False
    if verb.tag_ == "VBG" and not any(child.lemma_ == "be" for child in helpers):
        return False
    if verb.tag_ in {"VB", "VBP", "VBZ"} and not helpers and verb.lemma_ not in {"have", "read"} and not _is_seen(verb):
        return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not list(verb.lefts)
    return not _under_prevention(verb) and not _nearly_carries_over(verb, helpers)


def _nearly_carries_over(verb: Token, helpers: list[Token]) -> bool:
    """Such as "nearly opened and read": it holds for a joined verb that has no subject or helper of its own."""
    if verb.dep_ != "conj" or helpers or _children(verb, "nsubj", "nsubjpass"):
        return False
    return any(child.lower_ in {"nearly", "almost"} for child in verb.head.children)


def _wondered_about(verb: Token) -> bool:
    """Such as "not sure whether it went", "no idea if they opened it"."""
    wonder = words().events["wonder"]
    asked = _marked(verb, {"if", "whether"}) or any(child.lower_ in {"who", "which", "what"} for child in verb.lefts)
    for ancestor in verb.ancestors:
        if ancestor.lemma_.lower() in wonder and (asked or _is_denied(ancestor)):
            return asked or verb.dep_ in {"ccomp", "advcl", "xcomp", "pcomp", "acl", "relcl"}
    return False


def _may_have(verb: Token) -> bool:
    """Such as "it may have gone"; but not "might have gone if Sam had not looked"."""
    maybe = any(child.lower_ in {"may", "might", "could"} for child in verb.children if child.dep_ == "aux")
    perfect = any(child.lower_ == "have" for child in verb.children if child.dep_ == "aux")
    condition = any(child.dep_ == "advcl" and _marked(child, {"if"}) for child in verb.children)
    could = any(child.lower_ == "could" for child in verb.children)
    return maybe and perfect and not condition and not could


def _is_denied(token: Token) -> bool:
    denied = {"not", "n't", "nt", "no", "never", "cannot", "ca", "unsure", "unclear", "hard"}
    return token.lower_ in denied or any(child.lower_ in denied for child in token.children)


def _denied_subject(verb: Token) -> bool:
    return any(
        subject.lower_ in {"nothing", "nobody", "none"} or any(child.lower_ == "no" for child in subject.children)
        for subject in _children(verb, "nsubj", "nsubjpass", "dobj")
    )


def _under_prevention(verb: Token) -> bool:
    """Such as "stopped me sending it", "caught before it was sent"."""
    head = verb.head
    return verb.dep_ in {"xcomp", "pcomp", "ccomp"} and head.lemma_.lower() in words().events["prevented"]


def _marked(verb: Token, marks: set[str]) -> bool:
    if any(child.lower_ == "after" for child in verb.lefts):  # "not until after it was served"
        return False
    if any(child.dep_ in {"mark", "advmod", "prep"} and child.lower_ in marks for child in verb.lefts):
        return True
    return verb.dep_ == "pcomp" and verb.head.lower_ in marks


def _antecedent(verb: Token) -> list[Token]:
    """Such as "the bundle that we served": what a relative or participle clause speaks of."""
    return [verb.head] if verb.dep_ in {"relcl", "acl"} else []


def _aims(verb: Token) -> list[Token]:
    """To what or whom it goes."""
    places = [
        child
        for child in verb.children
        if child.dep_ in {"prep", "dative"} and child.lower_ in {"to", "for", "in", "into", "back"}
    ]
    aims = [token for place in places for token in place.children if token.dep_ in {"pobj", "pcomp"}]
    return [*aims, *(child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP")]


def _described_as_right(token: Token) -> bool:
    return any(child.lower_ in words().events["right"] for child in token.lefts)


def _is_one_of(token: Token, part: str) -> bool:
    return token.lemma_.lower() in words().events[part] or token.lower_ in words().events[part]


def _children(verb: Token, *roles: str) -> list[Token]:
    return [child for child in verb.children if child.dep_ in roles]
