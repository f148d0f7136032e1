"""Says what a check found in a line for people: what, how often, whose, where, and what the guidance answers. Pure."""

from collections.abc import Iterable, Sequence

from bot.domain.finding import Category, Finding, Hazard, Role, Unread
from bot.domain.words import CATEGORY_WORDS, ROLE_WORDS
from knowledge import Vocabulary

_MOST_PLACES = 3
_SAID = frozenset(
    {
        Category.HEALTH,
        Category.SEXUAL_OFFENCE,
        Category.SPECIAL_CATEGORY,
        Category.CRIMINAL_RECORD,
        Category.CHILD,
    }
)
"""Told by words rather than by one value: every mention counts."""


def finding_words(findings: Sequence[Finding], hidden: bool) -> str:
    """Findings of one role in their order: "Phone number × 2, home or other address of a witness (page 2)"."""
    counts: dict[Category, int] = {}
    for category in dict.fromkeys(finding.category for finding in findings):
        counts[category] = _count([finding for finding in findings if finding.category is category])
    kinds = [CATEGORY_WORDS[category] + (f" × {count}" if count > 1 else "") for category, count in counts.items()]
    role = findings[0].role
    # "Detail about a child of a child" says no more than "detail about a child".
    told = role is Role.UNKNOWN or (role is Role.CHILD and set(counts) == {Category.CHILD})
    whose = "" if told else f" of {ROLE_WORDS[role]}"
    return f"{_capital(('hidden ' if hidden else '') + ', '.join(kinds))}{whose}{places(f.place for f in findings)}"


def hazard_words(hazards: Sequence[Hazard]) -> str:
    """What is wrong, and everywhere it is so."""
    return f"{_capital(hazards[0].detail.rstrip('.'))}{places(hazard.place for hazard in hazards)}"


def unread_words(unread: Sequence[Unread]) -> str:
    """What could not be checked, and why."""
    return f"Not checked: {unread[0].detail.rstrip('.')}{places(one.place or 'the file' for one in unread)}"


def material_words(material: str, vocabulary: Vocabulary) -> str:
    """The kind of document with the number of its form: "This looks like a witness statement (MG11)"."""
    said = vocabulary.say(material)
    known = vocabulary.terms.get(material)
    form = next((word for word in known.words if word.startswith("MG") and word[2:3].isdigit()), "") if known else ""
    return f"This looks like {said}" + (f" ({form})" if form and form not in said.replace(" ", "") else "")


def places(names: Iterable[str]) -> str:
    """The places in brackets, the first few by name."""
    found = list(dict.fromkeys(name for name in names if name))
    more = f" and {len(found) - _MOST_PLACES} more" if len(found) > _MOST_PLACES else ""
    return f" ({', '.join(found[:_MOST_PLACES])}{more})" if found else ""


def _count(findings: Sequence[Finding]) -> int:
    """How many values there are; one value at two places is one, and so is one person under two forms of a name."""
    if findings[0].category is Category.PERSON_NAME and all(finding.about for finding in findings):
        return len({finding.about for finding in findings})
    if findings[0].category in _SAID or not all(finding.digest for finding in findings):
        return sum(finding.count for finding in findings)
    return len({finding.digest for finding in findings})


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
