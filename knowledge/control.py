"""What a document says about itself: owner, version, review dates, from its control table, first page or properties."""

import re
from collections.abc import Iterable, Iterator, Mapping

from knowledge.dates import read_date
from knowledge.markdown import Section, SectionTable, sections

# Each field with the labels that authors give it; a later line counts only where no earlier one is there.
_LABELS: tuple[tuple[str, str], ...] = (
    (
        "owner",
        "owner|document owner|policy owner|guidance owner|content owner|owned by|owner role|responsible owner|"
        "responsible officer|policy lead|maintained by|manager|page owner",
    ),
    ("owner_else", "author|document author|prepared by|produced by|department|business area|creator"),
    ("title", "title|document title|policy title|document name|policy name"),
    (
        "version",
        "version|version number|version no|document version|current version|issue|issue number|issue no|edition",
    ),
    (
        "reviewed",
        "reviewed|last reviewed|date reviewed|last review|last review date|date of last review|reviewed on|"
        "date last reviewed|review date|date of review",
    ),
    (
        "reviewed_else",
        "date approved|approval date|approved on|date of approval|issue date|date of issue|date issued|issued|"
        "issued on|effective date|effective from|date",
    ),
    (
        "review_due",
        "next review|next review date|review due|review due date|due for review|review by|date of next review|"
        "next review due|to be reviewed|expiry date|date for review|review_due|date of next revision",
    ),
    (
        "contact",
        "contact|contact details|contact point|contact email|enquiries|enquiries to|queries|contact for enquiries|"
        "questions to|email",
    ),
    ("url", "url|source|source url|source address|published at|web address|intranet page|identifier"),
    ("superseded_by", "superseded by|replaced by|superseded_by"),
    ("supersedes", "supersedes|replaces|this replaces|this document replaces"),
    ("status", "status|document status|contentstatus"),
    ("approved_by", "approved by|approver|authorised by|signed off by|approval"),
)
_FIELD = {label: field for field, labels in _LABELS for label in labels.split("|")}
_LABELLED = re.compile(
    rf"(?:^|(?<=[\s|]))({'|'.join(sorted(map(re.escape, _FIELD), key=len, reverse=True))})\s*:\s*", re.IGNORECASE
)
_VERSION_LINE = re.compile(r"^(?:version|issue)\s*(?:no\.?|number)?\s*(\d+(?:\.\d+)*[a-z]?)\b", re.IGNORECASE)
_VERSION_ANYWHERE = re.compile(r"\bv(?:ersion)?\s?(\d+(?:\.\d+)+)\b", re.IGNORECASE)
_CONTROL_HEADING = re.compile(
    r"(?:document|version|policy|change)\s+(?:control|information|details|history|record)|amendment", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[|•·]\s*|\t+|\s{3,}")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "none", "tbc", "tba", "tbd", "not applicable", "to be confirmed",
                      "(anonymous)", "(unspecified)", "untitled"})  # fmt: skip
_ROLE = re.compile(
    r"\b(?:head|team|manager|officer|unit|office|department|service|directorate|lead|branch|board|group|director|division|"
    r"security|legal|governance|section|policy|committee|centre|desk|room)\b",
    re.IGNORECASE,
)
_GARBAGE_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\b.*|untitled.*|document\d*|.*\.(?:docx?|pdf|rtf|odt|html?))$", re.IGNORECASE
)
_CORE = frozenset({"owner", "version", "reviewed", "review_due", "approved_by", "supersedes", "superseded_by"})
"""Labels that only a document speaking of itself has; "Title" and "Status" stand in many tables."""
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_FIRST_LINES = 60
_LONGEST = 160


