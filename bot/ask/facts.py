"""Reads the facts of a question: what, to whom, how, and how protected."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.ask import grammar
from bot.ask.grammar import Part
from bot.domain.message import Message
from bot.language import is_ordinary
from knowledge import Facts, Mention, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CONTACT_PAGE_OFF = "contact_page_removed"
_STOPPED_IN_TIME = "near_miss"
_HARMLESS = "non_case"
_BETWEEN = 12
"""Most characters between an owner and the thing owned ("the victim's new mobile number")."""
LONGEST = 4000
"""Characters of a message that are read; of a longer paste the beginning and the end, where questions stand."""


@dataclass(frozen=True)
class Question:
    """A message as understood."""

    text: str = field(repr=False)
    """What is compared with known questions: the message, with the earlier question before it for a follow-up."""
    facts: Facts
    sentences: tuple[str, ...] = field(repr=False, default=())
    """The sentences that ask, for a story with the question at the end."""
    follows: bool = False
    """True when facts were carried over from earlier in the conversation."""
    unread: frozenset[str] = frozenset()
    """Facts that may hide in words the vocabulary does not know; a known question may say what they are."""
    counted: frozenset[int] = frozenset()
    """How many rows or people it says there are ("the 150 applicants")."""
    denied: frozenset[str] = frozenset()
    """What the text says is not so, as lemmas: "contract", "match"."""


class FactReader:
    """Reads facts with the vocabulary and the language pipeline."""

    def __init__(self, vocabulary: Vocabulary, pipeline: Callable[[str], "Doc"]) -> None:
        self._vocabulary = vocabulary
        self._pipeline = pipeline

    def read(self, message: Message) -> Question:
        """The facts of a message; earlier turns fill what a follow-up leaves out, and buttons outrank both."""
        text = shortened(message.text)
        doc = self._pipeline(text)
        facts, owners = self._facts(doc)
        read = [(mention.start, mention.end) for mention in self._find(doc.text)]
        earlier = [shortened(turn.text) for turn in message.history if turn.role == "user"]
        follows = bool(earlier) and not _stands_alone(facts)
        if follows:
            facts = self._carry_over(earlier, facts, owners, about_files=bool(message.attachments))
        question = f"{earlier[-1]} {text}" if follows else text
        return Question(
            question,
            self._chosen(facts, message.answers),
            tuple(_asking(doc)),
            follows,
            grammar.unread_nouns(doc, read),
            grammar.counted(doc),
            grammar.denied_words(doc),
        )

    def _find(self, text: str) -> list[Mention]:
        return self._vocabulary.find(text, forgive=lambda word: not is_ordinary(word))

    def _facts(self, doc: "Doc") -> tuple[Facts, tuple[str, ...]]:
        """The facts stated in one text, and the owners of whatever is sent ("the other defendant's")."""
        mentions = _clearest(self._find(doc.text))
        parts = _parts(doc, [mention for mention in mentions if mention.fact == "recipient"])
        materials, removed = self._materials(doc, mentions, parts)
        protections = {
            m.term: grammar.claimed(doc, m.start, m.end) for m in mentions if m.fact == "protection" and not m.lacking
        }
        lacking = {m.term for m in mentions if m.fact == "protection" and m.lacking}
        claimed = {term for term, said in protections.items() if said} - lacking
        facts = Facts(
            materials=self._vocabulary.narrowest(materials),
            recipients=self._vocabulary.narrowest(self._recipients(parts) or self._implied(materials)),
            channels=self._vocabulary.narrowest(
                m.term for m in mentions if m.fact == "channel" and not grammar.denied(doc, m.start, m.end)
            ),
            protections=frozenset(claimed | removed),
            lacking=frozenset(lacking | {term for term, said in protections.items() if said is False}),
        )
        return facts, tuple(mention.term for mention, part in parts.items() if part is Part.OWNER)

    def _recipients(self, parts: dict[Mention, Part]) -> list[str]:
        """Those the thing goes to; when nobody is named so, whoever asks for it, else whoever is named at all."""
        carriers = [mention.term for mention, part in parts.items() if part is Part.CARRIER]
        named = [mention.term for mention, part in parts.items() if part is Part.NAMED and not mention.faint]
        for wanted in (Part.RECIPIENT, Part.ASKER, Part.NAMED):
            found = [mention.term for mention, part in parts.items() if part is wanted and not mention.faint]
            if found:
                # "To a colleague … who has no need to know": what is said later of the same person counts.
                closer = [term for term in named if any(self._vocabulary.is_a(term, known) for known in found)]
                return found + carriers + closer
        # "Serve" names nobody, but papers are served on the defence.
        return carriers or [mention.term for mention in parts if mention.faint]

    def _implied(self, materials: Iterable[str]) -> list[str]:
        """Recipients that go without saying: the initial details go to the defence."""
        terms = self._vocabulary.terms
        return [term for material in materials for term in terms[material].implies if terms[term].fact == "recipient"]

    def _materials(
        self, doc: "Doc", mentions: Sequence[Mention], parts: dict[Mention, Part]
    ) -> tuple[list[str], set[str]]:
        found: list[str] = []
        removed: set[str] = set()
        for mention in mentions:
            if mention.fact != "material":
                continue
            if self._vocabulary.terms[mention.term].happened and grammar.to_come(doc, mention.start, mention.end):
                continue
            if grammar.taken_out(doc, mention.start, mention.end):
                off = {_CONTACT_PAGE_OFF} if self._vocabulary.is_a(mention.term, "contact_details") else set()
                removed |= {"redacted"} | off
                continue
            owner = next((m.term for m, part in parts.items() if _belongs(doc, mention, m, part)), None)
            found.append(self._owned(self._owned(mention.term, owner), "child" if grammar.about_a_child(doc) else None))
        return self._what_counts(found), removed

    def _what_counts(self, materials: list[str]) -> list[str]:
        """A situation ("how long do I keep …") is what it is about; "no case stuff" goes for harmless things only."""
        terms = self._vocabulary.terms
        situations = [material for material in materials if terms[material].situation]
        if situations:
            return [_STOPPED_IN_TIME] if _STOPPED_IN_TIME in situations else situations
        if _HARMLESS in materials:
            return [
                m
                for m in materials
                if m == _HARMLESS or self._vocabulary.lineage(m) & {"case_material", "personal_data"}
            ]
        return materials

    def _owned(self, material: str, owner: str | None) -> str:
        """The term meant when the thing belongs to somebody: a witness's convictions are not the defendant's."""
        for who, meant in self._vocabulary.terms[material].owned_by if owner else ():
            if owner and self._vocabulary.is_a(owner, who):
                return meant
        return material

    def _carry_over(self, earlier: Iterable[str], facts: Facts, owners: tuple[str, ...], *, about_files: bool) -> Facts:
        """What earlier turns said, with what this turn says in its place; an attached file is what is sent now."""
        carried = Facts()
        for text in earlier:
            said, _ = self._facts(self._pipeline(text))
            carried = _overlaid(carried, said)
        if about_files:
            carried = replace(carried, materials=())
        if not facts.materials and owners:
            changed = tuple(self._owned(material, owner) for material in carried.materials for owner in owners)
            facts = replace(facts, materials=changed)
        return _overlaid(carried, facts)

    def _chosen(self, facts: Facts, answers: Iterable[tuple[str, str]]) -> Facts:
        for fact, term in answers:
            # What comes back from a page is not to be trusted: only terms of this fact count.
            if term not in self._vocabulary.terms or self._vocabulary.terms[term].fact != fact:
                continue
            if fact == "material":
                facts = replace(facts, materials=(term,))
            elif fact == "recipient":
                facts = replace(facts, recipients=(term,))
            elif fact == "channel":
                facts = replace(facts, channels=(term,))
            elif fact == "protection":
                facts = replace(facts, protections=facts.protections | {term}, lacking=facts.lacking - {term})
        return facts


def shortened(text: str) -> str:
    """The text, or the beginning and end of a very long one."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"


