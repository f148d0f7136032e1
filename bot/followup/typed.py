"""Free text of forms: scrubbed, and shown as it will be kept before it is."""

from bot.domain.card import Field, FieldKind
from bot.domain.component import ActError, Press
from bot.domain.nearmiss import ScrubbedText
from bot.followup.records import Scrub

TAKEN_OUT = "Names and numbers were taken out. This is exactly what will be kept; change it or send it."
_ROUNDS = 3


def typed(press: Press, name: str, scrub: Scrub, longest: int, missing: str = "") -> tuple[ScrubbedText, bool]:
    """A text of the form, scrubbed, and whether scrubbing changed it; raises ActError when it is needed and missing."""
    text = press.value(name).replace("\r\n", "\n")
    if missing and not text:
        raise ActError(missing, wrong=name)
    if len(text) > longest:
        raise ActError(f"That is {len(text):,} characters; the most is {longest:,}.", wrong=name)
    scrubbed = ScrubbedText("", 0)
    kept = text
    for _ in range(_ROUNDS if text else 0):
        # A label put in may make the words beside it readable as something else: until nothing more is found.
        scrubbed = scrub(kept)
        if scrubbed.text == kept:
            break
        kept = scrubbed.text
    return ScrubbedText(kept, scrubbed.removed), kept != text


def text_field(name: str, label: str, value: str, hint: str, longest: int, *, required: bool) -> Field:
    """A field for free text."""
    return Field(
        name,
        label,
        FieldKind.TEXT,
        required=required,
        value=(value,) if value else (),
        hint=hint,
        longest=longest,
    )
