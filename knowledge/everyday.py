"""Spells out what a question and the page that answers it say differently: acronyms and everyday words."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

_SHIPPED = Path(__file__).with_name("everyday.yaml")
# "Body Worn Video (BWV)": words, then their initials in brackets.
_SPELLED = re.compile(
    r"((?:[A-Z][\w'’-]*(?:\s+(?:of|and|for|the|to|on|in)\b)*\s+){1,7}[A-Z][\w'’-]*)\s*\(([A-Z][A-Z&]{1,7})s?\)"
)
_SMALL = frozenset({"of", "and", "for", "the", "to", "on", "in"})


class Everyday:
    """Acronyms, and plain words for everyday ones; immutable."""

    def __init__(self, acronyms: Mapping[str, tuple[str, ...]], plain: Mapping[str, str]) -> None:
        self._acronyms = dict(acronyms)
        self._plain = dict(plain)
        known = "|".join(sorted(map(re.escape, self._acronyms), key=len, reverse=True)) or "(?!)"
        # In a passage only capitals are an acronym ("IT" is not "it"); a person in a hurry types none.
        # Most places of a text are told by one letter, and need no look at a hundred names.
        first = "".join(sorted({re.escape(name[0]) for name in self._acronyms})) or "A"
        self._letters = re.compile(rf"(?=[{first}])(?<![\w&])({known})s?(?![\w&])")
        said = "|".join(sorted(map(re.escape, self._plain), key=len, reverse=True)) or "(?!)"
        self._words = re.compile(rf"(?<!\w)({said})(?!\w)", re.IGNORECASE)

    @classmethod
    @cache
    def load(cls) -> "Everyday":
        """The shipped words."""
        entries = yaml.safe_load(_SHIPPED.read_text(encoding="utf-8"))
        return cls({name: (str(said),) for name, said in entries["acronyms"].items()}, entries["plain"])

    def with_those_of(self, texts: Iterable[str]) -> "Everyday":
        """These, and the acronyms that the texts themselves spell out."""
        own: dict[str, list[str]] = {}
        for text in texts:
            for match in _SPELLED.finditer(text):
                said = _initialled(match[1], match[2])
                if said and said not in own.setdefault(match[2], []):
                    own[match[2]].append(said)
        merged = {name: (*self._acronyms.get(name, ()), *own.get(name, ())) for name in {**self._acronyms, **own}}
        return Everyday(merged, self._plain)

    def written(self, text: str) -> str:
        """A passage with its acronyms spelled out after it."""
        return _with(text, self._spelled(match[1] for match in self._letters.finditer(text)))

    def asked(self, text: str) -> str:
        """A question with its acronyms and everyday words said in other words after it."""
        # Lower-case letters count where they are no word of their own: "dpia", but not "it", "os" or "am".
        letters = (word.upper() for word in re.findall(r"[\w&]+", text) if len(word) > 2 or word.isupper())
        plain = (self._plain[match[1].lower()] for match in self._words.finditer(text))
        return _with(text, [*self._spelled(letters), *plain])

    def _spelled(self, names: Iterable[str]) -> list[str]:
        return [said for name in dict.fromkeys(names) for said in self._acronyms.get(name, ())]


def _with(text: str, said: Iterable[str]) -> str:
    low = text.lower()
    missing = [words for words in dict.fromkeys(said) if words.lower() not in low]
    return f"{text} ({', '.join(missing)})" if missing else text


def _initialled(words: str, letters: str) -> str:
    """As many of the words before the bracket as the letters stand for; empty when they do not."""
    wanted = letters.replace("&", "").lower()
    parts = words.split()
    for at in range(len(parts)):
        chosen = parts[at:]
        strict = "".join(word[0] for word in chosen if word.lower() not in _SMALL).lower()
        if wanted in (strict, "".join(word[0] for word in chosen).lower()) and chosen[0].lower() not in _SMALL:
            return " ".join(chosen)
    return ""
