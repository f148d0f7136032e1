"""Large guidance: how long a whole answer takes, and how much room an index needs.

The passages are sentences of the starter pack in new order. For speed of answers their vectors are made up, except the
starter pack's own: to embed 50,000 passages would take an hour, and the time to search them does not depend on them.
"""

import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench import golden
from bot.domain.message import Message
from bot.settings import read_settings
from bot.wiring import build
from knowledge import Library, Passage, Shelf, embedder, starter_pack
from knowledge.everyday import Everyday
from knowledge.gather import gather
from knowledge.index import Content, Index
from knowledge.index import build as build_index
from knowledge.keep import Progress, Readings
from knowledge.split import sentences
from knowledge.vocabulary import Vocabulary


class MadeUp:
    """Stands where the store of vectors stands: real vectors for known texts, random ones for the rest."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = set(known)
        self._random = np.random.default_rng(7)

    def vectors(self, texts: Sequence[str], progress: Progress) -> np.ndarray:
        """One unit vector a text."""
        rows = self._random.normal(size=(len(texts), 384)).astype(np.float32)
        real = [i for i, text in enumerate(texts) if text in self._known]
        rows[real] = embedder()([texts[i] for i in real])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def forget_others(self, keys: Iterable[str]) -> None:
        """Nothing is kept."""


def answers(passages: int, step: int) -> dict[str, float]:
    """Times of whole answers to the golden questions (every `step`th) over that many passages."""
    vocabulary = Vocabulary.load()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "index"
        root.mkdir()
        readings = Readings(root / "readings.db")
        starter = gather(starter_pack(), vocabulary, "", readings, lambda done, total, what: None)
        readings.close()
        content = _grown(starter, passages)
        real = [example.question for example in content.examples]
        store: Any = MadeUp(real)
        build_index(root, "large", content, Everyday.load(), vocabulary, store, lambda done, total, what: None)
        size = sum(path.stat().st_size for path in (root / "large").rglob("*") if path.is_file())
        before = _resident()
        began = time.perf_counter()
        library = Library(Index(root / "large"), vocabulary, "large", starter_pack())
        opened = time.perf_counter() - began
        settings = read_settings().model_copy(update={"data_dir": Path(folder)})
        service = build(settings)
        vars(service.parts)["shelf"] = Shelf(library, settings.data_dir)
        service.respond(golden.questions()[0].message)
        held = _resident() - before
        times, worked = _timed(service.respond, [question.message for question in golden.questions()[::step]])
        service.close()
    return {
        "passages": float(len(content.passages)),
        "answer p50, ms": statistics.median(times),
        "answer p95, ms": times[int(len(times) * 0.95)],
        "answer p50, ms of processor": statistics.median(worked),
        "answer p95, ms of processor": worked[int(len(worked) * 0.95)],
        "index on disk, MB": size / 1e6,
        "index opened in, s": opened,
        "peak memory with everything loaded, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "memory added by index and reader, MB": held / 1e6,
    }


def _timed(respond: golden.Respond, messages: Sequence[Message]) -> tuple[list[float], list[float]]:
    """Milliseconds on the clock and of the processor, each in order of length: on a busy machine only these tell."""
    times, worked = [], []
    for message in messages:
        began, at_work = time.perf_counter(), time.process_time()
        respond(message)
        times.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - at_work) * 1000)
    return sorted(times), sorted(worked)


def _grown(content: Content, count: int) -> Content:
    drawn = random.Random(5)
    known = [said for passage in content.passages for said in sentences(passage.text)]
    made = []
    for number in range(max(0, count - len(content.passages))):
        like = content.passages[number % len(content.passages)]
        text = " ".join(drawn.choices(known, k=4))
        made.append(Passage(f"{like.document}#made-{number}", like.document, like.section, text))
    return Content(content.documents, (*content.passages, *made)[:count], content.rules, content.examples)


def _resident() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)
