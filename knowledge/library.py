"""The guidance library: open it, search it, ask it which questions people asked before."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.embed import Vectors, embedder
from knowledge.errors import GuidanceError
from knowledge.everyday import Everyday
from knowledge.index import Index
from knowledge.keep import Progress
from knowledge.leaning import Leaning
from knowledge.load import starter_pack
from knowledge.model import Document, Example, Passage, Rule
from knowledge.source import BuildFailed, Source
from knowledge.vocabulary import Vocabulary

_SHORT = 300
"""Characters: a longer text says enough by itself, and takes its time to embed a second time."""


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

    def __init__(self, index: Index, vocabulary: Vocabulary, name: str, folder: Path, problem: str = "") -> None:
        self._index = index
        self.vocabulary = vocabulary
        self.stamp = name
        self.folder = folder
        self.problem = problem
        """Why this is not the newest index; empty when it is."""
        content = index.content
        self.documents: dict[str, Document] = {document.id: document for document in content.documents}
        self.rules: tuple[Rule, ...] = content.rules
        self.examples: tuple[Example, ...] = content.examples
        self.passages: tuple[Passage, ...] = content.passages
        self.skipped = content.skipped
        self.rule_by_id: dict[str, Rule] = {rule.id: rule for rule in content.rules}
        self._everyday = Everyday.load().with_those_of(document.text for document in content.documents)
        sections: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
        for passage in content.passages:
            sections.setdefault((passage.document, passage.section), []).append(passage)
        self._sections = {place: tuple(several) for place, several in sections.items()}

    @classmethod
    def open(
        cls,
        data_dir: Path,
        guidance_dir: Path | None = None,
        vocabulary_file: Path | None = None,
        progress: Progress | None = None,
    ) -> "Library":
        """Open the index, building it first when guidance, vocabulary or model changed; raises GuidanceError.

        When the build fails, the last whole index of this folder is used and `problem` says why.
        """
        source = Source(data_dir / "index", guidance_dir or starter_pack(), vocabulary_file)
        problem = ""
        try:
            name = source.bring_up_to_date(progress or (lambda done, total, what: None))
        except BuildFailed as error:
            earlier = source.last()
            if earlier is None:
                raise
            name, problem = earlier, str(error)
        try:
            index = Index(source.root / name)
        except FileNotFoundError:
            # Another process found a change and put a newer index in its place this moment.
            return cls.open(data_dir, guidance_dir, vocabulary_file, progress)
        return cls(index, Vocabulary.load(vocabulary_file), name, source.folder, problem)

    @classmethod
    def open_built(cls, source: Source, name: str, vocabulary: Vocabulary | None = None) -> "Library":
        """Open an index that was made; raises GuidanceError when it is not there."""
        vocabulary = vocabulary or Vocabulary.load(source.vocabulary_file)
        try:
            return cls(Index(source.root / name), vocabulary, name, source.folder)
        except OSError as error:
            raise GuidanceError("the new index is not whole; run `sendcheck guidance index`") from error

    @cached_property
    def _vector(self) -> Callable[[str], Vectors]:
        """The vector of a text; the last few are remembered, for one question is looked at in several ways."""
        embed = embedder()
        return lru_cache(maxsize=8)(lambda text: embed([text])[0])

    def search(self, text: str, count: int = 5) -> tuple[Hit, ...]:
        """The passages that fit the text best, by meaning with a small share for shared words."""
        spelled = self._everyday.asked(text) if len(text) <= _SHORT else text
        found = self._index.best_passages(self._vector(spelled), spelled, count)
        return tuple(Hit(self.passages[number], score) for number, score in found)

    def neighbours(self, passage: Passage) -> tuple[Passage, ...]:
        """The passages of the same section, in the order of the document, this one among them."""
        return self._sections[passage.document, passage.section]

    def asked(self, text: str, count: int = 8) -> tuple[Asked, ...]:
        """The known questions most like this one, nearest first."""
        found = self._index.nearest_examples(self._vector(text), count)
        return tuple(
            Asked(self.examples[number], similarity)
            for number, similarity in sorted(found.items(), key=lambda pair: -pair[1])
        )

    def leaning(self, text: str) -> Leaning:
        """What the known questions say together of this one: is it for this guidance, and how strict the answer is."""
        return self._index.leaning(self._vector(text), self.vocabulary.named(text))

    def spell_out(self, text: str) -> str:
        """The text with its abbreviations said in words after it: "MG11" gains "a witness statement"."""
        said = {self.vocabulary.say(mention.term) for mention in self.vocabulary.find(text)}
        missing = [words for words in sorted(said) if words.lower() not in text.lower()]
        return f"{text} ({', '.join(missing)})" if missing else text

    def warm_up(self) -> None:
        """Load what is loaded on first use, so that the first answer is as quick as the next."""
        self.asked("warm up")
        self.search("warm up")
