"""Reads a report: did it already go (a breach), and what kind is it?

A breach taken for a near miss loses hours of a 72-hour clock (UK GDPR art 33, DPA 2018 s.67), so what cannot be told is
"unclear", and the reporter is asked.
"""

from collections import defaultdict

from bot.domain.nearmiss import AlreadySent, NearMissKind
from bot.nearmiss.clauses import Event, events
from bot.nearmiss.nearest import Embed, Neighbour, neighbours
from bot.nearmiss.words import plain, words

NEAREST = 5
"""How many examples have a say."""

PHRASE = 0.25
"""What one phrase of a kind weighs beside a similarity of 0 to 1."""

ALIKE = 0.45
"""How near an example must be to decide alone whether something went."""


def already_sent(text: str, embed: Embed | None = None, leave_out: str | None = None) -> AlreadySent:
    """Whether the report says that it went, that it was stopped, or leaves it open."""
    said = {name for name, phrases in words().said.items() if phrases.search(plain(text))}
    told = events(text)
    went = Event.WENT in told or (Event.LOST in told and "recovered" not in said)
    if "recalled" in said and (went or "stopped" not in said):
        return AlreadySent.UNCLEAR
    if Event.UNCERTAIN in told and not went:
        return AlreadySent.UNCLEAR
    if went or "gone" in said:
        return AlreadySent.TRUE
    if "unsure" in said:
        return AlreadySent.UNCLEAR
    if Event.STOPPED in told or said & {"stopped", "recovered"}:
        return AlreadySent.FALSE
    return _by_examples(neighbours(text, embed, leave_out)) if embed else AlreadySent.UNCLEAR


def classify(text: str, embed: Embed | None = None, leave_out: str | None = None) -> NearMissKind:
    """The kind by its phrases and, with an embedder, by the nearest examples; `other` when nothing speaks for any."""
    scores: dict[NearMissKind, float] = defaultdict(float)
    for kind, phrases in words().kinds.items():
        distinct = set(phrases.findall(plain(text)))
        scores[kind] += PHRASE * min(len(distinct), 2)
    if embed:
        for kind, similarity in _similarity(neighbours(text, embed, leave_out)).items():
            scores[kind] += similarity
    best = max(scores, key=lambda kind: scores[kind], default=NearMissKind.OTHER)
    return best if scores[best] > 0 else NearMissKind.OTHER


def _similarity(found: list[Neighbour]) -> dict[NearMissKind, float]:
    """Mean similarity of the three nearest examples of each kind."""
    by_kind: dict[NearMissKind, list[float]] = defaultdict(list)
    for neighbour in found:
        by_kind[neighbour.example.kind].append(neighbour.similarity)
    return {kind: sum(near[:3]) / 3 for kind, near in by_kind.items()}


def _by_examples(found: list[Neighbour]) -> AlreadySent:
    """The vote of the nearest; "it was stopped" needs nearly all of them, for it is the costly mistake."""
    votes: dict[AlreadySent, int] = defaultdict(int)
    for neighbour in found[:NEAREST]:
        votes[neighbour.example.already_sent] += 1
    best = max(votes, key=lambda sent: votes[sent])
    needed = NEAREST - 1 if best == AlreadySent.FALSE else NEAREST // 2 + 1
    return best if votes[best] >= needed and found[0].similarity >= ALIKE else AlreadySent.UNCLEAR
