"""The forms of reporting: at most three required answers, all else filled in or left out."""

from enum import StrEnum

from bot.domain.card import Field, FieldKind, Form
from bot.domain.finding import Category
from bot.domain.nearmiss import AlreadySent, NearMissKind, Way
from bot.domain.words import CATEGORY_WORDS
from bot.nearmiss.drafts import Draft
from bot.nearmiss.known import Known
from bot.nearmiss.scrub import Stretch, joined
from bot.nearmiss.taxonomy import (
    FACTOR_WORDS,
    KIND_WORDS,
    STAGE_WORDS,
    STOPPED_WORDS,
    WAITED_WORDS,
    WAY_WORDS,
    plain,
)

LONGEST = 3000
AROUND = 28
"""How many characters of context a masked stretch is shown with."""
_LET_IT = ("", "Work it out from what I write")
PROMISE = "Nobody is blamed or ranked. A near miss that is reported is how the next one is prevented."


def options(words: "dict[StrEnum, str] | dict[str, str]") -> tuple[tuple[str, str], ...]:
    """Values with their words, as a field takes them."""
    return tuple((str(value), said) for value, said in words.items())


def first_form(about: str, known: Known | None, way: Way, said: str = "") -> Form:
    """What is asked: what happened, what kind, and how to report; `said` is what a message told already."""
    kind = known.kind if known else None
    from_check = known is not None and known.files
    intro = [PROMISE]
    if known and from_check:
        intro.append("Filled in from the check: " + filled_in(known) + ".")
    return Form(
        act="report.new",
        about=about,
        title="Log a near miss",
        intro=tuple(intro),
        submit="Go on",
        fields=(
            Field(
                "text",
                "What nearly happened?",
                FieldKind.TEXT,
                required=not from_check,
                value=(said,) if said else (),
                hint="A sentence or two. No names needed; any are taken out, and you see it before it is kept."
                + (" You can leave this empty." if from_check else ""),
                longest=LONGEST,
            ),
            Field(
                "kind",
                "What kind?",
                FieldKind.CHOICE,
                options=(_LET_IT, *options(KIND_WORDS)),  # type: ignore[arg-type]
                value=(str(kind) if kind else "",),
            ),
            Field(
                "way",
                "How do you want to report?",
                FieldKind.CHOICE,
                required=True,
                options=options(WAY_WORDS),  # type: ignore[arg-type]
                value=(str(way),),
            ),
            *_left_out(from_check),
        ),
    )


def _left_out(from_check: bool) -> tuple[Field, ...]:
    """What helps and may be left out."""
    return (
        Field(
            "name",
            "Your name (only for “with my name”)",
            hint="Kept sealed, for the information team alone.",
            longest=100,
        ),
        Field(
            "hazard",
            "Is it always so? For example a template that always shows the address",
            FieldKind.YES_NO,
            value=("no",),
        ),
        Field(
            "stopped",
            "What stopped it?",
            FieldKind.CHOICE,
            options=(("", "Not said"), *options(STOPPED_WORDS)),  # type: ignore[arg-type]
            value=("check" if from_check else "",),
        ),
        Field(
            "stage",
            "Where was it caught?",
            FieldKind.CHOICE,
            options=(("", "Not said"), *options(STAGE_WORDS)),  # type: ignore[arg-type]
            value=("checking" if from_check else "",),
        ),
        Field("factors", "What contributed?", FieldKind.CHOICES, options=options(FACTOR_WORDS)),  # type: ignore[arg-type]
        Field(
            "waited",
            "When was it?",
            FieldKind.CHOICE,
            options=(("", "Not said"), *options(WAITED_WORDS)),
            value=("0" if from_check else "",),
        ),
    )


def filled_in(known: Known) -> str:
    """What the conversation knows, in words."""
    facts = [plain(fact) for fact in (known.material, known.recipient, known.channel) if fact]
    found = [CATEGORY_WORDS[Category(category)] for category in known.categories[:6]]
    return "; ".join([*([", ".join(facts)] if facts else []), *([f"found: {', '.join(found)}"] if found else [])])


