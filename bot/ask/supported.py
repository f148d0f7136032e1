"""Whether a sentence that a language model wrote says what the cited words say, and nothing else. Pure.

All words of the sentence that carry meaning must stand in one sentence of the source, most of them in the same order
(so that nobody and nothing is swapped), with the same numbers, and with each negation before the same word. What is not
supported is dropped: the guidance's own words are always there to be shown instead.
"""

import re
from collections.abc import Iterable

from knowledge import stem

SUPPORTED = 0.75
"""Share of a sentence's telling words that must stand in the source in the same order."""
KEPT = 0.8
"""Share of a reason's telling words that its new wording must keep, in the same order."""
LONGEST = 300
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_MARKUP = re.compile(r"https?:|www\.|[@<>|`*_#{}\[\]\\]")
_IDLE = re.compile(
    r"a|an|the|this|that|these|those|it|its|is|are|was|were|be|been|being|to|of|in|on|at|by|for|from|with|and|or|as|so|"
    r"then|there|here|you|your|yours|we|our|us|they|their|them|he|she|his|her|i|me|my|has|have|had|do|does|will|would|"
    r"please|remember|note|also|which|who|whom|what"
)
"""Words that carry no meaning of their own."""
_NEGATION = re.compile(
    r"not|no|never|none|nor|neither|nobody|nothing|without|except|unless|lacks?|missing|cannot|"
    r"(?:ca|do|does|is|are|must|should|wo|would|could|need|was|were|has|have|had|did)nt"
)
_BINDING = frozenset(map(stem, ("only", "if", "when", "until", "before", "after", "must", "first", "all", "every")))
"""Words that a new wording may not leave out: they say under which condition."""
_HARMLESS = frozenset(map(stem, ("guidance", "says", "means", "because", "about", "rule", "here", "make", "sure")))
"""Words that may come in new."""
_NOT = "¬"


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def supported(sentence: str, sources: Iterable[str]) -> bool:
    """True when one sentence of the sources, or one of them as a whole, says the same."""
    if len(sentence) > LONGEST or _MARKUP.search(sentence):
        return False
    parts = (part for source in sources for part in (source, *sentences(source)))
    return bool(telling(sentence)) and any(_says(sentence, part) for part in parts)


def reworded(reason: str, wording: str, sources: Iterable[str]) -> str:
    """The supported sentences of a new wording when they keep what the reason says; else the reason as it was."""
    known = (reason, *sources)
    kept = " ".join(sentence for sentence in sentences(wording) if supported(sentence, known))
    before, after = telling(reason), telling(kept)
    bound = all(before.count(word) <= after.count(word) for word in _BINDING & set(before))
    same = bound and _negated(after) == _negated(before) and _numbers(kept) == _numbers(reason)
    return kept if same and after and _in_order(before, after) >= KEPT * len(before) else reason


def telling(text: str) -> list[str]:
    """The words that carry meaning, as stems, with one mark for every negation, in order."""
    found = []
    for match in _WORD.finditer(text.lower()):
        word = match.group().replace("’", "").replace("'", "")
        if _NEGATION.fullmatch(word):
            found.append(_NOT)
        elif not _IDLE.fullmatch(word):
            found.append(stem(word))
    return found


def _says(sentence: str, source: str) -> bool:
    said, meant = telling(sentence), telling(source)
    return (
        set(said) - set(meant) <= _HARMLESS
        and _negated(said) == _negated(meant)
        and _numbers(sentence) <= _numbers(source)
        and _in_order(said, meant) >= SUPPORTED * len(said)
    )


def _negated(words: list[str]) -> list[tuple[str, str]]:
    """Each negation with the word after it."""
    following = [*words[1:], ""]
    return sorted((word, after) for word, after in zip(words, following, strict=True) if word == _NOT)


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\w*\d\w*", text.lower()))


def _in_order(one: list[str], other: list[str]) -> int:
    """How many words stand in both, in the same order (the longest common subsequence)."""
    row = [0] * (len(other) + 1)
    for word in one:
        diagonal = 0
        for at, there in enumerate(other, start=1):
            diagonal, row[at] = row[at], diagonal + 1 if word == there else max(row[at], row[at - 1])
    return row[-1]
