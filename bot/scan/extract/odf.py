"""OpenDocument texts, sheets and slides: content, hidden parts, changes, comments, properties."""

from lxml import etree

from bot.domain.finding import HazardKind, UnreadReason
from bot.domain.message import Attachment
from bot.scan.extract import limits
from bot.scan.extract.gather import Gathered, is_person_like, shown_name
from bot.scan.extract.image import add_properties
from bot.scan.extract.interface import Cell, Extract, Table, Watch
from bot.scan.extract.markup import all_text, attribute, local, named
from bot.scan.extract.ole import add_package
from bot.scan.extract.ooxml import Package, open_package
from bot.scan.extract.text import add_in_blocks

_PEOPLE = ("initial-creator", "creator", "printed-by")
_APART = ("annotation", "tracked-changes", "table", "notes", "hidden-text", "hidden-paragraph", "desc", "title")


def read_odf(attachment: Attachment, watch: Watch) -> Extract:
    """Read an OpenDocument file."""
    basket = Gathered("application/vnd.oasis.opendocument")
    package = open_package(attachment.content, basket)
    if package is None:
        return basket.extract()
    with package.archive:
        basket.media_type = package.read("mimetype").decode("ascii", errors="replace").strip() or basket.media_type
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and next(named(manifest, "encryption-data"), None) is not None:
            basket.hazard(HazardKind.PROTECTED, "file", "The file is protected with a password.")
            basket.unreadable("file", UnreadReason.ENCRYPTED, "It is protected with a password.")
            return basket.extract()
        styles = package.xml("styles.xml")
        content = package.xml("content.xml", needed=True)
        if content is not None:
            _read_content(basket, content, _hidden_styles(content))
        for one in named(styles, "header", "footer", "header-first", "footer-first") if styles is not None else ():
            basket.text(all_text(one), local(one).partition("-")[0])
        _read_properties(package)
        _read_files(package)
    return basket.extract()


def _hidden_styles(root: etree._Element) -> set[str]:
    """Automatic styles that hide: hidden text, invisible sheets, hidden slides."""
    found = set()
    for style in named(root, "style"):
        for one in style:
            if attribute(one, "display") in ("none", "false") or attribute(one, "visibility") == "hidden":
                found.add(attribute(style, "name") or "")
            tiny = (attribute(one, "font-size") or "").removesuffix("pt")
            if tiny.replace(".", "", 1).isdigit() and float(tiny) <= 2:
                found.add(attribute(style, "name") or "")
            if (attribute(one, "color") or "").lower() == "#ffffff" and attribute(one, "background-color") in (
                None,
                "transparent",
            ):
                found.add(attribute(style, "name") or "")
    return found


def _read_content(basket: Gathered, root: etree._Element, hiding: set[str]) -> None:
    lines: list[str] = []
    _walk(basket, root, hiding, lines)
    add_in_blocks(basket, "\n".join(lines))
    for number, note in enumerate(named(root, "annotation"), 1):
        basket.hazard(HazardKind.COMMENTS, "comments", "There are comments.")
        basket.text(all_text(note), f"comment {number}", hidden=True)
    for changes in named(root, "tracked-changes"):
        count = sum(1 for _ in named(changes, "changed-region"))
        basket.hazard(
            HazardKind.TRACKED_CHANGES, "text", "Tracked changes show what was added and deleted.", max(1, count)
        )
        basket.text(all_text(changes), "deleted text", hidden=True)
    for number, notes in enumerate(named(root, "notes"), 1):
        text = all_text(notes)
        if text:
            basket.hazard(HazardKind.SPEAKER_NOTES, f"slide {number}", "The slide has speaker notes.")
            basket.text(text, f"slide {number}, notes", hidden=True)
    for page in named(root, "page"):
        if attribute(page, "style-name") in hiding:
            basket.hazard(HazardKind.HIDDEN_SHEET, "slides", "Slides are hidden.")


def _walk(basket: Gathered, parent: etree._Element, hiding: set[str], lines: list[str]) -> None:
    for one in parent:
        name = local(one)
        if name in ("p", "h"):
            lines.append(_paragraph(basket, one, hiding))
        elif name == "table":
            _read_table(basket, one, hiding)
        elif name in ("desc", "title"):
            basket.text(all_text(one), "picture description", hidden=True)
        elif name not in _APART:
            _walk(basket, one, hiding, lines)


def _paragraph(basket: Gathered, paragraph: etree._Element, hiding: set[str]) -> str:
    shown: list[str] = []
    hidden: list[str] = []
    _collect(paragraph, hiding, shown, hidden, attribute(paragraph, "style-name") in hiding)
    if "".join(hidden).strip():
        basket.hazard(HazardKind.HIDDEN_TEXT, "text", "Text is hidden, tiny or white.")
        basket.text("".join(hidden), "hidden text", hidden=True)
    return "".join(shown)


