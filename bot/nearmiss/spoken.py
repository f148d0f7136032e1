"""Reporting by message: "I want to report a near miss: …" begins a report with those words filled in.

The words wait sealed for an hour, like a draft; no report is made of them until their author has seen what it would
say.
"""

import re
from datetime import datetime, timedelta

from bot.domain.card import Button, Card, CardKind, Style
from bot.domain.ports.meanwhile import Meanwhile
from bot.nearmiss.forms import LONGEST

KEPT = timedelta(hours=1)
_KIND = "report.spoken"
OPENING = 120
"""Characters in which it is said what the message is for."""
_NEAR_MISS = r"near[\s-]?miss(?:es)?"
_VERB = r"(?:report|log|record|file|raise|submit|flag|register)"
_ASKED = re.compile(
    rf"\s*(?:(?:hi|hello|hey)\b[\s,!.]*)?(?:"
    rf"(?:please|can i|could i|may i|i(?:['’]d| would)? (?:want|like|need|have)(?: to)?|i wish to|i['’]m|let me)?\s*"
    rf"(?:to )?{_VERB}(?:ing)?\s+(?:a|an|this|another|my|the)?\s*(?:new\s+)?(?:anonymous\s+)?{_NEAR_MISS}"
    rf"|(?:i(?:['’]ve)? (?:have|had|just had|got)\s+)?(?:a |another )?{_NEAR_MISS}(?:\s+report)?"
    rf"(?=\s*(?:$|[:–—,.!-])))",
    re.IGNORECASE,
)
_JOINS = re.compile(r"^[\s:;,.!?–—-]*(?:(?:that|where|because|in which)\b)?[\s:,]*")


def words_of(message: str) -> str | None:
    """What is to be reported where a message asks to report it, empty when nothing is said yet; else None."""
    said = message.strip()
    found = _ASKED.match(said[:OPENING])
    return _JOINS.sub("", said[found.end() :]).strip()[:LONGEST] if found else None


def offer(reply_id: str, told: bool) -> Card:
    """The card above the reply that opens the form."""
    line = "What you wrote is filled in already." if told else "A sentence is enough, and it takes less than a minute."
    return Card(
        CardKind.REPORT,
        "Log this near miss",
        (f"{line} You see what will be kept before it is, and can stay anonymous.",),
        buttons=(Button("report.new", "Go on", reply_id, Style.PRIMARY, opens_form=True),),
        about=f"spoken:{reply_id}",
    )


class Spoken:
    """The words of messages that ask to report, by the id of the reply."""

    def __init__(self, meanwhile: Meanwhile) -> None:
        self._meanwhile = meanwhile

    def keep(self, reply_id: str, words: str, now: datetime) -> None:
        """Remember them; raises StoreError."""
        self._meanwhile.put(_KIND, reply_id, words, now, KEPT)

    def get(self, reply_id: str, now: datetime) -> str:
        """The words; empty when there are none or they are gone. Raises StoreError."""
        return self._meanwhile.get(_KIND, reply_id, str, now) or ""
