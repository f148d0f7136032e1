"""What a question already says of a dispatch, so that nobody types it twice: scrubbed, sealed, for a working day."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.nearmiss import ScrubbedText
from bot.domain.ports.meanwhile import Meanwhile

KEPT = timedelta(hours=12)
_KIND = "dispatch.planned"
LONGEST, MOST_READ = 120, 1000
_NUMBER = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|several|the|some|my|our)"
_MEDIUM = (
    r"(?:discs?|disks?|dvds?|cds?|(?:usb|memory)(?: sticks?| drives?| keys?)?|sticks?|hard drives?|tapes?|"
    r"box(?:es)?(?: of \w+)?|parcels?|envelopes?|bundles?|files?|folders?|papers|letters?|exhibits?)"
)
_WHAT = re.compile(rf"\b({_NUMBER} (?:[\w-]+ ){{0,3}}?{_MEDIUM})\b", re.IGNORECASE)
_TO = re.compile(
    r"\bto (?:the )?([^,.?!;:\n]{2,80}?)"
    r"(?=\s+(?:by|via|with|on|at|in|using|today|tomorrow|tonight|this|next|and|so|because)\b|\s*(?:[,.?!;:\n]|$))",
    re.IGNORECASE,
)
_NOT_A_PLACE = re.compile(r"(?:send|post|get|take|courier|be|have|do|go|give|hand|know|ask|it|them|me|us|you)\b", re.I)
_LABEL = re.compile(r"\[[\w ]+\]")


def planned(text: str, channel: str, scrub: Callable[[str], ScrubbedText]) -> Mapping[str, str]:
    """Values of the form by field, as far as the question says them; a stretch that names somebody is left out."""
    kept = scrub(" ".join(text[:MOST_READ].split())).text
    what = _WHAT.search(kept)
    to = next((one[1] for one in _TO.finditer(kept) if not _NOT_A_PLACE.match(one[1])), "")
    said = {"what": what[1] if what else "", "destination": to, "channel": channel}
    return {name: value[:LONGEST] for name, value in said.items() if value and not _LABEL.search(value)}


class Planned:
    """What questions said, by the id of the reply."""

    def __init__(self, meanwhile: Meanwhile) -> None:
        self._meanwhile = meanwhile

    def keep(self, reply_id: str, values: Mapping[str, str], now: datetime) -> None:
        """Remember them; raises StoreError."""
        self._meanwhile.put(_KIND, reply_id, dict(values), now, KEPT)

    def get(self, reply_id: str, now: datetime) -> Mapping[str, str]:
        """The values; none when nothing is known or it is too long ago. Raises StoreError."""
        return self._meanwhile.get(_KIND, reply_id, dict[str, str], now) or {}