def _belongs(doc: "Doc", thing: Mention, owner: Mention, part: Part) -> bool:
    """True when the thing is somebody's: "a witness's convictions", "convictions of a witness", "she has …"."""
    if part is Part.OWNER:
        return 0 <= thing.start - owner.end <= _BETWEEN
    if 0 < owner.start - thing.end <= _BETWEEN * 2 and doc.text[thing.end : owner.start].split()[:1] == ["of"]:
        return True
    return grammar.has(doc, (owner.start, owner.end), (thing.start, thing.end))


def _parts(doc: "Doc", mentions: Sequence[Mention]) -> dict[Mention, Part]:
    """The part of each person or body; in "to the court and the defence" the second shares the part of the first."""
    parts: dict[Mention, Part] = {}
    earlier: Mention | None = None
    for mention in mentions:
        part = grammar.part_of(doc, mention.start, mention.end)
        if earlier is not None and part is not Part.OWNER and grammar.joined(doc, earlier.end, mention.start):
            part = parts[earlier]
        parts[mention] = part
        earlier = mention
    return parts


def _clearest(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without everyday words, where something clearer of the same kind is named."""
    clear = {mention.fact for mention in mentions if not mention.faint}
    return [m for m in mentions if not m.faint or m.fact == "recipient" or m.fact not in clear]


def _stands_alone(facts: Facts) -> bool:
    return bool(facts.materials and (facts.recipients or facts.channels))


def _overlaid(earlier: Facts, later: Facts) -> Facts:
    same_thing = not later.materials or later.materials == earlier.materials
    return Facts(
        materials=later.materials or earlier.materials,
        recipients=later.recipients or earlier.recipients,
        channels=later.channels or earlier.channels,
        protections=(later.protections | (earlier.protections if same_thing else frozenset())) - later.lacking,
        lacking=(later.lacking | (earlier.lacking if same_thing else frozenset())) - later.protections,
    )


def _asking(doc: "Doc") -> Iterable[str]:
    """The sentences that ask something, and the last one."""
    sentences = [sentence.text.strip() for sentence in doc.sents if sentence.text.strip()]
    if len(sentences) < 2:
        return []
    asking = [text for text in sentences if text.endswith("?")]
    return list(dict.fromkeys([*asking, sentences[-1]]))[-4:]
