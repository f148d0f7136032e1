"""What a phrase does in its sentence, by spaCy's parse: who receives, who owns, what was taken out, what is denied."""

from collections.abc import Sequence
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


_ENGLISH = {
    name: frozenset(words.split() if isinstance(words, str) else words)
    for name, words in yaml.safe_load(Path(__file__).with_name("english.yaml").read_text(encoding="utf-8")).items()
}
_NOT = _ENGLISH["not"]
_ADULT = 18
_MOST_WORDS = 9
"""Of a noun with all that is said of it ("the notes the counsellor made")."""


def span_of(doc: "Doc", start: int, end: int) -> "Span":
    """The tokens that hold a stretch of characters, widened to whole tokens."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span if span is not None else doc[0:1]


def part_of(doc: "Doc", start: int, end: int) -> Part:
    """The part that the person or body named by these characters plays."""
    span = span_of(doc, start, end)
    root = span.root
    before = _word_before(doc, span.start)
    if before in ("from", "of", "at") and root.head.head.lemma_.lower() in _ENGLISH["somebody"]:
        # "Somebody from the press": what is said of somebody is said of the press.
        return part_of(doc, root.head.head.idx, root.head.head.idx + len(root.head.head))
    if _owns(doc, span):
        return Part.RECIPIENT if before in _ENGLISH["into"] and _at_a_place(doc, span.end) else Part.OWNER
    if before in _ENGLISH["towards"]:
        return Part.NAMED if _walks_there(root) else Part.RECIPIENT
    if before in _ENGLISH["away"]:
        return Part.ASKER if before in ("from", "off") and _came_from(span.root) else Part.SOURCE
    verb = root.head.lemma_.lower()
    if root.dep_ in ("dative", "dobj", "iobj", "obj") and verb in _ENGLISH["giving"]:
        return Part.RECIPIENT
    if root.dep_ == "nsubj" and verb in _ENGLISH["carrying"]:
        return Part.CARRIER
    if root.dep_ in ("nsubj", "nsubjpass", "ROOT", "dep") and (
        _wants(root.head) or _wants_soon(doc, span.end) or _goes_on_to_want(root.head)
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
    if possessive:
        return (
            following.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
            and following.lemma_.lower() not in _ENGLISH["wanting"]
        )
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
    return any(_wants(token) for token in doc[end : end + 3])


def _wants(verb: "Token") -> bool:
    """True for a verb of wanting; what somebody "has seen" already, they do not want."""
    lemma = verb.lemma_.lower()
    past = verb.tag_ in ("VBD", "VBN") and lemma in _ENGLISH["having"]
    return lemma in _ENGLISH["wanting"] and not past


def _walks_there(noun: "Token") -> bool:
    """True for "they'll go to the judge": people go, papers do not."""
    verb = noun.head.head
    subject = _subject(verb) if verb.lemma_.lower() in _ENGLISH["walking"] else None
    return subject is not None and subject.lower_ in _ENGLISH["people"]


def _goes_on_to_want(verb: "Token") -> bool:
    """True for "a juror left a voicemail asking …", "she turned up and wants …"."""
    later = [verb, *(child for child in verb.children if child.dep_ in ("conj", "advcl", "xcomp", "dobj", "dep"))]
    return any(
        _wants(token)
        for step in later
        for token in (step, *(child for child in step.children if child.dep_ in ("acl", "advcl", "xcomp", "conj")))
        if token.i > verb.i
    )


def _came_from(noun: "Token") -> bool:
    """True for whoever a letter, a call or a request came from."""
    return noun.head.head.lemma_.lower() in _ENGLISH["messages"] or noun.head.head.lemma_.lower() in ("hear", "get")


def _at_a_place(doc: "Doc", end: int) -> bool:
    """True when what is owned is where things arrive: "through the barrister's letterbox"."""
    return any(token.lemma_.lower() in _ENGLISH["places"] for token in doc[end : end + 3])


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
    subject = _subject(verb)
    ours = subject is None or subject.lower_ in _ENGLISH["us"]
    if verb.lemma_.lower() in _ENGLISH["reaching"]:
        return not ours
    received = verb.lemma_.lower() in ("get", "receive", "have") and token.dep_ in ("dobj", "obj")
    return received and any(child.lower_ in ("from", "off") for child in token.children)


def _subject(verb: "Token") -> "Token | None":
    """Who does it; of "phoned and asked" the second verb has the first one's."""
    for one in (verb, verb.head if verb.dep_ in ("conj", "advcl", "xcomp", "acl") else verb):
        found = next((child for child in one.children if child.dep_ == "nsubj"), None)
        if found is not None:
            return found
    return None