def stated(body: str, title: str, properties: Mapping[str, str]) -> dict[str, str]:
    """Field to words, the control table before the first page's lines before the file's properties."""
    found: dict[str, str] = {}
    plain = {label.strip().lower(): words for label, words in properties.items()}
    furniture = plain.pop("page furniture", "").splitlines()
    # A file's own "revision" and "date" count savings, not reviews.
    given = [
        (_FIELD[label], words) for label, words in plain.items() if label in _FIELD and label not in ("date", "issued")
    ]
    running = [("version", match[1]) for line in furniture if (match := _VERSION_ANYWHERE.search(line))]
    own = [*_tables(body, title), *_lines(_first_page(body)), *_lines(furniture), *running]
    if not _CORE & {field for field, _ in own}:
        own = [(field, words) for field, words in own if field in ("contact", "reviewed_else")]
    for field, said in [*own, *given]:
        words = _LINK.sub(r"\1", said).strip(" *_`").strip()
        if words.lower() not in _NOTHING and len(words) <= _LONGEST and _fits(field, words):
            found.setdefault(field, words)
    if _ROLE.search(found.get("owner_else", "")):
        found.setdefault("owner", found["owner_else"])
    return _which_review(found)


def _which_review(found: dict[str, str]) -> dict[str, str]:
    """A lone "Review date" after the date of issue is when the next review is due."""
    reviewed, issued = read_date(found.get("reviewed")), read_date(found.get("reviewed_else"))
    if issued is not None and reviewed is not None and "review_due" not in found and reviewed > issued:
        return {**found, "review_due": found["reviewed"], "reviewed": found["reviewed_else"]}
    if issued is not None and reviewed is None:
        return {**found, "reviewed": found["reviewed_else"]}
    return found


def _fits(field: str, words: str) -> bool:
    if field in ("reviewed", "reviewed_else", "review_due"):
        return read_date(words) is not None
    if field == "url":
        return words.startswith(("https://", "http://"))
    if field == "version":
        return any(char.isdigit() for char in words) and len(words) < 40
    return not (field == "title" and _GARBAGE_TITLE.match(words))


def _first_page(body: str) -> Iterator[str]:
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return (line for line in lines[:_FIRST_LINES] if not line.startswith("|"))


def _lines(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        for part in _PARTS.split(line.strip("#>- ").replace("**", "").replace("__", "")):
            version = _VERSION_LINE.match(part)
            if version:
                yield "version", version.group(1)
            labels = list(_LABELLED.finditer(part))
            if not labels or labels[0].start() != 0:
                continue
            ends = [label.start() for label in labels[1:]] + [len(part)]
            for label, end in zip(labels, ends, strict=True):
                yield _FIELD[label.group(1).lower()], part[label.end() : end].strip(" ,;.")


def _tables(body: str, title: str) -> Iterator[tuple[str, str]]:
    """Control tables, those that list one label a row before those with a column for each."""
    across: list[tuple[str, str]] = []
    for number, section in enumerate(sections(body, title)):
        named = _is_control(section)
        for table in section.tables:
            down = list(_label_a_row(table))
            if named or (len(down) >= 2 and _CORE & {field for field, _ in down}):
                yield from down or _label_a_column(table)
            elif number < 3:
                across += _label_a_column(table)
    yield from across


def _is_control(section: Section) -> bool:
    return bool(_CONTROL_HEADING.search(section.path[-1])) or any(
        len(paragraph) < _LONGEST and _CONTROL_HEADING.search(paragraph) for paragraph in section.paragraphs
    )


def _label_a_row(table: SectionTable) -> Iterator[tuple[str, str]]:
    for cells in (table.header, *(row.cells for row in table.rows)):
        for label, words in zip(cells[::2], cells[1::2], strict=False):
            if _label(label) in _FIELD and _label(words) not in _FIELD:
                yield _FIELD[_label(label)], words


def _label_a_column(table: SectionTable) -> Iterator[tuple[str, str]]:
    fields = [_FIELD.get(_label(heading), "") for heading in table.header]
    if len({field for field in fields if field}) < 2 or not {"version", "owner", "reviewed", "review_due"} & set(
        fields
    ):
        return
    rows = [dict(zip(fields, row.cells, strict=False)) for row in table.rows]
    # Of a history the latest entry counts; entries without a date stand in order.
    latest = max(
        enumerate(rows),
        key=lambda entry: (
            date.toordinal() if (date := read_date(entry[1].get("reviewed_else") or entry[1].get("reviewed"))) else 0,
            entry[0],
        ),
        default=(0, {}),
    )[1]
    yield from ((field, words) for field, words in latest.items() if field)


def _label(cell: str) -> str:
    return cell.strip(" *_`:.").lower()
