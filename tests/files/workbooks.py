"""Workbooks: what hides in them, as the answers to information requests that went wrong did."""

# ruff: noqa: E501 - the lines of made documents are easier to read unwrapped

import io
from collections.abc import Callable
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from tests.files.office import settled
from tests.files.truth import CLEAN, Made, Planted, about, plain
from tests.files.world import CASES, DRUGS, FRAUD, PUB, Person

_FIGURES = [
    ("Area", "Cases", "Convicted"),
    ("North", 412, 301),
    ("South", 388, 290),
    ("East", 205, 149),
    ("West", 190, 151),
]
_PEOPLE: tuple[Person, ...] = tuple(case.victim for case in CASES)
_HEAD = ("Name", "Date of birth", "Address", "Postcode", "Telephone")


def book(
    change: Callable[[Workbook], None] | None = None, parts: dict[str, bytes] | None = None, author: str = "Unit"
) -> bytes:
    """A workbook with the harmless figures on its first sheet."""
    made = Workbook()
    made.properties.creator = author
    sheet: Any = made.active
    sheet.title = "Figures"
    for row in _FIGURES:
        sheet.append(row)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue(), parts)


def _people(sheet: Any, people: tuple[Person, ...] = _PEOPLE) -> None:
    sheet.append(_HEAD)
    for person in people:
        sheet.append((person.name, person.dob, person.home, person.postcode, person.phone))


def _planted(place: str, hidden: bool, people: tuple[Person, ...] = _PEOPLE) -> tuple[Planted, ...]:
    return tuple(
        found for person in people for found in about(person, "name dob address postcode phone", place, hidden)
    )


def _sheet(state: Literal["hidden", "veryHidden"], name: str, kind: str) -> Made:
    def change(made: Workbook) -> None:
        _people(made.create_sheet("Source"))
        made["Source"].sheet_state = state

    return Made(name, kind, book(change), _planted("sheet Source", True), ("hidden_sheet",), case=PUB, pages=2)


def _rows_and_columns() -> Made:
    def change(made: Workbook) -> None:
        sheet = made["Figures"]
        sheet["F1"], sheet["F2"] = "Contact", PUB.victim.phone
        sheet.column_dimensions["F"].hidden = True
        sheet.append(("Note", PUB.caller.name, PUB.caller.email))
        sheet.row_dimensions[sheet.max_row].hidden = True

    planted = (
        *about(PUB.victim, "phone", "sheet Figures, F2", True),
        *about(PUB.caller, "name email", "sheet Figures, row 6", True),
    )
    return Made(
        "foi_hidden_rows_columns.xlsx", "hidden rows and columns", book(change), planted, ("hidden_cells",), case=PUB
    )


