"""The words of a text, and what is left of one without its endings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Word:
    """A word of a text."""

    start: int
    end: int
    plain: str
    """Lower case, without a possessive ending."""
    stem: str
    """Without the endings of number and tense as well."""


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    for match in _WORD.finditer(text):
        plain = match.group().lower().replace("’", "'").removesuffix("'s").replace("'", "")
        yield Word(match.start(), match.end(), plain, stem(plain))


def plain_words(text: str) -> list[str]:
    """The same words, plain: of a long text, where an object for each of a million words takes its time."""
    every = "\n".join(_WORD.findall(text)).lower().replace("’", "'").split("\n")
    return [word if "'" not in word else word.removesuffix("'s").replace("'", "") for word in every if word]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without plural, -ing and -ed; derived words stay apart, because an office is not an officer."""
    if len(word) <= 3 or not word.isalpha():
        return word.removesuffix("s") if len(word) > 2 else word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and any(letter in "aeiouy" for letter in rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lse" else rest
            break
    return word.removesuffix("e") if len(word) > 4 else word
