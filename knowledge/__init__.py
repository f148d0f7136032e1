"""The guidance library. Its public face: nothing else of this package is imported from outside.

Only the plain values are imported at once; the library itself (models, Chroma) is imported on first use, because a
command such as `sendcheck --help` must not wait for it.
"""

from typing import TYPE_CHECKING, Any

from knowledge.errors import GuidanceError, VocabularyError
from knowledge.model import Document, Example, Facts, Passage, Rule

if TYPE_CHECKING:
    from knowledge.editions import Edition, find_editions
    from knowledge.embed import embedder
    from knowledge.library import Asked, Hit, Library
    from knowledge.lint import Defect, find_defects
    from knowledge.load import starter_pack
    from knowledge.ruling import Case, Match, all_matches, cases, match, prevailing
    from knowledge.shelf import Shelf
    from knowledge.vocabulary import Mention, Vocabulary
    from knowledge.words import stem, words_of

_LAZY = {
    "Asked": "library",
    "Hit": "library",
    "Library": "library",
    "Defect": "lint",
    "find_defects": "lint",
    "Edition": "editions",
    "find_editions": "editions",
    "Shelf": "shelf",
    "Case": "ruling",
    "Match": "ruling",
    "all_matches": "ruling",
    "cases": "ruling",
    "match": "ruling",
    "prevailing": "ruling",
    "Mention": "vocabulary",
    "Vocabulary": "vocabulary",
    "stem": "words",
    "words_of": "words",
    "embedder": "embed",
    "starter_pack": "load",
}

__all__ = [
    "Asked",
    "Case",
    "Defect",
    "Document",
    "Edition",
    "Example",
    "Facts",
    "GuidanceError",
    "Hit",
    "Library",
    "Match",
    "Mention",
    "Passage",
    "Rule",
    "Shelf",
    "Vocabulary",
    "VocabularyError",
    "all_matches",
    "cases",
    "embedder",
    "find_defects",
    "find_editions",
    "match",
    "prevailing",
    "starter_pack",
    "stem",
    "words_of",
]


def __getattr__(name: str) -> Any:
    """Import the module that holds a lazy name."""
    if name not in _LAZY:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"knowledge.{_LAZY[name]}"), name)
