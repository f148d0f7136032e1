"""What is wrong with rows: words nobody knows, rows against one another, rows that never count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product

from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extract

from knowledge.defect import Defect, where
from knowledge.model import Rule
from knowledge.rules import Dead, Nearly, Reading, Unknown
from knowledge.vocabulary import Vocabulary

_FACT = {"sending": "material", "to": "recipient", "by": "channel"}
_COLUMN = {"sending": "Sending", "to": "To", "by": "By", "answer": "Answer", "only_if": "Only if"}
_STRICT = {"not_covered": 0, "ok": 1, "safeguards": 2, "ask": 3, "stop": 4}
_ANSWERS = "ok, only with safeguards, ask first: ROLE, don't send, not covered"
_NEAR = 75
Combination = tuple[str | None, str | None, str | None, frozenset[str], frozenset[str]]


def row_defects(readings: Iterable[tuple[str, Reading]], vocabulary: Vocabulary) -> Iterator[Defect]:
    """What can be said of each document's rows by themselves."""
    for document, reading in readings:
        for unknown in reading.unknown:
            yield _unknown(unknown, vocabulary)
        for nearly in reading.nearly:
            yield _nearly(nearly)
        for dead in reading.dead:
            yield _dead(dead)
        lost = {(dead.section, dead.question) for dead in reading.dead}
        for example in reading.examples:
            if example.rule is None and not any(
                section == example.section and question.startswith(example.question) for section, question in lost
            ):
                problem = f"the question “{example.question[:60]}” names no row that is used: end it with (row N)"
                yield Defect(document, where(example.section), problem, "question_without_row")
        for rule in reading.rules:
            yield from _alone(rule)


def rows_together(rules: Sequence[Rule], vocabulary: Vocabulary) -> Iterator[Defect]:
    """What is wrong between rows of documents that are in force."""
    yield from _twice(rules)
    yield from _against(rules)
    yield from _silent_on_findings(rules, vocabulary)


def _unknown(unknown: Unknown, vocabulary: Vocabulary) -> Defect:
    spot = f"row {unknown.row}, column {_COLUMN[unknown.column]}"
    if unknown.column == "answer":
        said = f"“{unknown.words}”" if unknown.words.strip() else "an empty cell"
        problem = f"{spot}: {said} is not in the vocabulary of answers, so the row is not used: write one of {_ANSWERS}"
        return Defect(unknown.document, where(unknown.section), problem, "unknown_answer")
    if not unknown.words.strip():
        problem = f"{spot} is empty, so the row is not used: write what it is about, “ditto”, or “any”"
        return Defect(unknown.document, where(unknown.section), problem, "empty_first_cell")
    near = nearest(unknown.words, _FACT[unknown.column], vocabulary)
    meant = f" Nearest known words: {', '.join(f'“{words}”' for words in near)}." if near else ""
    problem = f"{spot}: “{unknown.words}” is not in the vocabulary, so the row is not used.{meant}"
    return Defect(unknown.document, where(unknown.section), problem, "unknown_words")


def nearest(words: str, fact: str, vocabulary: Vocabulary, most: int = 3) -> list[str]:
    """The vocabulary's phrases most like the words, of different terms, nearest first."""
    phrases = _phrases(vocabulary, fact)
    found: dict[str, str] = {}
    for phrase, _, _ in extract(words.lower(), list(phrases), scorer=WRatio, score_cutoff=_NEAR, limit=12):
        found.setdefault(phrases[phrase], phrase)
    return list(found.values())[:most]


@cache
def _phrases(vocabulary: Vocabulary, fact: str) -> dict[str, str]:
    return {
        phrase: term.id
        for term in vocabulary.terms.values()
        if term.fact == fact
        for phrase in (*term.words, term.say)
        if len(phrase) > 2
    }


def _nearly(nearly: Nearly) -> Defect:
    header = " | ".join(cell for cell in nearly.header if cell)[:90]
    if nearly.missing:
        lacks = ", ".join(_COLUMN[name] for name in nearly.missing)
        problem = f"the table “{header}” is nearly a rule table, and is not read as one: it has no column {lacks}"
    else:
        problem = (
            f"“{header}” looks like the head of a rule table without ruled lines: make it a real table with borders"
        )
    return Defect(nearly.document, where(nearly.section), problem, "nearly_a_rule_table")


