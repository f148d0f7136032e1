"""Fits the weights by which `bot.ask.scope` tells a question for somebody else from one of ours.

Each example question of the starter pack is judged by a relevance direction, and by neighbours, learned without its
fold; half of the folds leave out whole rows, so that a question cannot lean on its own paraphrases. These weigh a
quarter, the golden set and the questions that were looked at while mending the rest; all others only test.
Run: python -m bench.fit_scope
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table

from bench import golden
from bot.ask.evidence import Book, Evidence
from bot.ask.question import Question
from bot.ask.retrieve import retrieve
from bot.ask.scope import WEIGHTS, signs
from bot.domain.message import Message
from bot.domain.verdict import Verdict
from bot.settings import read_settings
from bot.wiring import build
from knowledge import Asked, Vocabulary
from knowledge.embed import embedder
from knowledge.leaning import learned

FOLDS = 5
STEPS = 30
SHRINKAGE = 0.002
OUTSIDE_SHARE = 0.35
"""How much the foreign ones weigh of each set: to leave a question of ours unanswered costs more than the reverse."""
_NEIGHBOURS = 24


@dataclass(frozen=True)
class Rows:
    """The signs of the questions of one set, a row each, and which of them are for somebody else."""

    name: str
    signs: np.ndarray
    outside: np.ndarray


def main() -> None:
    """Print the weights, and what they and the ones in use come to on each set."""
    assistant = build(read_settings())
    library, reader = assistant.parts.library, assistant.parts.reader
    book = Book(library.rules, library.rule_by_id, library.vocabulary)

    def seen(question: Question, evidence: Evidence) -> list[float]:
        found = signs(question.facts, question.manner, evidence, book)
        return [found[name] for name in WEIGHTS]

    def rows(name: str, asked: Iterable[golden.Question]) -> Rows:
        # Where "not covered" is one of several right answers, a question says nothing about scope.
        telling = [q for q in asked if not q.history and (q.out_of_scope or Verdict.NOT_COVERED not in q.expected)]
        read = [reader.read(Message(q.question)) for q in telling]
        return Rows(
            name, np.array([seen(q, retrieve(q, library)) for q in read]), np.array([q.out_of_scope for q in telling])
        )

    examples = [example for example in library.examples if example.rule]
    outside = np.array([library.rule_by_id[example.rule or ""].answer == Verdict.NOT_COVERED for example in examples])
    answers = [library.rule_by_id[example.rule or ""].answer for example in examples]
    evidence = _held_out([one.question for one in examples], [e.rule or "" for e in examples], answers, book.vocabulary)
    questions = [reader.read(Message(example.question)) for example in examples]
    held = [
        Evidence(tuple(Asked(examples[number], likeness) for number, likeness in near), (), relevance)
        for near, relevance in evidence
    ]
    pack = Rows("starter pack", np.array([seen(*pair) for pair in zip(questions, held, strict=True)]), outside)
    fresh = {
        letter: [q for q in golden.questions(golden.FRESH) if q.id.startswith(letter)] for letter in ("d", "e", "f")
    }
    learned = [pack, rows("golden", golden.questions()), rows("fresh d", fresh["d"])]
    tests = [rows("strangers", golden.questions(golden.FIRST_SIGHT)), *(rows(f"fresh {n}", fresh[n]) for n in "ef")]
    weights = _fitted(learned)
    console = Console()
    console.print({name: round(float(value), 1) for name, value in zip(WEIGHTS, weights, strict=True)})
    console.print(_table([*learned, *tests], weights))


def _held_out(
    texts: list[str], rules: list[str], answers: list[str], vocabulary: Vocabulary
) -> list[tuple[list[tuple[int, float]], float]]:
    """The nearest others (number, likeness) and the relevance of each example, learned without its fold."""
    vectors, fold = embedder()(texts), _folds(rules)
    named = [vocabulary.named(text) for text in texts]
    relevance = np.zeros(len(texts))
    for number in range(FOLDS):
        known = np.flatnonzero(fold != number)
        leanings = learned(vectors[known], [named[one] for one in known], [answers[one] for one in known])
        for one in np.flatnonzero(fold == number):
            relevance[one] = leanings.of(vectors[one], named[one]).relevance
    likeness = vectors @ vectors.T
    likeness[fold[:, None] == fold[None, :]] = -1.0
    nearest = np.argsort(-likeness, axis=1)[:, :_NEIGHBOURS]
    return [
        ([(int(other), float(likeness[one, other])) for other in row], float(relevance[one]))
        for one, row in enumerate(nearest)
    ]


def _folds(rules: list[str]) -> np.ndarray:
    chance = np.random.default_rng(0)
    by_rule = {rule: chance.integers(0, FOLDS) for rule in dict.fromkeys(rules)}
    alone = chance.integers(0, FOLDS, len(rules))
    return np.where(chance.random(len(rules)) < 0.5, [by_rule[rule] for rule in rules], alone)


def _fitted(sets: list[Rows]) -> np.ndarray:
    """Logistic regression by Newton's method, a little shrunk; the pack weighs a quarter, golden sets the rest."""
    signs_of, wanted = np.vstack([one.signs for one in sets]), np.concatenate([one.outside for one in sets])
    questions = sum(len(one.outside) for one in sets[1:])
    balance = np.concatenate(
        [_balance(one.outside, 0.25 if one is sets[0] else 0.75 * len(one.outside) / questions) for one in sets]
    )
    weights = np.zeros(signs_of.shape[1])
    shrinkage = SHRINKAGE * np.array([name != "bias" for name in WEIGHTS])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-signs_of @ weights))
        slope = signs_of.T @ (balance * (likely - wanted)) + shrinkage * weights
        curve = (signs_of * (balance * likely * (1 - likely))[:, None]).T @ signs_of + np.diag(shrinkage + 1e-9)
        weights -= np.linalg.solve(curve, slope)
    return weights


def _balance(outside: np.ndarray, total: float) -> np.ndarray:
    weights: np.ndarray = np.where(
        outside, OUTSIDE_SHARE * total / outside.sum(), (1 - OUTSIDE_SHARE) * total / (~outside).sum()
    )
    return weights


def _table(sets: list[Rows], fitted: np.ndarray) -> Table:
    table = Table("set", "foreign", "fitted: precision", "recall", "in use: precision", "recall")
    used = np.array(list(WEIGHTS.values()))
    for one in sets:
        shares = []
        for weights in (fitted, used):
            said = one.signs @ weights > 0
            right = int((said & one.outside).sum())
            shares += [golden.share(right, int(said.sum())), golden.share(right, int(one.outside.sum()))]
        table.add_row(one.name, str(int(one.outside.sum())), *(f"{value:.1%}" for value in shares))
    return table


if __name__ == "__main__":
    main()
