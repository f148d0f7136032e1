"""Reads the facts of a question: what, to whom, how, and how protected."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.ask import done, grammar, nouns
from bot.ask.contents import held
from bot.ask.evidence import GENERAL
from bot.ask.grammar import Part
from bot.ask.happenings import STOPPED_IN_TIME, happenings, whereabouts
from bot.ask.hours import out_of_hours
from bot.ask.manner import USUAL, Manner, asking, manner_of, says_little
from bot.ask.meaning import Meanings
from bot.ask.mentions import clearest, how_it_came, not_there, owners_of, parts_of
from bot.ask.people import meant
from bot.ask.question import Question
from bot.ask.thread import asked_in_words, bare_answer, carried, changed, in_words, overlaid, stands_alone
from bot.ask.tidy import tidy
from bot.domain.message import Message, Remembered
from bot.language import is_ordinary
from knowledge import Facts, Mention, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CONTACT_PAGE_OFF = "contact_page_removed"
_REDACTED = "redacted"
_STRANGER = "unknown_caller"
_BLANK = "blank_template"
_LATE = "out_of_hours"
_PASSWORD, _PASSWORD_BESIDE = "credentials", "password_with_file"
_HARMLESS = "non_case"
_OWN_PEOPLE = "own_family"
_MEDIA = "removable_media"
_OWN_DEVICE = "personal_device"
_OWN_CASE = "own_interest"
_PLACES = frozenset({"contact_details", "defendant_address"})
_DETAILS = _PLACES | {"staff_details", "found_identity_number"}
_FORGIVEN = 0.85
"""How sure a word with a spelling slip is."""
_MOST_GUESSES = 3
_SHRUG = 5
"""Tokens of an answer that may say no more than "not sure"."""


@dataclass(frozen=True)
class _Reading:
    """What one text says."""

    facts: Facts
    owners: tuple[str, ...]
    guessed: tuple[tuple[str, float], ...]
    unread: frozenset[str]
    manner: Manner
    beside: bool
    firm: bool
    """True when something was read in so many words."""


class FactReader:
    """Reads facts with the vocabulary, the language pipeline and, for unknown phrases, their meaning."""

    def __init__(
        self, vocabulary: Vocabulary, pipeline: Callable[[str], "Doc"], meanings: Meanings | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._pipeline = pipeline
        self._meanings = meanings

    def read(self, message: Message) -> Question:
        """The facts of a message; what the thread remembers fills what a follow-up leaves out, buttons outrank both."""
        text = tidy(message.text)
        doc = self._pipeline(text)
        reading = self._reading(doc)
        facts, remembered = reading.facts, asked_in_words(message, self._vocabulary)
        bare = bare_answer(text, remembered)
        follows = remembered is not None and (
            bare is not None or not stands_alone(text, facts, self._vocabulary, reading.unread)
        )
        if follows and remembered is not None:
            before = carried(remembered, self._vocabulary, about_files=bool(message.attachments))
            facts = before if bare else overlaid(before, self._of_owners(before, reading))
        facts = changed(facts, [bare] if bare else [], self._vocabulary)
        facts = changed(facts, message.answers, self._vocabulary)
        shrug = remembered is not None and bool(remembered.asking) and reading.facts == Facts() and len(doc) <= _SHRUG
        follows = follows and (shrug or facts != reading.facts)
        return Question(
            in_words(facts, self._vocabulary) if follows or not text else text,
            facts,
            (text,) if follows and not (bare or shrug) and text else tuple(asking(doc)),
            follows,
            reading.unread,
            nouns.counted(doc),
            done.denied_words(doc),
            tuple((term, sure) for term, sure in reading.guessed if term in (*facts.materials, *facts.recipients)),
            bool(bare or shrug or message.answers or reading.facts != Facts() or not follows),
            remembered.asked_in_a_row if follows and remembered is not None else 0,
            remembered.found if follows and remembered is not None else (),
            reading.firm or nouns.is_english(doc),
            USUAL if follows else reading.manner,
            says_little(doc)
            and not facts.protections
            and not facts.lacking
            and (nouns.unnamed(doc) or _MEDIA in facts.channels),
            reading.beside and not follows,
        )

    def revised(self, remembered: Remembered, changes: Mapping[str, str]) -> Question:
        """What is remembered, with some facts (fact to term) changed: no text is needed."""
        facts = changed(remembered.facts, changes.items(), self._vocabulary)
        return Question(in_words(facts, self._vocabulary), facts, follows=True, found=remembered.found)

    def _find(self, text: str) -> list[Mention]:
        return self._vocabulary.find(text, forgive=lambda word: not is_ordinary(word))

    def _reading(self, doc: "Doc") -> _Reading:
        """The facts stated in one text."""
        found = self._find(doc.text)
        out = [m for m in found if not_there(doc, m)]
        details = [m for m in found if self._vocabulary.lineage(m.term) & _DETAILS and m not in out]
        inside = [m for m in details if held(doc, m.start, m.end)]
        mentions = [m for m in clearest(found, out, inside) if not how_it_came(doc, m)]
        people = [mention for mention in mentions if mention.fact == "recipient"]
        parts = meant(doc, parts_of(doc, people), self._vocabulary)
        materials, removed = self._materials(doc, mentions, parts)
        recipients = self._recipients(doc, parts)
        unread = nouns.unread_nouns(doc, [(mention.start, mention.end) for mention in found])
        guessed = {m.term: _FORGIVEN for m in mentions if m.guessed}
        stranger = any(fact == "recipient" for fact, *_ in unread) or any(
            m.fact == "material" and nouns.names_somebody(doc, m.start, m.end) for m in mentions
        )
        if stranger and not {Part.RECIPIENT, Part.ASKER} & set(parts.values()):
            recipients = []
        likely = self._likely(unread, needs={"material": not set(materials) - GENERAL, "recipient": not recipients})
        materials += [term for term in likely if self._vocabulary.terms[term].fact == "material"]
        recipients += [term for term in likely if self._vocabulary.terms[term].fact == "recipient"]
        claimed, lacking = _protections(doc, mentions)
        facts = Facts(
            materials=self._vocabulary.narrowest(materials),
            recipients=self._vocabulary.narrowest(recipients or self._implied(materials)),
            channels=self._vocabulary.narrowest(_channels(doc, mentions)),
            protections=frozenset(claimed | removed),
            lacking=frozenset(lacking),
        )
        facts = self._meant(doc, facts, parts)
        owners = tuple(mention.term for mention, part in parts.items() if part is Part.OWNER)
        hidden = {"material" if fact == "elsewhere" else fact for fact, *_ in unread} | (
            {"recipient"} if stranger else set()
        )
        manner = manner_of(
            doc,
            [(m.start, m.end) for m in parts],
            points=nouns.unnamed(doc),
            unread=len(unread),
            clear={m.fact for m in mentions if not (m.faint or m.guessed)},
        )
        return _Reading(
            facts,
            owners,
            tuple((guessed | likely).items()),
            frozenset(hidden),
            manner,
            nouns.named_beside(
                doc, [(m.start, m.end) for m in mentions if m.fact == "material"], [(m.start, m.end) for m in found]
            ),
            any(not m.guessed for m in mentions),
        )

    def _meant(self, doc: "Doc", facts: Facts, parts: Mapping[Mention, Part]) -> Facts:
        """What follows from what is said: a redaction not burned in does not redact; a cousin's case is one's own."""
        terms = self._vocabulary.terms
        failed = [terms[term].lacking_means for term in sorted(facts.lacking) if terms[term].lacking_means]
        if failed:
            facts = replace(facts, materials=self._vocabulary.narrowest((*facts.materials, *failed)))
        if any(m.term == _OWN_PEOPLE and grammar.known_personally(doc, m.start, m.end) for m in parts):
            facts = replace(facts, materials=(_OWN_CASE,), recipients=())
        return facts

    def _likely(self, unread: Sequence[tuple[str, str, str]], needs: Mapping[str, bool]) -> dict[str, float]:
        """What phrases that the vocabulary does not know probably stand for, where nothing else says it."""
        if self._meanings is None:
            return {}
        phrases = [(fact, wordings) for fact, *wordings in unread if needs.get(fact)][:_MOST_GUESSES]
        found = [self._meanings.nearest(wordings, fact) for fact, wordings in phrases]
        return {likeness.term: likeness.similarity for likeness in found if likeness is not None}

    def _recipients(self, doc: "Doc", parts: dict[Mention, Part]) -> list[str]:
        """Those the thing goes to; when nobody is named so, whoever asks for it, else whoever is named at all."""
        pronoun = grammar.meant_by_pronoun(doc)
        carriers = [
            mention.term
            for mention, part in parts.items()
            if part is Part.CARRIER
            or (mention.term == _OWN_PEOPLE and part is Part.OWNER and grammar.owns_a_device(doc, mention.end))
        ]
        if pronoun is not None and not {Part.RECIPIENT, Part.ASKER} & set(parts.values()):
            # "Had a man from the firm on, shall I email him": he is of those named last before.
            before = [m for m, part in parts.items() if m.start < pronoun and part in (Part.NAMED, Part.SOURCE)]
            parts = parts | ({before[-1]: Part.RECIPIENT} if before and not before[-1].faint else {})
        named = [mention.term for mention, part in parts.items() if part is Part.NAMED and not mention.faint]
        # "Advice for counsel, and the defence solicitor wants it too": whoever asks would get it as well.
        for wanted in ({Part.RECIPIENT, Part.ASKER}, {Part.NAMED}):
            found = [mention.term for mention, part in parts.items() if part in wanted and not mention.faint]
            if found:
                # "To a colleague … who has no need to know": what is said later of the same person counts.
                closer = [term for term in named if any(self._vocabulary.is_a(term, known) for known in found)]
                return found + carriers + closer
        # "Serve" names nobody, but papers are served on the defence.
        served = [mention.term for mention in parts if mention.faint]
        return carriers or served or ([_STRANGER] if grammar.stranger_asks(doc) else [])

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
            if self._vocabulary.terms[mention.term].happened and done.to_come(doc, mention.start, mention.end):
                continue
            situation = self._vocabulary.terms[mention.term].situation
            if not situation and nouns.names_somebody(doc, mention.start, mention.end):
                continue
            container = self._vocabulary.is_a(mention.term, "case_material")
            if container and done.altered(doc, mention.start, mention.end):
                removed.add(_REDACTED)
            elif done.taken_out(doc, mention.start, mention.end):
                off = {_CONTACT_PAGE_OFF} if self._vocabulary.is_a(mention.term, "contact_details") else set()
                removed |= {_REDACTED} | off
                continue
            place = mention.faint and self._vocabulary.is_a(mention.term, "contact_details")
            if place and done.confirmed(doc, mention.start, mention.end):
                continue
            if done.looked_for(doc, mention.start, mention.end):
                continue
            if nouns.blank(doc, mention.start):
                found.append(_BLANK)
                continue
            if mention.term == _PASSWORD and held(doc, mention.start, mention.end):
                found.append(_PASSWORD_BESIDE)
                continue
            owners = owners_of(doc, mention, parts)
            child = "child" if nouns.about_a_child(doc) else None
            found += [self._owned(self._owned(mention.term, owner), child) for owner in owners or (None,)]
        found += [term for term in happenings(doc) if term in self._vocabulary.terms]
        address = whereabouts(doc)
        if address and not any(self._vocabulary.lineage(term) & _PLACES for term in found):
            found.append(address)
        return self._what_counts(found), removed

    def _what_counts(self, materials: list[str]) -> list[str]:
        """A situation ("how long do I keep …") is what it is about; "no case stuff" goes for harmless things only."""
        terms = self._vocabulary.terms
        situations = [material for material in materials if terms[material].situation]
        if situations:
            return [STOPPED_IN_TIME] if STOPPED_IN_TIME in situations else situations
        if any(m not in GENERAL and self._vocabulary.is_a(m, "case_material") for m in materials):
            # "The statement from our file": the file is only where it lies.
            materials = [material for material in materials if material not in GENERAL or material == "personal_data"]
        if _HARMLESS in materials:
            return [
                m
                for m in materials
                if m == _HARMLESS or self._vocabulary.lineage(m) & {"case_material", "personal_data"}
            ]
        return materials

    def _owned(self, material: str, owner: str | None) -> str:
        """The term meant when the thing belongs to somebody: a witness's convictions are not the defendant's."""
        for who, instead in self._vocabulary.terms[material].owned_by if owner else ():
            if owner and self._vocabulary.is_a(owner, who):
                return instead
        return material

    def _of_owners(self, before: Facts, reading: _Reading) -> Facts:
        """What a follow-up says; "no, the other defendant's" changes whose thing it is."""
        if reading.facts.materials or not reading.owners:
            return reading.facts
        owned = [self._owned(material, owner) for material in before.materials for owner in reading.owners]
        return replace(reading.facts, materials=tuple(dict.fromkeys(owned)))


def _protections(doc: "Doc", mentions: Sequence[Mention]) -> tuple[set[str], set[str]]:
    """The protections that are claimed, and those that are said to be missing."""
    said = {m.term: done.claimed(doc, m.start, m.end) for m in mentions if m.fact == "protection" and not m.lacking}
    lacking = {m.term for m in mentions if m.fact == "protection" and m.lacking}
    lacking |= {_REDACTED} if done.unaltered(doc) else set()
    claimed = {term for term, held in said.items() if held} - lacking
    return claimed, lacking | {term for term, held in said.items() if held is False}


def _channels(doc: "Doc", mentions: Sequence[Mention]) -> list[str]:
    """The ways and places that are stated, and those that follow from the hour or from whose device it is."""
    found = [m.term for m in mentions if m.fact == "channel" and not done.denied(doc, m.start, m.end)]
    found += [_LATE] if out_of_hours(doc) else []
    found += [_OWN_DEVICE] if nouns.own_thing(doc, [(m.start, m.end) for m in mentions]) else []
    return found
