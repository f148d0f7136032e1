"""Tracked changes of a Word document settled as its author sees them: what was put in stays, what was deleted goes."""

from lxml import etree

from bot.scan.copies.parts import Parts, remove, unwrap, words
from bot.scan.extract.markup import child, local, named

_DELETED, _INSERTED = ("del", "moveFrom"), ("ins", "moveTo")
_RANGES = words(
    "moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd cellIns cellMerge customXmlInsRangeStart "
    "customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart "
    "customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd"
)
_SAID = "tracked changes (the final text stays)"


def settle_changes(parts: Parts, root: etree._Element) -> None:
    """Settle every change in one story (ECMA-376 part 1, 17.13.5)."""
    for change in list(named(root, *_DELETED)):
        parts.removed[_SAID] += 1
        _delete(change)
    for change in list(named(root, *_INSERTED)):
        parts.removed[_SAID] += 1
        holder = change.getparent()
        if holder is not None and local(holder) in ("rPr", "trPr"):
            remove(change)
        else:
            unwrap(change)
    for one in list(root.iter()):
        name = local(one)
        if name.endswith("Change") and name[0].islower():
            parts.removed[_SAID] += 1
            remove(one)
        elif name == "cellDel":
            cell = next((above for above in one.iterancestors() if local(above) == "tc"), one)
            parts.removed[_SAID] += 1
            remove(cell)
        elif name in _RANGES:
            remove(one)


def _delete(change: etree._Element) -> None:
    holder = change.getparent()
    if holder is None:
        return
    if local(holder) == "trPr":
        row = holder.getparent()
        if row is not None:
            remove(row)
    elif local(holder) == "rPr":
        properties = holder.getparent()
        remove(change)
        if properties is not None and local(properties) == "pPr" and properties.getparent() is not None:
            _join_with_next(properties.getparent())
    else:
        remove(change)


def _join_with_next(paragraph: etree._Element | None) -> None:
    """A deleted end of a paragraph lets its text run on into the next one, whose properties then hold."""
    following = paragraph.getnext() if paragraph is not None else None
    if paragraph is None or following is None or local(following) != "p":
        return
    own = child(following, "pPr")
    at = following.index(own) + 1 if own is not None else 0
    for one in reversed([one for one in paragraph if local(one) != "pPr"]):
        following.insert(at, one)
    remove(paragraph)
