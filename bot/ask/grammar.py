"""What a phrase does in its sentence, by spaCy's parse: who receives, who owns, what was taken out, what is denied."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


class Part(Enum):
    """The part a person or body plays in a question."""

    RECIPIENT = "recipient"
    ASKER = "asker"
    CARRIER = "carrier"
    """Would handle it on the way: a husband who drops it off."""
    OWNER = "owner"
    SOURCE = "source"
    NAMED = "named"


_WORDS = yaml.load(
    Path(__file__).with_name("english.yaml").read_text(encoding="utf-8"),
    Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),  # noqa: S506 - both are safe
)
AGAINST: dict[str, str] = _WORDS.pop("against")
"""Words that speak against a condition, and the word of the condition."""
ENGLISH = {name: frozenset(words.split() if isinstance(words, str) else words) for name, words in _WORDS.items()}
NOT = ENGLISH["not"]
_SOON = 16
"""Characters between an owner and the end of what is owned."""


def span_of(doc: "Doc", start: int, end: int) -> "Span":
    """The tokens that hold a stretch of characters, widened to whole tokens."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span if span is not None else doc[0:1]


def part_of(doc: "Doc", start: int, end: int) -> Part:
    """The part that the person or body named by these characters plays."""
    span = span_of(doc, start, end)
    root = span.root
    before = word_before(doc, span.start)
    if before in ("from", "of", "at") and root.head.head.lemma_.lower() in ENGLISH["somebody"]:
        # "Somebody from the press": what is said of somebody is said of the press.
        return part_of(doc, root.head.head.idx, root.head.head.idx + len(root.head.head))
    if _owns(doc, span):
        return Part.RECIPIENT if before in ENGLISH["into"] and _at_a_place(doc, span.end) else Part.OWNER
    if before in ENGLISH["towards"]:
        return Part.NAMED if walks_there(root) else Part.RECIPIENT
    if before in ENGLISH["away"]:
        return Part.ASKER if before in ("from", "off") and _came_from(span.root) else Part.SOURCE
    verb = root.head.lemma_.lower()
    if root.dep_ in ("dative", "dobj", "iobj", "obj") and verb in ENGLISH["giving"]:
        return Part.RECIPIENT
    if root.dep_ == "nsubj" and verb in ENGLISH["carrying"] and root.head.tag_ not in ("VBD", "VBN"):
        return Part.CARRIER
    if root.dep_ in ("nsubj", "nsubjpass", "ROOT", "dep") and (
        wants(root.head) or _wants_soon(doc, span.end) or _goes_on_to_want(root.head)
    ):
        return Part.ASKER
    return Part.NAMED


def _owns(doc: "Doc", span: "Span") -> bool:
    """The owned thing follows: "the witness's statement", "victim address"."""
    last = span[-1]
    following = doc[span.end] if span.end < len(doc) else None
    possessive = last.text.lower() in ("'s", "’s", "'", "’") or last.tag_ == "POS"
    if following is not None and following.tag_ == "POS":
        possessive, following = True, (doc[span.end + 1] if span.end + 1 < len(doc) else None)
    if following is None:
        return possessive
    if not possessive and following.lemma_.lower() in ENGLISH["bodies"]:
        return False
    if possessive:
        return (
            following.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
            and following.lemma_.lower() not in ENGLISH["wanting"]
        )
    return (
        span.root.dep_ in ("poss", "compound", "nmod")
        and following.pos_ in ("NOUN", "PROPN")
        and span.root.head.i >= span.end
    )


def word_before(doc: "Doc", start: int) -> str:
    """The word that governs the phrase: what describes it ("the", "her", "local", "Leeds") is skipped."""
    at = start - 1
    while at >= 0 and doc[at].lower_ not in NOT and _describes(doc[at], start):
        at -= 1
    return doc[at].lower_ if at >= 0 else ""


def _describes(token: "Token", start: int) -> bool:
    """True for a word that only says more of the phrase that begins at this token."""
    if token.pos_ in ("DET", "ADJ", "NUM") or token.tag_ == "PRP$":
        return True
    return token.dep_ == "compound" and token.head.i >= start


def _wants_soon(doc: "Doc", end: int) -> bool:
    """Sloppy sentences often fail to parse: a wanting verb within three words of the phrase will do."""
    return any(wants(token) for token in doc[end : end + 3])


def wants(verb: "Token") -> bool:
    """True for a verb of wanting; what somebody "has seen" already, they do not want."""
    lemma = verb.lemma_.lower()
    past = verb.tag_ in ("VBD", "VBN") and lemma in ENGLISH["having"]
    owning = lemma == "have" and verb.tag_ not in ("VB", "VBP", "VBG")  # "the witness has a record"
    return lemma in ENGLISH["wanting"] and not (past or owning)


def walks_there(noun: "Token") -> bool:
    """True for "they'll go to the judge": people go, papers do not."""
    verb = noun.head.head
    subject = subject_of(verb) if verb.lemma_.lower() in ENGLISH["walking"] else None
    if subject is not None and subject.lower_ == "they":
        # "Our witness has convictions. Do they go to the defence?": what was named last in the plural is no person.
        named = [token for token in noun.doc[: subject.i] if token.tag_ in ("NNS", "NNPS")]
        return not named or named[-1].lemma_.lower() in ENGLISH["in_a_case"] | ENGLISH["somebody"]
    return subject is not None and subject.lower_ in ENGLISH["people"]


