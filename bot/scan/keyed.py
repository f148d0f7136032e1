"""Keyed digests of names, births and record numbers: files are compared, no value leaves the checking process.

The key is the site's, so that a digest says nothing elsewhere; a slip of one letter and a lost accent still agree.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

Name = tuple[tuple[str, ...], ...]
"""For each word: the digest of its initial, then (if it is more) of its spelling and of that less one letter."""

_WORD = re.compile(r"[a-z]+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "master", "v", "r"})
_SHORTEST = 5
"""Letters from which a word is compared with a slip forgiven: "Jon" and "Joe" are two people."""
_PNC = re.compile(r"(?:19|20)?(\d\d)\W*(\d{1,7})\W*([A-Z])$")


def name_keys(site_key: bytes, words: Iterable[str]) -> Name:
    """The words of a name, without titles, as they are compared."""
    found = dict.fromkeys(word for text in words for word in _plain(text))
    return tuple(_spellings(site_key, word) for word in found if word not in _TITLES)


def birth_key(site_key: bytes, born: date) -> str:
    """A date of birth, however it was written."""
    return _digest(site_key, f"born {born.isoformat()}")


def number_key(site_key: bytes, number: str) -> str:
    """A PNC ID or CRO number; a PNC ID without century and leading zeros is the same one."""
    plain = "".join(letter for letter in number.upper() if letter.isalnum() or letter == "/")
    pnc = _PNC.match(plain)
    return _digest(site_key, f"{pnc[1]}{pnc[2].zfill(7)}{pnc[3]}" if pnc else plain.replace("/", ""))


def same_name(one: Name, other: Name) -> bool:
    """Whether each word of the shorter name is in the longer, initials counting as words; nobody is anybody."""
    if not one or not other:
        return True
    short, long = sorted((one, other), key=len)
    return any(len(word) > 1 for word in short) and all(any(_alike(word, with_) for with_ in long) for word in short)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return bool(set(one[1:]) & set(other[1:]))


def _plain(text: str) -> list[str]:
    """Words in small letters without accents; hyphens part them, apostrophes do not."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return _WORD.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))


def _spellings(site_key: bytes, word: str) -> tuple[str, ...]:
    initial = _digest(site_key, f"initial {word[0]}")
    if len(word) == 1:
        return (initial,)
    lost = [word[:at] + word[at + 1 :] for at in range(len(word))] if len(word) >= _SHORTEST else []
    return (initial, *dict.fromkeys(_digest(site_key, spelling) for spelling in (word, *lost)))


def _digest(site_key: bytes, value: str) -> str:
    return hmac.new(site_key, f"identity\0{value}".encode(), hashlib.sha256).hexdigest()[:16]
