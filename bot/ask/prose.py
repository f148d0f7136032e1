"""Reads from prose whether it forbids: prose can make an answer stricter and never gives `ok` (DESIGN section 3)."""

from knowledge import stem

_FORBIDDING = (
    ("must", "not"),
    ("do", "not"),
    ("dont",),
    ("never",),
    ("not", "allowed"),
    ("not", "permitted"),
    ("prohibited",),
    ("forbidden",),
    ("may", "not"),
    ("should", "not", "be", "sent"),
)


def forbids(text: str) -> bool:
    """True when a sentence of the text forbids something in so many words."""
    words = [stem("".join(letter for letter in word if letter.isalnum())) for word in text.lower().split()]
    return any(
        tuple(words[at : at + len(phrase)]) == tuple(stem(word) for word in phrase)
        for phrase in _FORBIDDING
        for at in range(len(words))
    )
