"""Phrases that the vocabulary does not know are likened to those that it knows, and it shows."""

from pathlib import Path

import pytest

from bot.ask.facts import FactReader
from bot.ask.meaning import Meanings
from bot.domain.message import Message
from bot.language import pipeline
from knowledge import Vocabulary, embedder

WORDS = Vocabulary.load()


@pytest.fixture(scope="module")
def meanings(tmp_path_factory: pytest.TempPathFactory) -> Meanings:
    return Meanings(WORDS, embedder(), tmp_path_factory.mktemp("phrases") / "phrases.npz")


@pytest.mark.parametrize(
    "phrase, fact, term",
    [
        ("the notes her therapist wrote", "material", "therapy_notes"),
        ("a newspaper man", "recipient", "media"),
        ("the bruise pictures", "material", "injury_photograph"),
    ],
)
def test_an_unknown_phrase_is_taken_for_what_it_is_most_like(
    meanings: Meanings, phrase: str, fact: str, term: str
) -> None:
    found = meanings.nearest([phrase], fact)
    assert found is not None
    assert WORDS.is_a(found.term, term)
    assert 0.5 < found.similarity <= 1.01


@pytest.mark.parametrize("phrase", ["a curry", "the weather in Spain", "my new trousers"])
def test_a_phrase_like_nothing_known_is_left_alone(meanings: Meanings, phrase: str) -> None:
    assert meanings.nearest([phrase], "material") is None
    assert meanings.nearest([phrase], "recipient") is None


def test_the_vectors_are_kept_and_made_anew_when_the_words_change(tmp_path: Path) -> None:
    calls: list[int] = []
    embed = embedder()

    def counting(texts):  # type: ignore[no-untyped-def]
        calls.append(len(texts))
        return embed(texts)

    few = Vocabulary([WORDS.terms["media"], WORDS.terms["court"]])
    kept = tmp_path / "phrases.npz"
    Meanings(few, counting, kept).nearest(["a newspaper man"], "recipient")
    Meanings(few, counting, kept).nearest(["a newspaper man"], "recipient")
    assert [count for count in calls if count > 1] == calls[:1]
    Meanings(Vocabulary([WORDS.terms["media"]]), counting, kept).nearest(["a newspaper man"], "recipient")
    assert len([count for count in calls if count > 1]) == 2


def test_what_was_guessed_is_known_to_be_so(meanings: Meanings) -> None:
    reader = FactReader(WORDS, pipeline(), meanings)
    question = reader.read(Message("can I send the injury snapshots to the court"))
    assert question.facts.materials == ("injury_photograph",)
    assert dict(question.guessed)["injury_photograph"] < 1
    assert reader.read(Message("can I send the injury photos to the court")).guessed == ()
