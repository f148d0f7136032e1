"""What a question is about beside the words that the vocabulary knows: unread nouns, numbers, children, pointing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.ask.grammar import ENGLISH, span_of, subject_of, walks_there, wants, word_before
from bot.language import is_ordinary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_ADULT = 18
_FEW_WORDS = 4
_ENGLISH_SHARE = 0.5
_MOST_WORDS = 9
"""Of a noun with all that is said of it ("the notes the counsellor made")."""


def about_a_child(doc: "Doc") -> bool:
    """True when the text speaks of a child, by a word or an age under 18 ("a 15 year old", "aged 13", "she's 14")."""
    if any(token.lower_ in ENGLISH["child"] for token in doc):
        return True
    for token in doc:
        if not (token.like_num and token.text.isdigit() and int(token.text) < _ADULT):
            continue
        before = doc[token.i - 1].lower_ if token.i else ""
        after = "".join(following.lower_ for following in doc[token.i + 1 : token.i + 5])
        if before in ("aged", "age", "'s", "is", "shes", "hes") or after.startswith(
            ("year", "yr", "-year", "-yr", "yo", "y/o")
        ):
            return True
    return False


def counted(doc: "Doc") -> frozenset[int]:
    """The numbers of rows or people that the text speaks of ("a list of 150 applicants", "40 rows")."""
    numbers = set()
    for token in doc:
        digits = token.text.replace(",", "")
        if token.like_num and digits.isdigit():
            following = {word.lemma_.lower() for word in (token.head, *doc[token.i + 1 : token.i + 4])}
            if following & ENGLISH["countable"]:
                numbers.add(int(digits))
    return frozenset(numbers)


def _goes_to(doc: "Doc", noun: "Token") -> bool:
    """True for "to the glazier", "share with the ward"; not for "for dinner"."""
    before = word_before(doc, noun.i)
    if noun.dep_ == "pobj" and walks_there(noun):
        return False
    return before == "to" or (
        before == "with" and noun.head.head.lemma_.lower() in ("share", "leave", "talk", "discuss")
    )


def _is_sent(noun: "Token") -> bool:
    """True where the thing sent or wanted stands: "send the jpegs", "the jpegs are to go", "asked for the jpegs"."""
    verb = noun.head
    if noun.dep_ == "pobj":
        return verb.lower_ == "for" and wants(verb.head)
    if noun.dep_ in ("dobj", "obj"):
        subject = subject_of(verb)
        return subject is None or subject.lower_ in ENGLISH["us"] or wants(verb) or verb.lemma_ == "have"
    return noun.dep_ in ("ROOT", "nsubjpass", "conj") or (noun.dep_ == "nsubj" and verb.lemma_.lower() in ("go", "be"))


def names_somebody(doc: "Doc", start: int, end: int) -> bool:
    """True when a word for papers stands where a recipient does: "the photos go to the paper"."""
    span = span_of(doc, start, end)
    return (
        span.root.tag_ == "NN"
        and word_before(doc, span.start) == "to"
        and span.root.head.head.lemma_.lower() in (ENGLISH["giving"] | {"go"})
    )


def blank(doc: "Doc", start: int) -> bool:
    """True for "a blank MG11": the form, with nobody's data in it."""
    at = span_of(doc, start, start + 1).start
    return at > 0 and doc[at - 1].lower_ in ENGLISH["blank"]


def unnamed(doc: "Doc") -> bool:
    """True when what goes is only pointed at: "can it go", "sending something", "what can they have"."""
    verbs = ENGLISH["giving"] | ENGLISH["handling"] | ENGLISH["carrying"] | {"go", "have"}
    if any(token.lower_ in ENGLISH["pointing"] and _is_sent(token) and token.dep_ == "pobj" for token in doc):
        return True
    return any(
        token.lower_ in ENGLISH["pointing"]
        and token.dep_ in ("dobj", "obj", "nsubj", "nsubjpass", "ROOT", "dep")
        and (token.dep_ == "ROOT" or token.head.lemma_.lower() in verbs | {"get", "want"})
        for token in doc
    )


def own_thing(doc: "Doc", read: Sequence[tuple[int, int]]) -> bool:
    """True for "my own stick", "on my iphone": a thing of one's own that holds or sends, whatever it is."""
    for token in doc[:-1]:
        following = doc[token.i + 1]
        if any(start <= following.idx < end for start, end in read):
            continue
        if token.lower_ == "own" and token.i and doc[token.i - 1].lower_ in ENGLISH["possessed"]:
            return following.lemma_.lower() in ENGLISH["devices"] | {"one"}
        if token.lower_ == "my" and following.lemma_.lower() in ENGLISH["private_devices"]:
            return True
    return False


def named_beside(doc: "Doc", things: Sequence[tuple[int, int]], read: Sequence[tuple[int, int]]) -> bool:
    """True when something unread is named in one breath with a thing that was read ("the result and the offence")."""
    roots = {span_of(doc, start, end).root.i for start, end in things}
    return any(
        token.dep_ == "conj"
        and token.pos_ in ("NOUN", "PROPN")
        and token.head.i in roots
        and token.lemma_.lower() not in ENGLISH["empty_nouns"]
        and not any(start < token.idx + len(token) and token.idx < end for start, end in read)
        for token in doc
    )


def unread_nouns(doc: "Doc", read: Sequence[tuple[int, int]]) -> tuple[tuple[str, str, str], ...]:
    """Nouns that were not read: the fact that may hide in each, the noun, and the noun with all that is said of it."""
    found = []
    for token in doc:
        if (
            token.pos_ not in ("NOUN", "PROPN")
            or token.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL", "GPE", "LOC")
            or token.dep_ == "compound"
            or token.lemma_.lower() in ENGLISH["empty_nouns"] | ENGLISH["somebody"]
            or len(token) <= 2
            or any(start < token.idx + len(token) and token.idx < end for start, end in read)
        ):
            continue
        towards = _goes_to(doc, token)
        asking = token.dep_ in ("nsubj", "nsubjpass") and (
            wants(token.head) or token.head.lemma_.lower() in ENGLISH["carrying"]
        )
        if not (towards or asking or _is_sent(token)):
            found.append(("elsewhere", token.text, token.text))
            continue
        words = [word for word in token.lefts if word.dep_ in ("compound", "amod", "poss", "nmod")]
        phrase = doc[min((word.left_edge.i for word in words), default=token.i) : token.i + 1]
        whole = doc[phrase.start : min(token.right_edge.i + 1, phrase.start + _MOST_WORDS)]
        found.append(("recipient" if towards or asking else "material", phrase.text, whole.text))
    return tuple(found)


def is_english(doc: "Doc") -> bool:
    """True unless hardly any of the words is an English one; a word or two say nothing either way."""
    words = [token.lower_ for token in doc if token.is_alpha]
    return len(words) < _FEW_WORDS or sum(map(is_ordinary, words)) >= len(words) * _ENGLISH_SHARE