def _dead(dead: Dead) -> Defect:
    have = f"the section has {dead.rows} row{'s' * (dead.rows != 1)}" if dead.rows else "the section has no rule table"
    problem = f"the question “{dead.question[:60]}” names no row: there is no row {dead.row}, {have}"
    return Defect(dead.document, where(dead.section), problem, "dead_example")


def _alone(rule: Rule) -> Iterator[Defect]:
    if rule.answer == "safeguards" and not rule.conditions:
        problem = f"“{rule.quote[:80]}”: “only with safeguards” needs its safeguards in the column Only if"
        yield Defect(rule.document, where(rule.section), problem, "no_conditions")
    if rule.answer == "ask" and not rule.ask_whom:
        problem = f"“{rule.quote[:80]}”: “ask first” names nobody: write “ask first: ROLE”"
        yield Defect(rule.document, where(rule.section), problem, "asks_nobody")
    if rule.protections & rule.lacking:
        problem = f"“{rule.quote[:80]}” can never hold: it needs the same protection there and missing"
        yield Defect(rule.document, where(rule.section), problem, "unreachable")


def combinations(rule: Rule) -> frozenset[Combination]:
    """Every combination of facts that the row names; None where it says "any"."""
    return frozenset(
        (material, recipient, channel, rule.protections, rule.lacking)
        for material, recipient, channel in product(
            rule.materials or (None,), rule.recipients or (None,), rule.channels or (None,)
        )
    )


def _twice(rules: Sequence[Rule]) -> Iterator[Defect]:
    """Rows of one document that say the same; other documents may repeat a row where their readers look for it."""
    seen: dict[object, Rule] = {}
    for rule in rules:
        key = (rule.document, combinations(rule), rule.answer, frozenset(rule.conditions), rule.ask_whom.lower())
        other = seen.setdefault(key, rule)
        if other is not rule:
            problem = f"“{rule.quote[:80]}” says the same as “{other.quote[:80]}”: keep one of them"
            yield Defect(rule.document, where(rule.section), problem, "duplicate_row")


def _against(rules: Sequence[Rule]) -> Iterator[Defect]:
    """Rows that name the same facts and answer differently, and rows that a stricter one leaves nothing."""
    by_combination: dict[Combination, list[Rule]] = defaultdict(list)
    of = {rule.id: combinations(rule) for rule in rules}
    for rule in rules:
        for one in of[rule.id]:
            by_combination[one].append(rule)
    told: set[frozenset[str]] = set()
    for rule in rules:
        if rule.answer == "not_covered":
            continue
        stricter = {
            one: [other for other in by_combination[one] if _STRICT[other.answer] > _STRICT[rule.answer]]
            for one in of[rule.id]
        }
        against = {other.id: other for others in stricter.values() for other in others}
        if against and all(stricter.values()) and not any(of[other.id] == of[rule.id] for other in against.values()):
            named = "; ".join(f"“{other.quote[:80]}” in {other.document}" for other in list(against.values())[:2])
            problem = f"“{rule.quote[:80]}” is never used: {named} covers all of it and is stricter"
            yield Defect(rule.document, where(rule.section), problem, "unreachable")
            told |= {frozenset((rule.id, other)) for other in against}
        for other in against.values():
            if frozenset((rule.id, other.id)) not in told:
                told.add(frozenset((rule.id, other.id)))
                yield _contradiction(rule, other, next(one for one in of[rule.id] if other in stricter[one]))


def _contradiction(rule: Rule, other: Rule, shared: Combination) -> Defect:
    about = " to ".join(term.replace("_", " ") for term in shared[:2] if term) or "everything"
    problem = (
        f"“{rule.quote[:80]}” contradicts “{other.quote[:80]}” in {other.document} "
        f"({where(other.section[1:] or other.section)}) on {about}: the stricter is used"
    )
    return Defect(rule.document, where(rule.section), problem, "contradiction")


def _silent_on_findings(rules: Sequence[Rule], vocabulary: Vocabulary) -> Iterator[Defect]:
    """What a check of a file may find and no row rules on: such a file can only ever get "ask first"."""
    ruled = {term for rule in rules for term in rule.materials}
    for term in vocabulary.terms.values():
        if term.id.startswith(("found_", "file_")) and term.id not in ruled:
            problem = f"no row rules on “{term.say}”: a file with it is always “ask first”"
            yield Defect("", "", problem, "silent_on_finding")
