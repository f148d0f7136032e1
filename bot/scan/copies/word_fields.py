"""Fields of a Word document: those whose code could hold something give way to what they show."""

from dataclasses import dataclass, field

from lxml import etree

from bot.scan.copies.parts import Parts, remove, unwrap, words
from bot.scan.extract.markup import attribute, child, local, named

_HARMLESS = words(
    "PAGE NUMPAGES SECTION SECTIONPAGES TOC PAGEREF REF NOTEREF SEQ STYLEREF FORMCHECKBOX FORMDROPDOWN SYMBOL EQ ="
)
"""Fields that hold nothing but places in the same document."""
_SAID = "codes of fields (what they show stays)"


@dataclass
class _Field:
    marks: list[etree._Element] = field(default_factory=list)
    code: str = ""
    shows: bool = False
    """True behind the separator, where what the field shows stands."""


def unlink_fields(parts: Parts, root: etree._Element) -> None:
    """Let every field that is not plainly harmless give way to its result."""
    for simple in list(named(root, "fldSimple")):
        if not _is_harmless(attribute(simple, "instr") or ""):
            parts.removed[_SAID] += 1
            unwrap(simple)
    open_fields: list[_Field] = []
    for one in list(named(root, "fldChar", "instrText", "delInstrText")):
        kind = attribute(one, "fldCharType") if local(one) == "fldChar" else "code"
        if kind == "begin":
            open_fields.append(_Field())
            data = child(one, "ffData")
            if data is not None:
                # The box and its choices are drawn from it; help texts and macros are not.
                for said in list(named(data, "helpText", "statusText", "entryMacro", "exitMacro")):
                    remove(said)
        if not open_fields:
            remove(one)
            continue
        last = open_fields[-1]
        last.marks.append(one)
        last.shows = last.shows or kind == "separate"
        last.code += (one.text or "") if kind == "code" and not last.shows else ""
        if kind == "end":
            _close(parts, open_fields.pop())
    for left in open_fields:
        _close(parts, left)


def _close(parts: Parts, found: _Field) -> None:
    if not _is_harmless(found.code):
        parts.removed[_SAID] += 1
        for mark in found.marks:
            remove(mark)


def _is_harmless(code: str) -> bool:
    words = code.split()
    name = words[0].upper() if words else ""
    return name in _HARMLESS or (name == "HYPERLINK" and ("http" in code.lower() or "\\l" in code))