def looked_for(doc: "Doc", start: int, end: int) -> bool:
    """True for what was checked for, not sent: "read it through for addresses", "no mention of where she lives"."""
    root = span_of(doc, start, end).root
    for token in (root, *list(root.ancestors)[:3]):
        if token.dep_ == "prep" and token.lower_ == "for" and token.head.lemma_.lower() in _ENGLISH["checking"]:
            return True
        if token.lemma_.lower() in ("mention", "trace", "sign", "reference") and denied_before(doc, token.i):
            return True
    return False


def taken_out(doc: "Doc", start: int, end: int) -> bool:
    """True when the text says that this was removed ("I've taken the back page off"), not that it may have to be."""
    span = span_of(doc, start, end)
    before = _word_before(doc, span.start)
    if before in ("without", "minus", "no"):
        return True
    if before in ("off", "of", "from"):
        return False  # "the back page off the statement"
    after = {token.lower_ for token in doc[span.end : span.end + 3]}
    if _off_at_once(doc, span.end):
        return True  # "back pages all off"
    if span.root.head.lemma_ == "be" and after & (_ENGLISH["particles"] | {"gone"}) and not after & _NOT:
        return True  # "the contact page is off"
    for token in (span.root, *span.root.children, span.root.head):
        verb = token if token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN" else token.head
        if verb.dep_ != "amod" and _removes(verb) and _done(verb) and (verb.i in range(span.start - 6, span.end + 4)):
            return True
    return False


def _off_at_once(doc: "Doc", end: int) -> bool:
    """True when "off", "removed" or "gone" follows at once, with no more between than "all", "now" or "is"."""
    for token in doc[end : end + 3]:
        if token.lower_ in ("off", "removed", "gone", "redacted", "deleted"):
            return True
        if token.lower_ not in ("all", "both", "now", "already", "is", "are", "been", "has", "have"):
            return False
    return False


