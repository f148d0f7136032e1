"""Phrases staff type are read as the terms they stand for."""

from pathlib import Path

import pytest

from knowledge import Vocabulary, VocabularyError

WORDS = Vocabulary.load()


@pytest.mark.parametrize(
    "text, terms",
    [
        ("can I send the MG11 to the defence", ["witness_statement", "defence"]),
        ("D2s precons", ["codefendant_convictions"]),
        ("wittness statement by cjsm", ["witness_statement", "secure_email"]),
        ("a generic training invite", ["training_material"]),
        ("reply to her email address", ["contact_details"]),
        ("the non-sensitive schedule", ["unused_schedule"]),
        ("she is in the office", []),
        ("any news on this", []),
    ],
)
def test_a_text_gives_the_terms_of_its_longest_phrases(text: str, terms: list[str]) -> None:
    found = [mention.term for mention in WORDS.find(text, forgive=lambda word: word == "wittness")]
    assert [term for term in found if term in terms or not terms] == terms


def test_a_word_that_denies_a_protection_says_so() -> None:
    lacking = [mention for mention in WORDS.find("an unencrypted disc") if mention.lacking]
    assert [mention.term for mention in lacking] == ["encrypted"]


def test_everyday_words_are_marked_as_faint() -> None:
    assert [mention.faint for mention in WORDS.find("the file")] == [True]


def test_a_narrower_term_replaces_the_broader_ones() -> None:
    assert WORDS.narrowest(["case_material", "witness_statement", "personal_data"]) == ("witness_statement",)


def test_every_parent_and_owner_is_a_term() -> None:
    for term in WORDS.terms.values():
        assert set(term.parents) <= set(WORDS.terms)
        assert {meant for _, meant in term.owned_by} <= set(WORDS.terms)


def test_a_site_adds_words_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("material:\n  witness_statement: {words: [blue form]}\n", encoding="utf-8")
    assert [mention.term for mention in Vocabulary.load(own).find("the blue form")] == ["witness_statement"]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("material: {x: {is_a: [nothing]}}\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="nothing"):
        Vocabulary.load(own)
