"""Decides by the rows of the guidance. Pure: facts and evidence in, a decision out.

The order of trust: rows that match the stated facts; the row named by a known question that says nearly the same; one
clarifying question when an unstated fact would change the verdict; prose, which never gives `ok`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.ask.clarify import Unstated, unstated
from bot.ask.evidence import Book, Evidence, required
from bot.ask.manner import USUAL, Manner
from bot.ask.prose import forbids
from bot.ask.scope import is_foreign, whose
from bot.domain.verdict import Verdict, strictest
from knowledge import Asked, Case, Facts, Hit, Match, Rule, Vocabulary, all_matches, cases, match, prevailing, stem

# Cosine similarities of all-MiniLM-L6-v2 between two questions, read off the golden set (`make bench`).
SAME = 0.80
"""From here on the known question and this one ask the same."""
LIKE = 0.62
"""From here on the known question is a fair reading when the facts alone settle nothing."""
AGREED = 0.54
"""Enough, when the next known questions come to the same answer."""
CERTAIN = 0.86
"""So near that it may supply any fact left out."""
NEAR = 0.70
"""Near enough to make an answer stricter, even where the facts have rows of their own."""
RELEVANT = 0.60
"""A passage scored below this is about something else."""
CLOSE = 0.80
"""A passage scored from here on is about the very thing: what it forbids counts."""
_ANYTHING = frozenset({"case_material", "personal_data"})
"""Materials that everything sent is one of."""
OUTSIDE = "outside"
_UNNAMED = "unnamed_thing"
_ALL = frozenset({"material", "recipient", "channel"})
_HARMLESS = "non_case"
_REDACTED = "redacted"
_TEAM = frozenset({"police", "counsel", "colleague", "self"})
"""Those who may see a thing whole."""
_GONE = frozenset(map(stem, ("removed", "redacted", "deleted", "masked", "muted", "blurred")))
"""Stems of what is done to things that must not go."""
_NARROWER = 0.06
"""What a known question loses when its row is about a special kind of what was said."""


@dataclass(frozen=True)
class Decision:
    """The verdict and what it rests on."""

    verdict: Verdict
    matches: tuple[Match, ...] = ()
    """The rows it rests on, strictest first."""
    unstated: Unstated | None = None
    hits: tuple[Hit, ...] = ()
    """Passages it rests on, when no row settles it."""
    unmet: tuple[str, ...] = ()
    """Protections a row requires and the user says are missing."""
    broken: tuple[str, ...] = ()
    """Conditions of a row that the user says are not so."""
    stranger: bool = False
    """True when it goes to somebody of whom no row speaks."""
    about: tuple[Hit, ...] = ()
    """Passages like the question, for choosing which words to quote."""
    at_worst: bool = False
    """True when the strictest of what could hold was taken, because enough questions were asked."""
    doubted: bool = False
    """True when a yes was held back because what was meant is not sure."""
    outside: str | None = None
    """The document that says whose question it is, when it is not one for this guidance."""


def decide(
    facts: Facts,
    evidence: Evidence,
    book: Book,
    *,
    unread: frozenset[str] = frozenset(),
    denied: frozenset[str] = frozenset(),
    may_ask: bool = True,
    manner: Manner = USUAL,
    unnamed: bool = False,
) -> Decision:
    """The strictest of what each combination of facts comes to.

    A known question may supply the `unread` facts, which the vocabulary could not read; `denied` words break the
    conditions that need them. Where no more may be asked, the strictest of what remains is the answer.
    """
    decision = _decide(facts, evidence, book, unread, denied, manner, unnamed)
    if may_ask or decision.unstated is None:
        return decision
    worst = strictest([decision.verdict, decision.unstated.at_worst])
    return replace(decision, verdict=worst, unstated=None, at_worst=True)


def _decide(
    facts: Facts,
    evidence: Evidence,
    book: Book,
    unread: frozenset[str],
    denied: frozenset[str],
    manner: Manner,
    unnamed: bool,
) -> Decision:
    named = _named(facts, evidence.asked, book, unread)
    same = named is not None and named.similarity >= SAME
    if not same and is_foreign(facts, evidence, book, manner):
        return Decision(Verdict.NOT_COVERED, outside=whose(evidence, book))
    decisions = [_decide_case(case, named, unread, denied, book, unnamed) for case in cases(facts, book.vocabulary)]
    settled = [decision for decision in decisions if decision.verdict is not Verdict.NOT_COVERED]
    if settled:
        return replace(_combined(settled), about=tuple(evidence.hits))
    relevant = tuple(hit for hit in evidence.hits if hit.score >= RELEVANT)[:2]
    if not facts.materials:
        return Decision(Verdict.ASK, unstated=Unstated("material", book.usual_materials()), hits=relevant)
    if not relevant:
        return Decision(Verdict.NOT_COVERED)
    forbidden = relevant[0].score >= CLOSE and forbids(relevant[0].passage.text)
    return Decision(Verdict.STOP if forbidden else Verdict.ASK, hits=relevant)


@dataclass(frozen=True)
class _Named:
    """The row that the nearest fitting known question names."""

    rule: Rule
    similarity: float


def _named(facts: Facts, asked: Sequence[Asked], book: Book, unread: frozenset[str]) -> _Named | None:
    """The nearest known question whose row does not contradict the facts, if it is near enough to be believed."""
    fitting = [
        _Named(rule, found.similarity)
        for found in asked
        if (rule := book.by_id.get(found.example.rule or "")) is not None
        and rule.answer != Verdict.NOT_COVERED
        and _fits(rule, facts, book.vocabulary, _ALL if found.similarity >= CERTAIN else unread)
    ]
    fitting.sort(key=lambda one: -one.similarity + _NARROWER * _narrower(one.rule, facts, book.vocabulary))
    if not fitting:
        return None
    best = fitting[0]
    agree = len(fitting) > 1 and all(one.rule.answer == best.rule.answer for one in fitting[1:3])
    return best if best.similarity >= (AGREED if agree else LIKE) else None


def _fits(rule: Rule, facts: Facts, vocabulary: Vocabulary, unread: frozenset[str]) -> bool:
    """True when the row contradicts nothing, and takes nothing for granted that only the sender can say."""
    if rule.materials == (_UNNAMED,) or not (rule.protections <= facts.protections and rule.lacking <= facts.lacking):
        return False
    if rule.materials == (_HARMLESS,) and _HARMLESS not in facts.materials:
        return False
    found = [(one, case) for case in cases(facts, vocabulary) if (one := match(rule, case, vocabulary)) is not None]
    may_supply = unread | {"channel"} if unread else frozenset()
    return any(one.missing <= may_supply or _holds_for_anything(one, case) for one, case in found)


def _narrower(rule: Rule, facts: Facts, vocabulary: Vocabulary) -> bool:
    """True when the row is about a special kind of what was said: "his convictions" may be anybody's."""
    return any(
        said and terms and not any(vocabulary.is_a(word, term) for word in said for term in terms)
        for said, terms in ((facts.materials, rule.materials), (facts.recipients, rule.recipients))
    )


