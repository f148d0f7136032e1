"""Word documents: every story (body, headers, notes, comments, text boxes) and everything hidden in it."""

from lxml import etree

from bot.domain.finding import HazardKind
from bot.domain.message import Attachment
from bot.scan.extract.docx_kept import add_covers, keep_choices, keep_descriptions, read_chunks, read_settings
from bot.scan.extract.docx_runs import Look, Styles
from bot.scan.extract.docx_story import Story
from bot.scan.extract.gather import Gathered
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.markup import attribute, child, local, named
from bot.scan.extract.ooxml import Package, add_common, open_package
from bot.scan.extract.ooxml_rest import add_diagrams, add_rest

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BLOCK = 12
"""Paragraphs that share one place when the file does not say where its pages end."""
_HIDDEN_DETAIL = {
    "hidden": (HazardKind.HIDDEN_TEXT, "Text is formatted as hidden."),
    "tiny": (HazardKind.HIDDEN_TEXT, "Text is too small to read."),
    "white": (HazardKind.HIDDEN_TEXT, "Text has the colour of its background."),
    "covered": (HazardKind.FAILED_REDACTION, "Text is blacked out by highlighting only and can still be copied out."),
}


def read_docx(attachment: Attachment, watch: Watch) -> Extract:
    """Read a Word document with all that it carries."""
    basket = Gathered(_MEDIA_TYPE)
    package = open_package(attachment.content, basket)
    if package is None:
        return basket.extract()
    with package.archive:
        styles = Styles(package.xml("word/styles.xml"))
        body = package.main("word/document.xml")
        if body is not None:
            story = Story(package, styles, "")
            story.paged = next(named(body, "lastRenderedPageBreak"), None) is not None
            _read_story(story, body)
        for name in package.under("word/"):
            _read_part(package, styles, name)
        _read_comments(package, styles)
        read_settings(package)
        read_chunks(package)
        add_diagrams(package)
        add_common(package)
        add_rest(package)
    return basket.extract()


def _read_part(package: Package, styles: Styles, name: str) -> None:
    base = name.removeprefix("word/")
    for start, place in (
        ("header", "header"),
        ("footer", "footer"),
        ("footnotes", "footnote"),
        ("endnotes", "endnote"),
        ("glossary/document", "building blocks"),
    ):
        if base.startswith(start) and base.endswith(".xml"):
            root = package.xml(name)
            if root is not None:
                _read_story(Story(package, styles, place, hidden=place == "building blocks"), root)


def _read_story(story: Story, root: etree._Element, look: Look | None = None) -> None:
    _read_blocks(story, root, look)
    story.flush()
    _note_changes(story)
    for box in story.boxes:
        inner = Story(story.package, story.styles, "text box")
        _read_story(inner, box)


def _read_blocks(story: Story, parent: etree._Element, look: Look | None) -> None:
    for block in parent:
        match local(block):
            case "sdtPr":
                keep_choices(story, block)
            case "p":
                _read_paragraph(story, block, look)
            case "tbl":
                _read_table(story, block)
            case "Fallback":
                continue
            case _:
                _read_blocks(story, block, look)


def _read_paragraph(story: Story, paragraph: etree._Element, look: Look | None) -> None:
    properties = child(paragraph, "pPr")
    full = len(story.lines) >= _BLOCK and not story.lines[-1]
    if not story.paged and (full or story.styles.is_heading(properties)):
        story.flush()
    story.paragraph += 1
    text = _paragraph_text(story, paragraph, look, breaks=True)
    if text.strip():
        add_covers(story, paragraph)
    story.lines.append(text)
    if len(story.lines) >= 4 * _BLOCK and not story.paged:
        story.flush()


def _paragraph_text(story: Story, paragraph: etree._Element, look: Look | None, *, breaks: bool) -> str:
    """The visible text of a paragraph; what is hidden or deleted goes to the basket by itself."""
    base = story.styles.paragraph(child(paragraph, "pPr"), look)
    shown: list[str] = []
    hidden: dict[str, list[str]] = {}
    for run, state in _runs(story, paragraph, ""):
        how = state or story.styles.run(base, child(run, "rPr")).hidden_as
        text = _run_text(story, run, shown if breaks else None)
        if not text:
            continue
        if how:
            hidden.setdefault(how, [_label("".join(shown))]).append(text)
        else:
            shown.append(text)
    for how, pieces in hidden.items():
        if "".join(pieces[1:]).strip():
            _keep_hidden(story, how, "".join(pieces))
    return "".join(shown)


def _label(before: str) -> str:
    """The label in front of hidden text ("Address: "), which a recogniser needs to tell what it is."""
    words = before.rsplit("\n", 1)[-1].split()
    return " ".join(words[-3:]) + " " if words and words[-1].endswith(":") else ""


