"""Writes OLE compound files, the containers of Office before 2007 and of Outlook ([MS-CFB])."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, SMALL, LEAST = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]
"""Streams and storages by name."""


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END
    small: bool = field(default=False)


def compound(tree: Tree) -> bytes:
    """A compound file with these streams; small ones share the mini stream, as Office writes them."""
    entries = [_Entry("Root Entry", 5)]
    entries[0].child = _add(entries, tree)
    mini, mini_table = _small_streams(entries)
    sectors: list[bytes] = []
    table: list[int] = []
    for entry in entries[1:]:
        if entry.kind == 2 and not entry.small:
            entry.start = _put(sectors, table, entry.content)
    entries[0].content, entries[0].start = mini, _put(sectors, table, mini)
    mini_at = _put(sectors, table, b"".join(struct.pack("<I", one) for one in mini_table))
    directory_at = _put(sectors, table, b"".join(map(_packed, entries)))
    count = 1
    while (len(table) + count) * 4 > count * SECTOR:
        count += 1
    fat_at = len(sectors)
    table += [_FAT] * count
    table += [_FREE] * (count * SECTOR // 4 - len(table))
    whole = b"".join(struct.pack("<I", one) for one in table)
    sectors += [whole[at : at + SECTOR] for at in range(0, len(whole), SECTOR)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    mini_sectors = -(-len(mini_table) * 4 // SECTOR)
    head += struct.pack("<9I", 0, count, directory_at, 0, LEAST, mini_at, mini_sectors, _END, 0)
    head += b"".join(struct.pack("<I", fat_at + at if at < count else _FREE) for at in range(109))
    return head + b"".join(sectors)


def _add(entries: list[_Entry], tree: Tree) -> int:
    """Add the members of a storage as a chain of right siblings in the order the format asks for."""
    first = last = _FREE
    for name in sorted(tree, key=lambda one: (len(one), one.upper())):
        content = tree[name]
        number = len(entries)
        if isinstance(content, bytes):
            entries.append(_Entry(name, 2, content, small=len(content) < LEAST))
        else:
            entries.append(_Entry(name, 1))
            entries[number].child = _add(entries, content)
        if last == _FREE:
            first = number
        else:
            entries[last].right = number
        last = number
    return first


def _small_streams(entries: list[_Entry]) -> tuple[bytes, list[int]]:
    mini, table = b"", list[int]()
    for entry in entries:
        if entry.kind == 2 and entry.small and entry.content:
            entry.start = len(table)
            padded = entry.content + bytes(-len(entry.content) % SMALL)
            mini += padded
            table += [*range(entry.start + 1, entry.start + len(padded) // SMALL), _END]
    return mini, table + [_FREE] * (-len(table) % (SECTOR // 4))


def _put(sectors: list[bytes], table: list[int], content: bytes) -> int:
    if not content:
        return _END
    start = len(sectors)
    padded = content + bytes(-len(content) % SECTOR)
    sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
    table += [*range(start + 1, len(sectors)), _END]
    return start


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(name), entry.kind, 1, _FREE, entry.right, entry.child)
        + bytes(36)
        + struct.pack("<IQ", entry.start, len(entry.content))
    )
