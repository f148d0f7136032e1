"""What a phrase does in its sentence, by spaCy's parse: who receives, who owns, what was taken out, what is denied."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

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


# Closed classes of English that decide the part; everything about the field itself is in the vocabulary.
_TOWARDS = frozenset({"to", "for", "with", "at", "onto", "into"})
_AWAY = frozenset({"from", "about", "of", "by", "against", "re", "regarding", "than", "like"})
_GIVING = frozenset(
    [
        "tell",
        "give",
        "send",
        "show",
        "email",
        "e-mail",
        "ring",
        "call",
        "phone",
        "text",
        "update",
        "inform",
        "post",
        "serve",
        "brief",
        "copy",
        "cc",
        "bcc",
        "forward",
        "hand",
        "let",
        "message",
        "fax",
        "offer",
        "provide",
        "disclose",
        "lend",
        "contact",
        "write",
        "reply",
        "answer",
    ]
)
_WANTING = frozenset(
    [
        "want",
        "ask",
        "need",
        "request",
        "chase",
        "have",
        "get",
        "see",
        "receive",
        "collect",
        "read",
        "like",
        "require",
        "demand",
        "say",
        "claim",
        "email",
        "ring",
        "phone",
        "call",
        "write",
        "keep",
        "insist",
        "expect",
        "view",
        "watch",
        "borrow",
        "enquire",
        "inquire",
        "look",
        "reckon",
    ]
)
_CARRYING = frozenset(
    [
        "drop",
        "carry",
        "take",
        "bring",
        "deliver",
        "post",
        "print",
        "scan",
        "proofread",
        "hold",
        "mind",
        "type",
        "courier",
    ]
)
_REMOVING = frozenset(
    [
        "remove",
        "redact",
        "strip",
        "delete",
        "cut",
        "blank",
        "black",
        "crop",
        "mask",
        "blur",
        "cover",
        "mute",
        "edit",
        "erase",
        "pixelate",
        "drop",
        "omit",
        "scrub",
    ]
)
# Nouns that name nothing that could be sent or receive it.
_EMPTY_NOUNS = frozenset(
    [
        "copy",
        "thing",
        "stuff",
        "one",
        "way",
        "rule",
        "guidance",
        "question",
        "answer",
        "bit",
        "bits",
        "lot",
        "problem",
        "request",
        "need",
        "help",
        "today",
        "tonight",
        "tomorrow",
        "yesterday",
        "morning",
        "afternoon",
        "evening",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "minute",
        "deadline",
        "time",
        "now",
        "version",
        "page",
        "pages",
        "hi",
        "hello",
        "thanks",
        "please",
        "ok",
        "mate",
        "morning",
        "bore",
        "prynhawn",
        "diolch",
        "issue",
        "chance",
        "anything",
        "something",
        "everything",
        "nothing",
        "anyone",
        "someone",
    ]
)
_PARTICLES = frozenset({"out", "off", "away", "down"})
_NOT = frozenset(
    {
        "not",
        "n't",
        "nt",
        "no",
        "without",
        "never",
        "isnt",
        "hasnt",
        "havent",
        "wasnt",
        "dont",
        "doesnt",
        "un",
        "minus",
        "hardly",
    }
)


def span_of(doc: "Doc", start: int, end: int) -> "Span":
    """The tokens that hold a stretch of characters, widened to whole tokens."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span if span is not None else doc[0:1]


def part_of(doc: "Doc", start: int, end: int) -> Part:
    """The part that the person or body named by these characters plays."""
    span = span_of(doc, start, end)
    root = span.root
    if _owns(doc, span):
        return Part.OWNER
    before = _word_before(doc, span.start)
    if before in _TOWARDS:
        return Part.RECIPIENT
    if before in _AWAY:
        return Part.SOURCE
    verb = root.head.lemma_.lower()
    if root.dep_ in ("dative", "dobj", "iobj", "obj") and verb in _GIVING:
        return Part.RECIPIENT
    if root.dep_ == "nsubj" and verb in _CARRYING:
        return Part.CARRIER
    if root.dep_ in ("nsubj", "nsubjpass", "ROOT", "dep") and (verb in _WANTING or _wants_soon(doc, span.end)):
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
    if possessive:
        return following.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB") and following.lemma_.lower() not in _WANTING
    return (
        span.root.dep_ in ("poss", "compound", "nmod")
        and following.pos_ in ("NOUN", "PROPN")
        and span.root.head.i >= span.end
    )


