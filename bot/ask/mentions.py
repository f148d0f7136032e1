"""How the phrases found in a text go together: whose a thing is, who plays which part, what does not count."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.ask import done, grammar
from bot.ask.grammar import Part
from knowledge import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BETWEEN = 12
"""Most characters between an owner and the thing owned ("the victim's new mobile number")."""


def owners_of(doc: "Doc", thing: Mention, parts: Mapping[Mention, Part]) -> list[str]:
    """Whose it is; "of the defendant and the main witness" names two."""
    owners: list[Mention] = []
    for mention, part in parts.items():
        if grammar.joined(doc, owners[-1].end, mention.start) if owners else _belongs(doc, thing, mention, part):
            owners.append(mention)
    return [mention.term for mention in owners]


def _belongs(doc: "Doc", thing: Mention, owner: Mention, part: Part) -> bool:
    """True when the thing is somebody's: "a witness's convictions", "convictions of a witness", "she has …"."""
    if part is Part.OWNER:
        return 0 <= thing.start - owner.end <= _BETWEEN
    if 0 < owner.start - thing.end <= _BETWEEN * 2 and doc.text[thing.end : owner.start].split()[:1] == ["of"]:
        return True
    return grammar.has(doc, (owner.start, owner.end), (thing.start, thing.end))


def parts_of(doc: "Doc", mentions: Sequence[Mention]) -> dict[Mention, Part]:
    """The part of each person or body; in "to the court and the defence" the second shares the part of the first."""
    parts: dict[Mention, Part] = {}
    earlier: Mention | None = None
    for mention in mentions:
        part = grammar.part_of(doc, mention.start, mention.end)
        together = earlier is not None and grammar.joined(doc, earlier.end, mention.start)
        if earlier is not None and together and part in (Part.NAMED, Part.RECIPIENT):
            part = parts[earlier]
        parts[mention] = part
        earlier = mention
    return parts


def clearest(mentions: Sequence[Mention], out: Sequence[Mention], inside: Sequence[Mention] = ()) -> list[Mention]:
    """The mentions without everyday words, where something clearer of the same kind is named and not taken out.

    What stands `inside` the papers named counts beside them.
    """
    clear = {mention.fact for mention in mentions if not mention.faint and mention not in (*out, *inside)}
    return [m for m in mentions if not m.faint or m in inside or m.fact == "recipient" or m.fact not in clear]


def not_there(doc: "Doc", mention: Mention) -> bool:
    """True for a thing that was taken out, and for a way that is not open ("the printer's dead")."""
    if mention.fact == "material":
        return done.taken_out(doc, mention.start, mention.end)
    return mention.fact == "channel" and done.out_of_order(doc, mention.start, mention.end)


def how_it_came(doc: "Doc", mention: Mention) -> bool:
    """True for words about how somebody reached us: "the MP's letter", "he emailed"."""
    everyday = mention.fact == "material" and mention.faint
    return (mention.fact == "channel" or everyday) and grammar.incoming(doc, mention.start, mention.end)
