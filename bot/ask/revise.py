"""What a misread fact may be changed to. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.ask.evidence import GENERAL, Book
from bot.domain.verdict import Verdict
from knowledge import Facts, Rule, all_matches, cases

MOST = 20
_COLUMNS = {"material": "materials", "recipient": "recipients", "channel": "channels", "protection": "protections"}
_NEVER = GENERAL | {"outside", "unnamed_thing"}
_FOUND = "found_"


def choices(fact: str, facts: Facts, book: Book) -> tuple[tuple[str, str], ...]:
    """The (term, words) a fact may be changed to: first what rows about the other facts name, then what most do."""
    if fact not in _COLUMNS:
        return ()
    column = _COLUMNS[fact]
    open_facts = _without(fact, facts)
    rows = [rule for rule in book.rules if rule.answer != Verdict.NOT_COVERED]
    fitting = [
        one.rule for case in cases(open_facts, book.vocabulary) for one in all_matches(rows, case, book.vocabulary)
    ]
    said = getattr(facts, column)
    ordered = [*_by_use(fitting, column), *_by_use(rows, column)]
    terms = [
        term
        for term in dict.fromkeys(ordered)
        if term not in _NEVER and term not in said and not term.startswith(_FOUND)
    ]
    return tuple((term, book.vocabulary.say(term)) for term in terms[:MOST])


def _without(fact: str, facts: Facts) -> Facts:
    match fact:
        case "material":
            return replace(facts, materials=())
        case "recipient":
            return replace(facts, recipients=())
        case "channel":
            return replace(facts, channels=())
    return replace(facts, protections=frozenset(), lacking=frozenset())


def _by_use(rules: Iterable[Rule], column: str) -> list[str]:
    used = Counter(term for rule in rules for term in getattr(rule, column))
    return [term for term, _ in used.most_common()]
