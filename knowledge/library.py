"""The guidance library: open it, search it, ask it which questions people asked before."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.embed import Embedder, embedder
from knowledge.index import Content, Index, Progress, build, exists, stamp
from knowledge.load import fingerprint, load, starter_pack
from knowledge.model import Document, Example, Passage, Rule
from knowledge.rules import Reading, read
from knowledge.split import passages
from knowledge.vocabulary import SHIPPED, Vocabulary

# models.md part 2: a small lexical share finds form and section numbers; an equal share drags dense ranking down.
_KEYWORD_SHARE = 0.2
_CANDIDATES = 24


@dataclass(frozen=True)
class Hit:
    """A passage found, with a score of about 0 (unrelated) to 1.2 (the same words)."""

    passage: Passage
    score: float


@dataclass(frozen=True)
class Asked:
    """A known question like the one asked."""

    example: Example
    similarity: float
    """Cosine, about 0 (unrelated) to 1 (the same)."""


class Library:
    """Documents, rules and examples of one guidance folder, searchable."""

    def __init__(self, index: Index, vocabulary: Vocabulary, name: str, folder: Path) -> None:
        self._index = index
        self.vocabulary = vocabulary
        self.stamp = name
        self.folder = folder
        content = index.content
        self.documents: dict[str, Document] = {document.id: document for document in content.documents}
        self.rules: tuple[Rule, ...] = content.rules
        self.examples: tuple[Example, ...] = content.examples
        self.passages: tuple[Passage, ...] = content.passages
        self.skipped = content.skipped
        self.rule_by_id: dict[str, Rule] = {rule.id: rule for rule in content.rules}

    @classmethod
    def open(
        cls,
        data_dir: Path,
        guidance_dir: Path | None = None,
        vocabulary_file: Path | None = None,
        progress: Progress | None = None,
    ) -> "Library":
        """Open the index, building it first when guidance, vocabulary or model changed; raises GuidanceError."""
        folder = guidance_dir or starter_pack()
        words = [SHIPPED.read_bytes(), vocabulary_file.read_bytes() if vocabulary_file else b""]
        name = stamp(fingerprint(folder), hashlib.sha256(b"\0".join(words)).hexdigest())
        vocabulary = Vocabulary.load(vocabulary_file)
        root = data_dir / "index"
        if not exists(root, name):
            build(root, name, read_all(folder, vocabulary), embedder(), progress or (lambda done, total, what: None))
        return cls(Index(root / name), vocabulary, name, folder)

    @cached_property
    def _embed(self) -> Embedder:
        return embedder()

    def search(self, text: str, count: int = 5) -> tuple[Hit, ...]:
        """The passages that fit the text best, by meaning with a small share for shared words."""
        spelled = self.spell_out(text)
        scores = self._index.nearest_passages(self._embed([spelled])[0], _CANDIDATES)
        words = self._index.keyword_passages(spelled, _CANDIDATES)
        ranked = sorted(
            ((score + _KEYWORD_SHARE * words.get(number, 0.0), number) for number, score in scores.items()),
            reverse=True,
        )
        return tuple(Hit(self.passages[number], score) for score, number in ranked[:count])

    def asked(self, text: str, count: int = 8) -> tuple[Asked, ...]:
        """The known questions most like this one, nearest first."""
        found = self._index.nearest_examples(self._embed([text])[0], count)
        return tuple(
            Asked(self.examples[number], similarity)
            for number, similarity in sorted(found.items(), key=lambda pair: -pair[1])
        )

    def relevance(self, text: str) -> float:
        """About 1 for a question that this guidance is for, about -1 for one that it leaves to others."""
        return self._index.relevance(self._embed([text])[0])

    def spell_out(self, text: str) -> str:
        """The text with its abbreviations said in words after it: "MG11" gains "a witness statement"."""
        said = {self.vocabulary.say(mention.term) for mention in self.vocabulary.find(text)}
        missing = [words for words in sorted(said) if words.lower() not in text.lower()]
        return f"{text} ({', '.join(missing)})" if missing else text

    def warm_up(self) -> None:
        """Load what is loaded on first use, so that the first answer is as quick as the next."""
        self.asked("warm up")
        self.search("warm up")


def read_all(folder: Path, vocabulary: Vocabulary) -> Content:
    """Everything the folder's documents say; raises GuidanceError when it holds none."""
    found = load(folder)
    readings: list[Reading] = [read(document, vocabulary) for document in found.documents]
    return Content(
        found.documents,
        tuple(passage for document in found.documents for passage in passages(document)),
        tuple(rule for reading in readings for rule in reading.rules),
        tuple(example for reading in readings for example in reading.examples),
        found.skipped,
    )
