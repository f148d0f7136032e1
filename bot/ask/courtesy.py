"""Tells a message that is only polite ("thanks", "hello?", "never mind") from a question. Pure."""

from itertools import pairwise

from knowledge import words_of

_LONGEST = 8
_NEVER_MIND = "never_mind"
_KINDS = {
    _NEVER_MIND: "forget ignore nevermind nvm disregard",
    "hello": "hello hi hiya hey helo shwmae morning afternoon evening anyone test testing bore",
    "goodbye": "bye goodbye night weekend cya hwyl",
    "thanks": "thanks thank thankyou thx ta cheers tx ty great brilliant lovely perfect ace super fab wonderful nice "
    "diolch star legend lifesaver appreciated helpful understood noted gotcha",
}
_BESIDE = (
    "you for that thats the help a lot very much so many all good ok okay k then no never it this my last message "
    "question there is again to me your everyone got sorted now will do have day one sorry im youre yes yep done off "
    "please just anybody home works about i mind"
)
"""What may stand beside a courtesy without asking anything."""
_TELLING = {kind: frozenset(words.split(" ")) for kind, words in _KINDS.items()}
_POLITE = frozenset(_BESIDE.split(" "))
_EVERY = frozenset().union(*_TELLING.values())


def courtesy(text: str) -> str | None:
    """Which courtesy a message is and nothing else: "thanks", "hello", "goodbye" or "never_mind"."""
    words = [word.plain for word in words_of(text)]
    if not words or len(words) > _LONGEST or not set(words) <= _EVERY | _POLITE:
        return None
    if ("never", "mind") in pairwise(words):
        return _NEVER_MIND
    for kind, telling in _TELLING.items():
        # "Great, for all of them?" asks something.
        if telling & set(words) and ("?" not in text or kind == "hello"):
            return kind
    return None