def _pivot_cache() -> Made:
    people = _PEOPLE[:4]
    fields = "".join(
        f'<cacheField name="{head}" numFmtId="0"><sharedItems count="{len(people)}">'
        + "".join(f'<s v="{value}"/>' for value in values)
        + "</sharedItems></cacheField>"
        for head, values in (
            ("Name", [p.name for p in people]),
            ("Telephone", [p.phone for p in people]),
            ("Postcode", [p.postcode for p in people]),
        )
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    definition = f'<?xml version="1.0"?><pivotCacheDefinition {space} recordCount="4"><cacheFields count="3">{fields}</cacheFields></pivotCacheDefinition>'
    records = (
        f'<?xml version="1.0"?><pivotCacheRecords {space} count="4">'
        + "".join(f'<r><x v="{n}"/><x v="{n}"/><x v="{n}"/></r>' for n in range(4))
        + "</pivotCacheRecords>"
    )
    parts = {
        "xl/pivotCache/pivotCacheDefinition1.xml": definition.encode(),
        "xl/pivotCache/pivotCacheRecords1.xml": records.encode(),
    }
    planted = tuple(found for person in people for found in about(person, "name phone postcode", "pivot cache", True))
    return Made("foi_pivot_cache.xlsx", "pivot cache", book(parts=parts), planted, ("cached_data",), case=PUB)


def _comments_and_names() -> tuple[Made, ...]:
    def comment(made: Workbook) -> None:
        made["Figures"]["B2"].comment = Comment(f"includes {DRUGS.witness.name}, tel {DRUGS.witness.phone}", "Unit")

    def name(made: Workbook) -> None:
        made.defined_names["contact"] = DefinedName("contact", attr_text=f'"{DRUGS.victim.name} {DRUGS.victim.email}"')

    def white(made: Workbook) -> None:
        cell = made["Figures"]["H3"]
        cell.value, cell.font = f"{FRAUD.victim.name} born {FRAUD.victim.dob}", Font(color="FFFFFFFF")

    def filtered(made: Workbook) -> None:
        _people(made.create_sheet("List"))
        sheet = made["List"]
        sheet.auto_filter.ref = f"A1:E{sheet.max_row}"
        for row in range(3, sheet.max_row + 1):
            sheet.row_dimensions[row].hidden = True

    return (
        Made(
            "figures_cell_comment.xlsx",
            "cell comment",
            book(comment),
            about(DRUGS.witness, "name phone", "sheet Figures, B2", True),
            ("comments",),
            case=DRUGS,
        ),
        Made(
            "figures_defined_name.xlsx",
            "defined name",
            book(name),
            about(DRUGS.victim, "name email", "defined name", True),
            ("hidden_cells",),
            case=DRUGS,
        ),
        Made(
            "figures_white_text.xlsx",
            "white text in a cell",
            book(white),
            about(FRAUD.victim, "name dob", "sheet Figures, H3", True),
            ("hidden_text",),
            case=FRAUD,
        ),
        Made(
            "list_filtered_rows.xlsx",
            "filtered rows",
            book(filtered),
            (*_planted("sheet List", False, _PEOPLE[:1]), *_planted("sheet List", True, _PEOPLE[1:])),
            ("hidden_cells",),
            case=PUB,
        ),
    )


def _external_link() -> Made:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = "".join(
        f'<row r="{n}"><cell r="A{n}" t="str"><v>{p.name}</v></cell><cell r="B{n}" t="str"><v>{p.phone}</v></cell></row>'
        for n, p in enumerate(_PEOPLE[:3], 1)
    )
    link = (
        f'<?xml version="1.0"?><externalLink {space}><externalBook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1">'
        f'<sheetNames><sheetName val="Victims"/></sheetNames><sheetDataSet><sheetData sheetId="0">{cells}</sheetData></sheetDataSet></externalBook></externalLink>'
    )
    relation = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" Target="file:///S:/cases/victims.xlsx"/></Relationships>'
    )
    parts = {
        "xl/externalLinks/externalLink1.xml": link.encode(),
        "xl/externalLinks/_rels/externalLink1.xml.rels": relation.encode(),
    }
    planted = tuple(found for person in _PEOPLE[:3] for found in about(person, "name phone", "external link", True))
    return Made(
        "figures_external_link.xlsx",
        "cached values of an external link",
        book(parts=parts),
        planted,
        ("external_link",),
        case=PUB,
    )


def _lists() -> tuple[Made, ...]:
    lines = [",".join(_HEAD)] + [f'{p.name},{p.dob},"{p.home}",{p.postcode},{p.phone}' for p in _PEOPLE]

    def visible(made: Workbook) -> None:
        _people(made.create_sheet("Contacts"))

    bank = f"Payee\tSort code\tAccount number\n{DRUGS.caller.name}\t00-00-00\t00012345\n{PUB.caller.name}\t11-22-33\t87654321\n"
    payees = (
        *about(DRUGS.caller, "name", "document"),
        *plain("bank_account", "00012345", "document"),
        *about(PUB.caller, "name", "document"),
        *plain("bank_account", "87654321", "document"),
    )
    return (
        Made("victims.csv", "list of victims", "\n".join(lines).encode(), _planted("document", False), case=PUB),
        Made(
            "contacts.xlsx",
            "visible list of people",
            book(visible),
            _planted("sheet Contacts", False),
            case=PUB,
            pages=2,
        ),
        Made("payments.tsv", "payments", bank.encode(), payees, case=DRUGS),
        Made("figures.xlsx", "statistics workbook", book(author=""), clean=True, case=PUB, verdicts=CLEAN),
    )


def files() -> tuple[Made, ...]:
    """All workbooks and tables."""
    return (
        _sheet("hidden", "foi_hidden_sheet.xlsx", "FOI workbook with a hidden sheet"),
        _sheet("veryHidden", "foi_very_hidden_sheet.xlsx", "FOI workbook with a very hidden sheet"),
        _rows_and_columns(),
        _pivot_cache(),
        *_comments_and_names(),
        _external_link(),
        *_lists(),
    )
