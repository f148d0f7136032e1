"""Passages and example questions as vectors in Chroma and words in a keyword index, rebuilt only after a change."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from knowledge.embed import NAME, Embedder, Vectors
from knowledge.model import Document, Example, Passage, Rule
from knowledge.vocabulary import words_of

FORMAT = 5
"""Raised whenever the way of splitting, reading or storing changes, so that old indexes are rebuilt."""
_BATCH = 256
_RIDGE = 0.1
Progress = Callable[[int, int, str], None]


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
    return hashlib.sha256("\n".join((guidance, vocabulary, NAME, str(FORMAT))).encode()).hexdigest()[:20]


def passage_text(passage: Passage) -> str:
    """What is embedded for a passage: its heading path gives a short paragraph its subject."""
    return f"{' › '.join(passage.section)}: {passage.text}"


class Index:
    """One finished index on disk."""

    def __init__(self, folder: Path) -> None:
        import bm25s
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        client = chromadb.PersistentClient(str(folder / "chroma"), Settings(anonymized_telemetry=False))
        self._passages = Chroma(collection_name="passages", client=client)
        self._examples = Chroma(collection_name="examples", client=client)
        self._keyword = bm25s.BM25.load(str(folder / "keyword"))
        self._relevance = np.load(folder / "relevance.npy", allow_pickle=False)
        self.content = _CONTENT.validate_json((folder / "content.json").read_bytes())

    def relevance(self, vector: Vectors) -> float:
        """About 1 for a text that reads like a question of this guidance, -1 for one it leaves to others."""
        return float(vector @ self._relevance[:-1] + self._relevance[-1])

    def nearest_passages(self, vector: Vectors, count: int) -> dict[int, float]:
        """Passage number to cosine similarity, for the nearest `count`."""
        return _nearest(self._passages, vector, min(count, len(self.content.passages)))

    def nearest_examples(self, vector: Vectors, count: int) -> dict[int, float]:
        """Example number to cosine similarity, for the nearest `count`."""
        return _nearest(self._examples, vector, min(count, len(self.content.examples)))

    def keyword_passages(self, text: str, count: int) -> dict[int, float]:
        """Passage number to BM25 score as a share of the best, for the best `count` above nothing."""
        stems = [word.stem for word in words_of(text)]
        known = [stem for stem in stems if stem in self._keyword.vocab_dict]
        if not known or not self.content.passages:
            return {}
        found, scores = self._keyword.retrieve([known], k=min(count, len(self.content.passages)), show_progress=False)
        best = float(scores[0][0])
        return {int(i): float(s) / best for i, s in zip(found[0], scores[0], strict=True) if s > 0} if best > 0 else {}


def _nearest(store: Any, vector: Vectors, count: int) -> dict[int, float]:
    if count == 0:
        return {}
    found = store.similarity_search_by_vector_with_relevance_scores(vector.tolist(), k=count)
    # Chroma gives a distance; the collections use the cosine space, so similarity is one minus it.
    return {int(document.metadata["number"]): 1.0 - float(distance) for document, distance in found}


def exists(root: Path, name: str) -> bool:
    """True when the index was finished; a half-built one never gets its final name."""
    return (root / name / "content.json").is_file()


def build(root: Path, name: str, content: Content, embed: Embedder, progress: Progress) -> Path:
    """Build the index beside the current one and give it its name when it is whole."""
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=root))
    try:
        texts = [passage_text(passage) for passage in content.passages] + [
            example.question for example in content.examples
        ]
        vectors = _vectors(root / "vectors.npz", texts, embed, progress)
        _store(folder, content, texts, vectors)
        np.save(folder / "relevance.npy", _relevance(content, vectors[len(content.passages) :]))
        (folder / "content.json").write_bytes(_CONTENT.dump_json(content))
        final = root / name
        if final.exists():
            shutil.rmtree(final)
        folder.rename(final)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for old in root.iterdir():
        if old.is_dir() and old.name != name and not old.name.startswith(".building-"):
            shutil.rmtree(old, ignore_errors=True)
    return final


def _vectors(cache: Path, texts: Sequence[str], embed: Embedder, progress: Progress) -> Vectors:
    """Vectors of the texts; those already embedded for an earlier index are not embedded again."""
    keys = [hashlib.sha256(f"{NAME}\n{text}".encode()).hexdigest() for text in texts]
    known: dict[str, Vectors] = {}
    if cache.is_file():
        with np.load(cache, allow_pickle=False) as stored:
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
    fresh = list(dict.fromkeys(i for i, key in enumerate(keys) if key not in known))
    for start in range(0, len(fresh), _BATCH):
        chosen = fresh[start : start + _BATCH]
        for index, vector in zip(chosen, embed([texts[i] for i in chosen]), strict=True):
            known[keys[index]] = vector
        progress(min(start + _BATCH, len(fresh)), len(fresh), "reading the guidance")
    vectors = np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), 384)
    partial = cache.with_suffix(".partial.npz")
    np.savez(partial, keys=np.array(keys), vectors=vectors)
    partial.replace(cache)
    return vectors


def _relevance(content: Content, vectors: Vectors) -> Vectors:
    outside = {rule.id for rule in content.rules if rule.answer == "not_covered"}
    return relevance_weights(vectors, np.array([example.rule in outside for example in content.examples], dtype=bool))


def relevance_weights(vectors: Vectors, outside: npt.NDArray[np.bool_]) -> Vectors:
    """Weights (384 and a bias) that tell the guidance's own questions from those it lists as not covered.

    Ridge regression with balanced classes. Likeness to one known question is misled by shared nouns ("what does a judge
    earn"); a direction learned from all is not. Without listed off-topic questions everything counts as relevant.
    """
    share = float(outside.mean()) if len(outside) else 0.0
    if share == 0.0:
        return np.append(np.zeros(384), 1.0).astype(np.float32)
    rows = np.hstack([vectors, np.ones((len(vectors), 1))]).astype(np.float64)
    balance = np.where(outside, 1.0 - share, share)
    normal = rows.T @ (balance[:, None] * rows) + _RIDGE * np.eye(rows.shape[1])
    weights: Vectors = np.linalg.solve(normal, rows.T @ (balance * np.where(outside, -1.0, 1.0))).astype(np.float32)
    return weights


def _store(folder: Path, content: Content, texts: Sequence[str], vectors: Vectors) -> None:
    import bm25s
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder / "chroma"), Settings(anonymized_telemetry=False))
    split = len(content.passages)
    for collection, start, end in (("passages", 0, split), ("examples", split, len(texts))):
        store = client.create_collection(collection, metadata={"hnsw:space": "cosine"}, embedding_function=None)
        for at in range(start, end, _BATCH):
            chosen = range(at, min(at + _BATCH, end))
            store.add(
                ids=[str(i - start) for i in chosen],
                embeddings=vectors[chosen.start : chosen.stop],
                documents=[texts[i] for i in chosen],
                metadatas=[{"number": i - start} for i in chosen],
            )
    keyword = bm25s.BM25(k1=1.2, b=0.5)
    keyword.index(
        [[word.stem for word in words_of(text)] or [""] for text in texts[:split]] or [[""]], show_progress=False
    )
    keyword.save(str(folder / "keyword"))
