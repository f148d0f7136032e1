"""Times of day at which an office is closed, where something is to arrive ("courier's slot is 6.45am")."""

import re
from typing import TYPE_CHECKING

from bot.ask.grammar import ENGLISH

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TIME = re.compile(
    r"(?<![\d.:])(\d{1,2})(?:[.:]\d\d)? ?(?:(a|p)\.?m\b|(?:tomorrow |in the )?(?:morning|(evening|afternoon))\b)",
    re.IGNORECASE,
)
_OPENS, _CLOSES, _NOON = 8, 18, 12


def out_of_hours(doc: "Doc") -> bool:
    """True when something comes before offices open or after they close, by the clock."""
    if not any(token.lower_ in ENGLISH["arriving"] for token in doc):
        return False
    return any(
        not _OPENS <= int(hour) % _NOON + (_NOON if half.lower() == "p" or late else 0) < _CLOSES
        for hour, half, late in _TIME.findall(doc.text)
    )
