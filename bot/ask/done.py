"""What a sentence says was done, was not done or is still to come, by spaCy's parse."""

from typing import TYPE_CHECKING

from bot.ask.grammar import AGAINST, ENGLISH, NOT, span_of, subject_of, word_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


def looked_for(doc: "Doc", start: int, end: int) -> bool:
    """True for what was checked for, not sent: "read it through for addresses", "no mention of where she lives"."""
    root = span_of(doc, start, end).root
    for token in (root, *list(root.ancestors)[:3]):
        looking = token.dep_ == "prep" and token.lower_ == "for"
        if looking and token.head.lemma_.lower() in ENGLISH["checking"] | ENGLISH["altering"]:
            return True
        if token.lemma_.lower() in ("mention", "trace", "sign", "reference") and denied_before(doc, token.i):
            return True
    return False


def confirmed(doc: "Doc", start: int, end: int) -> bool:
    """True for a check that was made: "address confirmed", "I've checked the number"."""
    root = span_of(doc, start, end).root
    verbs = [child for child in root.children if child.dep_ in ("acl", "amod", "relcl")]
    verbs += [root.head] if root.dep_ in ("nsubjpass", "nsubj", "dobj") else []
    return any(verb.tag_ in ("VBN", "VBD") and verb.lemma_.lower() in ENGLISH["confirming"] for verb in verbs)


def taken_out(doc: "Doc", start: int, end: int) -> bool:
    """True when the text says that this was removed ("I've taken the back page off"), not that it may have to be."""
    span = span_of(doc, start, end)
    if span.root.dep_ == "compound" and span.root.head.i <= span.end:
        span = doc[span.start : span.root.head.i + 1]  # "the address page"
    before = word_before(doc, span.start)
    if before in ("without", "minus", "no") or _nobodys(doc, span.start) or _absent(span.root):
        return True
    if before in ("off", "of", "from"):
        return False  # "the back page off the statement"
    after = {token.lower_ for token in doc[span.end : span.end + 3]}
    if _off_at_once(doc, span.end) and not denied_before(doc, span.start, reach=4):
        return True  # "back pages all off"
    if span.root.head.lemma_ == "be" and after & (ENGLISH["particles"] | {"gone"}) and not after & NOT:
        return True  # "the contact page is off"
    together = _together(span.root)
    for token in (span.root, *span.root.children, *_governing(span.root), *together):
        verb = token if token.pos_ in ("VERB", "AUX") or token.tag_ == "VBN" else token.head
        far = token in together or (token == span.root.head and span.root.dep_ in ("nsubj", "nsubjpass"))
        reach = 10 if far else 4
        if verb.dep_ == "amod" or verb.i not in range(span.start - 6, span.end + reach) or _parted(verb, span):
            continue
        if (_removes(verb) and (_done(verb) or _doing(verb))) or _left_behind(verb, span.root):
            return True
    return False


def _together(noun: "Token") -> "list[Token]":
    """The participle of several things at once: "the number and the next of kin removed"."""
    if any(child.dep_ == "prep" for child in noun.children):
        return []
    return [
        one
        for other in noun.conjuncts
        for one in (*other.children, other.head)
        if one.tag_ == "VBN" and one.i > other.i
    ]


def _nobodys(doc: "Doc", start: int) -> bool:
    """True for "nobody's address on it"."""
    return start > 1 and doc[start - 1].tag_ == "POS" and doc[start - 2].lower_ in ("nobody", "no-one", "noone", "one")


def _absent(noun: "Token") -> bool:
    """True for "the names aren't in it", "her school is not mentioned"."""
    noun = noun.head if noun.dep_ in ("conj", "poss", "compound") else noun
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or not _negated(verb) or noun.i > verb.i:
        return False
    if verb.lemma_ == "be":
        return any(child.lower_ in ("in", "on", "there", "inside") for child in verb.children if child.i > verb.i)
    return verb.lemma_.lower() in ENGLISH["holding"] | ENGLISH["showing"] and verb.tag_ in ("VBN", "VB")


