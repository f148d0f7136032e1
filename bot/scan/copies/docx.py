"""A Word document as its final text: changes settled, hidden text and comments gone."""

from lxml import etree

from bot.scan.copies.drawings import SHARED_KINDS, clean_drawings
from bot.scan.copies.parts import Parts, remove, unwrap, words
from bot.scan.copies.word_changes import settle_changes
from bot.scan.copies.word_fields import unlink_fields
from bot.scan.extract.docx_runs import Look, Styles
from bot.scan.extract.markup import attribute, child, local, named

_KEPT = SHARED_KINDS | words("styles numbering fontTable settings header footer footnotes endnotes")
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STORIES = ("document", "hdr", "ftr", "footnotes", "endnotes")
"""Outermost elements of the parts that hold text."""
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_BOOKKEEPING = ("proofErr", "permStart", "permEnd", "dataBinding", "Fallback")
_SETTINGS = words(
    "docVars rsids attachedTemplate mailMerge trackRevisions revisionView documentProtection "
    "writeProtection saveThroughXslt activeWritingStyle docId linkStyles schemaLibrary attachedSchema "
    "readModeInkLockDown"
)
"""Settings that say who worked on the document, where it came from, or hold values."""
_COLOURS = ("rStyle", "color", "highlight", "shd")
_BLOCK = "█"
"""Stands for each letter that was blacked out; the colours that hid it go, so that the block itself is seen."""


def clean_docx(parts: Parts) -> bytes:
    """Clean every story of the document."""
    named_styles = parts.linked(parts.main, "styles")
    styles = Styles(parts.tree(named_styles[0]) if named_styles else None)
    for _, root in parts.trees(*_STORIES):
        settle_changes(parts, root)
        unlink_fields(parts, root)
        _clean_marks(parts, root)
        _clean_runs(parts, root, styles)
        for control in list(named(root, "sdt")):
            _open_control(control)
        for embedded in list(named(root, "OLEObject")):
            # Its picture stays where it stood.
            remove(embedded)
    _clean_notes(parts)
    _clean_settings(parts)
    clean_drawings(parts)
    return parts.packed(_KEPT, _MAIN)


def _clean_marks(parts: Parts, root: etree._Element) -> None:
    for one in list(root.iter()):
        name = local(one)
        if name in _COMMENT_MARKS or name in _BOOKKEEPING:
            remove(one)
        elif name == "docPr" and one.get("hidden") in ("1", "true"):
            drawing = next((above for above in one.iterancestors() if local(above) == "drawing"), None)
            if drawing is not None:
                remove(drawing)
                parts.removed["hidden shapes"] += 1
        for key in [key for key in one.attrib if str(key).rpartition("}")[2].startswith("rsid")]:
            del one.attrib[key]


def _clean_runs(parts: Parts, root: etree._Element, styles: Styles) -> None:
    for run in list(named(root, "r")):
        paragraph = _above(run, "p")
        if paragraph is None:
            continue
        look = styles.run(styles.paragraph(child(paragraph, "pPr"), _ground(paragraph, styles)), child(run, "rPr"))
        if look.hidden_as and next(named(run, "fldChar"), None) is None:
            _clean_run(parts, run, look)


def _clean_run(parts: Parts, run: etree._Element, look: Look) -> None:
    if look.hidden_as == "covered":
        for text in named(run, "t"):
            text.text = "".join(_BLOCK if letter.isalnum() else letter for letter in text.text or "")
        for colour in [one for one in run.iterdescendants() if local(one) in _COLOURS]:
            remove(colour)
        parts.removed["text under blacking that did not hide it"] += 1
    elif look.vanish and _is_web_hidden_only(run):
        # Page numbers of a table of contents: hidden on the web alone.
        for mark in list(named(run, "webHidden")):
            remove(mark)
    else:
        parts.removed["hidden, tiny or white text"] += any((one.text or "").strip() for one in named(run, "t"))
        remove(run)


def _is_web_hidden_only(run: etree._Element) -> bool:
    properties = child(run, "rPr")
    return child(properties, "webHidden") is not None and child(properties, "vanish") is None


def _ground(paragraph: etree._Element, styles: Styles) -> Look | None:
    cell = _above(paragraph, "tc")
    return styles.paragraph(None).on(child(cell, "tcPr")) if cell is not None else None


def _above(element: etree._Element, name: str) -> etree._Element | None:
    return next((above for above in element.iterancestors() if local(above) == name), None)


def _open_control(control: etree._Element) -> None:
    """A content control gives way to what it shows; its title, tag and source of data go."""
    content = child(control, "sdtContent")
    for one in list(control):
        if one is not content:
            control.remove(one)
    if content is not None:
        unwrap(content)
    unwrap(control)


def _clean_notes(parts: Parts) -> None:
    """Notes whose mark went with deleted text go too."""
    for notes, mark, note in (
        ("footnotes", "footnoteReference", "footnote"),
        ("endnotes", "endnoteReference", "endnote"),
    ):
        used = {attribute(one, "id") for _, story in parts.trees(*_STORIES) for one in named(story, mark)}
        for _, root in parts.trees(notes):
            for one in list(named(root, note)):
                if attribute(one, "type") is None and attribute(one, "id") not in used:
                    remove(one)
                    parts.removed["notes without a mark in the text"] += 1


def _clean_settings(parts: Parts) -> None:
    for _, root in parts.trees("settings"):
        for one in list(root):
            if local(one) in _SETTINGS:
                parts.removed["document variables"] += local(one) == "docVars"
                remove(one)
