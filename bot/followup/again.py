"""What the guidance says today about facts remembered from an earlier answer, without the question they came from."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.ask.decide import CLOSE, RELEVANT, Decision, decide
from bot.ask.evidence import Book, Evidence
from bot.domain.answers import AnswerRecord, Relied
from bot.domain.citation import Citation
from bot.domain.verdict import Verdict, strictest
from knowledge import Asked, Example, Facts, Hit, Library, Rule

_MOST_ROWS = 3


@dataclass(frozen=True)
class Today:
    """What it comes to today, and what that rests on."""

    verdict: Verdict
    relied: tuple[Relied, ...]
    rule: Rule | None
    """The row that carries it, if one does."""


class Ground:
    """One state of the guidance, ready to be held against many remembered answers."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._books: dict[tuple[tuple[str, ...], tuple[str, ...]], Book] = {}
        self._rows: dict[str, list[Rule]] = {}
        for rule in library.rules:
            self._rows.setdefault(row_key(rule), []).append(rule)
        self._sections: dict[tuple[str, str], list[int]] = {}
        for number, passage in enumerate(library.passages):
            self._sections.setdefault((passage.document, said_section(passage.section)), []).append(number)
        self._known: dict[tuple[Facts, tuple[Relied, ...], Verdict, bool], Today] = {}

    def today(self, facts: Facts, relied: tuple[Relied, ...], told: Verdict, *, files: bool) -> Today:
        """The strictest of what the facts come to by the rows, with the rows relied on counting as known questions."""
        key = (facts, relied, told, files)
        if key not in self._known:
            self._known[key] = self._decided(facts, relied, told, files)
        return self._known[key]

    def of(self, record: AnswerRecord) -> Today:
        """What a remembered answer comes to today."""
        return self.today(record.facts, record.relied, record.verdict, files=record.files)

    def alone(self, record: AnswerRecord) -> Verdict:
        """What the facts come to by themselves."""
        return self.today(record.facts, (), record.verdict, files=False).verdict

    def relied_on(self, citations: Iterable[Citation]) -> tuple[Relied, ...]:
        """What an answer with these citations rests on."""
        quoted = {(rule.document, rule.quote): rule for rule in self.library.rules}
        return tuple(
            _relied(one.document, one.section, one.quote, quoted.get((one.document, one.quote))) for one in citations
        )

    def _decided(self, facts: Facts, relied: tuple[Relied, ...], told: Verdict, files: bool) -> Today:
        rows = [rule for one in relied if (rule := self._row_today(one)) is not None]
        if files and not facts.materials:
            # Files without a question: their findings are gone with them, the rows about them are still there.
            return self._by_rows(rows)
        decision = decide(facts, self._evidence(rows, relied, told), self._book(facts))
        verdict = strictest([decision.verdict, *(Verdict(rule.answer) for rule in rows)]) if files else decision.verdict
        leading = _leading(decision, verdict, rows if files else [])
        prose = [] if leading else [hit.passage for hit in decision.hits]
        kept = [_relied(rule.document, said_section(rule.section), rule.quote, rule) for rule in leading[:_MOST_ROWS]]
        kept += [_relied(one.document, said_section(one.section), one.text, None) for one in prose]
        return Today(verdict, tuple(kept), leading[0] if leading else None)

    def _book(self, facts: Facts) -> Book:
        """The rows that can hold for such a thing and such a recipient: the others need not be tried each time."""
        key = (facts.materials, facts.recipients)
        if key not in self._books:
            rules = [
                rule
                for rule in self.library.rules
                if self._may_hold(rule.materials, facts.materials) and self._may_hold(rule.recipients, facts.recipients)
            ]
            self._books[key] = Book(rules, self.library.rule_by_id, self.library.vocabulary)
        return self._books[key]

    def _may_hold(self, terms: tuple[str, ...], said: tuple[str, ...]) -> bool:
        is_a = self.library.vocabulary.is_a
        return not terms or not said or any(is_a(a, b) or is_a(b, a) for a in terms for b in said)

    def _by_rows(self, rows: list[Rule]) -> Today:
        verdict = strictest(Verdict(rule.answer) for rule in rows) if rows else Verdict.ASK
        kept = tuple(_relied(rule.document, said_section(rule.section), rule.quote, rule) for rule in rows)
        return Today(verdict, kept, next((rule for rule in rows if rule.answer == verdict), None))

    def _row_today(self, one: Relied) -> Rule | None:
        """The row that rules on the same today: in the same document if it is there, else wherever it went."""
        found = self._rows.get(one.row, [])
        return min(found, key=lambda rule: rule.document != one.document, default=None)

    def _evidence(self, rows: list[Rule], relied: tuple[Relied, ...], told: Verdict) -> Evidence:
        asked = tuple(Asked(Example("", rule.document, rule.section, rule.id), 1.0) for rule in rows)
        score = CLOSE if told is Verdict.STOP and not any(one.row for one in relied) else RELEVANT
        hits = tuple(
            Hit(self.library.passages[number], score)
            for one in relied
            if not one.row
            for number in self._sections.get((one.document, one.section), ())
        )
        return Evidence(asked, hits, relevance=1.0)


def row_key(rule: Rule) -> str:
    """Digest of what a row rules on, whatever it answers: by it a row is known again after it was edited."""
    cells = (rule.materials, rule.recipients, rule.channels, rule.protections, rule.lacking)
    return hashlib.sha256(json.dumps([sorted(cell) for cell in cells]).encode()).hexdigest()[:32]


def said_section(path: tuple[str, ...]) -> str:
    """A heading path as citations write it."""
    return " › ".join(path[1:] or path)


def _leading(decision: Decision, verdict: Verdict, rows: list[Rule]) -> list[Rule]:
    found = [one.rule for one in decision.matches] + rows
    return [rule for rule in found if Verdict(rule.answer) is verdict] or found[:1]


def _relied(document: str, section: str, quote: str, rule: Rule | None) -> Relied:
    digest = hashlib.sha256(quote.encode()).hexdigest()
    return Relied(document, section, digest, row_key(rule) if rule else "", rule.answer if rule else "")
