"""Which rows of the guidance hold for given facts, and which of them prevail. Pure: serves questions, checks and lint.

A row prevails unless another matching row is at least as specific in everything and more specific in something; between
rows that are not comparable both stand, and the caller takes the strictest (DESIGN section 3).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from knowledge.model import Facts, Rule
from knowledge.vocabulary import Vocabulary

MOST_COMBINATIONS = 24
"""A message that names more things than this is answered for the first ones and says so."""


@dataclass(frozen=True)
class Case:
    """One thing to one recipient, with everything said about the way it goes; None where nothing is said."""

    material: str | None = None
    recipient: str | None = None
    channels: tuple[str, ...] = ()
    """A disc goes by courier: several words may describe one way."""
    protections: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """A row that holds for a case, or would hold if the missing facts were as it says."""

    rule: Rule
    material: str | None
    """The row's term that holds; None where the row says "any"."""
    recipient: str | None
    channel: str | None
    missing: frozenset[str] = frozenset()
    """Facts the row needs and the case does not say: "material", "recipient", "channel", "protection"."""


def cases(facts: Facts, vocabulary: Vocabulary) -> tuple[Case, ...]:
    """Every combination of what is sent and to whom; broader terms that a narrower one repeats are left out."""
    columns = (vocabulary.narrowest(facts.materials), vocabulary.narrowest(facts.recipients))
    channels = vocabulary.narrowest(facts.channels)
    every: Iterator[tuple[str | None, ...]] = product(*(column or (None,) for column in columns))
    return tuple(
        Case(material, recipient, channels, facts.protections, facts.lacking)
        for material, recipient in islice(every, MOST_COMBINATIONS)
    )


def match(rule: Rule, case: Case, vocabulary: Vocabulary) -> Match | None:
    """How the row holds for the case, or None when it says something else."""
    missing: set[str] = set()
    held: list[str | None] = []
    for name, terms, said in (
        ("material", rule.materials, (case.material,) if case.material else ()),
        ("recipient", rule.recipients, (case.recipient,) if case.recipient else ()),
        ("channel", rule.channels, case.channels),
    ):
        term, state = _column(terms, said, vocabulary)
        if state == "other":
            return None
        if state == "missing":
            missing.add(name)
        held.append(term)
    if (rule.protections & case.lacking) or (rule.lacking & case.protections):
        return None
    if not (rule.protections <= case.protections and rule.lacking <= case.lacking):
        missing.add("protection")
    return Match(rule, held[0], held[1], held[2], frozenset(missing))


def _column(terms: tuple[str, ...], said: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str | None, str]:
    """The row's term for one column, and "holds", "missing" from the case, or "other" than the case says."""
    if not terms:
        return None, "holds"
    if not said:
        return terms[0], "missing"
    broader = [term for term in terms if any(vocabulary.is_a(word, term) for word in said)]
    if broader:
        return max(broader, key=vocabulary.depth), "holds"
    # "Papers" may turn out to be medical notes: the row needs to know more.
    narrower = [term for term in terms if any(vocabulary.is_a(term, word) for word in said)]
    return (narrower[0], "missing") if narrower else (None, "other")


def all_matches(rules: Iterable[Rule], case: Case, vocabulary: Vocabulary) -> tuple[Match, ...]:
    """The matches of every row, complete ones and those with something missing."""
    return tuple(found for found in (match(rule, case, vocabulary) for rule in rules) if found is not None)


def prevailing(matches: Iterable[Match], vocabulary: Vocabulary) -> tuple[Match, ...]:
    """The matches that no more specific one sets aside."""
    every = tuple(matches)
    return tuple(
        one for one in every if not any(_sets_aside(other, one, vocabulary) for other in every if other is not one)
    )


def _sets_aside(specific: Match, broad: Match, vocabulary: Vocabulary) -> bool:
    pairs = (
        (specific.material, broad.material),
        (specific.recipient, broad.recipient),
        (specific.channel, broad.channel),
    )
    at_least = all(b is None or (a is not None and vocabulary.is_a(a, b)) for a, b in pairs)
    guards = (specific.rule.protections | specific.rule.lacking, broad.rule.protections | broad.rule.lacking)
    more = any(a != b for a, b in pairs) or guards[0] > guards[1]
    return at_least and guards[0] >= guards[1] and more
