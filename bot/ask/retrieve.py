"""Finds what the guidance says about a question: known questions like it, and passages about it."""

import math

from bot.ask.evidence import Evidence
from bot.ask.question import Question
from knowledge import Asked, Library

_PASSAGES = 6
_QUESTIONS = 24


def retrieve(question: Question, library: Library) -> Evidence:
    """Search with the whole question and with each sentence of a story that asks something; the better match counts."""
    nearest: dict[str, Asked] = {}
    for text in (question.text, *question.sentences):
        for found in library.asked(text, _QUESTIONS):
            known = nearest.get(found.example.question)
            if known is None or found.similarity > known.similarity:
                nearest[found.example.question] = found
    leaning = library.leaning(question.text)
    relevance = max(leaning.relevance, *(library.leaning(text).relevance for text in question.sentences), -math.inf)
    asked = sorted(nearest.values(), key=lambda found: -found.similarity)[:_QUESTIONS]
    return Evidence(tuple(asked), library.search(question.text, _PASSAGES), relevance, leaning.strictness)