def _governing(noun: "Token") -> "tuple[Token, ...]":
    """The word that the noun hangs on; of "the page with her number on" also what the page hangs on."""
    if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "containing", "showing") and noun.head.head.pos_ == "NOUN":
        return (noun.head, noun.head.head.head)
    return (noun.head,)


def _parted(verb: "Token", span: "Span") -> bool:
    """True when a comma stands between: "we took the page out, statement to go"."""
    between = verb.doc[span.end : verb.i] if verb.i >= span.end else verb.doc[verb.i + 1 : span.start]
    joined = span.root.dep_ in ("conj", "appos")
    return not joined and any(token.is_punct and token.text in (",", ";", ".", "?", "!", ":") for token in between)


def _doing(verb: "Token") -> bool:
    """True for "I'm leaving it out", "I'll take it off": what is sent goes without it."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    denied = any(child.dep_ == "neg" for child in verb.children) or denied_before(verb.doc, verb.i)
    subject = subject_of(verb)
    ours = subject is not None and subject.lower_ in ENGLISH["us"]
    promised = verb.tag_ == "VB" and bool(auxiliaries & {"'ll", "ll", "will"}) and "?" not in verb.sent.text
    return ours and not denied and (promised or (verb.tag_ == "VBG" and bool(auxiliaries & {"'m", "am", "'re", "are"})))


def _left_behind(verb: "Token", thing: "Token") -> bool:
    """True for "not sending the back page": said of what will not go, not asked."""
    if verb.lemma_.lower() not in ENGLISH["giving"] | ENGLISH["handling"] | {"include"} or verb.tag_ != "VBG":
        return False
    return thing.dep_ in ("dobj", "obj") and any(child.dep_ == "neg" for child in verb.children)


def _off_at_once(doc: "Doc", end: int) -> bool:
    """True when "off", "removed" or "gone" follows at once, with no more between than "all", "now" or "is"."""
    for token in doc[end : end + 3]:
        if token.lower_ in ("off", "removed", "gone", "redacted", "deleted"):
            return True
        if token.lower_ not in ("all", "both", "now", "already", "is", "are", "been", "has", "have"):
            return False
    return False


def altered(doc: "Doc", start: int, end: int) -> bool:
    """True when the thing was worked on and still goes ("the call was muted for her number"), not left out."""
    span = span_of(doc, start, end)
    verbs = (span.root.head, *(child for child in span.root.children if child.tag_ == "VBN"))
    return any(verb.lemma_.lower() in ENGLISH["altering"] and _done(verb) for verb in verbs)


def unaltered(doc: "Doc") -> bool:
    """True when the text says that nothing was redacted yet: "no time to redact", "the redaction isn't done"."""
    for token in doc:
        if token.lower_ in ("redaction", "redactions", "redacting"):
            verb = token.head
            undone = verb.lemma_.lower() in ("finish", "do", "complete", "start", "be") and _negated(verb)
            if undone or denied_before(doc, token.i, reach=1):
                return True
        if _unseen(token):
            return True
        if token.lemma_.lower() not in ENGLISH["altering"] or token.pos_ != "VERB":
            continue
        if token.tag_ in ("VBN", "VBD", "VBG") and _negated(token):
            return True
        # "No time to redact", "haven't had a chance to edit it"
        chance = token.head if token.dep_ in ("relcl", "acl", "xcomp") else token
        if chance.lemma_.lower() in ("time", "chance", "manage", "get") and (
            denied_before(doc, chance.i) or _negated(chance) or _negated(chance.head)
        ):
            return True
    return False


def _unseen(verb: "Token") -> bool:
    """True for "nobody has been through it", "we haven't read them yet", "no time to go through the lot"."""
    through = any(child.lower_ == "through" for child in verb.children)
    if verb.lemma_.lower() not in ENGLISH["reviewing"] and not (
        verb.lemma_.lower() in ("go", "be", "look") and through
    ):
        return False
    if verb.tag_ not in ("VBN", "VB"):
        return False
    chance = verb.head.head if verb.head.lemma_.lower() in ("time", "chance") else verb
    subject = subject_of(chance)
    nobody = subject is not None and (
        subject.lower_ in ("nobody", "none", "no-one", "noone") or (subject.lower_ == "one" and _negated(subject))
    )
    return nobody or (verb.tag_ == "VBN" and _negated(verb)) or (chance is not verb and _negated(chance))


def _negated(verb: "Token") -> bool:
    return any(child.dep_ == "neg" or child.lower_ in NOT for child in verb.children)


def _removes(verb: "Token") -> bool:
    lemma = verb.lemma_.lower()
    return lemma in ENGLISH["removing"] or (
        lemma in ENGLISH["removing_with_particle"]
        and any(t.lower_ in ENGLISH["particles"] for t in verb.doc[verb.i + 1 : verb.i + 6])
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
        if token.lower_ in NOT:
            return True
    return False


def to_come(doc: "Doc", start: int, end: int) -> bool:
    """True when the phrase speaks of something yet to be done ("before pressing send"), not of what happened."""
    span = span_of(doc, start, end)
    if span.start and (doc[span.start - 1].tag_ == "TO" or doc[span.start - 1].lower_ == "before"):
        return True
    return span.root.pos_ in ("VERB", "AUX") and span.root.tag_ in ("VB", "VBG", "VBP")


def denied(doc: "Doc", start: int, end: int) -> bool:
    """True when the text says that this is not there ("he has no email") or does not work."""
    return out_of_order(doc, start, end) or denied_before(doc, span_of(doc, start, end).start, reach=2)


def out_of_order(doc: "Doc", start: int, end: int) -> bool:
    """True for a way that does not work ("the printer's dead")."""
    span = span_of(doc, start, end)
    following = {token.lower_ for token in doc[span.end : span.end + 3]}
    said = following | {span[-1].lower_}
    return bool(following & ENGLISH["broken"]) and bool(said & {"is", "'s", "s", "has", "keeps", "are"})


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


def denied_words(doc: "Doc") -> frozenset[str]:
    """The lemmas that the text denies ("no contract", "haven't watched it", "the number is different")."""
    denied: set[str] = {AGAINST[token.lower_] for token in doc if token.lower_ in AGAINST and _stands(token)}
    denied |= _not_one(doc)
    for token in doc:
        if token.lower_ not in NOT or token.head.dep_ == "relcl":
            continue  # "everything that isn't relevant" says what was meant, not what is missing
        if token.dep_ == "prep":  # "without a contract"
            reach = [child for child in token.children if child.dep_ == "pobj"]
        else:
            objects = [child for child in token.head.children if child.dep_ in ("dobj", "obj", "attr", "acomp")]
            reach = [token.head, *objects]
        denied |= {word.lemma_.lower() for word in (*reach, *doc[token.i + 1 : token.i + 2]) if word.i >= token.i - 1}
    return frozenset(
        word for word in denied - (ENGLISH["idle_denials"] - _not_one(doc)) - NOT if len(word) > 3 or word == "one"
    )


def _stands(word: "Token") -> bool:
    """True where a word that speaks against a condition is said of the thing itself, and is not denied."""
    if denied_before(word.doc, word.i) or any(token.lower_ == "or" for token in word.doc[word.i :]):
        return False  # "the whole file or just the bits about her arm" asks which
    return word.dep_ in ("acomp", "attr", "ROOT", "relcl", "oprd") or word.head.pos_ in ("NOUN", "PROPN")


def _not_one(doc: "Doc") -> set[str]:
    """Denies "one" where several of the same are said to go together: "both prints are on the same page"."""
    several = any(token.lower_ in ("both", "two", "three", "several") for token in doc)
    return {"one"} if several and any(token.lower_ in ("same", "together", "single") for token in doc) else set()