def _word_before(doc: "Doc", start: int) -> str:
    """The word that governs the phrase: determiners, adjectives and numbers in between are skipped."""
    at = start - 1
    while at >= 0 and doc[at].pos_ in ("DET", "ADJ", "NUM") and doc[at].lower_ not in _NOT:
        at -= 1
    return doc[at].lower_ if at >= 0 else ""


def _wants_soon(doc: "Doc", end: int) -> bool:
    """Sloppy sentences often fail to parse: a wanting verb within three words of the phrase will do."""
    return any(token.lemma_.lower() in _WANTING for token in doc[end : end + 3])


def taken_out(doc: "Doc", start: int, end: int) -> bool:
    """True when the text says that this was removed ("I've taken the back page off"), not that it may have to be."""
    span = span_of(doc, start, end)
    if _word_before(doc, span.start) in ("without", "minus", "no"):
        return True
    for token in (span.root, *span.root.children, span.root.head):
        verb = token if token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN" else token.head
        if verb.dep_ != "amod" and _removes(verb) and _done(verb) and (verb.i in range(span.start - 6, span.end + 4)):
            return True
    return False


def _removes(verb: "Token") -> bool:
    lemma = verb.lemma_.lower()
    return lemma in _REMOVING or (
        lemma in ("take", "get", "leave", "turn", "switch")
        and any(t.lower_ in _PARTICLES for t in verb.doc[verb.i + 1 : verb.i + 6])
    )


def _done(verb: "Token") -> bool:
    """Past or perfect, and neither denied nor asked about as a duty."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    denied = any(child.dep_ == "neg" for child in verb.children) or denied_before(verb.doc, verb.i)
    duty = auxiliaries & {
        "should",
        "must",
        "need",
        "shall",
        "to",
        "do",
        "can",
        "could",
        "will",
    } or verb.head.lemma_ in ("need", "have")
    return verb.tag_ in ("VBD", "VBN") and not denied and not (duty and not auxiliaries & {"have", "'ve", "has", "had"})


def denied_before(doc: "Doc", at: int, reach: int = 3) -> bool:
    """True when a "not", "no" or "without" stands within `reach` words before the token, in the same clause."""
    for token in reversed(doc[max(0, at - reach) : at]):
        if token.is_punct:
            return False
        if token.lower_ in _NOT:
            return True
    return False


def denied(doc: "Doc", start: int, end: int) -> bool:
    """True when the text says that this is not there ("he has no email")."""
    return denied_before(doc, span_of(doc, start, end).start, reach=2)


def claimed(doc: "Doc", start: int, end: int) -> bool | None:
    """True when a protection is claimed, False when denied, None when only asked about ("should I redact it?")."""
    span = span_of(doc, start, end)
    if denied_before(doc, span.start):
        return False
    root = span.root
    governors = {token.lemma_.lower() for token in (root, root.head) if token.pos_ in ("VERB", "AUX")}
    asked = root.tag_ == "VB" or (
        root.tag_ in ("VBG", "NN", "NNP", "VBN", "JJ") and bool(governors & {"need", "should", "must", "require"})
    )
    hypothetical = any(child.lower_ in ("if", "once", "when", "after") for child in root.children)
    return None if asked and not hypothetical else True


def unread_nouns(doc: "Doc", read: Sequence[tuple[int, int]]) -> list[str]:
    """Nouns outside the phrases already read that could be a thing to send or somebody to send it to."""
    return [
        token.lower_
        for token in doc
        if token.pos_ in ("NOUN", "PROPN")
        and token.ent_type_ not in ("DATE", "TIME", "CARDINAL", "ORDINAL")
        and token.lemma_.lower() not in _EMPTY_NOUNS
        and len(token) > 2
        and not any(start < token.idx + len(token) and token.idx < end for start, end in read)
    ]