def send_form(id: str, draft: Draft) -> Form:  # noqa: A002 - the field's name
    """The text as it will be stored, with what was taken out and how to put it back."""
    stored = joined(draft.pieces)
    masked = [(number, piece) for number, piece in enumerate(masked_in(draft.pieces)) if piece.removed]
    fields = [
        Field("text", "This is what will be kept", FieldKind.TEXT, True, value=(stored.text,), longest=LONGEST * 2),
        Field(
            "kind",
            "Filed under",
            FieldKind.CHOICE,
            True,
            options(KIND_WORDS),  # type: ignore[arg-type]
            (str(draft.kind),),
        ),
        Field(
            "sent", "Has it already gone, or been seen outside?", FieldKind.CHOICE, True, _SENT, _read_as(draft.sent)
        ),
    ]
    if masked:
        fields.append(
            Field(
                "keep",
                "Put back what identifies nobody",
                FieldKind.CHOICES,
                options=tuple((str(number), in_context(draft.pieces, piece)) for number, piece in masked[:100]),
                hint="Only now: once it is sent, what was taken out is gone for good.",
            )
        )
    return Form("report.send", "Check before sending", tuple(fields), id, _intro(draft, stored.removed), "Send report")


_SENT = (
    (str(AlreadySent.FALSE), "No, it was stopped in time"),
    (str(AlreadySent.TRUE), "Yes"),
    (str(AlreadySent.UNCLEAR), "I can't tell"),
)


GONE = (
    "This reads as if it has gone. When you send it, the breach path starts and the lead is told at once, because the "
    "law gives 72 hours."
)
UNCLEAR = (
    "It is not clear from this whether it has gone: please say. If it has, or you cannot tell, the breach path starts "
    "and the lead is told at once, because the law gives 72 hours."
)


def _read_as(sent: AlreadySent) -> tuple[str, ...]:
    """What is chosen beforehand: nothing where the words leave it open, for then only the reporter knows."""
    return () if sent is AlreadySent.UNCLEAR else (str(sent),)


def _intro(draft: Draft, removed: int) -> tuple[str, ...]:
    labels = dict.fromkeys(piece.label for piece in draft.pieces if piece.removed)
    took = f"Taken out: {', '.join(labels)}." if removed else "Nothing had to be taken out."
    lines = [took, f"How you report: {WAY_WORDS[draft.way]}."]
    if draft.way is Way.ANONYMOUS:
        lines.append(
            "Kept: this text, its kind and today's date. Not kept: who you are, the time, and what was checked."
        )
    if draft.sent is not AlreadySent.FALSE:
        shows = " Whoever is told knows about when it was sent." if draft.way is Way.ANONYMOUS else ""
        lines.append((GONE if draft.sent is AlreadySent.TRUE else UNCLEAR) + shows)
    return tuple(lines)


def masked_in(pieces: tuple[Stretch, ...]) -> list[Stretch]:
    """The stretches that a label stands for, in order; the numbers of the form count them."""
    return [piece for piece in pieces if piece.label]


def in_context(pieces: tuple[Stretch, ...], wanted: Stretch) -> str:
    """A stretch with the words around it, for its author."""
    at = next(number for number, piece in enumerate(pieces) if piece is wanted)
    before = "".join(piece.label or piece.text for piece in pieces[:at])[-AROUND:]
    after = "".join(piece.label or piece.text for piece in pieces[at + 1 :])[:AROUND]
    shown = " ".join(f"“{wanted.text}” in: …{before}{wanted.label}{after}…".split())
    return shown[:150]


def kind_of(value: str) -> NearMissKind | None:
    """The kind that was chosen; None when it is to be worked out."""
    return NearMissKind(value) if value in set(NearMissKind) else None
