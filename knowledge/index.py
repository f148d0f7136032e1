"""A finished index: vectors and words, searched in memory; built beside the old one and renamed when whole."""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from knowledge import earlier
from knowledge.embed import NAME, Vectors
from knowledge.everyday import Everyday
from knowledge.keep import Progress, VectorStore, key_of
from knowledge.leaning import Leaning, Leanings, learned
from knowledge.model import Document, Example, Passage, Rule
from knowledge.split import sentences
from knowledge.vocabulary import Vocabulary
from knowledge.words import plain_words, stem, words_of

if TYPE_CHECKING:
    import bm25s

FORMAT = 8
"""Raised whenever the way of storing changes, so that old indexes are rebuilt."""
# models.md part 2, and `python -m bench retrieval`: passage and best sentence together, with a small lexical share; an
# equal share drags dense ranking down.
_KEYWORD_SHARE = 0.15
_CANDIDATES = 200
"""Passages whose sentences are looked at."""


@dataclass(frozen=True)
class Content:
    """Everything that was read from the guidance folder."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]
    skipped: tuple[tuple[str, str], ...] = ()


_CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def stamp(guidance: str, vocabulary: str) -> str:
    """Names the index that belongs to this guidance, vocabulary, model and code."""
    return hashlib.sha256("\n".join((guidance, vocabulary, NAME, str(FORMAT), code())).encode()).hexdigest()[:20]


@cache
def code() -> str:
    """A hash of the code and data that read guidance, as they were at start: after an upgrade all is read anew."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted((*here.rglob("*.py"), *here.glob("*.yaml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class Index:
    """One finished index; after it was opened only sentences are read from the disk, through a memory map."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self.content = _CONTENT.validate_json((folder / "content.json").read_bytes())
        self._passages = np.load(folder / "passages.npy", allow_pickle=False).astype(np.float32)
        self._examples = np.load(folder / "examples.npy", allow_pickle=False).astype(np.float32)
        self._sentences = np.load(folder / "sentences.npy", mmap_mode="r", allow_pickle=False)
        self._first = np.load(folder / "first.npy", allow_pickle=False)
        self._leanings = Leanings.load(folder / "leanings.npz", self._examples)
        self._keyword = bm25s.BM25.load(str(folder / "keyword"))

    def leaning(self, vector: Vectors, named: Collection[str]) -> Leaning:
        """What the known questions say together of a text with this vector that names these terms."""
        return self._leanings.of(vector, named)

    def best_passages(self, vector: Vectors, text: str, count: int) -> list[tuple[int, float]]:
        """Passage number and score, best first: likeness of the passage and of its best sentence, and shared words."""
        if not self.content.passages:
            return []
        whole = self._passages @ vector
        words = self._words(text)
        likely = _highest(whole + 2 * _KEYWORD_SHARE * words, max(_CANDIDATES, count))
        sentence = np.array([self._best_sentence(number, vector) for number in likely], dtype=np.float32)
        scores = (whole[likely] + sentence) / 2 + _KEYWORD_SHARE * words[likely]
        order = np.argsort(-scores, kind="stable")[:count]
        return [(int(likely[i]), float(scores[i])) for i in order]

    def nearest_examples(self, vector: Vectors, count: int) -> dict[int, float]:
        """Example number to cosine similarity, for the nearest `count`."""
        near = self._examples @ vector
        return {int(number): float(near[number]) for number in _highest(near, count)}

    def _best_sentence(self, number: int, vector: Vectors) -> float:
        rows = self._sentences[self._first[number] : self._first[number + 1]]
        return float((rows.astype(np.float32) @ vector).max())

    def _words(self, text: str) -> Vectors:
        """BM25 of every passage as a share of the best."""
        known = [stem for word in words_of(text) if (stem := word.stem) in self._keyword.vocab_dict]
        if not known:
            return np.zeros(len(self.content.passages), dtype=np.float32)
        scores: Vectors = np.asarray(self._keyword.get_scores(known), dtype=np.float32)
        best = float(scores.max())
        return scores / best if best > 0 else scores


def _highest(scores: Vectors, count: int) -> npt.NDArray[np.intp]:
    if count >= len(scores):
        return np.argsort(-scores, kind="stable")
    return np.argpartition(-scores, count)[:count]


def exists(root: Path, name: str) -> bool:
    """True when the index was finished; a half-built one never gets its final name."""
    return (root / name / "content.json").is_file()


def build(
    root: Path,
    name: str,
    content: Content,
    everyday: Everyday,
    vocabulary: Vocabulary,
    store: VectorStore,
    progress: Progress,
) -> Path:
    """Build the index beside the current one and give it its name when it is whole."""
    for left in root.glob(".building-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=root))
    try:
        keys = _write(folder, content, everyday, store, progress)
        _learn(folder, content, vocabulary)
        (folder / "content.json").write_bytes(_CONTENT.dump_json(content))
        final = root / name
        if final.exists():
            shutil.rmtree(final)
        folder.rename(final)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for old in root.iterdir():
        if (old / "keyword").is_dir() and old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    store.forget_others(keys)
    return final


def _write(folder: Path, content: Content, everyday: Everyday, store: VectorStore, progress: Progress) -> Sequence[str]:
    """Everything but the content itself; gives the keys of the vectors that are needed."""
    passages = [everyday.written(f"{' › '.join(one.section)}: {one.text}") for one in content.passages]
    # The heading gives a short sentence its subject.
    parts = [
        [everyday.written(f"{one.section[-1]}: {said}") for said in sentences(one.text)] or [passages[number]]
        for number, one in enumerate(content.passages)
    ]
    examples = [example.question for example in content.examples]
    halves = [*passages, *(said for part in parts for said in part)]
    keys = list(map(key_of, halves))
    vectors = np.zeros((len(halves), 384), dtype=np.float16)
    missing = np.flatnonzero(~earlier.fill(vectors, keys, folder.parent))
    made = store.vectors([*(halves[i] for i in missing), *examples], progress)
    vectors[missing] = made[: len(missing)]
    asked = made[len(missing) :]
    earlier.note(folder, keys)
    np.save(folder / "passages.npy", vectors[: len(passages)])
    np.save(folder / "sentences.npy", vectors[len(passages) :])
    np.save(folder / "examples.npy", asked)
    np.save(folder / "first.npy", np.cumsum([0, *map(len, parts)]))
    _keyword(passages).save(str(folder / "keyword"))
    return [*keys, *map(key_of, examples)]


def _keyword(texts: Sequence[str]) -> "bm25s.BM25":
    import bm25s

    # Importing it turns on its messages for its own developers.
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    keyword = bm25s.BM25(k1=1.2, b=0.5)
    words = [list(map(stem, plain_words(text))) or [""] for text in texts]
    keyword.index(words or [[""]], show_progress=False)
    return keyword


def _learn(folder: Path, content: Content, vocabulary: Vocabulary) -> None:
    answers = {rule.id: rule.answer for rule in content.rules}
    vectors = np.load(folder / "examples.npy", allow_pickle=False).astype(np.float32)
    named = [vocabulary.named(example.question) for example in content.examples]
    learned(vectors, named, [answers.get(example.rule or "", "") for example in content.examples]).save(
        folder / "leanings.npz"
    )
