"""Drafts for the guidance: a rule row and "People ask:" lines that a person looks over, completes and publishes."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge import Facts

UNKNOWN_MATERIAL = "(say what)"
UNKNOWN_RECIPIENT = "(say to whom)"
HEADER = "| Sending | To | By | Answer | Only if |\n| --- | --- | --- | --- | --- |"
MOST_LINES = 8
_MOST_CELL = 4
_ROW_MARK = re.compile(r"\((?:row|rule)\s*\d+\)", re.I)


@dataclass(frozen=True)
class Draft:
    """A rule row in the five columns of a rule table, and questions that name it."""

    sending: str
    to: str
    by: str
    answer: str
    only_if: str
    people_ask: tuple[str, ...]

    @property
    def row(self) -> str:
        """The row as Markdown."""
        return f"| {' | '.join((self.sending, self.to, self.by, self.answer, self.only_if))} |"

    @property
    def markdown(self) -> str:
        """A table with the row, and the list of questions."""
        lines = "\n".join(f"- {line} (row 1)" for line in self.people_ask)
        return f"{HEADER}\n{self.row}\n" + (f"\nPeople ask:\n\n{lines}\n" if lines else "")


def draft(facts: Sequence[Facts], questions: Iterable[str], whom: str, say: Callable[[str], str]) -> Draft:
    """A row from what the reader finds in the questions; a fact it does not find is left for the author to say.

    The answer is "ask first": only a person decides. What is not known reads "(say what)", which the vocabulary does
    not know either, so a draft that was pasted unfinished is reported by `sendcheck guidance lint` and not used.
    """
    return Draft(
        sending=_cell((one.materials for one in facts), say) or UNKNOWN_MATERIAL,
        to=_cell((one.recipients for one in facts), say) or UNKNOWN_RECIPIENT,
        by=_cell((one.channels for one in facts), say) or "any",
        answer=f"ask first: {_plain(whom)}",
        only_if="; ".join(_usual((one.protections for one in facts), say)),
        people_ask=tuple(dict.fromkeys(line for line in map(_plain, questions) if line))[:MOST_LINES],
    )


def _cell(terms: Iterable[Iterable[str]], say: Callable[[str], str]) -> str:
    return " or ".join(_usual(terms, say))


def _usual(terms: Iterable[Iterable[str]], say: Callable[[str], str]) -> list[str]:
    """The terms that come up in at least half as many questions as the commonest, in words, commonest first."""
    counts = Counter(term for some in terms for term in some)
    least = max(counts.values(), default=0) / 2
    usual = sorted((term for term, count in counts.items() if count >= least), key=lambda term: (-counts[term], term))
    return [_plain(say(term)) for term in usual[:_MOST_CELL]]


def _plain(text: str) -> str:
    """On one line, and neither a table cell nor a row mark of its own."""
    return " ".join(_ROW_MARK.sub("", text).replace("|", "/").split()).lstrip("-*#> ")
