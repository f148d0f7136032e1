"""The guidance library. Its public face: nothing else of this package is imported from outside."""

from knowledge.model import Document, Example, Facts, Passage, Rule

__all__ = ["Document", "Example", "Facts", "Passage", "Rule"]