def _decide_case(
    case: Case, named: _Named | None, unread: frozenset[str], denied: frozenset[str], book: Book, unnamed: bool
) -> Decision:
    vocabulary = book.vocabulary
    found = [one for one in all_matches(book.rules, case, vocabulary) if one.rule.answer != Verdict.NOT_COVERED]
    full = [one for one in found if not one.missing or _holds_for_anything(one, case)]
    if not _specific(full):
        full += _mildest(found)
    sure = named is not None and named.similarity >= SAME
    alone = strictest(Verdict(one.rule.answer) for one in prevailing(full, vocabulary))
    if named is not None and (sure or not _specific(full) or _stricter(named, alone)):
        reading = match(named.rule, case, vocabulary)
        if reading is not None and reading.rule.id not in {one.rule.id for one in full}:
            full.append(reading)
    kept = prevailing(full, vocabulary)
    verdict = strictest(Verdict(one.rule.answer) for one in kept)
    if verdict is Verdict.OK and named is not None and Verdict(named.rule.answer) is not Verdict.OK:
        # A known question this near was given a stricter answer: `ok` is never the winner of a doubt.
        kept = (*kept, *(one for one in full if one.rule.id == named.rule.id and one not in kept))
        verdict = Verdict(named.rule.answer)
    wanted = {term for one in kept for term in required(one.rule.conditions, vocabulary)}
    unmet = tuple(sorted(term for term in wanted if vocabulary.lineage(term) & case.lacking))
    broken = tuple(dict.fromkeys(part for one in kept for part in one.rule.conditions if _broken(part, denied)))
    if (unmet or broken or _bare(case, vocabulary)) and verdict is Verdict.SAFEGUARDS:
        verdict = Verdict.STOP
    ordered = tuple(sorted(kept, key=lambda one: -Verdict(one.rule.answer).strictness))
    if verdict is not Verdict.STOP and (not sure or unnamed):
        open_fact = unstated(case, found, kept, verdict, book, unnamed=unnamed)
        if open_fact is not None and (named is None or unnamed or open_fact.fact not in unread):
            return Decision(Verdict.ASK, ordered, open_fact)
    stranger = verdict in (Verdict.OK, Verdict.SAFEGUARDS) and not sure and _stranger(case, kept, unread, vocabulary)
    if verdict in (Verdict.OK, Verdict.SAFEGUARDS) and not sure and _unknown_thing(case, kept, unread):
        return Decision(Verdict.ASK, ordered, Unstated("material", book.usual_materials()))
    if stranger or (verdict is Verdict.OK and not sure and all(one.missing for one in kept)):
        verdict = Verdict.ASK
    return Decision(verdict, ordered, unmet=unmet, broken=broken, stranger=stranger)


