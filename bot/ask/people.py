"""Who is meant by words that name no term of the vocabulary: kin of somebody, several at once, an authority abroad."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.ask.grammar import ENGLISH, Part, part_of, span_of
from knowledge import Mention, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KIN_OF = {
    "defendant": "defendant_family",
    "codefendant": "defendant_family",
    "victim": "victim_family",
    "witness": "victim_family",
}
_PROFESSIONALS = frozenset({"police", "counsel", "colleague", "court", "expert", "defence"})
_OUTSIDER = "public"
_OF = 3
"""Most characters between an owner and whoever acts for them ("the victim's solicitor")."""
_MANY = "many_people"
_GROUPED = frozenset({"victim", "witness"})
_ABROAD = "overseas"
_AUTHORITIES = frozenset({"police", "court", "colleague", "counsel", "defence"})
_SEVERAL = 3


def meant(doc: "Doc", parts: Mapping[Mention, Part], vocabulary: Vocabulary) -> dict[Mention, Part]:
    """The persons and bodies with those meant in the place of those named: "the cousin of the accused" is family."""
    found: dict[Mention, Part] = {}
    owner: Mention | None = None
    for named, part in parts.items():
        mention = _acting_for(named, owner, vocabulary)
        owner = named if part is Part.OWNER else None
        kin = _kin(doc, mention)
        if kin is not None:
            start, end = kin.idx, kin.idx + len(kin)
            owner = _as(mention, _KIN_OF.get(mention.term, _OUTSIDER), start, end)
            found[owner] = part_of(doc, start, end)
        elif mention.term in _AUTHORITIES and _abroad(doc, mention):
            found[_as(mention, _ABROAD, mention.start, mention.end)] = part
        else:
            found[mention] = part
            if mention.term in _GROUPED and _several(doc, mention):
                found[_as(mention, _MANY, mention.start, mention.end)] = part
    return found


def _acting_for(mention: Mention, owner: Mention | None, vocabulary: Vocabulary) -> Mention:
    """Whoever acts for somebody: the victim's solicitor is no solicitor of the defence."""
    if owner is None or not 0 <= mention.start - owner.end <= _OF:
        return mention
    for who, instead in vocabulary.terms[mention.term].owned_by:
        if vocabulary.is_a(owner.term, who):
            return _as(mention, instead, mention.start, mention.end)
    return mention


def _as(mention: Mention, term: str, start: int, end: int) -> Mention:
    return Mention(term, mention.fact, start, end)


def _kin(doc: "Doc", mention: Mention) -> "Token | None":
    """The relative in "the cousin of the accused", "the suspect's nan"."""
    if mention.term not in _KIN_OF and mention.term not in _PROFESSIONALS:
        return None
    span = span_of(doc, mention.start, mention.end)
    head = span.root.head
    if mention.term in _PROFESSIONALS:
        # "The officer's wife", but not "police family liaison"
        after = doc[span.end - 1 : span.end + 2] if span[-1].tag_ == "POS" else doc[span.end : span.end + 2]
        theirs = len(after) > 1 and after[0].tag_ == "POS" and after[1].lemma_.lower() in ENGLISH["kin"]
        return after[1] if theirs else None
    if head.lower_ == "of" and head.head.lemma_.lower() in ENGLISH["kin"]:
        return head.head
    following = [token for token in doc[span.end : span.end + 3] if token.tag_ != "POS"]
    return next((token for token in following[:2] if token.lemma_.lower() in ENGLISH["kin"]), None)


def _abroad(doc: "Doc", mention: Mention) -> bool:
    """True for "a prosecutor in Poland"."""
    span = span_of(doc, mention.start, mention.end)
    following = doc[span.end : span.end + 3]
    return (
        len(following) > 1
        and following[0].lower_ in ("in", "from")
        and any(token.lower_ in ENGLISH["countries"] for token in following[1:])
    )


def _several(doc: "Doc", mention: Mention) -> bool:
    """True for "all six complainants", "the twelve witnesses"."""
    span = span_of(doc, mention.start, mention.end)
    before = doc[max(0, span.start - 3) : span.start]
    many = any(token.lower_ in ("all", "every") or _count(token) >= _SEVERAL for token in before)
    return span.root.tag_ in ("NNS", "NNPS") and many


def _count(token: "Token") -> int:
    if not token.like_num:
        return 0
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    digits = token.text.replace(",", "")
    return int(digits) if digits.isdigit() else words.index(token.lower_) + 1 if token.lower_ in words else _SEVERAL
