"""Which unstated fact would change the verdict, and is worth asking for. Pure.

One question at a time: the fact whose possible values come to the most different answers (DESIGN section 3).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.ask.evidence import GENERAL, Book
from bot.domain.verdict import Verdict, strictest
from knowledge import Case, Match

NOT = "not:"
"""Before a protection among the options: it is not there."""


@dataclass(frozen=True)
class Unstated:
    """The fact to ask for, with the terms that would make a difference."""

    fact: str
    options: tuple[str, ...]
    at_worst: Verdict = Verdict.ASK
    """The strictest of what it could come to."""


def unstated(
    case: Case, found: Sequence[Match], kept: Sequence[Match], verdict: Verdict, book: Book, *, unnamed: bool = False
) -> Unstated | None:
    """The unstated fact that would change the verdict most, if there is one worth asking for."""
    settled = verdict is Verdict.STOP or not unnamed
    if settled and any(one.channel is not None and "channel" not in one.missing for one in kept):
        return None  # a row about this way or place settles it, whoever it goes to
    open_facts = _open(case, book)
    if not open_facts:
        return _protection(case, found, kept, book)
    if case.material is not None and verdict is Verdict.ASK and not unnamed and any(_by_whom(one) for one in kept):
        return None  # a person decides whatever it is
    spread = {fact: _outcomes(_turning(found, fact, open_facts), fact) for fact in open_facts}
    fact = max(open_facts, key=lambda name: _mixed(spread[name]))
    others = _turning(found, fact, (fact,)) or _turning(found, fact, open_facts)
    if not {Verdict(one.rule.answer) for one in others} - {verdict}:
        return None
    worst = strictest([verdict, *(Verdict(one.rule.answer) for one in others)])
    if verdict is Verdict.ASK and worst is Verdict.ASK and any(_whoever(one) for one in kept):
        return None  # a person decides whoever gets it, or it may simply go
    return Unstated(fact, book.offered(_options(others, fact)), worst)


def _by_whom(one: Match) -> bool:
    """True for a row about this very recipient and way, whatever goes."""
    return one.recipient not in (None, "outside") and one.missing <= {"material"}


def _whoever(one: Match) -> bool:
    """True for a row about this very thing, whoever gets it."""
    return not one.missing and one.material not in (None, *GENERAL)


def _open(case: Case, book: Book) -> tuple[str, ...]:
    """What has not been said of what goes and to whom; something that happened goes to nobody."""
    if case.material is not None and book.vocabulary.terms[case.material].situation:
        return ()
    missing = []
    if case.material is None or case.material in GENERAL:
        missing.append("material")
    if case.recipient is None:
        missing.append("recipient")
    return tuple(missing)


def _turning(found: Sequence[Match], fact: str, open_facts: Sequence[str]) -> list[Match]:
    """The rows that would hold if this fact were as they say."""
    return [
        one
        for one in found
        if fact in one.missing
        and (fact == "material" or one.material is not None)
        and one.missing <= {*open_facts, "channel", "protection"}
    ]


def _outcomes(matches: Iterable[Match], fact: str) -> Mapping[str, Verdict]:
    """What each value of the fact would come to at worst."""
    answers: dict[str, list[Verdict]] = defaultdict(list)
    for one in matches:
        for term in one.rule.materials if fact == "material" else one.rule.recipients:
            answers[term].append(Verdict(one.rule.answer))
    return {term: strictest(verdicts) for term, verdicts in answers.items()}


def _mixed(outcomes: Mapping[str, Verdict]) -> float:
    """How far the values come to different answers: 0 when all agree (Gini impurity)."""
    counts = Counter(outcomes.values())
    total = sum(counts.values())
    return 1 - sum((count / total) ** 2 for count in counts.values()) if total else 0.0


def _options(matches: Iterable[Match], fact: str) -> list[str]:
    """The terms that the rows turn on, most frequent first."""
    terms = Counter(
        term for one in matches for term in (one.rule.materials if fact == "material" else one.rule.recipients)
    )
    return [term for term, _ in terms.most_common()]


def _protection(case: Case, found: Sequence[Match], kept: Sequence[Match], book: Book) -> Unstated | None:
    """The protection that one row wants and another stops without, when nothing was said of it either way."""
    if any(one.material not in (None, *GENERAL) and one.rule.answer != Verdict.OK for one in kept):
        return None  # the row's own conditions say what is needed
    wanting = [one for one in found if one.missing == {"protection"} and one.material not in (None, *GENERAL)]
    with_it = {term for one in wanting if one.rule.answer != Verdict.STOP for term in one.rule.protections}
    without = {term for one in wanting if one.rule.answer == Verdict.STOP for term in one.rule.lacking}
    both = sorted((with_it & without) - case.protections - case.lacking)
    return Unstated("protection", (both[0], f"{NOT}{both[0]}"), Verdict.STOP) if both else None