def _bare(case: Case, vocabulary: Vocabulary) -> bool:
    """True for a thing said not to be redacted that would leave the team: every row for others wants it read."""
    if case.recipient is None or _REDACTED not in case.lacking or vocabulary.lineage(case.recipient) & _TEAM:
        return False
    return case.material is None or not vocabulary.terms[case.material].situation


def _stranger(case: Case, kept: Sequence[Match], unread: frozenset[str], vocabulary: Vocabulary) -> bool:
    """True when it goes to somebody of whom no row speaks: rows about the way do not say who may have it."""
    if case.material is not None and vocabulary.terms[case.material].situation:
        return False
    known = any(one.recipient not in (None, OUTSIDE) for one in kept)
    somebody = case.recipient not in (None, OUTSIDE) and vocabulary.is_a(case.recipient or "", OUTSIDE)
    harmless = case.material is not None and vocabulary.is_a(case.material, _HARMLESS)
    return not known and (somebody or (case.recipient is None and "recipient" in unread)) and not harmless


def _unknown_thing(case: Case, kept: Sequence[Match], unread: frozenset[str]) -> bool:
    """True when the thing has a name that could not be read, and only rows about case material in general hold."""
    general = all(one.material in _ANYTHING or one.material is None for one in kept)
    by_way = any(one.channel is not None and "channel" not in one.missing for one in kept)
    return case.material is None and "material" in unread and general and not by_way


def _broken(condition: str, denied: frozenset[str]) -> bool:
    """True when the user denies a word that the condition needs ("no contract": "contract in place").

    Where something has to be gone, that it is not there is what the condition asks for.
    """
    words = {stem(word) for word in condition.lower().replace(",", " ").split()}
    missing = words & {stem(word) for word in denied}
    if words & _GONE:
        missing &= _GONE
    return bool(missing) and not words & {"no", "not", "without", "never"}


def _stricter(named: _Named, verdict: Verdict) -> bool:
    """True when a known question this near was answered more strictly than the rows of the facts alone would."""
    return named.similarity >= NEAR and Verdict(named.rule.answer).strictness > verdict.strictness


def _holds_for_anything(one: Match, case: Case) -> bool:
    """True for a row about case material in general, when nobody said what it is: whatever it is, it is that."""
    return one.missing == {"material"} and case.material is None and bool(_ANYTHING & set(one.rule.materials))


def _mildest(found: Sequence[Match]) -> list[Match]:
    """Rows that hold by a channel nobody has named yet: the mildest way open, its channel one of the conditions."""
    wanting = [
        one
        for one in found
        if one.missing == {"channel"}
        and one.material is not None
        and one.recipient is not None
        and one.rule.answer != Verdict.STOP
    ]
    least = min((Verdict(one.rule.answer).strictness for one in wanting), default=0)
    return [one for one in wanting if Verdict(one.rule.answer).strictness == least]


def _specific(matches: Iterable[Match]) -> bool:
    """True when a row matched on two of the three facts: chance likeness of a known question should not outweigh it."""
    return any(
        (one.material is not None)
        + (one.recipient is not None)
        + (one.channel is not None and "channel" not in one.missing)
        >= 2
        for one in matches
    )


def _combined(decisions: Sequence[Decision]) -> Decision:
    """The strictest decision, with the rows of the others after its own."""
    verdict = strictest(decision.verdict for decision in decisions)
    first = sorted(decisions, key=lambda decision: -decision.verdict.strictness)
    rows: dict[str, Match] = {}
    for decision in first:
        for one in decision.matches:
            rows.setdefault(one.rule.id, one)
    unstated = next((decision.unstated for decision in first if decision.unstated is not None), None)
    return Decision(
        verdict,
        tuple(sorted(rows.values(), key=lambda one: -Verdict(one.rule.answer).strictness)),
        unstated if verdict is Verdict.ASK else None,
        unmet=tuple(dict.fromkeys(term for decision in first for term in decision.unmet)),
        broken=tuple(dict.fromkeys(part for decision in first for part in decision.broken)),
        stranger=any(decision.stranger for decision in first),
    )
