"""Whether an account reads like something that left, by likeness to examples and not by its words.

A line is drawn between the example accounts of what went and those of ordinary work, in the space of sentence
embeddings (ridge regression, Hoerl and Kennard 1970, solved at first use). Fragments without a verb that tells of
something done ("statement to the defence") are questions in short form and are left alone.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from bot.domain.nearmiss import AlreadySent
from bot.language import pipeline
from bot.nearmiss.nearest import Embed, examples, neighbours

SHRINKAGE = 0.3
ACROSS = 0.1
"""How far across the line a message must be: one in a hundred ordinary questions is."""
WITH_A_SIGN = -0.6
"""How far where a word says that something was wrong, as in "unredacted" or "the wrong inbox"."""
FEWEST_WORDS, LONGEST = 4, 500
"""Shorter ones say too little, longer ones are mostly pasted letters, whose words are not the sender's."""
_DONE = frozenset({"have", "be", "get"})
_SENDING = frozenset({"send", "serve", "email", "post", "forward", "share", "go", "text", "upload"})


def reads_as_gone(text: str, embed: Embed, *, wrong: bool) -> bool:
    """Whether a message tells of something done and reads like what left; `wrong`: a word says that it was wrong."""
    if len(text.split()) < FEWEST_WORDS or len(text) > LONGEST or not _tells(text):
        return False
    middle, direction, level = _line(embed)
    return float((np.asarray(embed([text]))[0] - middle) @ direction + level) > (WITH_A_SIGN if wrong else ACROSS)


def warm_up(embed: Embed) -> None:
    """Read the examples once, which takes seconds: the first who reports should not wait for it."""
    _ = neighbours("", embed), _line(embed)


def _tells(text: str) -> bool:
    """Whether it has a verb in the past, or a participle with "have", "be" or "get", and is not about to send."""
    tokens = list(pipeline()(text))
    if any(token.tag_ == "VBG" and token.lemma_ in _SENDING for token in tokens):
        return False
    return any(
        token.tag_ == "VBD"
        or (token.tag_ == "VBN" and any(child.lemma_ in _DONE and child.tag_[:2] == "VB" for child in token.children))
        for token in tokens
    )


@lru_cache(maxsize=2)
def _line(embed: Embed) -> tuple[npt.NDArray[Any], npt.NDArray[Any], float]:
    """The middle of the examples, the direction of what went, and the level at the middle."""
    raw = yaml.safe_load((Path(__file__).parent / "accounts.yaml").read_text(encoding="utf-8"))
    gone, ordinary = list(raw["went"]), list(raw["ordinary"])
    gone += [example.text for example in examples() if example.already_sent is AlreadySent.TRUE]
    ordinary += [example.text for example in examples() if example.already_sent is AlreadySent.FALSE]
    vectors = np.asarray(embed([*gone, *ordinary]), dtype=np.float64)
    wanted = np.concatenate([np.ones(len(gone)), -np.ones(len(ordinary))])
    middle, level = vectors.mean(axis=0), float(wanted.mean())
    centred = vectors - middle
    shrunk = centred.T @ centred + SHRINKAGE * np.eye(vectors.shape[1])
    return middle, np.linalg.solve(shrunk, centred.T @ (wanted - level)), level
