"""Vectors of the index in use: most of a new one's, and read from there in a tenth of the time that Chroma takes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

_KEYS = "keys.npy"
Halves = npt.NDArray[np.float16]


def note(folder: Path, keys: Sequence[str]) -> None:
    """Write down which texts the folder's vectors of passages and sentences stand for, in their order."""
    np.save(folder / _KEYS, np.array(keys, dtype="S64"))


def fill(rows: Halves, keys: Sequence[str], root: Path) -> npt.NDArray[np.bool_]:
    """Put the vectors that a whole index below `root` has into their rows; tells which rows now have theirs."""
    wanted = np.array(keys, dtype="S64")
    filled = np.zeros(len(keys), dtype=np.bool_)
    for folder in root.iterdir():
        if not (folder / "content.json").is_file():
            continue
        try:
            there = np.load(folder / _KEYS, allow_pickle=False)
            vectors = np.concatenate([np.load(folder / name) for name in ("passages.npy", "sentences.npy")])
        except (OSError, ValueError):  # an index of an earlier version, or one that is being deleted
            continue
        if len(there) == len(vectors) > 0:
            order = np.argsort(there)
            place = order[np.searchsorted(there, wanted, sorter=order).clip(max=len(there) - 1)]
            found = (there[place] == wanted) & ~filled
            rows[found] = vectors[place[found]]
            filled |= found
    return filled
