"""Free text between people, shown as it will be kept before it is; what was taken out by mistake can be put back.

Nothing waits on the server meanwhile: the stretches that can be put back travel with the form, as its options.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.card import Field, FieldKind, Form
from bot.domain.component import ActError, Press
from bot.domain.nearmiss import ScrubbedText
from bot.nearmiss.forms import in_context, masked_in
from bot.nearmiss.scrub import Scrubber, Stretch, joined, labels_in

TAKEN_OUT = "Names and numbers were taken out. This is exactly what will be kept; change it, or send it as it is."
MOVED = (
    "Labels were added to the text or removed from it, so it is not clear where to put those words back. Take the "
    "ticks away, or write it in other words."
)
MOST, LONGEST_STRETCH = 10, 60
_CHOICE = re.compile(r"(\d{1,4})/(\d{1,4}):(.+)", re.DOTALL)


def settled(
    press: Press,
    form: Form,
    names: Sequence[str],
    scrubber: Scrubber,
    stood: Mapping[str, ScrubbedText] | None = None,
) -> Mapping[str, ScrubbedText] | Form:
    """The texts of these fields as they are to be kept, or the form again where something was taken out of one.

    What `stood` in a field already, as it was kept, may stay. Raises ActError where stretches cannot be put back.
    """
    kept: dict[str, ScrubbedText] = {}
    shown: dict[str, tuple[Field, ...]] = {}
    for name in names:
        text, spans, chosen = _put_back(press, name)
        if stood and name in stood:
            spans = [*spans, *_standing(scrubber.stretches(text, spans), stood[name].text)]
        scrubbed = scrubber.scrub(text, spans)
        kept[name] = scrubbed
        if scrubbed.text != text:
            shown[name] = _fields(form, name, text, scrubber, chosen)
    if not shown:
        return kept
    fields = [one for field in form.fields for one in shown.get(field.name, (_filled(field, press),))]
    return replace(form, fields=tuple(fields), intro=(TAKEN_OUT,))


def _standing(pieces: Sequence[Stretch], stood: str) -> Iterator[tuple[int, int]]:
    """Stretches that would be taken out and stood there before."""
    at = 0
    for piece in pieces:
        if piece.removed and piece.text in stood:
            yield at, at + len(piece.text)
        at += len(piece.text)


def _filled(field: Field, press: Press) -> Field:
    return replace(field, value=press.values.get(field.name, ()))


def _fields(form: Form, name: str, text: str, scrubber: Scrubber, chosen: Sequence[str]) -> tuple[Field, ...]:
    """The text with its labels, and what of it can be put back."""
    field = next(one for one in form.fields if one.name == name)
    pieces = scrubber.stretches(text)
    masked = masked_in(pieces)
    options = [
        (f"{number}/{len(masked)}:{piece.text}", in_context(pieces, piece))
        for number, piece in enumerate(masked)
        if piece.removed and len(piece.text) <= LONGEST_STRETCH
    ][:MOST]
    written = replace(field, value=(joined(pieces).text,))
    if not options:
        return (written,)
    again = tuple(value for value, _ in options if value.partition(":")[2] in chosen)
    back = Field(
        f"keep_{name}",
        "Put back what identifies nobody",
        FieldKind.CHOICES,
        options=tuple(options),
        value=again,
        hint=f"For “{field.label}”",
    )
    return (written, back)


def _put_back(press: Press, name: str) -> tuple[str, list[tuple[int, int]], list[str]]:
    """The text with the chosen stretches in the place of their labels, where they stand, and what they are."""
    text = press.value(name).replace("\r\n", "\n")
    choices = [found for value in press.values.get(f"keep_{name}", ()) if (found := _CHOICE.fullmatch(value))]
    if not choices:
        return text, [], []
    places = labels_in(text)
    words = {int(one[1]): one[3] for one in choices}
    if any(int(one[2]) != len(places) for one in choices) or max(words) >= len(places):
        raise ActError(MOVED, wrong=f"keep_{name}")
    pieces, spans, at, length = [], [], 0, 0
    for number, (start, end) in enumerate(places):
        word = words.get(number, text[start:end])
        length += start - at
        pieces += [text[at:start], word]
        if number in words:
            spans.append((length, length + len(word)))
        length += len(word)
        at = end
    return "".join([*pieces, text[at:]]), spans, list(words.values())
