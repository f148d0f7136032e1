# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Mistakes of assembly: template words left in a letter, and a convictions bundle about more than one person."""

from collections.abc import Sequence

import regex

from bot.domain.finding import Category, Hazard, HazardKind
from bot.scan.recognise.interface import Span

_PLACEHOLDER = regex.compile(
    r"\[ ?(?:insert|enter|add|type|delete|name|title|date|address|surname|forename|first name|defendant|victim|witness|court|amount|reference|urn|salutation|recipient|your|tbc|xx+|click)\b[^\]\n]{0,60}\]"
    r"|<<[^<>\n]{1,60}>>|«[^«»\n]{1,60}»|\{\{[^{}\n]{1,60}\}\}|<(?:insert|enter|name|title|date|address|defendant|victim)\b[^<>\n]{0,40}>"
    r"|\b(?:click|tap) (?:here )?or (?:tap|click) (?:here )?to enter (?:text|a date)|\bclick here to enter\b|\{ ?MERGEFIELD[^}]{0,60}\}|\blorem ipsum\b"
    r"|\bdelete as (?:appropriate|applicable)\b",
    regex.I,
)
_CROSSES = regex.compile(r"(?<![\w*])X{3,}(?![\w*])")
_LETTER = regex.compile(r"\bdear\b|\byours (?:sincerely|faithfully)", regex.I)


def placeholders(text: str, place: str) -> Hazard | None:
    """Template words nobody filled in, counted; crosses count in letters only, where they stand for a missing value."""
    count = len(_PLACEHOLDER.findall(text))
    if _LETTER.search(text):
        count += len(_CROSSES.findall(text))
    if not count:
        return None
    return Hazard(HazardKind.TEMPLATE_PLACEHOLDER, place, "Template wording was left in and never filled in.", count)


def mixed_subjects(pages: Sequence[tuple[str, str, Sequence[Span]]], materials: Sequence[str]) -> Hazard | None:
    """Two PNC IDs, CRO numbers or dates of birth in a convictions print: it is about more than one person.

    `pages` are (place, text, spans). The wrong person's convictions in a bundle is the inspectorate's first example (facts.md 1.1).
    """
    if "previous_convictions" not in materials:
        return None
    for category in (Category.PNC_ID, Category.CRO_NUMBER, Category.DATE_OF_BIRTH):
        seen: dict[str, str] = {}
        for place, text, spans in pages:
            for span in spans:
                if span.category is category and span.confidence >= 0.7:
                    seen.setdefault(
                        regex.sub(r"\W|^(?:19|20)(?=\d\d/)", "", text[span.start : span.end]).upper(), place
                    )
        if len(seen) > 1:
            what = (
                category.value.replace("_", " ")
                .replace("pnc id", "PNC IDs")
                .replace("cro number", "CRO numbers")
                .replace("date of birth", "dates of birth")
            )
            return Hazard(
                HazardKind.MIXED_SUBJECTS,
                list(seen.values())[1],
                f"This convictions print holds {len(seen)} different {what}: it is about more than one person.",
                len(seen),
            )
    return None
