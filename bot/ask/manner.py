"""How a text speaks, beside what it names: does somebody handle something, or is a time or a number asked for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.ask.grammar import ENGLISH, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HANDLING = ENGLISH["giving"] | ENGLISH["carrying"] | ENGLISH["removing"] | ENGLISH["handling"]
_LAST_WORDS = 20
_MOST_SENTENCES = 2
"""Each costs an embedding; the question that is meant is the last or the one before."""
_SHORT = 14
"""Tokens of a question that points at something without saying what it is."""
_OPENING = 2
"""Words at the beginning among which a question word makes the whole a question for it."""


@dataclass(frozen=True)
class Manner:
    """How a text speaks; the usual one is somebody of ours who sends what was named in so many words."""

    handles: bool = True
    """It speaks of sending, showing, keeping or changing something."""
    sends: bool = True
    """It is we who would do so."""
    gets: bool = False
    """A person or body that it names would get, see or have something."""
    points: bool = False
    """What goes is only pointed at ("can it go")."""
    wonders: bool = False
    """It asks who, when, where or why."""
    counts: bool = False
    """It asks how many, how long or what time."""
    unread: int = 0
    """How many nouns were not read."""
    clear: frozenset[str] | None = None
    """The facts read in so many words, not from everyday words or slips; None for all of them."""


USUAL = Manner()


def manner_of(
    doc: "Doc", people: Sequence[tuple[int, int]], *, points: bool, unread: int, clear: Collection[str]
) -> Manner:
    """How the text speaks; `people` are the places of the persons and bodies that it names."""
    words = [token.lower_ for token in doc if token.is_alpha]
    pairs = set(pairwise(words))
    return Manner(
        handles=any(token.lemma_.lower() in _HANDLING for token in doc),
        sends=any(_we_do(token) for token in doc),
        gets=any(_gets(doc, start, end) for start, end in people),
        points=points,
        wonders=bool(set(words[:_OPENING]) & ENGLISH["question_words"] or set(words) & ENGLISH["wondering"]),
        counts=any(
            (first == "how" and second in ENGLISH["how_much"]) or (first == "what" and second in ENGLISH["what_fact"])
            for first, second in pairs
        ),
        unread=unread,
        clear=frozenset(clear),
    )


def _we_do(verb: "Token") -> bool:
    """True for a verb of handling whose doer is one of us, or left out, and for a thing that is to "go"."""
    if verb.lemma_ == "go" and any(child.tag_ == "MD" for child in verb.children):
        subject = subject_of(verb)
        return subject is not None and subject.lower_ not in ENGLISH["people"]
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _HANDLING:
        return False
    subject = subject_of(verb)
    return subject is None or subject.lower_ in ENGLISH["us"]


def _gets(doc: "Doc", start: int, end: int) -> bool:
    """True for "what can the police have": they stand before a verb of having or wanting."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span is not None and any(
        token.lemma_.lower() in ENGLISH["having"] | ENGLISH["wanting"] for token in doc[span.end : span.end + 2]
    )


def says_little(doc: "Doc") -> bool:
    """True for a short question; a longer story says in other words what goes."""
    return len(doc) <= _SHORT


def asking(doc: "Doc") -> Iterable[str]:
    """The sentences that ask something, and the last one."""
    sentences = [sentence.text.strip() for sentence in doc.sents if sentence.text.strip()]
    if len(sentences) < 2:
        # A long run of words without a stop: the question stands at its end.
        return [doc[-_LAST_WORDS:].text] if len(doc) > 3 * _LAST_WORDS else []
    asking = [text for text in sentences if text.endswith("?")]
    return list(dict.fromkeys([*asking, sentences[-1]]))[-_MOST_SENTENCES:]
