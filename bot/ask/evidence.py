"""What a decision is made from: the rows of the guidance, and what was found for a question. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.verdict import Verdict
from knowledge import Asked, Hit, Rule, Vocabulary

GENERAL = frozenset({"case_material", "personal_data", "case_file"})
"""Materials that say no more than "the papers"."""
_FOUND = "found_"
_MOST = 6


@dataclass(frozen=True)
class Evidence:
    """What was found for a question, best first."""

    asked: tuple[Asked, ...] = ()
    """Known questions like it."""
    hits: tuple[Hit, ...] = ()
    """Passages about it."""
    relevance: float = 0.0
    """About 1 for a question about handling information, about -1 for anything else."""
    strictness: float = 0.0
    """About 1 where questions like it end with "ask first" or "don't send", about -1 where things may go."""


@dataclass(frozen=True)
class Book:
    """The rows of the guidance and the words they are written in."""

    rules: Sequence[Rule]
    by_id: Mapping[str, Rule]
    vocabulary: Vocabulary

    def answer_of(self, found: Asked) -> str:
        """The answer of the row that a known question names; empty when it names none."""
        rule = self.by_id.get(found.example.rule or "")
        return rule.answer if rule is not None else ""

    def usual_materials(self) -> tuple[str, ...]:
        """The materials that most rows are about, most frequent first."""
        terms = Counter(term for rule in self.rules if rule.answer != Verdict.NOT_COVERED for term in rule.materials)
        return self.offered([term for term, _ in terms.most_common() if not term.startswith(_FOUND)])

    def offered(self, terms: Sequence[str]) -> tuple[str, ...]:
        """The first few terms to offer as buttons: common ones first; terms that tell nothing apart are left out."""
        telling = [term for term in terms if term not in GENERAL | {"outside", "non_case"}]
        telling.sort(key=lambda term: not self.vocabulary.terms[term].common)
        return tuple(telling[:_MOST])


@lru_cache(maxsize=4096)
def required(conditions: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    """The protections that conditions name, except where they leave a way out ("unless counsel needs it")."""
    return frozenset(
        mention.term
        for condition in conditions
        if "unless" not in condition
        for mention in vocabulary.find(condition)
        if mention.fact == "protection" and not mention.lacking
    )
