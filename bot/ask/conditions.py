"""Which conditions of the rows are shown: none that is met, none twice, and under a stop only a way out. Pure."""

from collections.abc import Iterable

from rapidfuzz.fuzz import token_set_ratio

from bot.ask.decide import Decision
from bot.ask.evidence import GENERAL
from bot.ask.question import Question
from bot.domain.verdict import Verdict
from knowledge import Library, Match

_MOST_CONDITIONS = 9
_SAME_WORDS = 88
"""Of 100: from here on two conditions say the same."""
_SHORT = 4


def conditions(question: Question, decision: Decision, library: Library) -> Iterable[str]:
    """What has to be so, the most telling rows first, without what the user already said and without repetitions."""
    if decision.verdict is Verdict.NOT_COVERED or decision.unstated is not None:
        return
    shown: list[str] = []
    for one in conditional(decision):
        wanted = list(one.rule.conditions)
        if "channel" in one.missing:
            wanted.append(f"sent by {' or '.join(library.vocabulary.say(term) for term in one.rule.channels)}")
        for condition in wanted:
            if not _claimed(condition, question, library):
                _put(condition, shown, library)
    yield from shown[:_MOST_CONDITIONS]
    if len(shown) > _MOST_CONDITIONS:
        left = len(shown) - _MOST_CONDITIONS
        yield f"and {left} more that the quoted rows name: read them through"


def _put(condition: str, shown: list[str], library: Library) -> None:
    """Add a condition; of two that say the same the one that asks for more stays, where the first stood."""
    for at, other in enumerate(shown):
        if _same(condition, other, library):
            shown[at] = max(other, condition, key=len)
            return
    shown.append(condition)


def conditional(decision: Decision) -> list[Match]:
    """The rows whose conditions help, most telling first: never a way round a row that says no to the same thing."""
    stops = [one for one in decision.matches if one.rule.answer == Verdict.STOP]
    rows: list[Match] = []
    for one in sorted(decision.matches, key=lambda one: -_tells(one)):
        if one.rule.answer == Verdict.STOP or (decision.verdict is Verdict.STOP and not _way_out(one, stops, decision)):
            continue
        # Of rows for several ways, none of which was named, one will do.
        other_way = any(
            "channel" in one.missing and (one.material, one.recipient) == (kept.material, kept.recipient)
            for kept in rows
            if "channel" in kept.missing
        )
        if not other_way:
            rows.append(one)
    return rows


def _way_out(one: Match, stops: Iterable[Match], decision: Decision) -> bool:
    """True when something may still go by this row: another thing than the refused one, or the same done properly."""
    if one.material in GENERAL or one.material is None:
        return False  # a row about everything cannot say when a refused thing may go
    for stop in stops:
        if stop.channel is not None and "channel" not in stop.missing and one.channel is None:
            return False  # the way is refused, and this row names no other
        if stop.material == one.material and not decision.unmet:
            return False
    return True


def _tells(one: Match) -> int:
    """How much a row is about this question: material counts most, then recipient, then channel."""
    general = one.material is None or one.material in GENERAL
    return (0 if general else 4) + (2 if one.recipient not in (None, "outside") else 0) + (1 if one.channel else 0)


def _claimed(condition: str, question: Question, library: Library) -> bool:
    """True when the user already said so: it is repeated back, not asked for again."""
    facts = question.facts
    said = facts.protections | {wider for channel in facts.channels for wider in library.vocabulary.lineage(channel)}
    found = [m for m in library.vocabulary.find(condition) if m.fact in ("protection", "channel") and not m.lacking]
    return (
        bool(found)
        and {m.term for m in found} <= said
        and (any(m.fact == "protection" for m in found) or len(condition.split()) <= _SHORT)
    )


def _same(condition: str, other: str, library: Library) -> bool:
    """True when two conditions say the same, or one says the other and more."""
    if token_set_ratio(condition, other) >= _SAME_WORDS:
        return True
    first, second = (library.vocabulary.find(said) for said in (condition, other))
    terms = {m.term for m in first if m.fact == "protection"}
    whole = all(
        sum(m.end - m.start for m in found) >= len(said) - 1 for found, said in ((first, condition), (second, other))
    )
    return whole and bool(terms) and terms == {m.term for m in second if m.fact == "protection"}
