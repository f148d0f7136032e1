"""Whether somebody who asks or tells says that it already went; a thought, a plan or a lesson is not a breach.

A report presupposes that something went wrong, a question does not: "the police sent me the print, can I forward it?"
sends nothing. So a message is cut into what is asked and what is told, and only what is told counts. The words are in
`went.yaml`; what they miss, the grammar of reports (`bot.nearmiss.clauses`) may still find.
"""

import re
from enum import Enum
from functools import cache
from pathlib import Path

import yaml

from bot.domain.nearmiss import AlreadySent
from bot.domain.verdict import Verdict
from bot.incident.likeness import reads_as_gone
from bot.nearmiss.breach import already_sent
from bot.nearmiss.clauses import Event, events
from bot.nearmiss.nearest import Embed, neighbours
from bot.nearmiss.words import plain

LONGEST = 2000
"""Characters that are read; whoever has something to say says it at the start."""


NEAR = 0.65
"""Cosine from which an example report speaks for a message: four in a thousand ordinary statements reach it."""


class Left(Enum):
    """What a message says about something having left."""

    WENT = "went"
    UNCLEAR = "unclear"
    """It may have: one question is asked."""
    NOT_SAID = "not_said"


def left(text: str, verdict: Verdict) -> Left:
    """Whether it went, by the words and, for what may have been rightly sent, by what the guidance says of it."""
    said = plain(text[:LONGEST]).strip()
    if not said or (_has("lesson", said) and not _has("no_lesson", said)):
        return Left.NOT_SAID
    wrong, afterwards = _has("wrong", said), _has("afterwards", said)
    if _has("maybe", said) and _has("matter", said) and not afterwards:
        return Left.UNCLEAR
    asked, told = _pieces(said)
    if not any(_is_gone(piece) for piece in told):
        if any(_has("states", piece) and _has("recall", piece) and not wrong for piece in asked):
            return Left.UNCLEAR
        return _by_verdict(verdict) if _has("asked_after", said) else Left.NOT_SAID
    if wrong or _has("alarm", said):
        return Left.WENT
    if afterwards:
        return _by_verdict(verdict)
    if asked or any(_has("plan", piece) for piece in told):
        return Left.NOT_SAID
    allowed = verdict in (Verdict.OK, Verdict.SAFEGUARDS) or _has("carried", said)
    return Left.UNCLEAR if allowed else Left.WENT


def told_as(text: str, embed: Embed) -> Left:
    """For an account in words that the list does not know: like a report of something that went, it is asked about.

    Questions, orders and wishes are left alone; the nearest example report must be near (`NEAR`), or the account must
    read more like what left than like ordinary work.
    """
    said = plain(text[:LONGEST]).strip()
    asked, told = _pieces(said)
    if asked or "?" in said or not told or _has("lesson", said):
        return Left.NOT_SAID
    if any(_has(name, piece) for piece in told for name in ("plan", "denied", "right", "incoming", "condition")):
        return Left.NOT_SAID
    near = neighbours(text, embed)[0].similarity >= NEAR
    if (near and already_sent(text, embed) is AlreadySent.TRUE) or reads_as_gone(
        text, embed, wrong=_has("wrong", said)
    ):
        return Left.UNCLEAR
    return Left.NOT_SAID


def is_thought(text: str) -> bool:
    """Whether it is a lesson, a condition or a wish, however it is put: "if it was sent to the wrong person"."""
    said = plain(text[:LONGEST]).strip()
    return _has("lesson", said) or any(_has("condition", piece) for piece in _pieces(said)[0])


def _by_verdict(verdict: Verdict) -> Left:
    """It went, and whether it was right is what the guidance says of such a sending."""
    if verdict is Verdict.STOP:
        return Left.WENT
    return Left.NOT_SAID if verdict is Verdict.OK else Left.UNCLEAR


def _pieces(said: str) -> tuple[list[str], list[str]]:
    """What is asked or thought, and what is told; a question that states what went wrong is among both."""
    asked: list[str] = []
    told: list[str] = []
    for sentence in (part.strip(" ,-:") for part in _patterns()["cut"].split(said)):
        start = _patterns()["question"].search(sentence)
        first = start.start() if start else len(sentence)
        head, question = sentence[:first].strip(" ,-:"), sentence[first:].strip(" ,-:")
        if head:
            thought = _has("condition", head) or (_has("request", head) and not _has("wrong", head))
            (asked if thought else told).append(head)
        if question:
            asked.append(question)
            if _has("states", question) and _has("wrong", question):
                told.append(question)
    return asked, told


def _is_gone(piece: str) -> bool:
    if any(_has(name, piece) for name in ("denied", "right", "plan")):
        return False
    if _has("ours", piece):
        return True
    if _has("incoming", piece):
        return False
    if _has("gone", piece) or _has("states", piece):
        return True
    # "Upload the print for the judge" is an order that the grammar may take for an account: it needs a sign of trouble.
    return _has("wrong", piece) and bool({Event.WENT, Event.LOST} & set(events(piece)))


def _has(name: str, text: str) -> bool:
    return _patterns()[name].search(text) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "went.yaml").read_text(encoding="utf-8"))
    shared = {name: "|".join(raw.pop(name)) for name in ("sent", "us", "can")}
    made = {}
    for name, parts in raw.items():
        pattern = "|".join(parts)
        for word, stands_for in shared.items():
            pattern = pattern.replace(f"<{word}>", stands_for)
        made[name] = re.compile(pattern)
    return made
