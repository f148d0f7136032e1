"""What a question already says of a dispatch, so that nobody types it twice: scrubbed, in memory, for a working day."""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock

from bot.domain.nearmiss import ScrubbedText

KEPT = timedelta(hours=12)
MOST = 1000
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

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[datetime, Mapping[str, str]]] = OrderedDict()
        self._lock = Lock()

    def keep(self, reply_id: str, values: Mapping[str, str], now: datetime) -> None:
        """Remember them, and forget what is too old."""
        with self._lock:
            self._forget_old(now)
            while len(self._kept) >= MOST:
                self._kept.popitem(last=False)
            self._kept[reply_id] = (now, values)

    def get(self, reply_id: str, now: datetime) -> Mapping[str, str]:
        """The values; none when nothing is known or it is too long ago."""
        with self._lock:
            self._forget_old(now)
            return self._kept.get(reply_id, (now, {}))[1]

    def _forget_old(self, now: datetime) -> None:
        while self._kept and now - next(iter(self._kept.values()))[0] > KEPT:
            self._kept.popitem(last=False)
