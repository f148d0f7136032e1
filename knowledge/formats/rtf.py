"""Rich Text Format: read by striprtf, after what it drops (headings, bold, cells, pages) is written as marks."""

import re
from html import escape

from striprtf import striprtf

from knowledge.formats.html import from_markup
from knowledge.formats.interface import PAGE, CannotRead, Read, lift_pages, visible

_ROW, _CELL, _ROW_END, _BOLD, _PLAIN, _ITEM, _DOWN, _ACROSS, _CELL_ENDS = (chr(0xE101 + n) for n in range(9))
_LEVEL = [chr(0xE110 + n) for n in range(7)]
"""A paragraph of heading level n; the first is for no heading."""
_MARKS = re.compile("[\ue101-\ue116]")
_STYLE = re.compile(r"\{\\s(\d+)\b([^{}]*)\}")
_STYLE_NAME = re.compile(r"heading ([1-6])\s*;", re.IGNORECASE)
_OUTLINE = re.compile(r"\\outlinelevel(\d)")
_LIST_TEXT = re.compile(r"\{\\(?:listtext|pntext)\b(?:[^{}]|\{[^{}]*\})*\}")
_LISTED = "\ue120"
_CONTROL = re.compile(
    r"\\(trowd|cell|nestcell|row|nestrow|page|pagebb|b0|b|plain|pard|clvmrg|clmrg|cellx-?\d+|s\d+|outlinelevel\d)(?![a-z0-9])\s?"
)
_INFO = re.compile(r"\{\\(title|author|manager|subject|doccomm|company)\s+([^{}\\]*(?:\\'[0-9a-f]{2}[^{}\\]*)*)\}")
_TABLE = re.compile(f"(?:{_ROW}[^{_ROW_END}]*{_ROW_END}\\s*)+")
_ONE_ROW = re.compile(f"{_ROW}([^{_ROW_END}]*){_ROW_END}")
_MARK_FOR = {
    "trowd": _ROW,
    "cell": _CELL,
    "nestcell": " ",
    "row": _ROW_END,
    "nestrow": " ",
    "page": PAGE,
    "pagebb": PAGE,
    "b": _BOLD,
    "b0": _PLAIN,
    "plain": _PLAIN,
    "pard": _LEVEL[0],
    "clvmrg": _DOWN,
    "clmrg": _ACROSS,
}


def _plain_text(source: str, errors: str = "replace") -> str:
    return str(striprtf.rtf_to_text(source, errors=errors))  # type: ignore[no-untyped-call]


def read_rtf(content: bytes) -> Read:
    """A Rich Text file; raises CannotRead."""
    source = content.decode("latin-1")
    if r"\pict" in source or len(source) > 8_000_000:
        source = re.sub(r"\{\\(?:\*\\shppict|nonshppict|pict)\b(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", "", source)
    levels = dict(_heading_styles(source))
    body = re.sub(r"\{\\stylesheet(?:[^{}]|\{[^{}]*\})*\}", "", source)
    try:
        said = _plain_text(_marked(body, levels))
    except (ValueError, IndexError, LookupError, RecursionError) as error:
        raise CannotRead("it is damaged; open it in Word and save it anew") from error
    text, starts = lift_pages(from_markup(_markup(said)))
    fields = {name: _plain_text("{\\rtf1 " + words + "}").strip() for name, words in _INFO.findall(source)}
    return Read(text, "Rich Text", fields, starts)


def _heading_styles(source: str) -> "list[tuple[str, int]]":
    found = []
    for number, rest in _STYLE.findall(source):
        outline, named = _OUTLINE.search(rest), _STYLE_NAME.search(rest)
        if outline or named:
            found.append((number, int(outline.group(1)) + 1 if outline else int(named.group(1)) if named else 1))
    return found


def _marked(source: str, levels: dict[str, int]) -> str:
    def mark(match: re.Match[str]) -> str:
        word = match.group(1)
        if word.startswith("cellx"):
            sign = _CELL_ENDS
        elif word.startswith("outlinelevel"):
            level = int(word[-1]) + 1
            sign = _LEVEL[level] if level <= 6 else ""
        elif re.fullmatch(r"s\d+", word):
            level = levels.get(word[1:], 0)
            sign = _LEVEL[level] if level else ""
        else:
            sign = _MARK_FOR[word]
        # What striprtf needs itself stays: it parts the words.
        kept = match.group(0) if word == "pard" else ""
        return kept + (_sign(sign) if sign else "")

    source = source.replace("\\}", "\\'7d").replace("\\{", "\\'7b")
    source = _LIST_TEXT.sub(_LISTED, source).replace("}", "\\plain }").replace(_LISTED, _sign(_ITEM))
    return _CONTROL.sub(mark, source)


def _sign(char: str) -> str:
    return f"{{\\uc1\\u{ord(char)}?}}" if char != " " else " "


def _markup(said: str) -> str:
    made, at = [], 0
    for table in _TABLE.finditer(said):
        made += [_paragraphs(said[at : table.start()]), _table(table.group(0))]
        at = table.end()
    return "".join([*made, _paragraphs(said[at:])])


def _paragraphs(said: str) -> str:
    made = []
    level = 0
    for line in said.split("\n"):
        for sign in _MARKS.findall(line):
            level = _LEVEL.index(sign) if sign in _LEVEL else level
        words = _words(line)
        if not words.strip():
            made.append(PAGE if PAGE in line else "")
        elif level:
            made.append(f"<h{level}>{words}</h{level}>")
        elif _ITEM in line:
            made.append(f"<ul><li>{words}</li></ul>")
        else:
            made.append(f"<p><b>{words}</b></p>" if _all_bold(line) else f"<p>{words}</p>")
    return "".join(made).replace("</ul><ul>", "")


def _words(line: str) -> str:
    return escape(PAGE.join(visible(part) for part in _MARKS.sub("", line).split(PAGE)))


def _all_bold(line: str) -> bool:
    """True when bold is on from the first letter to the last."""
    bold = False
    seen = False
    for char in line:
        if char == _BOLD:
            bold = True
        elif char == _PLAIN:
            bold = False
        elif char.isalnum():
            if not bold:
                return False
            seen = True
    return seen


def _table(said: str) -> str:
    rows: list[list[str]] = []
    for row in _ONE_ROW.findall(said):
        shape = [(_DOWN in one, _ACROSS in one) for one in row.split(_CELL)[0].split(_CELL_ENDS)]
        cells: list[str] = []
        for index, cell in enumerate(row.split(_CELL)[:-1]):
            down, across = shape[index] if index < len(shape) else (False, False)
            if across and cells:
                cells.append(cells[-1])
            elif down and rows and index < len(rows[-1]):
                cells.append(rows[-1][index])
            else:
                cells.append("".join(f"<p>{_words(line)}</p>" for line in cell.split("\n") if _words(line).strip()))
        rows.append(cells)
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows)}</table>"
