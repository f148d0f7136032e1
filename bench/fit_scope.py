"""Fits the weights with which `bot.ask.decide` tells a question for somebody else from one of ours.

Each example question of the starter pack is judged by a relevance direction, and by neighbours, learned without its
fold; half of the folds leave out whole rows, so that a question cannot lean on its own paraphrases.
Run: python -m bench.fit_scope
"""

import numpy as np

from bot.ask.question import Question
from bot.domain.message import Message
from bot.settings import read_settings
from bot.wiring import build
from knowledge.embed import embedder
from knowledge.index import relevance_weights

FOLDS = 5
STEPS = 6000


def main() -> None:
    """Print the weights and what they would miss and lose."""
    service = build(read_settings())
    library, reader = service.parts.library, service.parts.reader
    asked = [example for example in library.examples if example.rule]
    outside = np.array([library.rule_by_id[example.rule or ""].answer == "not_covered" for example in asked])
    vectors = embedder()([example.question for example in asked])
    fold = _folds([example.rule or "" for example in asked])

    relevance = np.zeros(len(asked))
    for number in range(FOLDS):
        known, held = fold != number, fold == number
        weights = relevance_weights(vectors[known], outside[known])
        relevance[held] = vectors[held] @ weights[:-1] + weights[-1]
    likeness = vectors @ vectors.T
    likeness[fold[:, None] == fold[None, :]] = -1.0
    read = [reader.read(Message(example.question)) for example in asked]
    stated = [_stated(question) for question in read]
    rows = np.column_stack(
        [
            relevance,
            likeness[:, ~outside].max(1),
            likeness[:, outside].max(1),
            np.array(stated, float),
            np.ones(len(asked)),
        ]
    )
    weights = _logistic(rows, outside.astype(float))
    names = (
        "relevance",
        "near ours",
        "near others",
        "material",
        "recipient",
        "channel",
        "protection",
        "firm",
        "handles",
        "bias",
    )
    print("  ".join(f"{name} {weight:.1f}" for name, weight in zip(names, weights, strict=True)))
    foreign = rows @ weights > 0
    print(
        f"outside taken for ours {1 - foreign[outside].mean():.1%}, "
        f"ours taken for outside {foreign[~outside].mean():.1%}"
    )


def _stated(question: Question) -> list[bool]:
    facts = question.facts
    firm = bool(facts.materials and (facts.recipients or facts.channels))
    protected = bool(facts.protections | facts.lacking)
    return [bool(facts.materials), bool(facts.recipients), bool(facts.channels), protected, firm, question.handles]


def _folds(rules: list[str]) -> np.ndarray:
    chance = np.random.default_rng(0)
    by_rule = {rule: chance.integers(0, FOLDS) for rule in dict.fromkeys(rules)}
    alone = chance.integers(0, FOLDS, len(rules))
    return np.where(chance.random(len(rules)) < 0.5, [by_rule[rule] for rule in rules], alone)


def _logistic(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Balanced logistic regression by gradient descent with a little shrinkage."""
    weights = np.zeros(rows.shape[1])
    balance = np.where(wanted > 0, (wanted == 0).mean(), (wanted > 0).mean()) * 2
    for _ in range(STEPS):
        error = (1 / (1 + np.exp(-rows @ weights)) - wanted) * balance
        weights -= 2.0 * (rows.T @ error / len(rows) + 0.001 * weights)
    return weights


if __name__ == "__main__":
    main()
