"""How runs of an old Word document look: the formatting pages of the file ([MS-DOC] 2.8.5, 2.9.33, 2.6.1)."""

import struct
from dataclasses import dataclass, replace

from bot.scan.extract.docx_runs import Look

_PAGE = 512
_RUN_TABLE = 0x00FA
"""Where the FIB says which pages hold the formatting of runs (fcPlcfBteChpx)."""
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the upper three bits of its code; 0 means that a length comes first."""
_INKS = (
    "", "000000", "0000FF", "00FFFF", "00FF00", "FF00FF", "FF0000", "FFFF00", "FFFFFF", "000080", "008080", "008000",
    "800080", "800000", "808000", "808080", "C0C0C0",
)  # fmt: skip
"""Colours by number ([MS-DOC] 2.9.119)."""


@dataclass(frozen=True)
class Run:
    """Bytes of the text stream that look alike."""

    start: int
    end: int
    how: str
    """Empty when a reader sees them; else "hidden", "tiny", "white", "covered" or "deleted"."""


def read_runs(stream: bytes, table: bytes) -> list[Run]:
    """Every run with formatting of its own, in the order of the file."""
    offset, size = struct.unpack_from("<II", stream, _RUN_TABLE)
    if not size:
        return []
    plc = table[offset : offset + size]
    count = (len(plc) - 4) // 8
    runs: list[Run] = []
    for (page,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (2 * count + 1)]):
        runs += _page(stream[(page & 0x3FFFFF) * _PAGE : (page & 0x3FFFFF) * _PAGE + _PAGE])
    return sorted(runs, key=lambda run: run.start)


def _page(page: bytes) -> list[Run]:
    if len(page) < _PAGE:
        raise ValueError("a page of formatting is missing")
    count = page[-1]
    bounds = struct.unpack_from(f"<{count + 1}I", page, 0)
    runs = []
    for index in range(count):
        where = 2 * page[4 * (count + 1) + index]
        how = _how(page[where + 1 : where + 1 + page[where]]) if where else ""
        runs.append(Run(bounds[index], bounds[index + 1], how))
    return runs


def _how(properties: bytes) -> str:
    look, deleted, position = Look(), False, 0
    while position + 2 < len(properties):
        (code,) = struct.unpack_from("<H", properties, position)
        size = _SIZES[code >> 13] or 1 + properties[position + 2]
        value = properties[position + 2 : position + 2 + size]
        position += 2 + size
        if len(value) < size:
            break
        if code == 0x0800:
            deleted = value[0] == 1
        else:
            look = _under(look, code, value)
    return "deleted" if deleted else look.hidden_as


def _under(look: Look, code: int, value: bytes) -> Look:
    match code:
        case 0x083C:
            return replace(look, vanish=value[0] in (1, 0x81))
        case 0x2A42:
            return replace(look, ink=_ink(value[0]))
        case 0x6870:
            return replace(look, ink=None if value[3] == 0xFF else value[:3].hex().upper())
        case 0x2A0C:
            return replace(look, marker=_ink(value[0]))
        case 0xCA71 if len(value) >= 11 and value[8] != 0xFF:
            return replace(look, marker=value[5:8].hex().upper())
        case 0x4A43:
            return replace(look, half_points=struct.unpack("<H", value)[0])
    return look


def _ink(number: int) -> str | None:
    return (_INKS[number] if number < len(_INKS) else "") or None