def _keep_hidden(story: Story, how: str, text: str) -> None:
    basket = story.package.basket
    if how == "deleted":
        basket.text(text, f"{story.spot}, deleted text", hidden=True)
        return
    kind, detail = _HIDDEN_DETAIL[how]
    basket.hazard(kind, story.spot, detail)
    basket.text(text, f"{story.spot}, {how} text", hidden=True)


def _runs(story: Story, parent: etree._Element, state: str) -> list[tuple[etree._Element, str]]:
    """Runs below a paragraph with "deleted" for tracked deletions; text boxes are kept for later."""
    found: list[tuple[etree._Element, str]] = []
    for one in parent:
        name = local(one)
        if name == "sdtPr":
            keep_choices(story, one)
        elif name in ("ins", "moveTo", "del", "moveFrom"):
            story.changes[attribute(one, "author") or ""] += 1
            found += _runs(story, one, "deleted" if name in ("del", "moveFrom") else state)
        elif name == "r":
            found.append((one, state))
            story.boxes += [box for box in named(one, "txbxContent") if not _is_fallback(box)]
        elif name not in ("pPr", "rPr", "Fallback"):
            found += _runs(story, one, state)
    return found


def _is_fallback(element: etree._Element) -> bool:
    return any(local(above) == "Fallback" for above in element.iterancestors())


def _run_text(story: Story, run: etree._Element, shown: list[str] | None) -> str:
    pieces: list[str] = []
    for one in run:
        match local(one):
            case "t" | "delText":
                pieces.append(one.text or "")
            case "tab" | "ptab":
                pieces.append("\t")
            case "noBreakHyphen":
                pieces.append("-")
            case "instrText" | "delInstrText":
                _keep_field(story, one.text or "")
            case "fldChar":
                keep_choices(story, one)
            case "lastRenderedPageBreak" if shown is not None and story.paged:
                _turn_page(story, shown, pieces)
            case "br" | "cr":
                pieces.append("\n")
            case "drawing" | "pict" | "object" | "AlternateContent":
                keep_descriptions(story, one)
    return "".join(pieces)


def _turn_page(story: Story, shown: list[str], pieces: list[str]) -> None:
    story.lines.append("".join([*shown, *pieces]))
    shown.clear()
    pieces.clear()
    story.flush()
    story.page += 1


def _keep_field(story: Story, code: str) -> None:
    """Field codes are not shown, but can hold addresses, file names and paths."""
    if (
        any(
            mark in code.lower() for mark in ("mailto:", "tel:", "include", "link ", "quote", "comments", "fillin", "@")
        )
        and "\\@" not in code
    ):
        story.package.basket.text(code, f"{story.spot}, field", hidden=True, source="metadata")


def _read_table(story: Story, table: etree._Element) -> None:
    story.flush()
    story.tables += 1
    place = f"table {story.tables}" + (
        f" in {story.name}" if story.name else f" on {story.place}" if story.paged else ""
    )
    rows: list[tuple[Cell, ...]] = []
    for row in table:
        if local(row) != "tr":
            if local(row) in ("sdt", "ins", "customXml"):
                rows += [tuple(_cells(story, inner, place, len(rows) + 1)) for inner in named(row, "tr")]
            continue
        rows.append(tuple(_cells(story, row, place, len(rows) + 1)))
    story.package.basket.parts.append(Table(place, tuple(rows)))
    story.first = story.paragraph + 1


def _cells(story: Story, row: etree._Element, place: str, number: int) -> list[Cell]:
    cells = []
    for cell in row.iter():
        if local(cell) != "tc" or _row_of(cell) is not row:
            continue
        look = story.styles.paragraph(None).on(child(cell, "tcPr"))
        lines = [
            _paragraph_text(story, one, look, breaks=False) for one in named(cell, "p") if not _is_boxed(one, cell)
        ]
        cells.append(Cell("\n".join(line for line in lines if line.strip()), f"{place}, row {number}"))
    return cells


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next((above for above in cell.iterancestors() if local(above) == "tr"), None)


def _is_boxed(paragraph: etree._Element, cell: etree._Element) -> bool:
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if local(above) in ("txbxContent", "Fallback"):
            return True
    return False


def _note_changes(story: Story) -> None:
    total = sum(story.changes.values())
    if total:
        place = story.name or "body"
        story.package.basket.hazard(
            HazardKind.TRACKED_CHANGES, place, "Tracked changes show what was added and deleted.", total
        )
        for author in filter(None, story.changes):
            story.package.basket.metadata("Changed by", author, f"{place}, tracked changes")


def _read_comments(package: Package, styles: Styles) -> None:
    root = package.xml("word/comments.xml")
    for number, comment in enumerate(named(root, "comment") if root is not None else (), 1):
        package.basket.hazard(HazardKind.COMMENTS, "comments", "There are comments in the margin.")
        package.basket.metadata("Comment by", attribute(comment, "author") or "", f"comment {number}")
        story = Story(package, styles, f"comment {number}")
        lines = [_paragraph_text(story, one, None, breaks=False) for one in named(comment, "p")]
        package.basket.text("\n".join(lines), f"comment {number}", hidden=True)
