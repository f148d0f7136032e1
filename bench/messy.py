"""Is the right document first? The messy set's questions through the product, its parts, and plain retrieval."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge import Document, Library, embedder
from knowledge.everyday import Everyday
from knowledge.readers import load
from knowledge.split import passages, sentences

FOLDER = Path(__file__).parents[1] / "tests" / "golden" / "messy"
_KEYWORD_SHARE = 0.15
Scores = np.ndarray
Texts = list[str]


@dataclass(frozen=True)
class Asked:
    """One line of `questions.jsonl`."""

    id: str
    question: str
    right: str


@dataclass(frozen=True)
class Ranks:
    """At which place, from 0, each question found its document."""

    places: tuple[int, ...]
    kindly: tuple[int, ...]
    """The same when an older edition of the right document counts as right."""

    def first(self, count: int, *, tuned: bool | None = None, kindly: bool = False) -> float:
        """The share found among the first `count`; of all, of those tuned on (odd numbers), or of the others."""
        start, step = (0, 1) if tuned is None else (0 if tuned else 1, 2)
        chosen = (self.kindly if kindly else self.places)[start::step]
        return sum(place < count for place in chosen) / len(chosen)


def questions() -> tuple[Asked, ...]:
    """All questions in the order of the file."""
    lines = (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Asked(**json.loads(line)) for line in lines)


def older() -> dict[str, str]:
    """Older edition to the one in force."""
    return dict(json.loads((FOLDER / "editions.json").read_text(encoding="utf-8"))["older"])


def product(library: Library, asked: Sequence[Asked]) -> Ranks:
    """The library as it answers."""
    return _ranks(asked, [_documents(library, one.question) for one in asked])


def _documents(library: Library, text: str) -> list[str]:
    found = library.search(text, len(library.passages))
    return list(dict.fromkeys(hit.passage.document for hit in found))


class Plain:
    """The parts one by one, over every passage of the folder."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.documents: tuple[Document, ...] = load(FOLDER / "guidance").documents
        self.passages = [passage for document in self.documents for passage in passages(document)]
        self.everyday = Everyday.load().with_those_of(document.text for document in self.documents)
        self._vectors: dict[str, np.ndarray] = {}

    def runs(self) -> dict[str, Ranks]:
        """Each way of finding by its name."""
        typed = [one.question for one in self.asked]
        said = [self.everyday.asked(text) for text in typed]
        bare = [one.text for one in self.passages]
        headed = [f"{' › '.join(one.section)}: {one.text}" for one in self.passages]
        spelled = [self.everyday.written(text) for text in headed]
        same: Callable[[str], str] = str
        return {
            "BM25 alone": self._ranked(self.words(typed, headed)),
            "embedding alone, passage": self._ranked(self.meaning(typed, bare)),
            "embedding alone, headings and passage": self._ranked(self.meaning(typed, headed)),
            "  and best sentence": self._ranked(self._both(typed, headed, same)),
            "  and a small share of BM25": self._ranked(self._all(typed, headed, same)),
            "  and older editions left out": self._ranked(self._all(typed, headed, same), fold=True),
            "  and acronyms spelled out in passages": self._ranked(
                self._all(typed, spelled, self.everyday.written), fold=True
            ),
            "  and everyday words said plainly": self._ranked(
                self._all(said, spelled, self.everyday.written), fold=True
            ),
        }

    def meaning(self, asked: Texts, texts: Texts) -> Scores:
        """Cosine of each question with each text."""
        return self._embedded(asked) @ self._embedded(texts).T

    def words(self, asked: Texts, texts: Texts) -> Scores:
        """BM25 of each question with each text."""
        import bm25s
        import Stemmer

        stemmer = Stemmer.Stemmer("english")
        index = bm25s.BM25()
        index.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
        rows = []
        for text in asked:
            tokens = bm25s.tokenize([text], stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False)[0]
            known = [token for token in tokens if token in index.vocab_dict]
            rows.append(index.get_scores(known) if known else np.zeros(len(texts)))
        return np.array(rows)

    def _both(self, asked: Texts, texts: Texts, written: Callable[[str], str]) -> Scores:
        parts = [[written(f"{one.section[-1]}: {said}") for said in sentences(one.text)] for one in self.passages]
        best = [
            self.meaning(asked, part).max(axis=1) if part else self.meaning(asked, [text])[:, 0]
            for part, text in zip(parts, texts, strict=True)
        ]
        return (self.meaning(asked, texts) + np.array(best).T) / 2

    def _all(self, asked: Texts, texts: Texts, written: Callable[[str], str]) -> Scores:
        words = self.words(asked, texts)
        share = words / np.maximum(words.max(axis=1, keepdims=True), 1e-9)
        return self._both(asked, texts, written) + _KEYWORD_SHARE * share

    def _ranked(self, scores: Scores, *, fold: bool = False) -> Ranks:
        left_out = older() if fold else {}
        found = []
        for row in scores:
            order = [self.passages[i].document for i in np.argsort(-row, kind="stable")]
            found.append([name for name in dict.fromkeys(order) if name not in left_out])
        return _ranks(self.asked, found)

    def _embedded(self, texts: Texts) -> np.ndarray:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if fresh:
            self._vectors.update(zip(fresh, embedder()(fresh), strict=True))
        return np.array([self._vectors[text] for text in texts])


def _ranks(asked: Sequence[Asked], found: Sequence[list[str]]) -> Ranks:
    current = older()
    kindly = [list(dict.fromkeys(current.get(name, name) for name in names)) for names in found]
    return Ranks(
        tuple(_place(one.right, names) for one, names in zip(asked, found, strict=True)),
        tuple(_place(one.right, names) for one, names in zip(asked, kindly, strict=True)),
    )


def _place(right: str, names: list[str]) -> int:
    return names.index(right) if right in names else len(names)