def _collect(element: etree._Element, hiding: set[str], shown: list[str], hidden: list[str], unseen: bool) -> None:
    target = hidden if unseen else shown
    target.append(element.text or "")
    for one in element:
        name = local(one)
        if name in ("hidden-text", "hidden-paragraph"):
            hidden.append(attribute(one, "string-value") or all_text(one))
        elif name in ("tab", "s"):
            target.append("\t" if name == "tab" else " ")
        elif name == "line-break":
            target.append("\n")
        elif name not in ("annotation", "annotation-end") and isinstance(one.tag, str):
            _collect(one, hiding, shown, hidden, unseen or attribute(one, "style-name") in hiding)
        target.append(one.tail or "")


def _read_table(basket: Gathered, table: etree._Element, hiding: set[str]) -> None:
    sheet = shown_name(attribute(table, "name") or "table")
    hidden_sheet = attribute(table, "style-name") in hiding
    if hidden_sheet:
        basket.hazard(HazardKind.HIDDEN_SHEET, f"sheet {sheet}", "The sheet is hidden, but its cells are in the file.")
    concealed = [
        attribute(column, "visibility") in ("collapse", "filter")
        for column in named(table, "table-column")
        for _ in range(_repeat(column, "number-columns-repeated"))
    ]
    rows: list[tuple[Cell, ...]] = []
    hidden_rows = 0
    for row in named(table, "table-row"):
        row_hidden = attribute(row, "visibility") in ("collapse", "filter")
        cells = _cells(row, f"sheet {sheet}, row {len(rows) + 1}", row_hidden or hidden_sheet, concealed)
        hidden_rows += row_hidden and any(cell.text for cell in cells)
        rows.append(cells)
        if sum(map(len, rows[-1:])) * len(rows) > limits.CELLS:
            basket.unreadable(f"sheet {sheet}", UnreadReason.TOO_LARGE, "There are more cells than one check reads.")
            break
    if hidden_rows:
        basket.hazard(HazardKind.HIDDEN_CELLS, f"sheet {sheet}", "Rows are hidden or filtered out.", hidden_rows)
    used = {index for row in rows for index, cell in enumerate(row) if cell.text}
    columns = sum(index in used and hidden for index, hidden in enumerate(concealed[:1000]))
    if columns:
        basket.hazard(HazardKind.HIDDEN_CELLS, f"sheet {sheet}", "Columns are hidden.", columns)
    basket.parts.append(Table(f"sheet {sheet}", tuple(rows), hidden_sheet))


def _repeat(element: etree._Element, name: str) -> int:
    value = attribute(element, name) or "1"
    return min(int(value), 100) if value.isdigit() else 1


def _cells(row: etree._Element, place: str, hidden: bool, concealed: list[bool]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for one in row:
        if local(one) not in ("table-cell", "covered-table-cell"):
            continue
        text = "\n".join(
            "".join(str(piece) for piece in paragraph.itertext()) for paragraph in one if local(paragraph) == "p"
        )
        for _ in range(_repeat(one, "number-columns-repeated") if text or len(row) > 1 else 1):
            column = len(cells)
            cells.append(
                Cell(text, f"{place}, column {column + 1}", hidden or (column < len(concealed) and concealed[column]))
            )
    return tuple(cells)


def _read_properties(package: Package) -> None:
    root = package.xml("meta.xml")
    for one in root.iter() if root is not None else ():
        text, name = (one.text or "").strip(), local(one)
        if (
            not text
            or not is_person_like(text)
            or name not in (*_PEOPLE, "title", "subject", "description", "keyword", "user-defined")
        ):
            continue
        package.basket.metadata(attribute(one, "name") or name, text, "document properties")
        if name in _PEOPLE:
            package.basket.hazard(
                HazardKind.METADATA, "document properties", "The properties name people who worked on the file."
            )


def _read_files(package: Package) -> None:
    basket = package.basket
    for name in package.under("Thumbnails/"):
        content = package.read(name)
        if content and name.endswith(".png"):
            basket.picture(content, "preview picture", hidden=True)
    for number, name in enumerate(package.under("Versions/"), 1):
        basket.hazard(HazardKind.HIDDEN_TEXT, "file", "Earlier versions of the document are still inside the file.")
        basket.child(f"{name.rpartition('/')[2]}.odt", package.read(name), f"earlier version {number}")
    for number, name in enumerate(package.under("Pictures/", "media/"), 1):
        content = package.read(name)
        if content and name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")):
            add_properties(basket, content, f"picture {number}")
            basket.picture(content, f"picture {number}")
        elif content:
            basket.child(name.rpartition("/")[2], content, f"picture {number}")
    for number, name in enumerate(
        [name for name in package.names if name.startswith("Object ") and "/" not in name], 1
    ):
        basket.hazard(HazardKind.EMBEDDED_FILE, "file", "Other files are embedded in the file.")
        add_package(basket, name, package.read(name), f"embedded file {number}")
    for name in package.names:
        if name.startswith("Object ") and name.endswith("/content.xml"):
            root = package.xml(name)
            if root is not None:
                basket.text(all_text(root, "\n"), "embedded object", hidden=True)
                basket.hazard(HazardKind.EMBEDDED_FILE, "file", "Other documents or charts are embedded in the file.")
    if any(name.startswith("Basic/") and "script-lb" not in name and "script-lc" not in name for name in package.names):
        basket.hazard(HazardKind.MACRO, "file", "The file holds macros.")
