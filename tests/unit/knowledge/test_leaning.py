"""What a question leans to is learned from the known questions."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.leaning import Leaning, Leanings, learned

ADDRESS, DATE, PAY = (np.eye(3, dtype=np.float32)[number] for number in range(3))
NAMED = (frozenset({"address", "defence"}), frozenset({"date", "court"}), frozenset({"pay"}))


@pytest.fixture
def leanings() -> Leanings:
    vectors = np.array([ADDRESS, DATE, PAY] * 2, dtype=np.float32)
    return learned(vectors, NAMED * 2, ("stop", "ok", "not_covered") * 2)


def test_a_question_like_refused_ones_leans_to_strictness(leanings: Leanings) -> None:
    assert leanings.of(ADDRESS, NAMED[0]).strictness > 0.5 > -0.5 > leanings.of(DATE, NAMED[1]).strictness


def test_a_question_like_those_left_to_others_is_not_one_of_ours(leanings: Leanings) -> None:
    assert leanings.of(PAY, NAMED[2]).relevance < 0 < leanings.of(DATE, NAMED[1]).relevance


def test_the_terms_named_count_beside_the_meaning(leanings: Leanings) -> None:
    between = (ADDRESS + DATE) / np.sqrt(2, dtype=np.float32)
    assert leanings.of(between, NAMED[0]).strictness > leanings.of(between, NAMED[1]).strictness


def test_without_questions_for_others_every_question_is_one_of_ours() -> None:
    assert learned(np.array([ADDRESS]), NAMED[:1], ("stop",)).of(PAY, NAMED[2]) == Leaning(1.0, 0.0)
    assert learned(np.zeros((0, 3), dtype=np.float32), (), ()).of(PAY, NAMED[2]) == Leaning(1.0, 0.0)


def test_what_was_learned_is_read_again(leanings: Leanings, tmp_path: Path) -> None:
    leanings.save(tmp_path / "leanings.npz")
    again = Leanings.load(tmp_path / "leanings.npz", leanings.vectors)
    assert again.of(DATE, NAMED[1]) == leanings.of(DATE, NAMED[1])
