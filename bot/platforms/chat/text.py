"""Cutting text to the lengths that a chat takes."""

from collections.abc import Iterator


def clip(text: str, longest: int) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def split(text: str, longest: int) -> Iterator[str]:
    """The text in parts that fit, cut at line ends or spaces where there are any, and never inside an entity."""
    while len(text) > longest:
        cut = max(text.rfind("\n", 0, longest), text.rfind(" ", 0, longest))
        cut = cut if cut > longest // 2 else longest
        entity = text.rfind("&", max(0, cut - 5), cut)
        if entity > 0 and ";" not in text[entity:cut]:
            cut = entity
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text
