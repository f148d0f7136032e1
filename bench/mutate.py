"""Ways to damage a file; the same number always damages it in the same way."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bench.fuzz_seeds import PICTURES, Seed, seeds
from tests.files.office import packed

_TOKENS = (
    b"\xff" * 4,
    b"\0" * 8,
    b"%%EOF",
    b"PK\x03\x04",
    b"endobj",
    b"<w:p>",
    b"</a>",
    b"&x;",
    b"\x7f\xff\xff\xff",
    b"-1",
    b"\\bin9999 ",
)
_TAG = re.compile(rb"<[A-Za-z][^<>]{0,200}>")


@dataclass(frozen=True)
class Mutant:
    """A damaged file."""

    number: int
    seed: Seed
    how: str
    content: bytes = field(repr=False)
    repacked: bool = False
    """True when what lies inside was changed and packed again, so that no checksum tells."""


def mutant(number: int) -> Mutant:
    """The damaged file of this number."""
    random = Random(number)
    kinds = seeds()
    # Pictures take a second of OCR each, so they come up less often.
    seed = random.choice([one for one in kinds if number % 5 == 0 or one.kind not in PICTURES])
    how, change = random.choice(_WAYS)
    inside = change in (_member, _markup, _nested)
    return Mutant(number, seed, how, change(random, seed.content), inside)


def _flip(random: Random, content: bytes) -> bytes:
    out = bytearray(content or b"x")
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def _cut(random: Random, content: bytes) -> bytes:
    return content[: random.randrange(max(1, len(content)))]


def _span(random: Random, content: bytes) -> tuple[int, int]:
    start = random.randrange(max(1, len(content)))
    return start, min(len(content), start + random.choice((1, 4, 16, 64, 512, 4096)))


def _remove(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:start] + content[end:]


def _double(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:end] + content[start:end] * random.choice((1, 1, 3, 50)) + content[end:]


def _splice(random: Random, content: bytes) -> bytes:
    other = random.choice(seeds()).content
    start, end = _span(random, other)
    at, until = _span(random, content)
    return content[:at] + other[start:end] + content[until:]


def _token(random: Random, content: bytes) -> bytes:
    at = random.randrange(max(1, len(content)))
    token = random.choice(_TOKENS)
    return content[:at] + token + content[at + random.choice((0, len(token))) :]


def _blank(random: Random, content: bytes) -> bytes:
    start, end = _span(random, content)
    return content[:start] + bytes(end - start) + content[end:]


def _member(random: Random, content: bytes) -> bytes:
    """Change, drop, rename or double a part of a package, and pack it again."""
    parts = _parts(content)
    if not parts:
        return _flip(random, content)
    name = random.choice(sorted(parts))
    match random.randrange(4):
        case 0:
            del parts[name]
        case 1:
            parts[name + random.choice(("x", "/", ".bin"))] = parts.pop(name)
        case 2:
            parts["x/" + name] = parts[name]
        case _:
            change = random.choice((_flip, _cut, _remove, _double, _splice, _token))
            parts[name] = change(random, parts[name]) if parts[name] else b"x"
    return packed(parts)


def _markup(random: Random, content: bytes) -> bytes:
    """Change the XML of a package or of the file itself."""
    parts = _parts(content)
    names = [name for name in sorted(parts) if name.endswith((".xml", ".rels"))]
    if not names:
        return _change_tags(random, content)
    name = random.choice(names)
    parts[name] = _change_tags(random, parts[name])
    return packed(parts)


def _change_tags(random: Random, content: bytes) -> bytes:
    tags = list(_TAG.finditer(content))
    if not tags:
        return _token(random, content)
    tag = random.choice(tags)
    match random.randrange(5):
        case 0:
            return content[: tag.start()] + content[tag.end() :]
        case 1:
            return content[: tag.end()] + tag.group() * random.choice((1, 500, 3000)) + content[tag.end() :]
        case 2:
            deep = random.choice((10, 300, 5000))
            return content[: tag.start()] + b"<q>" * deep + tag.group() + b"</q>" * deep + content[tag.end() :]
        case 3:
            long = tag.group()[:-1].rstrip(b"/") + b' z="' + b"A" * random.choice((10, 100_000)) + b'">'
            return content[: tag.start()] + long + content[tag.end() :]
        case _:
            entity = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'"><!ENTITY z "&x;&x;&x;&x;">]>'
            start = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
            return content[:start] + entity + content[start : tag.end()] + b"&z;" + content[tag.end() :]


def _nested(random: Random, content: bytes) -> bytes:
    """Pack the file, whole or damaged, inside others."""
    inner = content if random.randrange(2) else random.choice((_flip, _cut, _remove))(random, content)
    for level in range(random.randrange(1, 8)):
        inner = packed({f"level{level}.zip" if level else "file": inner})
    return inner


def _parts(content: bytes) -> dict[str, bytes]:
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_WAYS: tuple[tuple[str, Callable[[Random, bytes], bytes]], ...] = (
    ("bits flipped", _flip),
    ("bits flipped", _flip),
    ("cut short", _cut),
    ("chunk removed", _remove),
    ("chunk doubled", _double),
    ("spliced with another file", _splice),
    ("token put in", _token),
    ("chunk blanked", _blank),
    ("part of a package changed", _member),
    ("markup changed", _markup),
    ("nested", _nested),
)
