"""What a conversation carries from one message to the next: facts, never text. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.ask.clarify import NOT
from bot.ask.courtesy import courtesy
from bot.ask.question import Question
from bot.domain.message import Message, Remembered
from bot.domain.reply import Reply
from knowledge import Facts, Vocabulary, words_of

_YES = frozenset(
    ("yes", "yeah", "yep", "yup", "y", "ya", "aye", "sure", "correct", "right", "it", "they", "ydy", "oes")
)
_NO = frozenset(("no", "nope", "nah", "n", "not", "isnt", "arent", "havent", "hasnt", "dont", "didnt", "na", "nac"))
_UNSURE = frozenset(("sure", "know", "idea", "clue", "think", "dunno"))
_PLACES = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_EVERY = frozenset(("all", "both", "everything", "lot", "each", "whole", "everyone"))
"""Words for everything that was offered, when little else is said."""
_FILLING = frozenset(
    (
        "of",
        "it",
        "them",
        "the",
        "these",
        "those",
        "is",
        "please",
        "pls",
        "just",
        "yes",
        "yeah",
        "i",
        "mean",
        "meant",
        "ones",
        "two",
        "three",
        "in",
        "one",
        "go",
        "and",
        "can",
        "we",
        "um",
    )
)
ALL = "|"
"""Between the terms of an answer that means several of those offered."""
_LONGEST_BARE = 5
"""Words of an answer that may be no more than "yes", "no" or the place of an option."""
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ASKS = frozenset(("how", "when", "where", "who", "whos", "why", "whats"))
_POINTS_BACK = frozenset(
    (
        "it",
        "its",
        "that",
        "this",
        "those",
        "these",
        "them",
        "they",
        "one",
        "ones",
        "same",
        "instead",
        "also",
        "either",
        "then",
        "him",
        "her",
        "he",
        "she",
        "there",
    )
)
_WHOLE = 9
"""Words of a message that is no mere follow-up."""
_LEAST_ALONE = 4
_CONTINUES = frozenset(("and", "but", "or", "so", "if"))
_OTHERWISE = (
    ("also", "do", "you", "know"),
    ("by", "the", "way"),
    ("btw",),
    ("another", "thing"),
    ("different", "question"),
    ("separate", "question"),
    ("off", "topic"),
)
"""Words that open another subject."""
_LIKENING = (("what", "about"), ("how", "about"), ("same",), ("and", "the", "same"), ("and", "what", "about"))
"""How a message begins that means the thing asked before with something in its place."""


def bare_answer(text: str, remembered: Remembered | None) -> tuple[str, str] | None:
    """The (fact, term) that a bare "2", "yes" or "no" stands for, after a question of ours."""
    if remembered is None or not remembered.asking:
        return None
    words = [word.plain for word in words_of(text)]
    if remembered.asking != "protection" and remembered.options and _means_all(words):
        return remembered.asking, ALL.join(remembered.options)
    if not words or len(words) > _LONGEST_BARE:
        return None
    if remembered.asking == "protection" and remembered.options:
        denied = bool(_NO & set(words))
        if denied and _UNSURE & set(words):
            return None
        for answer, option in ((_NO, remembered.options[-1]), (_YES, remembered.options[0])):
            if _answers(answer, words):
                return remembered.asking, option
    places = [_PLACES[word] for word in words if word in _PLACES]
    if len(places) == 1 and places[0] < len(remembered.options):
        return remembered.asking, remembered.options[places[0]]
    return None


def _means_all(words: Sequence[str]) -> bool:
    """True for "all of it", "the lot", "both please"."""
    return bool(_EVERY & set(words)) and set(words) <= _EVERY | _FILLING


def asked_in_words(message: Message, vocabulary: Vocabulary) -> Remembered | None:
    """What is remembered, with the question that the last words of ours put, where only texts of a thread are known."""
    remembered, last = message.remembered, message.history[-1] if message.history else None
    kind = courtesy(message.text)
    if kind is not None and remembered is not None:
        # Thanks answers nothing, and after "never mind" nothing of what was said counts any more.
        return None if kind == "never_mind" else replace(remembered, asking="", options=())
    if remembered is None or remembered.asking or last is None or last.role == "user" or "?" not in last.text:
        return remembered
    said = last.text.rpartition("?")[0]
    found = vocabulary.find(_LAST_SENTENCE.split(said)[-1])
    for fact in ("material", "recipient", "channel"):
        # "Which schedule: the non-sensitive or the sensitive?": the options as we put them.
        offered = tuple(dict.fromkeys(mention.term for mention in found if mention.fact == fact))
        if len(offered) > 1 and " or " in said:
            return replace(remembered, asking=fact, options=offered)
    asked = [mention.term for mention in found if mention.fact == "protection" and not mention.lacking]
    if not asked:
        return remembered
    return replace(remembered, asking="protection", options=(asked[-1], f"{NOT}{asked[-1]}"))


def _answers(answer: frozenset[str], words: Sequence[str]) -> bool:
    """True for "no", "it isn't", "yes it is"."""
    return words[0] in answer or (words[0] in ("it", "they", "oh", "well") and bool(answer & set(words[1:])))


def _another_subject(words: Sequence[str], facts: Facts) -> bool:
    """True for a whole question in which nothing of ours was read and nothing points back ("how do I book leave")."""
    if facts.materials or facts.recipients or facts.channels or facts.protections or facts.lacking:
        return False
    if any(tuple(words[at : at + len(said)]) == said for said in _OTHERWISE for at in range(len(words))):
        return True
    asks = bool(_ASKS & set(words[:4])) or tuple(words[:2]) == ("what", "time")
    return len(words) >= _LEAST_ALONE and asks and not _POINTS_BACK & set(words) and words[0] not in _CONTINUES


def stands_alone(text: str, facts: Facts, vocabulary: Vocabulary, unread: frozenset[str] = frozenset()) -> bool:
    """True for a message that says enough by itself, so that nothing earlier is meant.

    A whole sentence about a thing that could not be read is about that thing, not about the one before.
    """
    every = tuple(word.plain for word in words_of(text))
    words = every[:3]
    if any(words[: len(opening)] == opening for opening in _LIKENING):
        return False
    if _another_subject(every, facts):
        return True
    if any(vocabulary.terms[material].situation for material in facts.materials):
        return True
    # "It" in such a sentence mostly stands for what the sentence itself has named.
    whole = len(every) >= _WHOLE and every[0] not in _CONTINUES
    if whole and "material" in unread and not facts.materials:
        return True
    return bool(facts.materials and (facts.recipients or facts.channels))


def carried(remembered: Remembered, vocabulary: Vocabulary, *, about_files: bool) -> Facts:
    """The facts of the thread; what was found in its files counts, and a file sent now takes the place of both."""
    if about_files:
        return replace(remembered.facts, materials=())
    return replace(remembered.facts, materials=vocabulary.narrowest((*remembered.facts.materials, *remembered.found)))


def overlaid(earlier: Facts, later: Facts) -> Facts:
    """What was said earlier, with what is said now in its place."""
    same_thing = not later.materials or later.materials == earlier.materials
    return Facts(
        materials=later.materials or earlier.materials,
        recipients=later.recipients or earlier.recipients,
        channels=later.channels or earlier.channels,
        protections=(later.protections | (earlier.protections if same_thing else frozenset())) - later.lacking,
        lacking=(later.lacking | (earlier.lacking if same_thing else frozenset())) - later.protections,
    )


def changed(facts: Facts, answers: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Facts:
    """The facts with (fact, term) pairs put in; pairs that are not of the vocabulary change nothing.

    What comes back from a page is not to be trusted: only terms of that very fact count.
    """
    for fact, given in answers:
        several = [t for t in given.split(ALL) if t in vocabulary.terms and vocabulary.terms[t].fact == fact]
        if ALL in given and several:
            terms = vocabulary.narrowest(several)
            facts = (
                replace(facts, materials=terms)
                if fact == "material"
                else replace(facts, recipients=terms)
                if fact == "recipient"
                else replace(facts, channels=terms)
                if fact == "channel"
                else facts
            )
            continue
        term = given.removeprefix(NOT)
        if term not in vocabulary.terms or vocabulary.terms[term].fact != fact:
            continue
        if fact == "material":
            facts = replace(facts, materials=(term,))
        elif fact == "recipient":
            facts = replace(facts, recipients=(term,))
        elif fact == "channel":
            facts = replace(facts, channels=(term,))
        elif given.startswith(NOT):
            facts = replace(facts, protections=facts.protections - {term}, lacking=facts.lacking | {term})
        else:
            facts = replace(facts, protections=facts.protections | {term}, lacking=facts.lacking - {term})
    return facts


def in_words(facts: Facts, vocabulary: Vocabulary) -> str:
    """A question that says these facts, to be compared with known questions."""
    say = vocabulary.say
    things = _and(say(term) for term in facts.materials)
    if any(vocabulary.terms[term].situation for term in facts.materials):
        return things
    parts = ["can I send", things or "it"]
    if facts.recipients:
        parts.append(f"to {_and(say(term) for term in facts.recipients)}")
    if facts.channels:
        parts.append(f"by {_and(say(term) for term in facts.channels)}")
    said = [say(term) for term in sorted(facts.protections)]
    said += [f"not {say(term)}" for term in sorted(facts.lacking)]
    return ", ".join([" ".join(parts), *said])


def to_remember(reply: Reply, question: Question, found: Sequence[str] = ()) -> Remembered:
    """What the thread keeps of this message and its reply; what was found in files stays as long as it is meant."""
    clarify = reply.clarify
    meant = [material for material in question.found if material in reply.facts.materials]
    return Remembered(
        facts=reply.facts,
        asking=clarify.fact if clarify else "",
        options=tuple(term for term, _ in clarify.options) if clarify else (),
        asked_in_a_row=question.asked_before + 1 if clarify else 0,
        found=tuple(dict.fromkeys((*meant, *found))),
    )


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)