def _goes_on_to_want(verb: "Token") -> bool:
    """True for "a juror left a voicemail asking …", "she turned up and wants …"."""
    later = [verb, *(child for child in verb.children if child.dep_ in ("conj", "advcl", "xcomp", "dobj", "dep"))]
    return any(
        wants(token)
        for step in later
        for token in (step, *(child for child in step.children if child.dep_ in ("acl", "advcl", "xcomp", "conj")))
        if token.i > verb.i
    )


def _came_from(noun: "Token") -> bool:
    """True for whoever a letter, a call or a request came from."""
    return noun.head.head.lemma_.lower() in ENGLISH["messages"] or noun.head.head.lemma_.lower() in ("hear", "get")


def _at_a_place(doc: "Doc", end: int) -> bool:
    """True when what is owned is where things arrive: "through the barrister's letterbox"."""
    return any(token.lemma_.lower() in ENGLISH["places"] for token in doc[end : end + 3])


def owns_a_device(doc: "Doc", end: int) -> bool:
    """True for "my wife's laptop": what goes there goes to her."""
    return any(token.lemma_.lower() in ENGLISH["own_things"] for token in doc if end <= token.idx <= end + _SOON)


def incoming(doc: "Doc", start: int, end: int) -> bool:
    """True when the words say how somebody reached us ("he emailed wanting …"), not how anything is sent."""
    token = span_of(doc, start, end).root
    verb = token if token.pos_ in ("VERB", "AUX") else next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    if (
        verb is None
        or verb.tag_ in ("VB", "VBP")
        or any(child.dep_ == "aux" for child in verb.children if child.tag_ == "MD")
    ):
        return False
    if verb.tag_ == "VBN" and wants(verb.head):
        return False  # "he wants it faxed"
    subject = subject_of(verb)
    ours = subject is None or subject.lower_ in ENGLISH["us"]
    if verb.lemma_.lower() in ENGLISH["reaching"]:
        return not ours
    received = verb.lemma_.lower() in ("get", "receive", "have") and token.dep_ in ("dobj", "obj")
    # "Two convictions from 2011" came from nobody.
    return received and any(
        child.lower_ in ("from", "off") and not any(one.ent_type_ == "DATE" or one.like_num for one in child.subtree)
        for child in token.children
    )


def subject_of(verb: "Token") -> "Token | None":
    """Who does it; of "phoned and asked" the second verb has the first one's."""
    for one in (verb, verb.head if verb.dep_ in ("conj", "advcl", "xcomp", "acl") else verb):
        found = next((child for child in one.children if child.dep_ == "nsubj"), None)
        if found is not None:
            return found
    return None


def has(doc: "Doc", owner: tuple[int, int], thing: tuple[int, int]) -> bool:
    """True for "our witness has convictions": the thing is the owner's."""
    verb = span_of(doc, *owner).root.head
    return verb.lemma_.lower() == "have" and span_of(doc, *thing).root.head == verb


def meant_by_pronoun(doc: "Doc") -> int | None:
    """Where a pronoun stands that would receive it ("drop him a line", "give it to them"), if one does."""
    for token in doc:
        if token.lower_ not in ("him", "her", "them"):
            continue
        if token.dep_ in ("dative", "iobj") and token.head.lemma_.lower() in ENGLISH["giving"] | ENGLISH["carrying"]:
            return int(token.idx)
        if token.dep_ == "pobj" and token.head.lower_ == "to" and not walks_there(token):
            return int(token.idx)
        if token.dep_ in ("dobj", "obj") and token.head.lemma_.lower() in ENGLISH["contacting"]:
            return int(token.idx)
    return None


def joined(doc: "Doc", end: int, start: int) -> bool:
    """True when nothing but an "and" or a comma stands between two phrases ("the court and the defence")."""
    between = [token for token in doc if token.idx >= end and token.idx + len(token) <= start]
    words = [token.lower_ for token in between if token.pos_ not in ("DET", "ADJ") and not token.is_space]
    return bool(words) and len(words) <= 2 and all(word in ENGLISH["joining"] for word in words)


def known_personally(doc: "Doc", start: int, end: int) -> bool:
    """True when the case concerns somebody of one's own: "a case about my cousin", "my ex is a witness"."""
    span = span_of(doc, start, end)
    if word_before(doc, span.start) in ("about", "involving", "against", "with") and span.root.head.head.lemma_ in (
        "case",
        "come",
        "be",
        "file",
        "involve",
        "job",
    ):
        return True
    verb = span.root.head
    return (
        span.root.dep_ == "nsubj"
        and verb.lemma_ == "be"
        and any(child.dep_ == "attr" and child.lemma_.lower() in ENGLISH["in_a_case"] for child in verb.children)
    )


def stranger_asks(doc: "Doc") -> bool:
    """True for "a bloke outside court asked me …": somebody of whom nothing is known got in touch."""
    return any(
        token.lower_ in ENGLISH["nobody_known"]
        and token.dep_ == "nsubj"
        and token.head.lemma_.lower() in ENGLISH["approaching"]
        and token.head.tag_ in ("VBD", "VBN", "VBZ", "VBG")
        for token in doc
    )