def _removes(verb: "Token") -> bool:
    lemma = verb.lemma_.lower()
    return lemma in _ENGLISH["removing"] or (
        lemma in _ENGLISH["removing_with_particle"]
        and any(t.lower_ in _ENGLISH["particles"] for t in verb.doc[verb.i + 1 : verb.i + 6])
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


def to_come(doc: "Doc", start: int, end: int) -> bool:
    """True when the phrase speaks of something yet to be done ("before pressing send"), not of what happened."""
    span = span_of(doc, start, end)
    if span.start and (doc[span.start - 1].tag_ == "TO" or doc[span.start - 1].lower_ == "before"):
        return True
    return span.root.pos_ in ("VERB", "AUX") and span.root.tag_ in ("VB", "VBG", "VBP")


def has(doc: "Doc", owner: tuple[int, int], thing: tuple[int, int]) -> bool:
    """True for "our witness has convictions": the thing is the owner's."""
    verb = span_of(doc, *owner).root.head
    return verb.lemma_.lower() == "have" and span_of(doc, *thing).root.head is verb


def denied(doc: "Doc", start: int, end: int) -> bool:
    """True when the text says that this is not there ("he has no email")."""
    span = span_of(doc, start, end)
    following = {token.lower_ for token in doc[span.end : span.end + 3]}
    broken = bool(following & _ENGLISH["broken"]) and bool(following & {"is", "'s", "s", "has", "keeps", "are"})
    return broken or denied_before(doc, span.start, reach=2)


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


def joined(doc: "Doc", end: int, start: int) -> bool:
    """True when nothing but an "and" or a comma stands between two phrases ("the court and the defence")."""
    between = [token for token in doc if token.idx >= end and token.idx + len(token) <= start]
    words = [token.lower_ for token in between if token.pos_ not in ("DET", "ADJ") and not token.is_space]
    return bool(words) and len(words) <= 2 and all(word in _ENGLISH["joining"] for word in words)


def about_a_child(doc: "Doc") -> bool:
    """True when the text speaks of a child, by a word or an age under 18 ("a 15 year old", "aged 13", "she's 14")."""
    if any(token.lower_ in _ENGLISH["child"] for token in doc):
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
            if following & _ENGLISH["countable"]:
                numbers.add(int(digits))
    return frozenset(numbers)


def denied_words(doc: "Doc") -> frozenset[str]:
    """The lemmas that the text denies ("no contract", "haven't watched it", "doesn't match")."""
    denied: set[str] = set()
    for token in doc:
        if token.lower_ not in _NOT or token.head.dep_ == "relcl":
            continue  # "everything that isn't relevant" says what was meant, not what is missing
        reach = [
            token.head,
            *[child for child in token.head.children if child.dep_ in ("dobj", "obj", "attr", "acomp")],
        ]
        denied |= {word.lemma_.lower() for word in (*reach, *doc[token.i + 1 : token.i + 2]) if word.i >= token.i - 1}
    return frozenset(word for word in denied - _ENGLISH["idle_denials"] - _NOT if len(word) > 3)


def _goes_to(doc: "Doc", noun: "Token") -> bool:
    """True for "to the glazier", "share with the ward"; not for "for dinner"."""
    before = _word_before(doc, noun.i)
    if noun.dep_ == "pobj" and _walks_there(noun):
        return False
    return before == "to" or (
        before == "with" and noun.head.head.lemma_.lower() in ("share", "leave", "talk", "discuss")
    )


def _is_sent(noun: "Token") -> bool:
    """True where the thing sent or wanted stands: "send the jpegs", "the jpegs are to go", "asked for the jpegs"."""
    verb = noun.head
    if noun.dep_ == "pobj":
        return verb.lower_ == "for" and _wants(verb.head)
    if noun.dep_ in ("dobj", "obj"):
        subject = _subject(verb)
        return subject is None or subject.lower_ in _ENGLISH["us"] or _wants(verb) or verb.lemma_ == "have"
    return noun.dep_ in ("ROOT", "nsubjpass", "conj") or (noun.dep_ == "nsubj" and verb.lemma_.lower() in ("go", "be"))


def names_somebody(doc: "Doc", start: int, end: int) -> bool:
    """True when a word for papers stands where a recipient does: "the photos go to the paper"."""
    span = span_of(doc, start, end)
    return (
        span.root.tag_ == "NN"
        and _word_before(doc, span.start) == "to"
        and span.root.head.head.lemma_.lower() in (_ENGLISH["giving"] | {"go"})
    )


def unnamed(doc: "Doc") -> bool:
    """True when what goes is only pointed at: "can it go", "sending something", "what can they have"."""
    verbs = _ENGLISH["giving"] | _ENGLISH["handling"] | _ENGLISH["carrying"] | {"go", "have"}
    return any(
        token.lower_ in _ENGLISH["pointing"]
        and token.dep_ in ("dobj", "obj", "nsubj", "nsubjpass", "ROOT", "dep")
        and (token.dep_ == "ROOT" or token.head.lemma_.lower() in verbs | {"get", "want"})
        for token in doc
    )


def known_personally(doc: "Doc", start: int, end: int) -> bool:
    """True when the case concerns somebody of one's own: "a case about my cousin", "my ex is a witness"."""
    span = span_of(doc, start, end)
    if _word_before(doc, span.start) in ("about", "involving", "against", "with") and span.root.head.head.lemma_ in (
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
        and any(child.dep_ == "attr" and child.lemma_.lower() in _ENGLISH["in_a_case"] for child in verb.children)
    )


def handles(doc: "Doc") -> bool:
    """True when the text speaks of sending, showing, keeping or changing something."""
    handling = _ENGLISH["giving"] | _ENGLISH["carrying"] | _ENGLISH["removing"] | _ENGLISH["handling"]
    return any(token.lemma_.lower() in handling for token in doc)


def unread_nouns(doc: "Doc", read: Sequence[tuple[int, int]]) -> tuple[tuple[str, str, str], ...]:
    """Nouns that were not read: the fact that may hide in each, the noun, and the noun with all that is said of it."""
    found = []
    for token in doc:
        if (
            token.pos_ not in ("NOUN", "PROPN")
            or token.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL", "GPE", "LOC")
            or token.dep_ == "compound"
            or token.lemma_.lower() in _ENGLISH["empty_nouns"] | _ENGLISH["somebody"]
            or len(token) <= 2
            or any(start < token.idx + len(token) and token.idx < end for start, end in read)
        ):
            continue
        towards = _goes_to(doc, token)
        asking = token.dep_ in ("nsubj", "nsubjpass") and (
            _wants(token.head) or token.head.lemma_.lower() in _ENGLISH["carrying"]
        )
        if not (towards or asking or _is_sent(token)):
            found.append(("elsewhere", token.text, token.text))
            continue
        words = [word for word in token.lefts if word.dep_ in ("compound", "amod", "poss", "nmod")]
        phrase = doc[min((word.left_edge.i for word in words), default=token.i) : token.i + 1]
        whole = doc[phrase.start : min(token.right_edge.i + 1, phrase.start + _MOST_WORDS)]
        found.append(("recipient" if towards or asking else "material", phrase.text, whole.text))
    return tuple(found)
